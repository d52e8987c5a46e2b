import type { CommandOption, CommandShape } from '../../app/ports/chat.ts'
import { MAX_CHOICES, MAX_NAME_CHARS } from './discord-limits.ts'
import { PERMISSION } from './channel-places.ts'
import type { DiscordRest, RestAnswer } from './discord-rest.ts'
import { at, listAt, numberAt, textAt } from './json-value.ts'
import { fitLabel } from './message-components.ts'

/** An option, sub-command or group as Discord registers it; what is not there is not set. */
interface DiscordOption {
  readonly type: number
  readonly name: string
  readonly description: string
  readonly required?: true
  readonly autocomplete?: true
  readonly choices?: readonly { readonly name: string; readonly value: string }[]
  readonly channel_types?: readonly number[]
  readonly options?: readonly DiscordOption[]
}

/** A command as Discord registers it. */
export interface DiscordCommand {
  readonly name: string
  readonly description: string
  readonly default_member_permissions: string | null
  readonly contexts: readonly number[]
  readonly options: readonly DiscordOption[]
}

const OPTION = { subCommand: 1, group: 2, text: 3, person: 6, channel: 7, role: 8, file: 11 } as const

/** In servers; in private messages with the bot. */
const GUILD_CONTEXT = 0
const DM_CONTEXT = 1

/** Text, announcement, threads, forum: media channels cannot be offered. */
export const CHANNEL_TYPES: readonly number[] = [0, 5, 10, 11, 12, 15]

/** Commands as Discord takes them: one for each first word, sub-commands and groups below it. */
export function commandsOf(shapes: readonly CommandShape[]): DiscordCommand[] {
  const byName = Map.groupBy(shapes, ({ path }) => path[0] ?? '')
  return [...byName].map(([name, below]): DiscordCommand => {
    const managersOnly = below.every((shape) => shape.managersOnly)
    return {
      name,
      description: managersOnly
        ? 'For managers: feeds, digests, topics, corrections'
        : 'The news: stories, search, follow',
      default_member_permissions: managersOnly ? String(PERMISSION.manageGuild) : null,
      contexts: managersOnly ? [GUILD_CONTEXT] : [GUILD_CONTEXT, DM_CONTEXT],
      options: optionsBelow(below),
    }
  })
}

function optionsBelow(shapes: readonly CommandShape[]): DiscordOption[] {
  const bySecond = Map.groupBy(shapes, ({ path }) => path[1] ?? '')
  return [...bySecond].map(([name, below]): DiscordOption => {
    const [only] = below
    if (below.length === 1 && only?.path.length === 2) return subCommand(name, only)
    return {
      type: OPTION.group,
      name,
      description: fitLabel(`${name}: ${below.map(({ path }) => path[2] ?? '').join(', ')}`),
      options: below.map((shape) => subCommand(shape.path[2] ?? '', shape)),
    }
  })
}

function subCommand(name: string, { description, options }: CommandShape): DiscordOption {
  const sorted = options.toSorted((a, b) => Number(b.required) - Number(a.required))
  const below = sorted.length === 0 ? {} : { options: sorted.map(optionOf) }
  return { type: OPTION.subCommand, name, description: fitLabel(description), ...below }
}

function optionOf({
  name,
  description,
  required,
  completes,
  kind,
  choices = [],
}: CommandOption): DiscordOption {
  const type = OPTION[kind ?? 'text']
  return {
    type,
    name,
    description: fitLabel(description),
    ...(required ? { required } : {}),
    ...(completes && type === OPTION.text && choices.length === 0 ? { autocomplete: true as const } : {}),
    ...(choices.length > 0 && type === OPTION.text
      ? {
          choices: choices
            .slice(0, MAX_CHOICES)
            .map(({ label, value }) => ({ name: fitLabel(label), value: value.slice(0, MAX_NAME_CHARS) })),
        }
      : {}),
    ...(kind === 'channel' ? { channel_types: CHANNEL_TYPES } : {}),
  }
}

/** Registers commands, only where those that Discord has are others. Gives a problem, or what was done. */
export async function registerCommands(
  rest: DiscordRest,
  applicationId: string,
  shapes: readonly CommandShape[],
  signal: AbortSignal,
): Promise<{ readonly kind: 'same' | 'changed' } | { readonly kind: 'problem'; readonly problem: string }> {
  const path = `/applications/${applicationId}/commands`
  const wanted = commandsOf(shapes)
  const current = await rest.request({ method: 'GET', path, bucket: 'GET commands', signal })
  if (!isFine(current)) return { kind: 'problem', problem: problemOf(current) }
  const known = listAt(current.body).map(readCommand)
  if (fingerprint(known) === fingerprint(wanted)) return { kind: 'same' }
  const answer = await rest.request({ method: 'PUT', path, bucket: 'PUT commands', body: wanted, signal })
  return isFine(answer) ? { kind: 'changed' } : { kind: 'problem', problem: problemOf(answer) }
}

function isFine(answer: RestAnswer): answer is Extract<RestAnswer, { kind: 'answered' }> {
  return answer.kind === 'answered' && answer.status < 300
}

function problemOf(answer: RestAnswer): string {
  const why =
    answer.kind === 'answered'
      ? `status is ${answer.status} (${JSON.stringify(answer.body).slice(0, 500)})`
      : answer.problem
  return `Cannot register commands: ${why}`
}

function fingerprint(commands: readonly DiscordCommand[]): string {
  return JSON.stringify(commands.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
}

/** A registered command in the form of {@link DiscordCommand}, so that the two can be compared. */
function readCommand(command: unknown): DiscordCommand {
  return {
    name: textAt(command, 'name'),
    description: textAt(command, 'description'),
    default_member_permissions: textAt(command, 'default_member_permissions') || null,
    contexts: numbersAt(command, 'contexts'),
    options: listAt(command, 'options').map(readOption),
  }
}

function readOption(option: unknown): DiscordOption {
  const [choices, options] = [listAt(option, 'choices'), listAt(option, 'options')]
  const channelTypes = numbersAt(option, 'channel_types')
  return {
    type: numberAt(option, 'type') ?? 0,
    name: textAt(option, 'name'),
    description: textAt(option, 'description'),
    ...(at(option, 'required') === true ? { required: true as const } : {}),
    ...(at(option, 'autocomplete') === true ? { autocomplete: true as const } : {}),
    ...(choices.length === 0
      ? {}
      : { choices: choices.map((one) => ({ name: textAt(one, 'name'), value: textAt(one, 'value') })) }),
    ...(channelTypes.length === 0 ? {} : { channel_types: channelTypes }),
    ...(options.length === 0 ? {} : { options: options.map(readOption) }),
  }
}

/** In ascending order: Discord does not promise to keep ours. */
function numbersAt(value: unknown, key: string): number[] {
  return listAt(value, key)
    .filter((one) => typeof one === 'number')
    .toSorted((a, b) => a - b)
}
