import SqliteFile from 'better-sqlite3'

/** How long opening waits for another process that opens or mends the file, in ms; the driver waits for writes in its own way. */
const OPEN_TIMEOUT_MS = 5_000

/** Opens a connection to an SQLite file as the store needs it: in WAL mode, with honest commits and without waits that hold the thread. */
export function connectSqlite(name: string): SqliteFile.Database {
  const file = new SqliteFile(name, { timeout: OPEN_TIMEOUT_MS })
  try {
    file.pragma('journal_mode = WAL')
    // In WAL mode NORMAL would lose the last commits with the power: a delivery noted before it is sent must not be one.
    file.pragma('synchronous = FULL')
    file.pragma('foreign_keys = ON')
    file.pragma('cache_size = -32000')
    file.pragma('busy_timeout = 0')
    return file
  } catch (error) {
    file.close()
    throw error
  }
}
