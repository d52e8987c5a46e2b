import type { Readable } from 'node:stream'

/** One line of a text without its end; `null` where it is longer than allowed. Lines count from 1. */
export interface TextLine {
  readonly line: number
  readonly content: string | null
}

/**
 * The lines of UTF-8 text, ended by LF or CR LF, without a byte order mark. Memory holds one chunk and one line of at most
 * `maxChars` UTF-16 units, whatever the source sends.
 */
export async function* readLines(source: Readable, maxChars: number): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder()
  let line = 1
  let begun: string | null = ''
  const take = (more: string): void => {
    if (begun !== null) begun = begun.length + more.length > maxChars ? null : begun + more
  }
  const end = (): TextLine => {
    const ended = { line, content: begun?.replace(/\r$/, '') ?? null }
    line += 1
    begun = ''
    return ended
  }
  for await (const chunk of source) {
    const [rest = '', ...more] = decoder.decode(bytesOf(chunk), { stream: true }).split('\n')
    take(rest)
    for (const piece of more) {
      yield end()
      take(piece)
    }
  }
  take(decoder.decode())
  if (begun !== '') yield end()
}

function bytesOf(chunk: unknown): Uint8Array {
  return chunk instanceof Uint8Array ? chunk : new TextEncoder().encode(String(chunk))
}
