import type { ColumnType, Generated } from 'kysely'

/** A truth as both databases keep it. */
export type Flag = 0 | 1

/** JSON as text: the same bytes come back on both databases, so hashes over it hold. */
export type JsonText = string

interface FeedTable {
  id: string
  /** `''` is the operator, here and in every `tenant` and `visible_to`: a unique index sees through it, through null it would not. */
  tenant: string
  url: string
  name: string
  tags: JsonText
  published: Flag
  added_at_ms: number
  removed_at_ms: number | null
  state: JsonText
  next_poll_at_ms: number | null
  claimed_by: string | null
  claimed_until_ms: number
}

interface ArticleTable {
  /** On SQLite it grows with the date (see sqlite-search.ts); on PostgreSQL it is the order of arrival. */
  seq: Generated<number>
  id: string
  owner: string
  key: string
  /** `''` for everybody, else the one tenant that may see it. */
  visible_to: string
  url: string | null
  title: string
  text: string
  furniture: JsonText
  outlet: string
  outlet_folded: string
  publisher: string
  published_at_ms: number | null
  lang: string | null
  image_url: string | null
  content_hash: string
  revision: number
  ingested_at_ms: number
  /** When it was first grouped: windows of digests are cut by it. */
  accepted_at_ms: number | null
  /** The date that lists go by: when published, but never later than when it came. */
  sort_at_ms: number
  body_dropped: Flag
  /** New or revised since it was grouped. */
  pending: Flag
  /** PostgreSQL only: its words as a tsvector. */
  search_words: ColumnType<never, unknown, unknown>
}

/** SQLite only: the words of each article as an FTS5 table. */
interface ArticleWordsTable {
  rowid: number
  words: string
}

interface ArticleFeedTable {
  article_id: string
  feed_id: string
  listed_at_ms: number
}

interface ArticleRevisionTable {
  article_id: string
  revision: number
  title: string
  text: string
  content_hash: string
  replaced_at_ms: number
}

interface CopyTable {
  article_id: string
  copy_of: string
  kind: string
  scores: JsonText
}

interface StoryTable {
  id: string
  lang: string | null
  headline: string
  headline_article_id: string | null
  first_at_ms: number
  last_at_ms: number
  article_count: number
  publisher_count: number
  copy_count: number
  state: string
}

interface StoryMemberTable {
  article_id: string
  story_id: string
  reason: string
  joined_step: string
  joined_at_ms: number
  left_step: string | null
  left_at_ms: number | null
}

interface StoryStepTable {
  id: string
  at_ms: number
}

interface StoryRedirectTable {
  /** The story that was merged. */
  id: string
  to_id: string
  at_ms: number
}

/** One row: no article is accepted at or before `at_ms` any more. */
interface WindowFenceTable {
  id: string
  at_ms: number
}

interface SummaryTable {
  story_id: string
  form: string
  input_hash: string
  headline: string
  sentences: JsonText
  at_ms: number
}

interface TenantTable {
  id: string
  platform: string
  name: string
  settings: JsonText
  added_at_ms: number
  removed_at_ms: number | null
}

interface DestinationTable {
  id: string
  tenant: string
  platform: string
  address: string
  name: string
  added_at_ms: number
  removed_at_ms: number | null
}

interface SubscriptionTable {
  id: string
  destination_id: string
  name: string
  settings: JsonText
  paused: Flag
  changed_at_ms: number
  /** `null` while paused or without a time. */
  next_run_at_ms: number | null
  /** End of the last window: the next one starts there, so nothing falls between. */
  window_end_ms: number
  claimed_by: string | null
  claimed_until_ms: number
}

interface DigestTable {
  id: string
  destination_id: string
  subscription_id: string | null
  from_ms: number
  to_ms: number
  input_hash: string
  body: JsonText
  composed_at_ms: number
}

interface ToldStoryTable {
  destination_id: string
  story_id: string
  digest_id: string
  told_at_ms: number
  articles: JsonText
  sentences: JsonText
}

interface DeliveryTable {
  digest_id: string
  part: number
  destination_id: string
  state: string
  body: JsonText
  nonce: string
  attempts: number
  message_id: string | null
  reason: string | null
  planned_at_ms: number
  changed_at_ms: number
  retry_at_ms: number | null
}

interface CorrectionTable {
  id: string
  tenant: string
  kind: string
  articles: JsonText
  made_by: string
  made_at_ms: number
  undone_by: string | null
  undone_at_ms: number | null
}

interface FollowTable {
  tenant: string
  platform: string
  person: string
  /** `story` or `words`. */
  kind: string
  /** Id of the story, or the words. */
  target: string
  since_ms: number
  told_at_ms: number
  /** Address of a thread, or `null`: by private message. */
  place: string | null
}

interface InstallationTable {
  platform: string
  id: string
  tenant: string
  sealed: string
  changed_at_ms: number
}

interface AuditTable {
  seq: Generated<number>
  tenant: string
  at_ms: number
  actor: string
  action: string
  details: JsonText
}

interface SeenRequestTable {
  id: string
  seen_at_ms: number
}

interface HubLeaseTable {
  feed_id: string
  hub: string
  topic: string
  token: string
  secret: string
  leaving: Flag
  asks: number
  lease_until_ms: number | null
  next_ask_at_ms: number
  /** A message came that nobody has acted on yet. */
  pinged: Flag
  pinged_at_ms: number | null
  woken_at_ms: number | null
}

interface PageLinkTable {
  destination_id: string
  token: string
  made_at_ms: number
}

/** Every table of the store, for both databases. */
export interface Tables {
  feeds: FeedTable
  articles: ArticleTable
  article_words: ArticleWordsTable
  article_feeds: ArticleFeedTable
  article_revisions: ArticleRevisionTable
  copies: CopyTable
  stories: StoryTable
  story_members: StoryMemberTable
  story_steps: StoryStepTable
  story_redirects: StoryRedirectTable
  window_fences: WindowFenceTable
  summaries: SummaryTable
  tenants: TenantTable
  destinations: DestinationTable
  subscriptions: SubscriptionTable
  digests: DigestTable
  told_stories: ToldStoryTable
  deliveries: DeliveryTable
  corrections: CorrectionTable
  follows: FollowTable
  installations: InstallationTable
  audit: AuditTable
  page_links: PageLinkTable
  seen_requests: SeenRequestTable
  hub_leases: HubLeaseTable
}
