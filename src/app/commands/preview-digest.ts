import { countTold, type DigestEntry } from '../../core/digest/digest.ts'
import { updateWords } from '../../core/digest/update-words.ts'
import { bearsHeadline } from '../../core/story/headline.ts'
import { printable } from '../../core/text/printable.ts'
import { composeForSubscription, type ComposedDigest } from '../compose-for-subscription.ts'
import type { DigestSettings } from '../digest-settings.ts'
import { loadWindow } from '../load-window.ts'
import type { Line, ReplyBlock } from '../ports/chat.ts'
import type { Destination } from '../ports/publisher.ts'
import type { ComposableStory, Window } from '../ports/story-store.ts'
import type { Ask } from './command-family.ts'
import { countsWords, plural } from '../../core/digest/count-words.ts'
import { linked } from './reply-words.ts'
import { quoteLine } from './story-card.ts'
import { agoWords, timeWords } from './time-words.ts'

const DAY_MS = 86_400_000

/** How far back a destination is asked what it was told: a story that rests longer is closed. */
const TOLD_BACK_MS = 21 * DAY_MS

/** Longest window of a preview. */
const MAX_WINDOW_MS = 7 * DAY_MS

/** Stories of one page of a preview, and reasons for missing ones on the last. */
export const PREVIEW_PAGE = 5
const SHOWN_MISSING = 10

/** What to preview. */
export interface PreviewInput {
  readonly settings: DigestSettings
  /** Where it goes: whose eyes it has, and what was told there before. */
  readonly destination: Destination
  readonly window: Window
  /** Stories that are not stored yet, such as those of a feed that was just added. */
  readonly further?: readonly ComposableStory[]
}

/** What the digest would be: made by the same code that sends it. */
export async function previewDigest(ask: Ask, input: PreviewInput): Promise<ComposedDigest> {
  const { ports } = ask
  const { settings, destination } = input
  const window = {
    fromMs: Math.max(input.window.fromMs, input.window.toMs - MAX_WINDOW_MS),
    toMs: input.window.toMs,
  }
  const [stories, told] = await Promise.all([
    loadWindow(ports, window, { tenant: destination.tenant }),
    ports.digests.toldSince(destination.id, window.toMs - TOLD_BACK_MS),
  ])
  return composeForSubscription({
    subscription: settings.subscription,
    stories: [...stories, ...(input.further ?? [])],
    ...window,
    told,
  })
}

/** One page of a preview: stories with the reasons for them, on the last page also the missing ones. */
export function previewBlocks(
  composed: ComposedDigest,
  {
    settings,
    nowMs,
    page,
  }: { readonly settings: DigestSettings; readonly nowMs: number; readonly page: number },
): ReplyBlock[] {
  const { digest, verdicts, skip, problems } = composed
  const rules = new Map(verdicts.map(({ storyId, rule }) => [storyId, rule]))
  const first = page * PREVIEW_PAGE
  const entries = digest.entries.slice(first, first + PREVIEW_PAGE)
  const blocks = entries.map((entry, at) => entryBlock(entry, first + at + 1, rules, settings, nowMs))
  const warnings = [...problems, ...(skip === null ? [] : [`No digest would be sent: ${skip}`])]
  const head: ReplyBlock = {
    lines: [
      [
        {
          text: `${plural(countTold(digest.entries), 'story', 'stories')} of ${digest.storiesInWindow} · ${countsWords(digest.counts)}`,
        },
      ],
      [{ text: windowWords(digest.fromMs, digest.toMs, settings.timeZone), quiet: true }],
      ...warnings.map((words): Line => [{ text: words }]),
    ],
  }
  const isLast = first + PREVIEW_PAGE >= digest.entries.length
  return [...(page === 0 ? [head] : []), ...blocks, ...(isLast ? missingBlock(composed) : [])]
}

function windowWords(fromMs: number | null, toMs: number | null, zone: string): string {
  if (fromMs === null || toMs === null) return ''
  return `What came from ${timeWords(fromMs, zone)} to ${timeWords(toMs, zone)}`
}

function entryBlock(
  entry: DigestEntry,
  place: number,
  rules: ReadonlyMap<string, string | null>,
  settings: DigestSettings,
  nowMs: number,
): ReplyBlock {
  const rule = rules.get(entry.storyId) ?? 'every story is taken'
  return {
    heading: [{ text: `${place}. ` }, ...entryHeadline(entry)],
    lines: [
      ...entry.sentences.map(quoteLine),
      [{ text: entryFacts(entry, settings, nowMs), quiet: true }],
      [{ text: `In it by: ${rule}. Here because: ${entry.why}`, quiet: true }],
      ...(entry.related ?? []).map((one): Line => [
        { text: 'Related: ' },
        ...entryHeadline(one),
        { text: ` ${countsWords(one.counts)}`, quiet: true },
      ]),
    ],
  }
}

function entryHeadline({ headline, members }: DigestEntry): Line {
  const bearer = members.find(({ article }) => bearsHeadline(article.title, headline)) ?? members[0]
  return [linked(printable(headline) || 'Story without a title', bearer?.article.url ?? null, true)]
}

function entryFacts(
  { counts, update, lastAtMs }: DigestEntry,
  { timeZone }: DigestSettings,
  nowMs: number,
): string {
  const facts = [countsWords(counts), agoWords(lastAtMs, nowMs)]
  return [...(update === undefined ? [] : [updateWords(update, nowMs, timeZone)]), ...facts].join(' · ')
}

function missingBlock({ verdicts }: ComposedDigest): ReplyBlock[] {
  const missing = verdicts.filter(({ kind }) => kind === 'left-out')
  if (missing.length === 0) return []
  const shown = missing.slice(0, SHOWN_MISSING)
  const more = missing.length - shown.length
  return [
    {
      heading: [{ text: `Not in it: ${plural(missing.length, 'story', 'stories')}` }],
      lines: [
        ...shown.map(({ headline, why }): Line => [
          { text: printable(headline) },
          { text: ` ${why}`, quiet: true },
        ]),
        ...(more > 0
          ? [
              [
                {
                  text: `and ${more} more; /newsroom digest preview with a story tells why it is missing`,
                  quiet: true,
                },
              ],
            ]
          : []),
      ],
    },
  ]
}
