import { printable } from '../text/printable.ts'
import { countsWords, plural } from './count-words.ts'
import { countTold, type Digest } from './digest.ts'
import { dateFormat } from '../text/date-format.ts'

/** What every chat message says at the head of a digest, before any platform's marks and limits. */
export interface MessageHead {
  /** Foreign: a manager or the settings file chose it. */
  readonly name: string
  /** Day of its end, such as `Tue 10 Mar 2026`, or `null` where it has none. */
  readonly day: string | null
  /** Its window, stories and counts in one line. */
  readonly facts: string
  /** What is said in place of stories where there are none. */
  readonly empty: string | null
}

/** The head of a digest, its times by the clock of `timeZone` (IANA). */
export function messageHead(digest: Digest, name: string, timeZone: string): MessageHead {
  const { fromMs, toMs, entries, storiesInWindow, counts } = digest
  const window = windowWords(fromMs, toMs, timeZone)
  const found = plural(storiesInWindow, 'story', 'stories')
  const told = countTold(entries)
  const stories = told === storiesInWindow ? found : `${told} of ${found}`
  return {
    name: printable(name) || 'News',
    day: toMs === null ? null : dayAndTime(toMs, timeZone).day,
    facts: [...(window === '' ? [] : [window]), stories, countsWords(counts)].join(' · '),
    empty: entries.length === 0 ? 'No story in this window.' : null,
  }
}

/** `Tue 10 Mar 2026, 07:00–08:00 (Europe/Berlin)`; `''` where the digest has no window. */
function windowWords(fromMs: number | null, toMs: number | null, timeZone: string): string {
  if (fromMs === null || toMs === null) return ''
  const [from, to] = [dayAndTime(fromMs, timeZone), dayAndTime(toMs, timeZone)]
  const span =
    from.day === to.day
      ? `${to.day}, ${from.time}–${to.time}`
      : `${from.day}, ${from.time} – ${to.day}, ${to.time}`
  return `${span} (${timeZone})`
}

function dayAndTime(atMs: number, timeZone: string): { day: string; time: string } {
  const date = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const
  return {
    day: dateFormat('en-GB', { ...date, timeZone })
      .format(atMs)
      .replace(',', ''),
    time: dateFormat('en-GB', { timeStyle: 'short', timeZone }).format(atMs),
  }
}
