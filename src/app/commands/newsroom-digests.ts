import { parseSince } from '../../core/digest/digest-window.ts'
import { parseTopicQuery } from '../../core/subscription/topic-query.ts'
import { DEFAULT_DIGEST_SETTINGS, type DigestSettings } from '../digest-settings.ts'
import type { CommandReply, Completion, ReplyField } from '../ports/chat.ts'
import { actionText } from './action-text.ts'
import { audit } from './audit.ts'
import type { Ask, CommandFamily, Given } from './command-family.ts'
import { completeDigest, digestLabel, digestsOf, findOneDigest, type KnownDigest } from './digest-lookup.ts'
import { completeZone, DIGEST_OPTIONS, setDigestOption, withRules } from './digest-options.ts'
import { completeStory, findOneStory } from './find-story.ts'
import { choices, may, needs, newsroomShape } from './option-shapes.ts'
import { previewBlocks, previewDigest, PREVIEW_PAGE } from './preview-digest.ts'
import { button, echo, pageButtons, pageOf, reply, say } from './reply-words.ts'
import { checkChannel, MAX_DIGESTS, saveDigest } from './save-digest.ts'
import { scheduleWords } from './schedule-words.ts'
import { timeWords } from './time-words.ts'

const DAY_MS = 86_400_000

const digestName = may('digest', 'Which digest; the one of this channel where none is given', {
  completes: true,
})
const digestNeeded = needs('digest', 'Which digest', { completes: true })

/** `/newsroom digest add|edit|pause|resume|remove|preview|send`. */
export const newsroomDigests: CommandFamily = {
  commands: [
    {
      shape: newsroomShape('digest add', 'A new digest for a channel', [
        needs('name', 'A short name such as morning'),
        needs('times', 'When: 08:00, 18:00 · 08:00 mon-fri · a cron expression'),
        may('zone', 'Time zone such as Europe/Berlin', { completes: true }),
        may('channel', 'Where; this channel where none is given', { kind: 'channel' }),
        may('topics', 'Only stories with: harbour OR strike', { completes: false }),
        may('stories', 'Most stories: 1 to 50'),
      ]),
      run: add,
      complete: (_ask, option, typed) => Promise.resolve(option === 'zone' ? completeZone(typed) : []),
    },
    {
      shape: newsroomShape(
        'digest edit',
        'Change a digest; without a setting a form opens',
        [
          digestName,
          may('setting', 'What to change', { choices: choices(DIGEST_OPTIONS.map(({ name }) => name)) }),
          may('value', 'The new value; "none" takes it back', { completes: true }),
        ],
        true,
      ),
      run: edit,
      complete: completeEdit,
    },
    {
      shape: newsroomShape('digest pause', 'Send nothing until it is resumed', [digestName]),
      run: (ask, given) => setPaused(ask, given, true),
      complete: (ask, _option, typed) => completeDigest(ask, typed),
    },
    {
      shape: newsroomShape('digest resume', 'Send again; what came meanwhile is told in one digest', [
        digestName,
      ]),
      run: (ask, given) => setPaused(ask, given, false),
      complete: (ask, _option, typed) => completeDigest(ask, typed),
    },
    {
      shape: newsroomShape('digest remove', 'Remove a digest', [digestNeeded]),
      run: askToRemove,
      complete: (ask, _option, typed) => completeDigest(ask, typed),
    },
    {
      shape: newsroomShape('digest preview', 'What the next digest would be, and why', [
        digestName,
        may('story', 'Why this story is in it, or missing', { completes: true }),
        may('since', 'Look further back: 24h, 3d'),
      ]),
      run: (ask, given) => preview(ask, given),
      complete: (ask, option, typed) =>
        option === 'story' ? completeStory(ask, typed) : completeDigest(ask, typed),
    },
    {
      shape: newsroomShape('digest send', 'Send what has come since the last digest now', [digestName]),
      run: sendNow,
      complete: (ask, _option, typed) => completeDigest(ask, typed),
    },
  ],
  actions: [
    { verb: 'edit', managersOnly: true, run: (ask, [id = '']) => openEditForm(ask, id) },
    {
      verb: 'preview',
      managersOnly: true,
      run: (ask, [id = '', page, back]) => previewPage(ask, id, pageOf(page), back),
    },
    { verb: 'remove-digest', managersOnly: true, run: (ask, [id = '']) => remove(ask, id) },
    { verb: 'send-digest', managersOnly: true, run: (ask, [id = '']) => sendNow(ask, { digest: id }) },
  ],
  forms: [
    { verb: 'edit', managersOnly: true, run: (ask, [id = ''], fields) => saveEditForm(ask, id, fields) },
  ],
}

