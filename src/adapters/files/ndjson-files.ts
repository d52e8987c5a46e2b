import { createWriteStream } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { once } from 'node:events'
import type { ReadRow, RowFiles, RowWriter } from '../../app/ports/row-files.ts'
import { openBytes } from './open-bytes.ts'
import { readLines } from './read-lines.ts'
import { reasonOf } from './reason.ts'

/** Longest line that is read, in UTF-16 units: a page of 8 MB in base64 fits; past it the line is a problem. */
const MAX_LINE_CHARS = 64 * 1024 * 1024

/** The standard streams that `-` stands for. */
export interface StandardStreams {
  readonly stdin: Readable
  readonly stdout: Writable
}

/** NDJSON files on disk and the standard streams. */
export function ndjsonFiles(streams: StandardStreams): RowFiles {
  return {
    read: (path) => readNdjsonRows(path, path === '-' ? streams.stdin : undefined),
    create: (path) => createWriter(path, streams.stdout),
  }
}

/** The lines of an NDJSON file as rows; `source` stands in for the file. */
export async function* readNdjsonRows(path: string, source?: Readable): AsyncGenerator<ReadRow> {
  let last = 0
  try {
    for await (const { line, content } of readLines(openBytes(path, source), MAX_LINE_CHARS)) {
      last = line
      if (content?.trim() !== '') yield parseLine(content, line)
    }
  } catch (error) {
    const where = last > 0 ? ` after line ${last}` : ''
    yield { kind: 'unreadable', problem: `Cannot read "${path}"${where}: ${reasonOf(error)}` }
  }
}

function parseLine(content: string | null, line: number): ReadRow {
  if (content === null) {
    return { kind: 'bad-line', line, problem: `line is longer than ${MAX_LINE_CHARS} characters` }
  }
  try {
    return { kind: 'row', line, value: JSON.parse(content) }
  } catch (error) {
    return { kind: 'bad-line', line, problem: `not JSON: ${reasonOf(error)}` }
  }
}

async function createWriter(path: string, stdout: Writable): Promise<RowWriter | { problem: string }> {
  if (path === '-') return writerTo(stdout, async () => {})
  try {
    await access(dirname(path), constants.W_OK)
    const file = createWriteStream(path)
    await once(file, 'open')
    if (!path.endsWith('.gz')) return writerTo(file, () => endOf(file, file))
    const zipped = createGzip()
    zipped.pipe(file)
    return writerTo(zipped, () => endOf(zipped, file))
  } catch (error) {
    return { problem: `Cannot write "${path}": ${reasonOf(error)}` }
  }
}

function writerTo(stream: Writable, close: () => Promise<void>): RowWriter {
  return {
    async write(row) {
      if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, 'drain')
    },
    close,
  }
}

async function endOf(first: Writable, last: Writable): Promise<void> {
  first.end()
  await finished(last)
}
