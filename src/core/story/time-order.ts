import type { Article } from '../feed/article.ts'
import { createStoryClock } from './story-clock.ts'

/** An article that arrives this long after younger ones is put where it belongs in time; one that is later still stays where it came. */
const LATE_MS = 3 * 3_600_000

/** Up to so many articles, all of which may still change their story, the undated ones come last: in what order they came tells nothing. */
const MAX_UNORDERED = 1_500

/**
 * The places of articles in order of time: by date, then by id, so that articles which arrive an hour earlier or later are placed
 * alike. Cost: a sort.
 *
 * Late articles, and undated ones of long streams, keep to those they arrived with.
 */
export function timeOrder(articles: readonly Article[]): number[] {
  const tell = createStoryClock()
  const undatedLast = articles.length <= MAX_UNORDERED
  const keys = articles.map(({ publishedAtMs: stated }) => {
    const { publishedAtMs, clockMs } = tell(stated)
    if (publishedAtMs === null) return undatedLast ? Number.POSITIVE_INFINITY : clockMs
    return Math.max(publishedAtMs, clockMs - LATE_MS)
  })
  const undated = articles.map(({ publishedAtMs }) => (publishedAtMs === null ? 1 : 0))
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
