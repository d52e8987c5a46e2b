import { workerData } from 'node:worker_threads'
import { openStore, type Store, type StoreOptions } from './open-store.ts'
import { errorCode, StorageError } from './storage-error.ts'
import type { StoreCall, ThreadAnswer } from './store-thread.ts'

/** Rows of a long answer that are handed over at once: some 1 MB with their texts. Range 50-1,000. */
const ROWS_AT_ONCE = 200

const { url, options } = workerData as { readonly url: string; readonly options: StoreOptions }

let opened: Promise<Store> | null = null
const streams = new Map<number, AsyncIterator<unknown>>()
const aborts = new Map<number, AbortController>()

/** Entry of the thread: one question to the store, and its answer. */
export async function ask(call: StoreCall): Promise<ThreadAnswer> {
  try {
    opened ??= openStore(url, options)
    return { kind: 'done', value: await answer(await opened, call) }
  } catch (error) {
    // An error that is posted to another thread loses its class and its code.
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    const isStorage = error instanceof StorageError
    return { kind: 'failed', name, message, code: errorCode(error), isStorage }
  }
}

async function answer(store: Store, call: StoreCall): Promise<unknown> {
  switch (call.kind) {
    case 'rooms':
      return Object.fromEntries(roomsOf(store).map(([room, methods]) => [room, Object.keys(methods)]))
    case 'status':
      return store.status()
    case 'backup':
      return store.backup(call.path)
    case 'close':
      return store.close()
    case 'method':
      return run(store, call)
    case 'next':
      return next(call.id)
    case 'leave':
      await streams.get(call.id)?.return?.()
      return streams.delete(call.id)
    case 'abort':
      return aborts.get(call.id)?.abort()
  }
}

function roomsOf(store: Store): [string, object][] {
  return Object.entries(store).flatMap(([name, room]: [string, unknown]): [string, object][] =>
    typeof room === 'object' && room !== null ? [[name, room]] : [],
  )
}

async function run(
  store: Store,
  { id, room, method, args, signal }: Extract<StoreCall, { kind: 'method' }>,
): Promise<unknown> {
  const methods = new Map(roomsOf(store)).get(room) as Record<string, (...args: unknown[]) => unknown>
  const abort = new AbortController()
  if (signal === 'open') aborts.set(id, abort)
  if (signal === 'aborted') abort.abort()
  try {
    const found = await methods[method]?.(...args, ...(signal === 'none' ? [] : [abort.signal]))
    if (!isStream(found)) return found
    streams.set(id, found[Symbol.asyncIterator]())
    return null
  } finally {
    aborts.delete(id)
  }
}

function isStream(found: unknown): found is AsyncIterable<unknown> {
  return typeof found === 'object' && found !== null && Symbol.asyncIterator in found
}

async function next(id: number): Promise<{ rows: unknown[]; isDone: boolean }> {
  const rows: unknown[] = []
  const stream = streams.get(id)
  while (stream !== undefined && rows.length < ROWS_AT_ONCE) {
    const { value, done } = (await stream.next()) as IteratorResult<unknown, undefined>
    if (done === true) {
      streams.delete(id)
      return { rows, isDone: true }
    }
    rows.push(value)
  }
  return { rows, isDone: stream === undefined }
}
