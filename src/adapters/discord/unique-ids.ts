import { MAX_NAME_CHARS } from './discord-limits.ts'
import type { ActionRow, Component } from './message-components.ts'

/** Marks further uses of one action in a message: private use characters, which no action holds. */
const FIRST_MARK = 0xe000

/** Discord refuses a message in which two buttons come back as the same text: the second and further ones get a mark. */
export function withUniqueIds(components: readonly Component[]): Component[] {
  const uses = new Map<string, number>()
  return components.map((component) => (component.type === 1 ? uniqueRow(component, uses) : component))
}

function uniqueRow(row: ActionRow, uses: Map<string, number>): ActionRow {
  return {
    ...row,
    components: row.components.map((one) => {
      const used = uses.get(one.custom_id) ?? 0
      uses.set(one.custom_id, used + 1)
      if (used === 0) return one
      const mark = String.fromCharCode(FIRST_MARK + used)
      return { ...one, custom_id: `${one.custom_id.slice(0, MAX_NAME_CHARS - 1)}${mark}` }
    }),
  }
}

/** The action that a button came back with, its mark taken off. */
export function actionOf(customId: string): string {
  return customId.replace(/[\ue000-\ue0ff]$/, '')
}
