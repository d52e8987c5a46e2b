import {
  FORM_ACTION,
  type ActionRequest,
  type Asker,
  type CommandRequest,
  type CommandShape,
  type CompletionRequest,
  type FormRequest,
} from '../../app/ports/chat.ts'
import { bitsAt, isThreadType, PERMISSION } from './channel-places.ts'
import { at, listAt, numberAt, textAt } from './json-value.ts'
import { actionOf } from './unique-ids.ts'

/** A file that came with a command. */
export interface SentFile {
  readonly option: string
  readonly url: string
}

/** What somebody did, as the desk takes it, with what is needed to answer. */
export interface Interaction {
  readonly id: string
  readonly token: string
  readonly applicationId: string
  /** It began at a message of ours, which the answer may replace. */
  readonly hasMessage: boolean
  readonly asked:
    | {
        readonly kind: 'request'
        readonly request: CommandRequest | ActionRequest | FormRequest
        /** A form has to come at once: the answer must not be deferred. */
        readonly opensForm: boolean
        readonly files: readonly SentFile[]
      }
    | { readonly kind: 'completion'; readonly request: CompletionRequest }
}

const TYPE = { command: 2, component: 3, completion: 4, form: 5 } as const

const SUB_COMMAND_TYPES: ReadonlySet<number> = new Set([1, 2])
const FILE_TYPE = 11

/** Reads an interaction of the gateway; `null` where it is of a kind that we have none of. */
export function readInteraction(raw: unknown, shapes: readonly CommandShape[]): Interaction | null {
  const asked = readAsked(raw, shapes)
  if (asked === null) return null
  return {
    id: textAt(raw, 'id'),
    token: textAt(raw, 'token'),
    applicationId: textAt(raw, 'application_id'),
    hasMessage: at(raw, 'message') !== undefined && at(raw, 'message') !== null,
    asked,
  }
}

function readAsked(raw: unknown, shapes: readonly CommandShape[]): Interaction['asked'] | null {
  const asker = readAsker(raw)
  switch (numberAt(raw, 'type') ?? 0) {
    case TYPE.command:
      return readCommand(raw, asker, shapes)
    case TYPE.completion:
      return readCompletion(raw, asker)
    case TYPE.component:
      return readAction(raw, asker)
    case TYPE.form:
      return {
        kind: 'request',
        request: {
          kind: 'form',
          asker,
          action: actionOf(textAt(raw, 'data', 'custom_id')),
          fields: readFields(raw),
        },
        ...{ opensForm: false, files: [] },
      }
    default:
      return null
  }
}

function readAsker(raw: unknown): Asker {
  const permissions = bitsAt(raw, 'member', 'permissions')
  const name = textAt(raw, 'channel', 'name')
  return {
    platform: 'discord',
    tenant: textAt(raw, 'guild_id'),
    channel: textAt(raw, 'channel_id'),
    ...(name === '' ? {} : { channelName: name }),
    ...(isThreadType(numberAt(raw, 'channel', 'type') ?? -1) ? { inThread: true } : {}),
    person: textAt(raw, 'member', 'user', 'id') || textAt(raw, 'user', 'id'),
    isManager: (permissions & (PERMISSION.administrator | PERMISSION.manageGuild)) !== 0n,
    locale: textAt(raw, 'locale') || null,
  }
}

/** Words of the command, and the options below them. */
function readPath(raw: unknown): { path: string[]; options: readonly unknown[] } {
  const path = [textAt(raw, 'data', 'name')]
  let options = listAt(raw, 'data', 'options')
  for (let deep = 0; deep < 2; deep++) {
    const [first] = options
    if (!SUB_COMMAND_TYPES.has(numberAt(first, 'type') ?? 0)) break
    path.push(textAt(first, 'name'))
    options = listAt(first, 'options')
  }
  return { path, options }
}

function readCommand(raw: unknown, asker: Asker, shapes: readonly CommandShape[]): Interaction['asked'] {
  const { path, options } = readPath(raw)
  const given: Record<string, string> = {}
  const files: SentFile[] = []
  for (const option of options) {
    const [name, value] = [textAt(option, 'name'), optionText(option)]
    if (numberAt(option, 'type') === FILE_TYPE) {
      files.push({ option: name, url: textAt(raw, 'data', 'resolved', 'attachments', value, 'url') })
    } else given[name] = value
  }
  const words = path.join(' ')
  const shape = shapes.find((one) => one.path.join(' ') === words)
  return {
    kind: 'request',
    request: { kind: 'command', asker, path, options: given },
    opensForm: files.length === 0 && (shape?.opensForm ?? false),
    files,
  }
}

function optionText(option: unknown): string {
  const value = at(option, 'value')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

function readCompletion(raw: unknown, asker: Asker): Interaction['asked'] | null {
  const { path, options } = readPath(raw)
  const focused = options.find((option) => at(option, 'focused') === true)
  if (focused === undefined) return null
  const request = { asker, path, option: textAt(focused, 'name'), typed: optionText(focused) }
  return { kind: 'completion', request }
}

function readAction(raw: unknown, asker: Asker): Interaction['asked'] {
  const action = actionOf(textAt(raw, 'data', 'custom_id'))
  const chosen = listAt(raw, 'data', 'values').filter((value) => typeof value === 'string')
  return {
    kind: 'request',
    request: { kind: 'action', asker, action, chosen },
    opensForm: action.startsWith(FORM_ACTION),
    files: [],
  }
}

/** Fields stand in labels; older clients send them in rows. */
function readFields(raw: unknown): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const holder of listAt(raw, 'data', 'components')) {
    for (const field of [at(holder, 'component'), ...listAt(holder, 'components')]) {
      const name = textAt(field, 'custom_id')
      if (name !== '') fields[name] = textAt(field, 'value') || textAt(field, 'values', 0)
    }
  }
  return fields
}
