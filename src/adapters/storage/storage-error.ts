/** The database cannot be opened, or was lost: disk full, no rights, server gone. The message is one line for people. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  /** What the database calls it, such as `SQLITE_FULL` or `ECONNREFUSED`; `''` where it says nothing. */
  readonly code: string

  constructor(message: string, code = '', cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** The code that a driver or the system put on an error, or `''`. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/** The first line of an error's message; never empty. */
export function errorLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  // A refused connection to several addresses has its reasons inside.
  const inner =
    error instanceof AggregateError && message === '' ? error.errors.map(errorLine).join(', ') : message
  return (inner.split('\n')[0] ?? '').trim() || 'unknown reason'
}
