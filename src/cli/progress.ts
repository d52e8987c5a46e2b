import { SingleBar } from 'cli-progress'
import type { Terminal } from './terminal.ts'

/** Shows how far long work is. */
export interface Progress {
  /** One more is done. */
  readonly tick: () => void
  /** So many are done, and what is worth saying of them. */
  readonly show: (value: number, words: string) => void
  readonly close: () => void
}

/** A progress line where a person watches, else nothing. `unit` is what is counted; `total` may be unknown. */
export function openProgress({ progressTo }: Terminal, unit: string, total?: number): Progress {
  if (progressTo === null) return { tick: () => undefined, show: () => undefined, close: () => undefined }
  const format =
    total === undefined
      ? `{value} ${unit}{words} · {duration_formatted}`
      : `{bar} {value}/{total} ${unit} · {eta_formatted} left`
  const bar = new SingleBar({ format, stream: progressTo, clearOnComplete: true, hideCursor: true })
  bar.start(total ?? 0, 0, { words: '' })
  return {
    tick: () => {
      bar.increment()
    },
    show: (value, words) => {
      bar.update(value, { words: `: ${words}` })
    },
    close: () => {
      bar.stop()
    },
  }
}
