import { FORM_ACTION } from '../ports/chat.ts'

/** Longest `action` of a button, menu or form: what Discord takes as custom_id. */
export const MAX_ACTION_CHARS = 100

/** The `action` text of a button, read. */
export interface ParsedAction {
  readonly verb: string
  /** Parted at colons; free text that may hold colons comes last and is joined again by who reads it. */
  readonly args: readonly string[]
}

/** `verb:arg:arg`, or `null` where it is longer than any platform takes. */
export function actionText(verb: string, ...args: readonly (string | number)[]): string | null {
  const text = [verb, ...args].join(':')
  return text.length <= MAX_ACTION_CHARS ? text : null
}

/** Reads what a platform sent back. Anybody can send anything: what no button of ours carries is `null`. */
export function parseAction(text: string): ParsedAction | null {
  if (text.length > MAX_ACTION_CHARS || !text.isWellFormed() || /\p{Cc}/u.test(text)) return null
  const bare = text.startsWith(FORM_ACTION) ? text.slice(FORM_ACTION.length) : text
  const [verb = '', ...args] = bare.split(':')
  return /^[a-z][a-z-]{0,30}$/.test(verb) ? { verb, args } : null
}
