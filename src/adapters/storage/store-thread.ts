import { Piscina } from 'piscina'
import type { ComposableStory, StoryStore } from '../../app/ports/story-store.ts'
import { openStore, type Store, type StoreOptions } from './open-store.ts'
import { StorageError } from './storage-error.ts'

/** A question to the store on its way to its thread. */
export type StoreCall =
  | { readonly kind: 'rooms' | 'status' | 'close' }
  | { readonly kind: 'backup'; readonly path: string }
  | {
      readonly kind: 'method'
      readonly id: number
      readonly room: string
      readonly method: string
      readonly args: readonly unknown[]
      /** Whether the caller may give up, by an `abort` of the same id, or has already. */
      readonly signal: 'none' | 'open' | 'aborted'
    }
  | { readonly kind: 'next' | 'leave' | 'abort'; readonly id: number }

/** What became of a {@link StoreCall}. */
export type ThreadAnswer =
  | { readonly kind: 'done'; readonly value: unknown }
  | {
      readonly kind: 'failed'
      readonly name: string
      readonly message: string
      readonly code: string
      readonly isStorage: boolean
    }

/** Calls that the thread works on side by side; more wait. Range 10-1,000. */
const MAX_CALLS = 200

/** Methods that answer with a stream of rows. */
const STREAMS = new Set(['stories.liveArticles'])

/**
 * Opens a store for a service. An SQLite file lives in a thread of its own: each statement holds up whoever runs it, and a commit waits for the
 * disk. Here that is not the process that answers people. What is asked and answered is copied between the threads, once for each call.
 * Other stores are opened as {@link openStore} does it.
 *
 * @throws {StorageError} as {@link openStore}
 */
export async function openStoreInThread(url: string, options: StoreOptions = {}): Promise<Store> {
  // What is in memory lives where it was made.
  if (!url.startsWith('sqlite:') || url.endsWith(':memory:')) return openStore(url, options)
  const thread = new StoreThread(url, options)
  try {
    const methods = (await thread.ask({ kind: 'rooms' })) as Readonly<Record<string, readonly string[]>>
    const rooms = Object.entries(methods).map(([room, names]) => [
      room,
      Object.fromEntries(names.map((name) => [name, methodOf(thread, room, name)])),
    ])
    // The thread named every method of every room of its store, so these are all rooms of a store.
    const store = Object.fromEntries(rooms) as Omit<Store, 'kind' | 'status' | 'backup' | 'close'>
    return {
      ...store,
      kind: 'sqlite',
      stories: { ...store.stories, storiesOfWindow: withoutShared(store.stories) },
      status: () => thread.ask({ kind: 'status' }) as ReturnType<Store['status']>,
      backup: async (path) => {
        await thread.ask({ kind: 'backup', path })
      },
      close: () => thread.close(),
    }
  } catch (error) {
    await thread.destroy()
    throw error
  }
}

function methodOf(thread: StoreThread, room: string, method: string): (...args: unknown[]) => unknown {
  return STREAMS.has(`${room}.${method}`)
    ? (...args) => thread.stream(room, method, args)
    : (...args) => thread.call(room, method, args)
}

/** A window as everybody sees it is here already: it need not go to the thread and back. */
function withoutShared(stories: StoryStore): StoryStore['storiesOfWindow'] {
  return async (window, view, shared) => {
    if (shared === undefined) return stories.storiesOfWindow(window, view)
    const known = new Map(shared.map((story) => [story.id, story]))
    const ids = shared.map(({ id }): ComposableStory => ({ id, members: [] }))
    const seen = await stories.storiesOfWindow(window, view, ids)
    if (seen.length === ids.length && seen.every(({ members }) => members.length === 0)) return shared
    return seen.map((story) => (story.members.length === 0 ? (known.get(story.id) ?? story) : story))
  }
}

class StoreThread {
  readonly #pool: Piscina<StoreCall, ThreadAnswer>
  readonly #running = new Set<Promise<unknown>>()
  #calls = 0

  constructor(url: string, options: StoreOptions) {
    this.#pool = new Piscina<StoreCall, ThreadAnswer>({
      filename: workerFile(),
      workerData: { url, options },
      minThreads: 1,
      maxThreads: 1,
      concurrentTasksPerWorker: MAX_CALLS,
      // A thread that sleeps until the next call would not hear the answers of its own timers.
      atomics: 'disabled',
      idleTimeout: Infinity,
    })
    // Calls that a thread took with it when it died have failed already; the pool starts another.
    this.#pool.on('error', () => undefined)
  }

  async ask(call: StoreCall): Promise<unknown> {
    const running = this.#pool.run(call, { name: 'ask' })
    this.#running.add(running)
    try {
      const answer = await running
      if (answer.kind === 'done') return answer.value
      throw errorOf(answer)
    } finally {
      this.#running.delete(running)
    }
  }

  async call(room: string, method: string, args: readonly unknown[]): Promise<unknown> {
    const id = (this.#calls += 1)
    const last = args.at(-1)
    if (!(last instanceof AbortSignal)) {
      return this.ask({ kind: 'method', id, room, method, args, signal: 'none' })
    }
    const onAbort = () => void this.ask({ kind: 'abort', id }).catch(() => undefined)
    last.addEventListener('abort', onAbort, { once: true })
    try {
      const signal = last.aborted ? 'aborted' : 'open'
      return await this.ask({ kind: 'method', id, room, method, args: args.slice(0, -1), signal })
    } finally {
      last.removeEventListener('abort', onAbort)
    }
  }

  async *stream(room: string, method: string, args: readonly unknown[]): AsyncGenerator {
    const id = (this.#calls += 1)
    await this.ask({ kind: 'method', id, room, method, args, signal: 'none' })
    let isDone = false
    try {
      while (!isDone) {
        const page = (await this.ask({ kind: 'next', id })) as { rows: unknown[]; isDone: boolean }
        isDone = page.isDone
        yield* page.rows
      }
    } finally {
      if (!isDone) await this.ask({ kind: 'leave', id })
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#running)
    await this.ask({ kind: 'close' })
    await this.destroy()
  }

  async destroy(): Promise<void> {
    await this.#pool.destroy()
  }
}

function errorOf({ name, message, code, isStorage }: Extract<ThreadAnswer, { kind: 'failed' }>): Error {
  if (isStorage) return new StorageError(message, code)
  return Object.assign(new Error(message), { name, code })
}

/** The worker stands beside this file, as source or compiled. */
function workerFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new URL(`./store.worker.${extension}`, import.meta.url).href
}
