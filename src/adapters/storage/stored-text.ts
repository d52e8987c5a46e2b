/** Text as both databases can keep it: NUL and lone surrogates become U+FFFD, one unit for one, so offsets hold. */
export function storedText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}
