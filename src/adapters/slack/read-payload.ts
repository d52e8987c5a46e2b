import { at, listAt, textAt } from './json-value.ts'

/** Where an answer can go. */
export interface Origin {
  /** `''` where there is none. */
  readonly responseUrl: string
  readonly channel: string
  readonly channelName: string
}

/** A button, or a choice in a menu. */
export interface PressedAction {
  readonly action: string
  readonly chosen: readonly string[]
}

/** Names that Slack gives to channels that have none for everybody. */
const NAMELESS = new Set(['directmessage', 'privategroup', ''])

/** The name of a channel for people, or nothing. */
export function channelNameOf(name: string): { readonly channelName?: string } {
  return NAMELESS.has(name) ? {} : { channelName: name }
}

/** What was pressed or chosen; buttons carry their action as value, menus as id. */
export function readAction(action: unknown): PressedAction {
  const value = textAt(action, 'value')
  const chosen = [at(action, 'selected_option'), ...listAt(action, 'selected_options')].map((option) =>
    textAt(option, 'value'),
  )
  return { action: value || textAt(action, 'action_id'), chosen: chosen.filter((one) => one !== '') }
}

/** The fields of a form that was sent. */
export function readFields(view: unknown): Record<string, string> {
  const values = at(view, 'state', 'values')
  if (typeof values !== 'object' || values === null) return {}
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, block]: [string, unknown]) => {
      const [element] = typeof block === 'object' && block !== null ? (Object.values(block) as unknown[]) : []
      return [[name, fieldText(element)] as const]
    }),
  )
}

function fieldText(element: unknown): string {
  return (
    textAt(element, 'value') ||
    textAt(element, 'selected_conversation') ||
    textAt(element, 'selected_channel') ||
    textAt(element, 'selected_option', 'value')
  )
}

/** Longest `private_metadata` that Slack takes. */
const MAX_METADATA_CHARS = 3_000

/** Where a form came from, as it travels with the form. */
export function packOrigin({ responseUrl, channel, channelName }: Origin): string {
  const packed = JSON.stringify({ u: responseUrl, c: channel, n: channelName.slice(0, 100) })
  return packed.length > MAX_METADATA_CHARS ? JSON.stringify({ u: '', c: channel, n: '' }) : packed
}

/** Reads it back; nothing where it is none of ours. */
export function readOrigin(text: string): Origin {
  let packed: unknown = null
  try {
    packed = JSON.parse(text)
  } catch {
    // Not ours.
  }
  return { responseUrl: textAt(packed, 'u'), channel: textAt(packed, 'c'), channelName: textAt(packed, 'n') }
}
