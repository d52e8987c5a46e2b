import { printable, shorten } from '../../core/text/printable.ts'
import { MAX_ALT_CHARS, MAX_LABEL_CHARS, MAX_NAME_CHARS, MAX_ROW_BUTTONS } from './discord-limits.ts'

/** Text of a message. */
export interface TextDisplay {
  readonly type: 10
  readonly content: string
  /** A number of our own; Discord numbers the others itself. */
  readonly id?: number
}

/** A picture at the side of a text. */
export interface Thumbnail {
  readonly type: 11
  readonly media: { readonly url: string }
  /** What it is, for those who do not see it. */
  readonly description: string
}

/** A text with a picture at its side. */
export interface Section {
  readonly type: 9
  readonly components: readonly [TextDisplay]
  readonly accessory: Thumbnail
}

/** A button that comes back as its `custom_id`. */
export interface Button {
  readonly type: 2
  readonly style: 1 | 2 | 4
  readonly label: string
  readonly custom_id: string
}

/** A menu that comes back as its `custom_id` with what was chosen. */
export interface StringSelect {
  readonly type: 3
  readonly custom_id: string
  readonly placeholder: string
  readonly options: readonly { readonly label: string; readonly value: string }[]
}

/** A row of up to five buttons, or of one menu. */
export interface ActionRow {
  readonly type: 1
  readonly components: readonly (Button | StringSelect)[]
}

/** A thin line. */
export interface Separator {
  readonly type: 14
}

/** What a message is made of. */
export type Component = TextDisplay | Section | ActionRow | Separator

/** What components cost of the limits of a message. */
export interface Cost {
  readonly components: number
  readonly chars: number
}

/** The thin line between stories. */
export const SEPARATOR: Separator = { type: 14 }

/** Text as a component; it must not be empty. */
export function textDisplay(content: string): TextDisplay {
  return { type: 10, content }
}

/** Text with the picture of an https address at its side. */
export function pictureSection(content: string, url: string, description: string): Section {
  return {
    type: 9,
    components: [textDisplay(content)],
    accessory: { type: 11, media: { url }, description: fitLabel(description, MAX_ALT_CHARS) },
  }
}

/** Buttons in as many rows as they need. */
export function buttonRows(
  buttons: readonly {
    readonly label: string
    readonly action: string
    readonly style?: 'primary' | 'danger'
  }[],
): ActionRow[] {
  const rows: ActionRow[] = []
  for (let first = 0; first < buttons.length; first += MAX_ROW_BUTTONS) {
    const row = buttons.slice(first, first + MAX_ROW_BUTTONS)
    rows.push({
      type: 1,
      components: row.map(({ label, action, style }): Button => ({
        type: 2,
        style: style === 'primary' ? 1 : style === 'danger' ? 4 : 2,
        label: fitLabel(label, MAX_LABEL_CHARS),
        custom_id: action,
      })),
    })
  }
  return rows
}

/** A plain text of at most `maxChars` UTF-16 units, never empty. */
export function fitLabel(text: string, maxChars: number = MAX_NAME_CHARS): string {
  const shown = shorten(printable(text), maxChars)
  if (shown.length <= maxChars) return shown || '…'
  return `${shown.slice(0, maxChars - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** What components cost together. */
export function costOf(components: readonly Component[]): Cost {
  let count = 0
  let chars = 0
  for (const component of components) {
    count += countOf(component)
    if (component.type === 10) chars += component.content.length
    if (component.type === 9) chars += component.components[0].content.length
  }
  return { components: count, chars }
}

/** A component with those in it; the picture of a section is one, too. */
function countOf(component: Component): number {
  if (component.type === 9) return 2 + component.components.length
  return component.type === 1 ? 1 + component.components.length : 1
}
