import { createStoryClock, isPossibleDate } from './story-clock.ts'
import type { Article } from '../feed/article.ts'

/** Up to so many articles, all of which may still change their story, the undated ones come last: in what order they came tells nothing. */
export const MAX_UNORDERED = 1_500

/**
 * The places of articles in order of time: by date, then by id, so that articles which arrive earlier or later are placed alike.
 * Undated ones, and those with a date that cannot be, come last, by id; those of long streams keep to the time that they arrived at.
 * Up to 1,500 articles that are in this order stay in it, and so does each part of them. Cost: a sort.
 */
export function timeOrder(articles: readonly Article[]): number[] {
  const undatedLast = articles.length <= MAX_UNORDERED
  const tell = createStoryClock()
  const keys = articles.map(({ publishedAtMs }) => {
    const { clockMs } = undatedLast ? NO_CLOCK : tell(publishedAtMs)
    return isPossibleDate(publishedAtMs) ? publishedAtMs : clockMs
  })
  const undated = articles.map(({ publishedAtMs }) => (isPossibleDate(publishedAtMs) ? 0 : 1))
  const byArrival = (a: number, b: number): number => a - b
  const byId = (a: number, b: number): number => {
    const [idA, idB] = [articles[a]?.id ?? '', articles[b]?.id ?? '']
    return idA < idB ? -1 : idA > idB ? 1 : a - b
  }
  return Array.from(articles.keys()).sort((a, b) => {
    const [keyA, keyB] = [keys[a] ?? 0, keys[b] ?? 0]
    if (keyA !== keyB) return keyA < keyB ? -1 : 1
    const kinds = (undated[a] ?? 0) - (undated[b] ?? 0)
    if (kinds !== 0) return kinds
    return undated[a] === 1 && !undatedLast ? byArrival(a, b) : byId(a, b)
  })
}

/** After all dates. */
const NO_CLOCK = { clockMs: Number.POSITIVE_INFINITY }
