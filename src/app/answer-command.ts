import type {
  ActionRequest,
  Asker,
  CommandDesk,
  CommandReply,
  CommandRequest,
  CommandShape,
  Completion,
  CompletionRequest,
  FormRequest,
} from './ports/chat.ts'
import { parseAction } from './commands/action-text.ts'
import type { Ask, Command, CommandFamily, CommandPorts, Given } from './commands/command-family.ts'
import { newsFollow } from './commands/news-follow.ts'
import { newsHelp } from './commands/news-help.ts'
import { newsSearch } from './commands/news-search.ts'
import { newsStories } from './commands/news-stories.ts'
import { newsSummarize } from './commands/news-summarize.ts'
import { newsroomDigests } from './commands/newsroom-digests.ts'
import { newsroomFeeds } from './commands/newsroom-feeds.ts'
import { newsroomFix } from './commands/newsroom-fix.ts'
import { namedManagers, newsroomManagers } from './commands/newsroom-managers.ts'
import { newsroomSetup } from './commands/newsroom-setup.ts'
import { newsroomStatus } from './commands/newsroom-status.ts'
import { newsroomTopics } from './commands/newsroom-topics.ts'
import { echo, say } from './commands/reply-words.ts'
import { createTenantLife } from './commands/tenant-life.ts'

/** Longest option of a command, and longest field of a form, in UTF-16 units: Discord's own limits are 6,000 and 4,000. */
const MAX_OPTION_CHARS = 6_000

/** The longest option of all: a file that a platform reads in. */
const MAX_FILE_CHARS = 5_000_000

/** Longest time that any answer may take, ms; platforms wait 15 min, people do not. */
const MAX_ANSWER_MS = 60_000

/** Longest time for offers while somebody types, ms: platforms drop later ones. */
const MAX_OFFER_MS = 2_500

/** Offers that a platform takes. */
const MAX_OFFERS = 25

/**
 * The desk where every platform's commands, buttons, menus and forms are answered (DESIGN.md section 7).
 *
 * Each look-up sees only what the asker's tenant may see; commands that change something are for managers. Nothing is thrown: what a
 * person did wrong is an answer that says what to do, what broke is told to `ports.onFailure` and answered politely.
 */
export function createCommandDesk(ports: CommandPorts): CommandDesk {
  const families: readonly CommandFamily[] = [
    newsStories,
    newsSearch,
    newsSummarize,
    newsFollow,
    newsHelp(() => shapes),
    newsroomSetup(),
    newsroomFeeds,
    newsroomDigests,
    newsroomTopics,
    newsroomFix,
    newsroomStatus,
    newsroomManagers,
  ]
  const rooms = indexFamilies(families)
  const shapes: readonly CommandShape[] = families.flatMap(({ commands }) =>
    commands.map(({ shape }) => shape),
  )
  const failed = (error: unknown, what: string) => ports.onFailure?.(error, what)
  return {
    shapes,
    answer: (request, signal) => answerSafely(rooms, ports, request, signal),
    complete: (request) => completeSafely(rooms, ports, request),
    ...createTenantLife(ports, failed),
  }
}

/** Commands, actions and forms by the words that call them. */
interface Rooms {
  readonly commands: ReadonlyMap<string, Command>
  readonly actions: ReadonlyMap<string, NonNullable<CommandFamily['actions']>[number]>
  readonly forms: ReadonlyMap<string, NonNullable<CommandFamily['forms']>[number]>
}

function indexFamilies(families: readonly CommandFamily[]): Rooms {
  return {
    commands: new Map(
      families.flatMap(({ commands }) => commands.map((one) => [one.shape.path.join(' '), one] as const)),
    ),
    actions: new Map(families.flatMap(({ actions = [] }) => actions.map((one) => [one.verb, one] as const))),
    forms: new Map(families.flatMap(({ forms = [] }) => forms.map((one) => [one.verb, one] as const))),
  }
}

async function answerSafely(
  rooms: Rooms,
  ports: CommandPorts,
  request: CommandRequest | ActionRequest | FormRequest,
  signal: AbortSignal,
): Promise<CommandReply> {
  const what =
    request.kind === 'command' ? `/${request.path.join(' ')}` : request.action.split(':', 1).join('')
  const limit = AbortSignal.any([signal, AbortSignal.timeout(MAX_ANSWER_MS)])
  try {
    return await within(limit, answer(rooms, askOf(request.asker, ports, limit), request))
  } catch (error) {
    if (limit.aborted)
      return say(
        `That took longer than ${MAX_ANSWER_MS / 1_000} seconds, so it was given up. Try again later.`,
      )
    ports.onFailure?.(error, what)
    return say(
      'Something went wrong here, and nothing more was changed. Try again in a minute; if it stays, tell the operator of this bot.',
    )
  }
}

/** A person in a private message belongs to no tenant: they see what everybody sees. */
function askOf(asker: Asker, ports: CommandPorts, signal: AbortSignal): Ask {
  const view = { tenant: asker.tenant === '' ? null : asker.tenant }
  return { asker, view, ports, signal, nowMs: ports.nowMs() }
}

