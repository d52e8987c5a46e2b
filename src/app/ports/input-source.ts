import type { ReadRow } from './row-files.ts'

/** One thing to read articles from, as bytes. */
export interface InputFile {
  readonly kind: 'file'
  /** Name without folders, as people know it; unique within one call (the path below the input where names repeat). */
  readonly name: string
  readonly body: Uint8Array
  /** What the server said, for a URL; else `null`. */
  readonly contentType: string | null
  /** Where it came from after redirects, for a URL; else `null`. */
  readonly url: string | null
}

/** A file of rows, NDJSON or CSV: read while it is used, so its size does not matter. */
export interface InputRows {
  readonly kind: 'rows'
  /** As that of {@link InputFile}. */
  readonly name: string
  readonly rows: AsyncIterable<ReadRow>
}

/** Why an input could not be read, as one sentence. */
export interface InputProblem {
  readonly kind: 'problem'
  readonly problem: string
}

/** Opens what a person names: files, folders (all files below, in name order), URLs. */
export interface InputSource {
  /** Everything that can be read, in order, and a problem for each that cannot; never throws. */
  open(inputs: readonly string[]): AsyncIterable<InputFile | InputRows | InputProblem>
}
