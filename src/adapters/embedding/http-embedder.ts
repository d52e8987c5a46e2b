import type { EmbeddingAnswer, TextEmbedder } from '../../app/ports/text-embedder.ts'

/** Which server to ask, and for what. */
export interface HttpEmbedderOptions {
  /** Address that takes `{model, input}`: `…/v1/embeddings` of OpenAI-like servers, `…/api/embed` of Ollama. */
  readonly url: string
  readonly model: string
  /** Default {@link MAX_ANSWER_MS}. */
  readonly maxAnswerMs?: number
}

/** Grouping waits for the answer, so a slow server is as good as none. */
export const MAX_ANSWER_MS = 5_000

/** Fifty vectors of 4,096 numbers as text are some 4 MB. */
const MAX_ANSWER_BYTES = 16_000_000

/** Numbers of a vector; the largest models in use have 4,096. */
const MAX_DIMENSIONS = 8_192

/**
 * An embedder that asks a server over HTTP. The address is the operator's own word, so it may be private; nothing else is asked, and redirects are
 * not followed.
 */
export function createHttpEmbedder(options: HttpEmbedderOptions): TextEmbedder {
  return {
    async embed(texts) {
      if (texts.length === 0) return { kind: 'vectors', vectors: [] }
      try {
        const answer = await fetch(options.url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ model: options.model, input: texts }),
          redirect: 'manual',
          signal: AbortSignal.timeout(options.maxAnswerMs ?? MAX_ANSWER_MS),
        })
        if (!answer.ok) {
          await answer.body?.cancel()
          return problem(options.url, `status is ${answer.status}`)
        }
        return readAnswer(JSON.parse(await readBounded(answer)), texts.length, options.url)
      } catch (error) {
        return problem(options.url, error instanceof Error ? error.message : String(error))
      }
    },
  }
}

function problem(url: string, why: string): EmbeddingAnswer {
  const { origin, pathname } = new URL(url)
  return { kind: 'problem', problem: `Cannot get vectors from "${origin}${pathname}": ${why}` }
}

async function readBounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of answer.body ?? []) {
    const part = chunk as Uint8Array
    bytes += part.byteLength
    if (bytes > MAX_ANSWER_BYTES) throw new Error(`answer is longer than ${MAX_ANSWER_BYTES} bytes`)
    chunks.push(part)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function readAnswer(body: unknown, count: number, url: string): EmbeddingAnswer {
  const lists = listsOf(body)
  if (lists?.length !== count) return problem(url, `answer has no ${count} vectors`)
  const size = Array.isArray(lists[0]) ? lists[0].length : 0
  if (size === 0 || size > MAX_DIMENSIONS) return problem(url, `a vector has ${size} numbers`)
  const vectors: Float32Array[] = []
  for (const list of lists) {
    const vector = Array.isArray(list) && list.length === size ? unitVector(list) : null
    if (vector === null) return problem(url, 'a vector is not a list of numbers of the same length')
    vectors.push(vector)
  }
  return { kind: 'vectors', vectors }
}

/** `{data: [{index, embedding}]}` of OpenAI-like servers, `{embeddings: […]}` of Ollama. */
function listsOf(body: unknown): readonly unknown[] | null {
  if (typeof body !== 'object' || body === null) return null
  const { data, embeddings } = body as { readonly data?: unknown; readonly embeddings?: unknown }
  if (Array.isArray(embeddings)) {
    const lists: readonly unknown[] = embeddings
    return lists
  }
  if (!Array.isArray(data)) return null
  const lists: unknown[] = []
  data.forEach((item: unknown, at) => {
    const { index = at, embedding } = (item ?? {}) as {
      readonly index?: unknown
      readonly embedding?: unknown
    }
    if (typeof index === 'number' && index >= 0 && index < data.length) lists[index] = embedding
  })
  return lists
}

/** `null` where it is not all numbers, or points nowhere. */
function unitVector(list: readonly unknown[]): Float32Array | null {
  const vector = new Float32Array(list.length)
  let squares = 0
  for (const [at, value] of list.entries()) {
    if (typeof value !== 'number' || !Number.isFinite(value)) return null
    vector[at] = value
    squares += value * value
  }
  const length = Math.sqrt(squares)
  if (!(length > 0) || !Number.isFinite(length)) return null
  return vector.map((value) => value / length)
}
