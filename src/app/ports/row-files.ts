/** One line of an NDJSON file: its value, or why it has none. Lines count from 1. */
export type ReadRow =
  | { readonly kind: 'row'; readonly line: number; readonly value: unknown }
  | { readonly kind: 'bad-line'; readonly line: number; readonly problem: string }
  | { readonly kind: 'unreadable'; readonly problem: string }

/** Takes the rows of one output file in order. */
export interface RowWriter {
  /** Resolves when the row may be forgotten; waits for a slow reader. */
  write(row: unknown): Promise<void>
  /** Flushes and closes; nothing is written after it. */
  close(): Promise<void>
}

/** NDJSON files by path; `-` is stdin or stdout, a name that ends in `.gz` is compressed. */
export interface RowFiles {
  /** All lines in order; blank ones are left out. An unreadable file is one `unreadable` row, never an exception. */
  read(path: string): AsyncIterable<ReadRow>
  /** A writer, or the problem that keeps the file from being written. */
  create(path: string): Promise<RowWriter | { readonly problem: string }>
}
