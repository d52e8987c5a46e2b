import { RE2JS } from 're2js'

/** A regular expression of a person, ready to look for. */
export interface TextPattern {
  readonly source: string
  /** Whether it occurs in a text. Linear in the text (at most {@link MAX_SEARCHED_CHARS} of it), whatever the pattern. */
  occursIn(text: string): boolean
}

/** A pattern, or what is wrong with it. */
export type ParsedPattern =
  | { readonly kind: 'pattern'; readonly pattern: TextPattern }
  | { readonly kind: 'problem'; readonly problem: string }

/** Longest pattern in characters; the automaton grows with it. */
export const MAX_PATTERN_CHARS = 300

/** Size of the automaton that a pattern may need, in instructions: counted repeats multiply (`(a{900}){900}`). */
const MAX_PROGRAM_SIZE = 5_000

/** Characters of a text that are searched; longer articles say what they are about before. */
export const MAX_SEARCHED_CHARS = 50_000

/**
 * Reads a regular expression in the syntax of RE2, case ignored. No look-around and no back references: what is left runs in linear
 * time, so that no pattern can hold up a digest (https://swtch.com/~rsc/regexp/regexp3.html).
 */
export function parsePattern(source: string): ParsedPattern {
  if (source.trim() === '') return problem('pattern is empty')
  if (source.length > MAX_PATTERN_CHARS)
    return problem(`pattern is longer than ${MAX_PATTERN_CHARS} characters`)
  try {
    const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
    if (compiled.programSize() > MAX_PROGRAM_SIZE) return problem('pattern repeats too often')
    return {
      kind: 'pattern',
      pattern: { source, occursIn: (text) => compiled.test(text.slice(0, MAX_SEARCHED_CHARS)) },
    }
  } catch (error) {
    return problem(`pattern cannot be read: ${error instanceof Error ? error.message : 'unknown syntax'}`)
  }
}

function problem(text: string): ParsedPattern {
  return { kind: 'problem', problem: text }
}