/** A name of letters, digits, - and _, as the settings file has them. */
export function isDigestName(name: string): boolean {
  return /^[\w-]{1,40}$/.test(name)
}

async function add(ask: Ask, given: Given): Promise<CommandReply> {
  const { name = '' } = given
  if (!isDigestName(name))
    return say(`Cannot add digest ${echo(name)}: the name takes up to 40 letters, digits, - and _.`)
  const made = applyOptions(DEFAULT_DIGEST_SETTINGS, [
    ['zone', given['zone'] ?? (await defaultZone(ask))],
    ['times', given['times'] ?? ''],
    ['stories', given['stories'] ?? String(DEFAULT_DIGEST_SETTINGS.subscription.maxStories)],
  ])
  if (made.kind === 'problem') return say(`Cannot add digest ${echo(name)}: ${made.problem}.`)
  const topic = given['topics'] ?? ''
  const parsed = topic === '' ? null : parseTopicQuery(topic)
  if (parsed?.kind === 'problem') {
    return say(`Cannot add digest ${echo(name)}: topics: ${parsed.problem} (character ${parsed.at + 1}).`)
  }
  const settings =
    parsed === null ? made.settings : withRules(made.settings, topicRules(made.settings, topic))
  const channel = await checkChannel(ask, given['channel'])
  if (channel.kind === 'problem') return say(`Cannot add digest ${echo(name)}: ${channel.problem}.`)
  const all = await digestsOf(ask)
  if (all.length >= MAX_DIGESTS) return say(`There are ${MAX_DIGESTS} digests, which is the most.`)
  const { destination } = channel
  if (all.some(({ stored }) => stored.name === name && stored.destination.address === destination.address)) {
    return say(`There is a digest ${echo(name)} in that channel already. /newsroom digest edit changes it.`)
  }
  const stored = await saveDigest(ask, { id: ask.ports.newId(), destination, name, settings, paused: false })
  await audit(ask, 'digest added', { digest: stored.id, name })
  return reply([
    {
      heading: [{ text: `Digest ${digestLabel(stored)} is set up` }],
      lines: [[{ text: whenWords(stored.nextRunAtMs, settings) }]],
      buttons: [...button('Preview', actionText('preview', stored.id, 0, 24)), ...changeButton(stored.id)],
    },
  ])
}

function topicRules({ subscription }: DigestSettings, topic: string) {
  return { topics: { ...subscription.topics, include: [topic] } }
}

/** New digests take the zone of those that are there. */
async function defaultZone(ask: Ask): Promise<string> {
  return (await digestsOf(ask))[0]?.settings.timeZone ?? 'UTC'
}

function applyOptions(settings: DigestSettings, values: readonly (readonly [string, string])[]) {
  let result = setDigestOption(settings, 'overflow', settings.subscription.overflow, [])
  for (const [name, value] of values) {
    if (result.kind === 'problem') return result
    result = setDigestOption(result.settings, name, value, [])
  }
  return result
}

