import { parseTopicQuery } from '../../core/subscription/topic-query.ts'
import { printable } from '../../core/text/printable.ts'
import type { CommandReply, Completion, ReplyBlock } from '../ports/chat.ts'
import type { Follow } from '../ports/subscription-store.ts'
import { actionText } from './action-text.ts'
import type { Ask, CommandFamily } from './command-family.ts'
import { completeStory, findOneStory } from './find-story.ts'
import { choices, may, needs, newsShape } from './option-shapes.ts'
import { plural } from '../../core/digest/count-words.ts'
import { button, choice, echo, pageButtons, pageOf, reply, say } from './reply-words.ts'
import { headlineLine } from './story-card.ts'
import { agoWords } from './time-words.ts'
import { StoryReader, type SeenStory } from './story-reader.ts'

/** Stories and words that one person may follow in one tenant. */
export const MAX_FOLLOWS = 50

/** What one page of a list shows: each has a button, and with those of the page all must stand in one message. Range 1-8. */
const PAGE = 8

/** Longest words to follow: they stand in the action of their button. */
const MAX_FOLLOWED_CHARS = 50

/** Action of the audit under which stands that a person could not be told. */
export const NOT_TOLD = 'follower not told'

type Target = Follow['target']

/** `/news follow`, `/news unfollow` and `/news following`, with their buttons. */
export const newsFollow: CommandFamily = {
  commands: [
    {
      shape: newsShape('follow', 'Be told when something new comes, by private message or in a thread', [
        needs('target', 'A story, or words such as: harbour strike', { completes: true }),
        may('where', 'private (otherwise), or thread: the one that you are in', {
          choices: choices(['private', 'thread']),
        }),
      ]),
      run: (ask, given) => follow(ask, given['target'] ?? '', given['where'] === 'thread'),
      complete: (ask, option, typed) =>
        option === 'target' ? completeStory(ask, typed) : Promise.resolve([]),
    },
    {
      shape: newsShape('unfollow', 'Stop following a story or words', [
        may('target', 'What you follow; "all" for everything', { completes: true }),
      ]),
      run: (ask, given) => unfollowByText(ask, given['target']),
      complete: (ask, _option, typed) => completeFollowed(ask, typed),
    },
    { shape: newsShape('following', 'What you follow'), run: (ask) => listFollowed(ask, 0) },
  ],
  actions: [
    { verb: 'following', managersOnly: false, run: (ask, [page]) => listFollowed(ask, pageOf(page), true) },
    { verb: 'follow', managersOnly: false, run: (ask, [id = '']) => followStory(ask, id) },
    {
      verb: 'follow-words',
      managersOnly: false,
      run: (ask, args) => followWords(ask, args.join(':')),
    },
    {
      verb: 'unfollow-story',
      managersOnly: false,
      run: (ask, [tenant = '', storyId = '']) => unfollow(ask, tenant, { kind: 'story', storyId }),
    },
    {
      verb: 'unfollow-words',
      managersOnly: false,
      run: (ask, [tenant = '', ...words]) => unfollow(ask, tenant, { kind: 'words', words: words.join(':') }),
    },
  ],
}

/**
 * The action of a button that ends a follow. It names the tenant, because it is pressed in a direct message, which belongs to none; it
 * only ever ends what the person who presses follows.
 */
export function unfollowAction({ tenant, target }: Pick<Follow, 'tenant' | 'target'>): string | null {
  return target.kind === 'story'
    ? actionText('unfollow-story', tenant, target.storyId)
    : actionText('unfollow-words', tenant, target.words)
}

async function follow(ask: Ask, target: string, isForThread: boolean): Promise<CommandReply> {
  const found = await new StoryReader(ask).find(target)
  const story = found.kind === 'story' ? found.story : null
  const isStory = story?.id.startsWith(target.trim()) === true
  const place = isForThread ? await threadFor(ask, isStory ? story.headline : target) : null
  if (place?.kind === 'reply') return place.reply
  if (isStory) return follows(ask, story, place?.place)
  return followWords(ask, target, story, place?.place)
}

/** The thread that somebody is in, or a new one for managers: members cannot fill a channel with threads. */
async function threadFor(
  ask: Ask,
  title: string,
): Promise<
  | { readonly kind: 'place'; readonly place: string }
  | { readonly kind: 'reply'; readonly reply: CommandReply }