/** The result of some work, or a rejection once the signal fires: work that hangs must not hang its asker. */
async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const stopped = Promise.withResolvers<never>()
  const stop = () => {
    stopped.reject(new Error('stopped'))
  }
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  // Whichever loses the race must not count as unhandled.
  work.catch(() => undefined)
  stopped.promise.catch(() => undefined)
  try {
    return await Promise.race([work, stopped.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function answer(
  rooms: Rooms,
  ask: Ask,
  request: CommandRequest | ActionRequest | FormRequest,
): Promise<CommandReply> {
  switch (request.kind) {
    case 'command':
      return answerCommand(rooms, ask, request)
    case 'action':
      return answerAction(rooms, ask, request)
    case 'form':
      return answerForm(rooms, ask, request)
  }
}

async function answerCommand(
  rooms: Rooms,
  ask: Ask,
  { path, options }: CommandRequest,
): Promise<CommandReply> {
  const words = path.join(' ')
  const command = rooms.commands.get(words)
  if (command === undefined) return say(unknownCommand(rooms, words))
  const refused = await refuse(ask, command.shape.managersOnly)
  if (refused !== null) return refused
  const given = tidy(options)
  const problem = optionProblem(command.shape, given)
  return problem === null ? command.run(ask, given) : say(problem)
}

function unknownCommand({ commands }: Rooms, words: string): string {
  const near = [...commands.keys()].filter(
    (one) => one.startsWith(`${words} `) || words.startsWith(`${one} `),
  )
  const offer =
    near.length === 0 ? '/news help shows all' : `there are ${near.map((one) => `/${one}`).join(', ')}`
  return `There is no command ${echo(`/${words}`)}: ${offer}.`
}

/** Trims what was given; empty options are as if they were not there. */
function tidy(options: Readonly<Record<string, string>>): Given {
  return Object.fromEntries(
    Object.entries(options)
      .map(([name, value]) => [name, value.toWellFormed().trim()] as const)
      .filter(([, value]) => value !== ''),
  )
}

function optionProblem({ path, options }: CommandShape, given: Given): string | null {
  const command = `/${path.join(' ')}`
  for (const option of options) {
    const value = given[option.name]
    if (value === undefined) {
      if (option.required) return `${command} needs "${option.name}": ${option.description}.`
      continue
    }
    const maxChars = option.kind === 'file' ? MAX_FILE_CHARS : MAX_OPTION_CHARS
    if (value.length > maxChars)
      return `"${option.name}" of ${command} is longer than ${maxChars} characters.`
    const { choices } = option
    if (choices !== undefined && choices.every((choice) => choice.value !== value)) {
      const offers = choices.map((choice) => choice.value).join(', ')
      return `"${option.name}" of ${command} is ${echo(value)}: it must be one of ${offers}.`
    }
  }
  return null
}

/** What stops this person, or `null`. */
async function refuse(ask: Ask, managersOnly: boolean): Promise<CommandReply | null> {
  if (!managersOnly) return null
  if (ask.view.tenant === null)
    return say('Use /newsroom in a channel: a private message has nothing to manage.')
  if (ask.asker.isManager || (await namedManagers(ask)).includes(ask.asker.person)) return null
  return say(
    'Only managers may do that: people who may manage this server or workspace, and those whom they name with /newsroom managers add. Nothing was changed.',
  )
}

async function answerAction(
  rooms: Rooms,
  ask: Ask,
  { action, chosen }: ActionRequest,
): Promise<CommandReply> {
  const parsed = parseAction(action)
  const found = parsed === null ? undefined : rooms.actions.get(parsed.verb)
  if (parsed === null || found === undefined) return say(OLD_BUTTON)
  const asManager = await asNamedManager(ask)
  const refused = await refuse(asManager, found.managersOnly)
  return refused ?? found.run(asManager, parsed.args, chosen.slice(0, MAX_OFFERS))
}

const OLD_BUTTON =
  'This button is of an older version and does nothing any more. /news help shows what can be asked for.'

/** Buttons look different for managers, so who was named counts before one is pressed. */
async function asNamedManager(ask: Ask): Promise<Ask> {
  if (ask.asker.isManager || !(await namedManagers(ask)).includes(ask.asker.person)) return ask
  return { ...ask, asker: { ...ask.asker, isManager: true } }
}

async function answerForm(rooms: Rooms, ask: Ask, { action, fields }: FormRequest): Promise<CommandReply> {
  const parsed = parseAction(action)
  const found = parsed === null ? undefined : rooms.forms.get(parsed.verb)
  if (parsed === null || found === undefined) return say(OLD_BUTTON)
  const refused = await refuse(ask, found.managersOnly)
  if (refused !== null) return refused
  const given = tidy(fields)
  const long = Object.entries(given).find(([, value]) => value.length > MAX_OPTION_CHARS)
  if (long !== undefined)
    return say(`"${long[0]}" is longer than ${MAX_OPTION_CHARS} characters. Nothing was changed.`)
  return found.run(ask, parsed.args, given)
}

async function completeSafely(
  rooms: Rooms,
  ports: CommandPorts,
  { asker, path, option, typed }: CompletionRequest,
): Promise<readonly Completion[]> {
  const words = path.join(' ')
  const signal = AbortSignal.timeout(MAX_OFFER_MS)
  try {
    const command = rooms.commands.get(words)
    const ask = askOf(asker, ports, signal)
    if (command?.complete === undefined) return []
    if ((await refuse(ask, command.shape.managersOnly)) !== null) return []
    const offers = await within(signal, command.complete(ask, option, typed.slice(0, 100)))
    return offers.slice(0, MAX_OFFERS)
  } catch (error) {
    if (!signal.aborted) ports.onFailure?.(error, `offers for /${words}`)
    return []
  }
}