/** `08:00 every day in Europe/Berlin. The next one comes Tue 10 Mar 2026, 08:00 (Europe/Berlin).` */
export function whenWords(nextRunAtMs: number | null, { cron, timeZone }: DigestSettings): string {
  const when = `${scheduleWords(cron)} in ${timeZone}.`
  return nextRunAtMs === null ? when : `${when} The next one comes ${timeWords(nextRunAtMs, timeZone)}.`
}

function changeButton(id: string) {
  return button('Change', `form:edit:${id}`)
}

async function edit(ask: Ask, given: Given): Promise<CommandReply> {
  const found = await findOneDigest(ask, given['digest'])
  if (found.kind === 'reply') return found.reply
  const { setting, value } = given
  if (setting === undefined) return editForm(found)
  if (value === undefined) return showOption(ask, found, setting)
  const feeds = await ask.ports.feeds.feeds(ask.view)
  const result = setDigestOption(found.settings, setting, value, feeds)
  if (result.kind === 'problem')
    return say(`Cannot change digest ${echo(found.stored.name)}: ${result.problem}. Nothing was changed.`)
  return saveChanged(ask, found, result.settings, `${setting} changed`)
}

async function showOption(ask: Ask, { settings, stored }: KnownDigest, name: string): Promise<CommandReply> {
  const option = DIGEST_OPTIONS.find((one) => one.name === name)
  if (option === undefined)
    return say(`${echo(name)} cannot be set: there are ${DIGEST_OPTIONS.map((one) => one.name).join(', ')}.`)
  const now = option.show(settings, await ask.ports.feeds.feeds(ask.view))
  return say(
    `${name} of ${digestLabel(stored)} is ${now === '' ? 'not set' : echo(now)}. Give a value: ${option.hint}.`,
  )
}

/** Saves settings of a digest that is there and says when it comes next. */
export async function saveChanged(
  ask: Ask,
  { stored }: KnownDigest,
  settings: DigestSettings,
  what: string,
): Promise<CommandReply> {
  const { id, destination, name, paused } = stored
  const saved = await saveDigest(ask, { id, destination, name, settings, paused })
  await audit(ask, 'digest changed', { digest: id, what })
  const next = paused ? 'It is paused.' : whenWords(saved.nextRunAtMs, settings)
  return reply([
    {
      lines: [[{ text: `Digest ${digestLabel(stored)}: ${what}.` }], [{ text: next, quiet: true }]],
      buttons: [...button('Preview', actionText('preview', id, 0, 24)), ...changeButton(id)],
    },
  ])
}

async function openEditForm(ask: Ask, id: string): Promise<CommandReply> {
  const found = await findOneDigest(ask, id)
  return found.kind === 'reply' ? found.reply : editForm(found)
}

/** The settings that a form asks for: platforms take five fields. */
const FORM_OPTIONS = ['times', 'zone', 'stories', 'sentences'] as const

function editForm({ stored, settings }: KnownDigest): CommandReply {
  const fields = DIGEST_OPTIONS.filter(({ name }) => FORM_OPTIONS.some((one) => one === name)).map(
    (option): ReplyField => ({
      name: option.name,
      label: capital(option.name),
      value: option.name === 'times' ? plainTimes(settings) : option.show(settings, []),
      hint: option.hint,
      required: option.name !== 'times',
      long: false,
    }),
  )
  const topics: ReplyField = {
    name: 'topics',
    label: 'Topics: one a line, none for all',
    value: settings.subscription.topics.include.join('\n'),
    hint: 'harbour AND (strike OR "work to rule")',
    required: false,
    long: true,
  }
  return {
    kind: 'form',
    form: {
      title: `Digest ${stored.name}`.slice(0, 45),
      action: `edit:${stored.id}`,
      fields: [...fields, topics],
    },
  }
}

