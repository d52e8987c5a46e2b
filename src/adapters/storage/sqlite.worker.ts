import { workerData } from 'node:worker_threads'
import { CompiledQuery, type DatabaseConnection } from 'kysely'
import { ConsiderateSqliteDialect } from './sqlite-driver.ts'
import { connectSqlite } from './sqlite-file.ts'
import { errorCode, errorLine } from './storage-error.ts'
import type { Statement, StatementResult } from './sqlite-threads.ts'

let opened: Promise<DatabaseConnection> | null = null

/** Entry of the thread: one statement in, its rows out, on the one connection of this thread. */
export async function execute({ sql, parameters }: Statement): Promise<StatementResult> {
  try {
    opened ??= openConnection()
    const connection = await opened
    return { kind: 'done', result: await connection.executeQuery(CompiledQuery.raw(sql, [...parameters])) }
  } catch (error) {
    // An error that is posted to another thread loses its code.
    return { kind: 'failed', code: errorCode(error), problem: errorLine(error) }
  }
}

async function openConnection(): Promise<DatabaseConnection> {
  const driver = new ConsiderateSqliteDialect(connectSqlite(String(workerData))).createDriver()
  await driver.init()
  return driver.acquireConnection()
}
