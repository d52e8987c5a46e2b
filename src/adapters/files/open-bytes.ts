import { createReadStream } from 'node:fs'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** The bytes of a file, unzipped where its name ends in `.gz`; `source` stands in for the file. Errors come while reading. */
export function openBytes(path: string, source: Readable = createReadStream(path)): Readable {
  if (!path.endsWith('.gz')) return source
  // The reader of the unzipped bytes gets every error; a reader that stops early closes the file too.
  return pipeline(source, createGunzip(), () => undefined)
}
