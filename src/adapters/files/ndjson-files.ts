import { createReadStream, createWriteStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { once } from 'node:events'
import type { ReadRow, RowFiles, RowWriter } from '../../app/ports/row-files.ts'
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
    read: (path) => readRows(path, streams.stdin),
    create: (path) => createWriter(path, streams.stdout),
  }
}

async function* readRows(path: string, stdin: Readable): AsyncGenerator<ReadRow> {
  let line = 0
  try {
    if (path !== '-' && (await stat(path)).isDirectory()) throw new Error('it is a folder')
    const source = path === '-' ? stdin : createReadStream(path)
    const input = path.endsWith('.gz') ? gunzip(source) : source
    for await (const content of createInterface({ input, crlfDelay: Infinity })) {
      line += 1
      if (content.trim() !== '') yield parseLine(line === 1 ? content.replace(/^\uFEFF/, '') : content, line)
    }
  } catch (error) {
    const where = line > 0 ? ` after line ${line}` : ''
    yield { kind: 'unreadable', problem: `Cannot read "${path}"${where}: ${reasonOf(error)}` }
  }
}

/** Errors of the file reach the reader of the unzipped text; `pipe` alone would lose them. */
function gunzip(source: Readable): Readable {
  const unzipped = createGunzip()
  source.on('error', (error) => unzipped.destroy(error))
  return source.pipe(unzipped)
}

function parseLine(content: string, line: number): ReadRow {
  if (content.length > MAX_LINE_CHARS) {
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
