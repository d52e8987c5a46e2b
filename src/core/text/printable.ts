/**
 * A foreign text fit to be shown: one line, no control characters (a terminal would obey them), no invisible characters
 * that reorder or hide text (Unicode TR36), no lone surrogates.
 */
export function printable(text: string): string {
  return text.toWellFormed().replace(/\s+/gu, ' ').replace(UNSAFE, '').trim()
}

/** `text` cut to at most `maxChars` characters as people count them (graphemes), an ellipsis as the last of them. */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)]
  if (characters.length <= maxChars) return text
  const kept = characters.slice(0, Math.max(0, maxChars - 1)).map(({ segment }) => segment)
  return `${kept.join('').trimEnd()}…`
}

// Controls and format characters: bidirectional embeddings, zero-width and tag characters among them. The joiners
// U+200C and U+200D stay (Persian words and emoji families need them), and so do the Arabic number signs.
const UNSAFE = /[[\p{Cc}\p{Cf}]--[\u200c\u200d\u0600-\u0605\u06dd]]/gv