/** Times so that they can be read back: the words of a schedule, without the filling ones. */
function plainTimes({ cron }: DigestSettings): string {
  return cron.length === 0
    ? ''
    : scheduleWords(cron)
        .replace(' every day', '')
        .replace(' on Monday to Friday', ' mon-fri')
        .replace(' on ', ' ')
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

async function saveEditForm(ask: Ask, id: string, fields: Given): Promise<CommandReply> {
  const found = await findOneDigest(ask, id)
  if (found.kind === 'reply') return found.reply
  const values = FORM_OPTIONS.toReversed().map((name) => [name, fields[name] ?? ''] as const)
  const result = applyOptions(found.settings, values)
  if (result.kind === 'problem') return refuseForm(id, result.problem)
  const topics = (fields['topics'] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  for (const topic of topics) {
    const parsed = parseTopicQuery(topic)
    if (parsed.kind === 'problem')
      return refuseForm(id, `topic ${echo(topic)}: ${parsed.problem} (character ${parsed.at + 1})`)
  }
  const { settings } = result
  const rules = { topics: { ...settings.subscription.topics, include: topics } }
  return saveChanged(ask, found, withRules(settings, rules), 'changed')
}

function refuseForm(id: string, problem: string): CommandReply {
  return reply([
    {
      lines: [[{ text: `Cannot change the digest: ${problem}. Nothing was changed.` }]],
      buttons: button('Open the form again', `form:edit:${id}`),
    },
  ])
}

async function completeEdit(ask: Ask, option: string, typed: string): Promise<readonly Completion[]> {
  if (option === 'value') return completeZone(typed)
  return completeDigest(ask, typed)
}

async function setPaused(ask: Ask, given: Given, paused: boolean): Promise<CommandReply> {
  const found = await findOneDigest(ask, given['digest'])
  if (found.kind === 'reply') return found.reply
  const { stored, settings } = found
  if (stored.paused === paused)
    return say(`Digest ${digestLabel(stored)} is ${paused ? 'paused' : 'running'} already.`)
  const { id, destination, name } = stored
  const changed = { ...settings, setBy: 'chat' as const }
  const saved = await saveDigest(ask, { id, destination, name, settings: changed, paused })
  await audit(ask, paused ? 'digest paused' : 'digest resumed', { digest: id })
  if (paused)
    return say(
      `Digest ${digestLabel(stored)} is paused. /newsroom digest resume goes on; nothing between is lost.`,
    )
  return say(`Digest ${digestLabel(stored)} goes on. ${whenWords(saved.nextRunAtMs, settings)}`)
}

async function askToRemove(ask: Ask, given: Given): Promise<CommandReply> {
  const found = await findOneDigest(ask, given['digest'])
  if (found.kind === 'reply') return found.reply
  const refused = operatorsOwn(found)
  if (refused !== null) return refused
  const { stored } = found
  return reply([
    {
      lines: [
        [
          {
            text: `Remove digest ${digestLabel(stored)} with its topics and mutes? /newsroom digest pause keeps them.`,
          },
        ],
      ],
      buttons: button('Remove it', actionText('remove-digest', stored.id), 'danger'),
    },
  ])
}

/** A digest of the settings file would be back with the next start. */
function operatorsOwn({ stored }: KnownDigest): CommandReply | null {
  if (stored.destination.tenant !== null) return null
  return say(
    `Digest ${digestLabel(stored)} comes from the operator of this bot. /newsroom digest pause stops it here.`,
  )
}

async function remove(ask: Ask, id: string): Promise<CommandReply> {
  const found = await findOneDigest(ask, id)
  if (found.kind === 'reply') return found.reply
  const refused = operatorsOwn(found)
  if (refused !== null) return refused
  await ask.ports.subscriptions.removeSubscription(found.stored.id)
  await audit(ask, 'digest removed', { digest: found.stored.id, name: found.stored.name })
  return say(`Digest ${digestLabel(found.stored)} is removed.`)
}

async function preview(ask: Ask, given: Given): Promise<CommandReply> {
  const found = await findOneDigest(ask, given['digest'])
  if (found.kind === 'reply') return found.reply
  const since = given['since'] === undefined ? null : parseSince(given['since'], ask.nowMs)
  if (since?.kind === 'problem') return say(`Cannot preview: ${since.problem}.`)
  const fromMs = since?.atMs ?? found.stored.windowEndMs
  if (given['story'] !== undefined) return explainStory(ask, found, given['story'], fromMs)
  const backHours = since === null ? 0 : Math.ceil((ask.nowMs - fromMs) / 3_600_000)
  return showPreview(ask, found, 0, backHours)
}

async function previewPage(
  ask: Ask,
  id: string,
  page: number,
  back: string | undefined,
): Promise<CommandReply> {
  const found = await findOneDigest(ask, id)
  if (found.kind === 'reply') return found.reply
  const hours = Number(back ?? '0')
  return showPreview(ask, found, page, Number.isInteger(hours) && hours >= 0 ? Math.min(hours, 168) : 0)
}

/** @param backHours how far back the window goes; 0: to the end of the last digest */
async function showPreview(
  ask: Ask,
  { stored, settings }: KnownDigest,
  page: number,
  backHours: number,
): Promise<CommandReply> {
  const fromMs = backHours === 0 ? stored.windowEndMs : ask.nowMs - backHours * 3_600_000
  const composed = await previewDigest(ask, {
    settings,
    destination: stored.destination,
    window: { fromMs, toMs: ask.nowMs },
  })
  const { entries } = composed.digest
  const more = entries.length > (page + 1) * PREVIEW_PAGE
  const buttons = [
    ...pageButtons('preview', page, more, stored.id, backHours),
    ...(backHours === 0 && entries.length === 0
      ? button('The last 24 hours instead', actionText('preview', stored.id, 0, 24))
      : []),
    ...(backHours === 0 && entries.length > 0
      ? button('Send it now', actionText('send-digest', stored.id))
      : []),
    ...changeButton(stored.id),
  ]
  const blocks = previewBlocks(composed, { settings, nowMs: ask.nowMs, page })
  return reply(
    [
      { heading: [{ text: `Preview of ${digestLabel(stored)}` }], lines: [] },
      ...blocks,
      { lines: [], buttons },
    ],
    {
      replace: page > 0,
    },
  )
}

async function explainStory(
  ask: Ask,
  { stored, settings }: KnownDigest,
  target: string,
  fromMs: number,
): Promise<CommandReply> {
  const found = await findOneStory(ask, target)
  if (found.kind === 'reply') return found.reply
  const { story } = found
  const { verdicts } = await previewDigest(ask, {
    settings,
    destination: stored.destination,
    window: { fromMs, toMs: ask.nowMs },
  })
  const verdict = verdicts.find(({ storyId }) => storyId === story.id)
  const name = digestLabel(stored)
  if (verdict === undefined) {
    const since = timeWords(Math.max(fromMs, ask.nowMs - 7 * DAY_MS), settings.timeZone)
    return say(
      `${echo(story.headline)} is not in the next digest ${name}: no article of it came since ${since}.`,
    )
  }
  if (verdict.kind === 'left-out')
    return say(`${echo(story.headline)} is not in the next digest ${name}: ${verdict.why}.`)
  return say(
    `${echo(story.headline)} is number ${verdict.place ?? 0} of the next digest ${name}.`,
    `In it by: ${verdict.rule ?? 'every story is taken'}.`,
    `Here because: ${verdict.why}.`,
  )
}

async function sendNow(ask: Ask, given: Given): Promise<CommandReply> {
  const found = await findOneDigest(ask, given['digest'])
  if (found.kind === 'reply') return found.reply
  const { stored } = found
  if (stored.paused) return say(`Digest ${digestLabel(stored)} is paused. Use /newsroom digest resume first.`)
  const report = await ask.ports.sender.sendNow(stored, ask.signal)
  await audit(ask, 'digest sent', { digest: stored.id, outcome: report.kind })
  return say(report.words)
}
