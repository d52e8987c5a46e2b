import { finished } from 'node:stream/promises'
import { parse, type CsvError, type Parser } from 'csv-parse'
import type { ReadRow } from '../../app/ports/row-files.ts'
import { openBytes } from './open-bytes.ts'
import { reasonOf } from './reason.ts'

/** Columns that a header may name; others are left out. */
const COLUMNS = new Set(['id', 'title', 'text', 'url', 'source', 'published', 'lang'])

/** Longest row that is read, in characters. A quote that nobody closes takes the rest of its file: past it reading ends. */
const MAX_ROW_CHARS = 16 * 1024 * 1024

/**
 * The rows of a CSV file with a header, as objects without their empty fields. Quoting as in RFC 4180; a stray quote is
 * text. A row with more or fewer fields than the header is a bad line. `line` is the line on which a row ends.
 */
export async function* readCsvRows(path: string, source = openBytes(path)): AsyncGenerator<ReadRow> {
  const read: ReadRow[] = []
  const parser = openParser(read)
  let line = 1
  try {
    for await (const chunk of source) {
      await write(parser, chunk)
      line = parser.info.lines
      yield* read.splice(0)
    }
    parser.end()
    await finished(parser)
    yield* read
  } catch (error) {
    yield* read
    yield { kind: 'unreadable', problem: `Cannot read "${path}" after line ${line}: ${reasonOf(error)}` }
  }
}

/** A parser that puts what it reads into `read`: its own stream would drop rows that wait when a later one ends it. */
function openParser(read: ReadRow[]): Parser {
  const parser = parse<Record<string, string>>({
    bom: true,
    columns: columnsOf,
    // Found by itself it would be that of the first line only.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_ROW_CHARS,
    on_record: (record, { lines }) => {
      read.push({ kind: 'row', line: lines, value: withoutEmpty(record) })
      return null
    },
    on_skip: (error) => {
      // The parser leaves its chunk at a row that is too long, so what follows would be lost in silence.
      if (error?.code === 'CSV_MAX_RECORD_SIZE') {
        throw new Error(`a row is longer than ${MAX_ROW_CHARS} characters; a quote may be open`)
      }
      read.push({ kind: 'bad-line', line: Number(error?.['lines'] ?? 0), problem: problemOf(error) })
      return undefined
    },
  })
  // Errors come back from each write; without a listener they would end the process as well.
  parser.on('error', () => undefined)
  return parser.resume()
}

function write(parser: Parser, chunk: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(chunk, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}

function columnsOf(header: readonly string[]): (string | false)[] {
  const names = header.map((name) => name.trim().toLowerCase())
  if (!names.includes('title') && !names.includes('text')) {
    throw new Error('its first line names neither "title" nor "text"; names are parted by commas')
  }
  return names.map((name) => COLUMNS.has(name) && name)
}

function problemOf(error: CsvError | undefined): string {
  if (error?.code === 'CSV_RECORD_INCONSISTENT_COLUMNS') return 'it has not as many fields as the header'
  if (error?.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is open at the end of the file'
  return error?.message ?? 'it is not CSV'
}

function withoutEmpty(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([, field]) => field !== ''))
}