> {
  const { asker, ports, view } = ask
  const no = (words: string) => ({ kind: 'reply', reply: say(words) }) as const
  if (view.tenant === null) return no('Follow from a channel: a private message has no threads.')
  if (asker.inThread !== true && (!asker.isManager || ports.openThread === undefined))
    return no('Ask for it inside of the thread that shall get the news. Nothing was changed.')
  const place =
    asker.inThread === true
      ? asker.channel
      : await ports.openThread?.(asker.platform, view.tenant, asker.channel, `News: ${printable(title)}`)
  if (place == null)
    return no('I cannot open a thread here: allow me "Create Public Threads". Nothing was changed.')
  const problem = (await ports.channelProblem?.(asker.platform, view.tenant, place)) ?? null
  return problem === null ? { kind: 'place', place } : no(`I cannot write there: ${problem}.`)
}

async function followStory(ask: Ask, id: string): Promise<CommandReply> {
  const found = await findOneStory(ask, id)
  return found.kind === 'reply' ? found.reply : follows(ask, found.story)
}

async function follows(ask: Ask, story: SeenStory, place?: string): Promise<CommandReply> {
  const refused = await saveFollow(ask, { kind: 'story', storyId: story.id }, place)
  if (refused !== null) return refused
  return reply([
    {
      lines: [
        [{ text: 'You follow ' }, ...headlineLine(story)],
        [
          {
            text: `When something new comes, ${place === undefined ? 'you get a private message with only that' : 'it is told in the thread, and only that'}.`,
            quiet: true,
          },
        ],
      ],
      buttons: button(
        'Unfollow',
        unfollowAction({ tenant: ask.asker.tenant, target: { kind: 'story', storyId: story.id } }),
      ),
    },
  ])
}

async function followWords(
  ask: Ask,
  given: string,
  story: SeenStory | null = null,
  place?: string,
): Promise<CommandReply> {
  const words = given.trim().replace(/\s+/g, ' ')
  if (words.length > MAX_FOLLOWED_CHARS)
    return say(`Cannot follow ${echo(words)}: use at most ${MAX_FOLLOWED_CHARS} characters.`)
  const parsed = parseTopicQuery(words)
  if (parsed.kind === 'problem') {
    return say(`Cannot follow ${echo(words)}: ${parsed.problem} (character ${parsed.at + 1}).`)
  }
  const refused = await saveFollow(ask, { kind: 'words', words }, place)
  if (refused !== null) return refused
  const offer: ReplyBlock[] =
    story === null
      ? []
      : [
          {
            lines: [[{ text: 'One story has these words: ' }, ...headlineLine(story)]],
            buttons: button('Follow that story', actionText('follow', story.id)),
          },
        ]
  const target: Target = { kind: 'words', words }
  const how = place === undefined ? 'as a private message' : 'into the thread'
  return reply([
    {
      lines: [[{ text: `You follow ${echo(words)}: new articles that have it come ${how}.` }]],
      buttons: button('Unfollow', unfollowAction({ tenant: ask.asker.tenant, target })),
    },
    ...offer,
  ])
}

async function saveFollow(
  { asker, ports, nowMs, view }: Ask,
  target: Target,
  place: string | undefined,
): Promise<CommandReply | null> {
  if (view.tenant === null)
    return say('Follow from a channel: a private message does not tell whose news you want.')
  const { tenant, platform, person } = asker
  const followed = await ports.subscriptions.following(tenant, platform, person)
  if (followed.length >= MAX_FOLLOWS) {
    return say(
      `You follow ${plural(followed.length, 'thing')}, which is the most. Stop one with /news unfollow.`,
    )
  }
  const where = place === undefined ? {} : { place }
  const since = { sinceMs: nowMs, toldAtMs: nowMs }
  await ports.subscriptions.follow({ tenant, platform, person, target, ...since, ...where })
  return null
}

async function unfollow({ asker, ports }: Ask, tenant: string, target: Target): Promise<CommandReply> {
  const { platform, person } = asker
  const ended = await ports.subscriptions.unfollow({ tenant, platform, person, target })
  return say(ended ? 'You no longer follow it.' : 'You did not follow it.')
}

