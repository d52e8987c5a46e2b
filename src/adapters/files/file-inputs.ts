import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { InputFile, InputProblem, InputRows, InputSource } from '../../app/ports/input-source.ts'
import { readCsvRows } from './csv-rows.ts'
import { readNdjsonRows } from './ndjson-files.ts'
import { reasonOf } from './reason.ts'

/** Largest file that is read whole, zipped or not; files of rows may have any size. */
const MAX_FILE_BYTES = 512 * 1024 * 1024

/** Longest text that is read from a stream. */
const MAX_PASTED_BYTES = 64 * 1024 * 1024

/** Most files that one folder gives; past it a problem says so. */
const MAX_FILES = 100_000

const READABLE = /\.(?:txt|md|html?|xhtml|json|jsonl|ndjson|csv|xml|rss|atom|rdf|opml)(?:\.gz)?$/i

const ROWS = /\.(?:jsonl|ndjson)(?:\.gz)?$/i
const CSV = /\.csv(?:\.gz)?$/i

const unzip = promisify(gunzip)

/**
 * Files and folders of this machine. A folder gives all files below it whose ending says that they hold articles, in
 * name order; hidden ones are left out. `-` is what comes by `stdin`: a pasted text, a page or a feed.
 */
export function fileInputs(stdin?: Readable): InputSource {
  return {
    async *open(inputs) {
      const names = new Set<string>()
      for (const input of inputs) {
        if (input === '-' && stdin !== undefined) {
          yield await readStream(stdin)
          continue
        }
        for await (const found of findFiles(input)) {
          if ('problem' in found) yield found
          else yield await readInput(found.path, uniqueName(names, input, found.path))
        }
      }
    },
  }
}

async function* findFiles(input: string): AsyncGenerator<{ path: string } | InputProblem> {
  try {
    if (!(await stat(input)).isDirectory()) {
      yield { path: input }
      return
    }
  } catch (error) {
    yield problemOf(`Cannot read "${input}": ${reasonOf(error)}`)
    return
  }
  yield* findInFolder(input)
}

async function* findInFolder(folder: string): AsyncGenerator<{ path: string } | InputProblem> {
  const found: string[] = []
  const problems: InputProblem[] = []
  const waiting = [folder]
  for (let next = waiting.pop(); next !== undefined && found.length <= MAX_FILES; next = waiting.pop()) {
    try {
      for (const entry of await readdir(next, { withFileTypes: true })) {
        if (entry.name.startsWith('.')) continue
        const path = join(next, entry.name)
        if (entry.isDirectory()) waiting.push(path)
        else if (entry.isFile() && READABLE.test(entry.name)) found.push(path)
      }
    } catch (error) {
      problems.push(problemOf(`Cannot read folder "${next}": ${reasonOf(error)}`))
    }
  }
  yield* problems
  if (found.length === 0 && problems.length === 0) {
    yield problemOf(
      `Cannot read folder "${folder}": no .txt, .md, .html, .json(l), .csv, feed or OPML file is in it`,
    )
  }
  if (found.length > MAX_FILES) {
    yield problemOf(`Cannot read all of folder "${folder}": it has more than ${MAX_FILES} files`)
  }
  for (const path of found.sort().slice(0, MAX_FILES)) yield { path }
}

function uniqueName(names: Set<string>, input: string, path: string): string {
  const candidates = [basename(path), relative(input, path) || path, path]
  const name = candidates.find((candidate) => !names.has(candidate)) ?? `${path}#${names.size}`
  names.add(name)
  return name
}

async function readInput(path: string, name: string): Promise<InputFile | InputRows | InputProblem> {
  if (ROWS.test(path)) return { kind: 'rows', name, rows: readNdjsonRows(path) }
  if (CSV.test(path)) return { kind: 'rows', name, rows: readCsvRows(path) }
  try {
    const { size } = await stat(path)
    if (size > MAX_FILE_BYTES)
      return problemOf(`Cannot read "${path}": it is larger than ${MAX_FILE_BYTES} bytes`)
    const raw = await readFile(path)
    const body = path.endsWith('.gz') ? await unzip(raw, { maxOutputLength: MAX_FILE_BYTES }) : raw
    return { kind: 'file', name, body, contentType: null, url: null }
  } catch (error) {
    return problemOf(`Cannot read "${path}": ${reasonOf(error)}`)
  }
}

async function readStream(stdin: Readable): Promise<InputFile | InputProblem> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of stdin) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
    size += bytes.length
    if (size > MAX_PASTED_BYTES)
      return problemOf(`Cannot read "-": it is larger than ${MAX_PASTED_BYTES} bytes`)
    parts.push(bytes)
  }
  return { kind: 'file', name: 'stdin', body: Buffer.concat(parts), contentType: null, url: null }
}

function problemOf(problem: string): InputProblem {
  return { kind: 'problem', problem }
}
