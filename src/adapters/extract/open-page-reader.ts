import { Piscina } from 'piscina'
import type { ExtractedPage, PageInput, PageReader } from '../../app/ports/page-reader.ts'

/** Limits of a page reader; each has a default. */
export interface PageReaderOptions {
  /** Worker threads, 1..8. */
  readonly maxWorkers?: number
  /** Time limit of one page; it covers the start of the worker (about 200 ms). */
  readonly maxMs?: number
  /** Heap of one worker in MB; a page that needs more ends it. */
  readonly maxMemoryMb?: number
}

/**
 * Opens a reader of pages in worker threads. The first page starts the first worker; without pages none runs. Call
 * `close()` at the end: workers that wait for work keep the process alive for {@link IDLE_MS}.
 */
export function openPageReader(options: PageReaderOptions = {}): PageReader {
  return new PooledPageReader(options)
}

/** Bytes or characters of a page that are read (range 1..20 million); real news pages stay below 2 million. */
const MAX_PAGE_SIZE = 4_000_000

/** Default time limit of a page (range 2,000..30,000); the slowest of 322 real pages took 90 ms, a cold worker on a loaded machine 2 s. */
const DEFAULT_MAX_MS = 10_000

/** Default heap of a worker in MB (range 96..1,024). A page of 1.3 MB needs about 60. */
const DEFAULT_MAX_MEMORY_MB = 256

const DEFAULT_MAX_WORKERS = 2

const IDLE_MS = 30_000

class PooledPageReader implements PageReader {
  private readonly maxWorkers: number
  private readonly maxMs: number
  private readonly maxMemoryMb: number
  private pool: Piscina<PageInput, ExtractedPage> | null = null
  private closed = false
  private free: number
  private readonly waiting: (() => void)[] = []

  constructor(options: PageReaderOptions) {
    this.maxWorkers = options.maxWorkers ?? DEFAULT_MAX_WORKERS
    this.maxMs = options.maxMs ?? DEFAULT_MAX_MS
    this.maxMemoryMb = options.maxMemoryMb ?? DEFAULT_MAX_MEMORY_MB
    this.free = this.maxWorkers
  }

  async extract(page: PageInput): Promise<ExtractedPage> {
    // The time limit is of the work, not of the wait, so a page enters the pool only when a worker is free.
    await this.takeTurn()
    try {
      return await this.run(page)
    } finally {
      this.passTurn()
    }
  }

  async close(): Promise<void> {
    this.closed = true
    await this.pool?.destroy()
    this.pool = null
  }

  private async run(page: PageInput): Promise<ExtractedPage> {
    if (this.closed) return emptyPage(page, 'reader is closed')
    const bounded = boundPage(page)
    const maxMs = page.maxMs ?? this.maxMs
    const limit = new AbortController()
    const timer = setTimeout(() => {
      limit.abort()
    }, maxMs)
    try {
      const read = await this.workers().run(bounded.page, { name: 'extract', signal: limit.signal })
      return bounded.problem === null ? read : { ...read, problems: [bounded.problem, ...read.problems] }
    } catch (error) {
      return emptyPage(page, limit.signal.aborted ? `page takes longer than ${maxMs} ms` : causeOf(error))
    } finally {
      clearTimeout(timer)
    }
  }

  private workers(): Piscina<PageInput, ExtractedPage> {
    this.pool ??= this.openPool()
    return this.pool
  }

  private openPool(): Piscina<PageInput, ExtractedPage> {
    const pool = new Piscina<PageInput, ExtractedPage>({
      filename: workerFile(),
      minThreads: 0,
      maxThreads: this.maxWorkers,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: this.maxMemoryMb },
    })
    // A worker may run out of memory after its page was given up; that page has its problem, and the pool a new worker.
    pool.on('error', () => undefined)
    return pool
  }

  private async takeTurn(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1
      return
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve))
  }

  private passTurn(): void {
    const next = this.waiting.shift()
    if (next === undefined) this.free += 1
    else next()
  }
}

/** The worker stands beside this file, as source or compiled. */
function workerFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new URL(`./extract-page.worker.${extension}`, import.meta.url).href
}

function boundPage(page: PageInput): { page: PageInput; problem: string | null } {
  if (page.html.length <= MAX_PAGE_SIZE) return { page, problem: null }
  return {
    page: { ...page, html: page.html.slice(0, MAX_PAGE_SIZE) },
    problem: `page is larger than ${MAX_PAGE_SIZE} bytes; the rest is left out`,
  }
}

function causeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'page takes more memory than a worker may have'
  return `page cannot be read: ${error instanceof Error ? error.message : String(error)}`
}

function emptyPage(page: PageInput, problem: string): ExtractedPage {
  return {
    url: page.url ?? null,
    title: null,
    byline: null,
    published: null,
    lang: null,
    outlet: null,
    text: '',
    removed: [],
    access: 'empty',
    problems: [problem],
  }
}
