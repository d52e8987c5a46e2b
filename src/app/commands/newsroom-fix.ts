import { printable } from '../../core/text/printable.ts'
import type { ArticleEntry } from '../ports/article-store.ts'
import type { CommandReply, Completion } from '../ports/chat.ts'
import type { Correction } from '../ports/subscription-store.ts'
import { actionText } from './action-text.ts'
import { audit } from './audit.ts'
import type { Ask, CommandFamily } from './command-family.ts'
import { digestsOf } from './digest-lookup.ts'
import { completeStory, findOneStory } from './find-story.ts'
import { may, needs, newsroomShape } from './option-shapes.ts'
import { plural } from '../../core/digest/count-words.ts'
import { button, choice, echo, reply, say } from './reply-words.ts'
import { headlineLine, outletWords } from './story-card.ts'
import type { SeenStory } from './story-reader.ts'
import { agoWords } from './time-words.ts'

/** Corrections of one tenant that hold at a time: past it a rule or another feed helps more. */
const MAX_CORRECTIONS = 1_000

/** Articles that a menu offers. */
const MAX_OFFERED = 25

/** `/newsroom fix merge|split|undo`, and the button "Not the same story". */
export const newsroomFix: CommandFamily = {
  commands: [
    {
      shape: newsroomShape('fix merge', 'Two stories are one: join them here, also later', [
        needs('story', 'The story that goes into the other', { completes: true }),
        needs('into', 'The story that stays', { completes: true }),
      ]),
      run: (ask, given) => merge(ask, given['story'] ?? '', given['into'] ?? ''),
      complete: (ask, _option, typed) => completeStory(ask, typed),
    },
    {
      shape: newsroomShape('fix split', 'Some articles are another story: take them out here, also later', [
        needs('story', 'The story that has articles of another', { completes: true }),
      ]),
      run: (ask, given) => offerSplit(ask, given['story'] ?? ''),
      complete: (ask, _option, typed) => completeStory(ask, typed),
    },
    {
      shape: newsroomShape('fix undo', 'Take a correction back', [
        may('correction', 'Which one; the last one where none is given', { completes: true }),
      ]),
      run: (ask, given) => undo(ask, given['correction']),
      complete: (ask, _option, typed) => completeCorrection(ask, typed),
    },
  ],
  actions: [
    { verb: 'other', managersOnly: false, run: notTheSame },
    { verb: 'fix-menu', managersOnly: true, run: (ask, _args, chosen) => offerSplit(ask, chosen[0] ?? '') },
    { verb: 'split', managersOnly: true, run: (ask, [id = ''], chosen) => split(ask, id, chosen) },
    { verb: 'undo', managersOnly: true, run: (ask, [id]) => undo(ask, id) },
  ],
}

/** A manager may take articles out at once; what a member says is kept for the managers. */
async function notTheSame(ask: Ask, [id = '']: readonly string[]): Promise<CommandReply> {
  if (ask.asker.isManager) return offerSplit(ask, id)
  const found = await findOneStory(ask, id)
  if (found.kind === 'reply') return found.reply
  if (ask.view.tenant === null)
    return say('Press it in the channel: a private message does not tell whose managers to tell.')
  const known = await ask.ports.subscriptions.auditTrail(ask.view.tenant, 100)
  const isKnown = known.some(
    ({ action, actor, details }) =>
      action === REPORTED && actor === ask.asker.person && details['storyId'] === found.story.id,
  )
  if (!isKnown) await audit(ask, REPORTED, { storyId: found.story.id, headline: found.story.headline })
  return say('Thank you. The managers see it in /newsroom status and can take the wrong articles out.')
}

/** Action of the audit under which a member's word stands. */
export const REPORTED = 'story reported'

async function offerSplit(ask: Ask, target: string): Promise<CommandReply> {
  const found = await findOneStory(ask, target)
  if (found.kind === 'reply') return found.reply
  const { story } = found
  if (story.members.length < 2)
    return say(`Story ${echo(story.headline)} has one article: there is nothing to take out.`)
  // Copies go with their original, so only originals are asked for; the first article is what the story is about.
  const offered = story.members.filter(({ copyOf }, at) => at > 0 && copyOf === null)
  const choices = (offered.length > 0 ? offered : story.members.slice(1))
    .flatMap((entry) => choice(`${outletWords(entry)}: ${printable(entry.title)}`, entry.id))
    .slice(-MAX_OFFERED)
  return reply([
    {
      heading: [{ text: 'Which article is another story?' }],
      lines: [
        [
          { text: 'It leaves this story, with its copies, for this server or workspace alone: ' },
          ...headlineLine(story),
        ],
      ],
      menu: { label: 'Choose the article', action: actionText('split', story.id) ?? 'split', choices },
    },
  ])
}

