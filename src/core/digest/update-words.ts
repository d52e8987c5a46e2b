import type { StoryUpdate } from './digest.ts'
import { dateFormat } from '../text/date-format.ts'

/**
 * What is new in a story that was told before, as one phrase: `+4 articles, 2 new sentences since yesterday`.
 *
 * @param nowMs when the reader gets it, epoch ms UTC
 * @param timeZone IANA zone of the reader: it decides what yesterday is
 */
export function updateWords(
  { articles, sentences, sinceMs }: Pick<StoryUpdate, 'articles' | 'sentences' | 'sinceMs'>,
  nowMs: number,
  timeZone: string,
): string {
  const added = [
    `+${articles} ${articles === 1 ? 'article' : 'articles'}`,
    ...(sentences > 0 ? [`${sentences} new ${sentences === 1 ? 'sentence' : 'sentences'}`] : []),
  ]
  return `${added.join(', ')} since ${dayWords(sinceMs, nowMs, timeZone)}`
}

function dayWords(atMs: number, nowMs: number, timeZone: string): string {
  const day = dayNumber(atMs, timeZone)
  const today = dayNumber(nowMs, timeZone)
  if (day === today) return dateFormat('en-GB', { timeZone, timeStyle: 'short' }).format(atMs)
  if (day === today - 1) return 'yesterday'
  return dateFormat('en-GB', { timeZone, day: 'numeric', month: 'long' }).format(atMs)
}

const DAY_MS = 86_400_000

/** Days since the epoch, as a calendar in that zone counts them. */
function dayNumber(atMs: number, timeZone: string): number {
  const parts = dateFormat('en-CA', { timeZone, dateStyle: 'short' }).format(atMs)
  return Math.round(Date.parse(parts) / DAY_MS)
}