async function unfollowByText(ask: Ask, text: string | undefined): Promise<CommandReply> {
  if (text === undefined) return listFollowed(ask, 0)
  const followed = await followedBy(ask)
  if (text.toLowerCase() === 'all') {
    for (const { tenant, target } of followed) await unfollow(ask, tenant, target)
    return say(`You no longer follow anything (${plural(followed.length, 'thing')} ended).`)
  }
  const headlines = await headlinesOf(ask, followed)
  const wanted = text.toLowerCase()
  const fitting = followed.filter(({ target }) => {
    const label = target.kind === 'words' ? target.words : (headlines.get(target.storyId) ?? '')
    return wordsOf(target) === text || label.toLowerCase() === wanted
  })
  const [first] = fitting
  if (first === undefined)
    return say(`You do not follow ${echo(text)}. /news following lists what you follow.`)
  return unfollow(ask, first.tenant, first.target)
}

function wordsOf(target: Target): string {
  return target.kind === 'words' ? target.words : target.storyId
}

async function listFollowed(ask: Ask, page: number, isTurned = false): Promise<CommandReply> {
  const all = await followedBy(ask)
  if (all.length === 0) return say('You follow nothing. Press Follow under a story, or use /news follow.')
  const followed = all.slice(page * PAGE, (page + 1) * PAGE)
  const headlines = await headlinesOf(ask, followed)
  const blocks = followed.map((one): ReplyBlock => {
    const { target } = one
    const label =
      target.kind === 'words'
        ? `Words: ${target.words}`
        : (headlines.get(target.storyId) ?? `Story ${target.storyId}`)
    const where = one.place === undefined ? [] : [{ text: ' in a thread', quiet: true }]
    return { lines: [[{ text: label }, ...where]], buttons: button('Unfollow', unfollowAction(one)) }
  })
  const trouble = page === 0 ? await troubleBlock(ask) : []
  const buttons = pageButtons('following', page, all.length > (page + 1) * PAGE)
  return reply([...trouble, ...blocks, ...(buttons.length === 0 ? [] : [{ lines: [], buttons }])], {
    fallback: `You follow ${plural(all.length, 'thing')}`,
    replace: isTurned,
  })
}

/** Entries of the audit in which somebody's own are looked for, and how long one matters, ms. */
const AUDIT_ENTRIES = 200
const TROUBLE_BACK_MS = 7 * 86_400_000

/** What a closed private message could not say. */
async function troubleBlock({ asker, ports, view, nowMs }: Ask): Promise<ReplyBlock[]> {
  if (view.tenant === null) return []
  const trail = await ports.subscriptions.auditTrail(view.tenant, AUDIT_ENTRIES)
  const last = trail.find(({ action, actor }) => action === NOT_TOLD && actor === asker.person)
  if (last === undefined || last.atMs < nowMs - TROUBLE_BACK_MS) return []
  const what =
    'place' in last.details ? 'I could not write into your thread' : 'You take no private messages from me'
  const advice =
    'place' in last.details
      ? 'Follow again in one that I may write in'
      : 'Allow them for this server, or follow in a thread'
  return [{ lines: [[{ text: `${what}, ${agoWords(last.atMs, nowMs)}. ${advice}; I try once a day.` }]] }]
}

async function followedBy({ asker, ports, view }: Ask): Promise<Follow[]> {
  if (view.tenant === null) return []
  return ports.subscriptions.following(asker.tenant, asker.platform, asker.person)
}

async function headlinesOf(ask: Ask, followed: readonly Follow[]): Promise<Map<string, string>> {
  const ids = followed.flatMap(({ target }) => (target.kind === 'story' ? [target.storyId] : []))
  const stories = await new StoryReader(ask).byIds(ids)
  return new Map(stories.map(({ id, headline }) => [id, headline]))
}

async function completeFollowed(ask: Ask, typed: string): Promise<Completion[]> {
  const followed = await followedBy(ask)
  const headlines = await headlinesOf(ask, followed)
  const wanted = typed.trim().toLowerCase()
  return followed
    .map(({ target }) => ({
      label: target.kind === 'words' ? target.words : (headlines.get(target.storyId) ?? target.storyId),
      value: wordsOf(target),
    }))
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .flatMap(({ label, value }) => choice(label, value))
}