async function split(ask: Ask, id: string, chosen: readonly string[]): Promise<CommandReply> {
  const found = await findOneStory(ask, id)
  if (found.kind === 'reply') return found.reply
  const { story } = found
  const leaving = new Set(chosen)
  const entries = story.members.filter((entry) => leaving.has(entry.id))
  const anchor = story.members.find((entry) => !goes(entry, leaving))
  if (entries.length === 0) return say('That article is not in the story any more. Nothing was changed.')
  if (anchor === undefined) return say('That would leave the story without articles. Nothing was changed.')
  return correct(
    ask,
    'cannot-link',
    [anchor.id, ...entries.map((entry) => entry.id)],
    `${plural(entries.length, 'article')} left ${echo(story.headline)} and ${entries.length === 1 ? 'is a story of its own' : 'are a story of their own'}.`,
  )
}

function goes({ id, copyOf }: ArticleEntry, leaving: ReadonlySet<string>): boolean {
  return leaving.has(id) || (copyOf !== null && leaving.has(copyOf))
}

async function merge(ask: Ask, target: string, into: string): Promise<CommandReply> {
  const one = await findOneStory(ask, target)
  if (one.kind === 'reply') return one.reply
  const other = await findOneStory(ask, into)
  if (other.kind === 'reply') return other.reply
  if (one.story.id === other.story.id) return say('These are one story already. Nothing was changed.')
  const articles = [other.story, one.story].map(firstArticle)
  return correct(
    ask,
    'must-link',
    articles,
    `${echo(one.story.headline)} is now part of ${echo(other.story.headline)}.`,
  )
}

/** A story is known by its first article: it stays in it while the story grows. */
function firstArticle({ members, id }: SeenStory): string {
  return (members.find(({ copyOf }) => copyOf === null) ?? members[0])?.id ?? id
}

async function correct(
  ask: Ask,
  kind: Correction['kind'],
  articleIds: readonly string[],
  words: string,
): Promise<CommandReply> {
  const { asker, ports, nowMs, view } = ask
  const holding = await corrections(ask)
  if (holding.length >= MAX_CORRECTIONS) {
    return say(
      `There are ${MAX_CORRECTIONS} corrections, which is the most. Take one back with /newsroom fix undo.`,
    )
  }
  const id = ports.newId()
  await ports.subscriptions.addCorrection({
    id,
    tenant: view.tenant,
    kind,
    articleIds,
    madeBy: asker.person,
    madeAtMs: nowMs,
  })
  await audit(ask, kind === 'must-link' ? 'fix merge' : 'fix split', { correction: id, articleIds })
  correctMessages(ask, articleIds)
  return reply([
    {
      lines: [[{ text: words }], [{ text: await reachWords(ask), quiet: true }]],
      buttons: button('Undo', actionText('undo', id)),
    },
  ])
}

/** What a correction changes: digests of the settings file belong to the operator, whose corrections hold in them. */
async function reachWords(ask: Ask): Promise<string> {
  const held = 'It holds here from now on. Messages of the last two days that tell it change too'
  const isOperators = (await digestsOf(ask)).some(({ stored }) => stored.destination.tenant === null)
  return isOperators
    ? `${held}, but not the digest of the operator: it follows the operator alone.`
    : `${held}.`
}

/** Runs on behind the answer: composing digests again and changing their messages may take longer than a person waits. */
function correctMessages({ ports, view, signal }: Ask, articleIds: readonly string[]): void {
  ports.sender.correctTold(view.tenant, articleIds, signal).catch((error: unknown) => {
    ports.onFailure?.(error, 'correcting sent messages')
  })
}

/** The tenant's own corrections that hold, oldest first. */
async function corrections({ view, ports }: Ask): Promise<Correction[]> {
  const all = await ports.subscriptions.corrections(view.tenant)
  return all.filter(({ tenant, undoneAtMs }) => tenant === view.tenant && undoneAtMs === null)
}

async function undo(ask: Ask, id: string | undefined): Promise<CommandReply> {
  const holding = await corrections(ask)
  const found = id === undefined ? holding.at(-1) : holding.find((one) => one.id === id)
  if (found === undefined) {
    return say(
      id === undefined
        ? 'There is no correction to take back.'
        : 'There is no such correction that holds. It may have been taken back already.',
    )
  }
  const { asker, ports, nowMs, view } = ask
  const undone = await ports.subscriptions.undoCorrection(found.id, view.tenant, {
    by: asker.person,
    atMs: nowMs,
  })
  if (!undone) return say('It was taken back already.')
  await audit(ask, 'fix undo', { correction: found.id })
  correctMessages(ask, found.articleIds)
  return say(`Taken back: ${correctionWords(found, nowMs)}.`)
}

function correctionWords({ kind, articleIds, madeAtMs }: Correction, nowMs: number): string {
  const what =
    kind === 'must-link'
      ? 'two stories joined'
      : `${plural(articleIds.length - 1, 'article')} taken out of a story`
  return `${what}, ${agoWords(madeAtMs, nowMs)}`
}

async function completeCorrection(ask: Ask, typed: string): Promise<Completion[]> {
  const holding = await corrections(ask)
  return holding
    .toReversed()
    .map((one) => ({ label: correctionWords(one, ask.nowMs), value: one.id }))
    .filter(
      ({ label, value }) => label.includes(typed.trim().toLowerCase()) || value.startsWith(typed.trim()),
    )
    .flatMap(({ label, value }) => choice(label, value))
}
