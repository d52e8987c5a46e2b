/**
 * The words of a text in order, lower-cased: runs of letters, marks and digits of any script.
 *
 * An apostrophe inside a word stays (`don't`), so does a point or comma between digits (`1,200.5`).
 * Scripts without spaces come as one run; the caller decides how to cut those.
 */
export function words(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? []
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’.,](?=[\p{L}\p{N}])[\p{L}\p{M}\p{N}]+)*/gu
