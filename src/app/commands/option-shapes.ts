import type { CommandOption, CommandShape, Completion } from '../ports/chat.ts'

/** An option that must be given. */
export function needs(name: string, description: string, more: Partial<CommandOption> = {}): CommandOption {
  return { name, description, required: true, completes: false, ...more }
}

/** An option that may be left out. */
export function may(name: string, description: string, more: Partial<CommandOption> = {}): CommandOption {
  return { name, description, required: false, completes: false, ...more }
}

/** Choices whose label is their value. */
export function choices(values: readonly string[]): readonly Completion[] {
  return values.map((value) => ({ label: value, value }))
}

/** A command for everybody. */
export function newsShape(
  name: string,
  description: string,
  options: readonly CommandOption[] = [],
): CommandShape {
  return { path: ['news', name], description, options, managersOnly: false, opensForm: false }
}

/** A command for managers; `name` is one or two words. */
export function newsroomShape(
  name: string,
  description: string,
  options: readonly CommandOption[] = [],
  opensForm = false,
): CommandShape {
  return { path: ['newsroom', ...name.split(' ')], description, options, managersOnly: true, opensForm }
}
