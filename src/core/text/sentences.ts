import type { TextRange } from './text-range.ts'

/** What {@link splitSentences} needs to know beside the text. */
export interface SentenceOptions {
  /** ISO 639-1; decides abbreviations and segmenter rules. English where unknown. */
  readonly lang?: string | null
}

/**
 * The sentences of a text as ranges, in order, trimmed of white space; a line break always ends a sentence.
 *
 * Source of the base rules: UAX #29 through `Intl.Segmenter`.
 */
export function splitSentences(text: string, options: SentenceOptions = {}): TextRange[] {
  const segmenter = new Intl.Segmenter(options.lang ?? 'en', { granularity: 'sentence' })
  const ranges: TextRange[] = []
  for (const { segment, index } of segmenter.segment(text)) {
    const start = index + segment.length - segment.trimStart().length
    const end = index + segment.trimEnd().length
    if (end > start) ranges.push({ start, end })
  }
  return ranges
}
