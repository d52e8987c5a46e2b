import type { TimeBar } from '../../app/ports/news-pages.ts'

/** Size of the time line's picture in its own units. */
const LINE_WIDTH = 640
const LINE_HEIGHT = 96

/**
 * The time line of a story as an inline picture: a bar for each stretch of time, originals below, copies on top. Holds numbers alone, so
 * nothing foreign can be in it; words for it stand beside it.
 *
 * @param label what the picture says, in plain words of this program
 */
export function timeLineSvg(bars: readonly TimeBar[], label: string): string {
  const most = Math.max(1, ...bars.map(({ originals, copies }) => originals + copies))
  const width = LINE_WIDTH / Math.max(1, bars.length)
  const scale = (LINE_HEIGHT - 4) / most
  const shapes = bars.map(({ originals, copies }, i) => {
    const x = round(i * width + width * 0.12)
    const low = Math.max(originals > 0 ? 3 : 0, originals * scale)
    const high = Math.max(copies > 0 ? 3 : 0, copies * scale)
    return (
      bar('own', { x, width: width * 0.76, bottom: LINE_HEIGHT - 2, height: low }) +
      bar('copied', { x, width: width * 0.76, bottom: LINE_HEIGHT - 2 - low, height: high })
    )
  })
  const base = `<line class="base" x1="0" x2="${LINE_WIDTH}" y1="${LINE_HEIGHT - 1}" y2="${LINE_HEIGHT - 1}"/>`
  return svg('line', { width: LINE_WIDTH, height: LINE_HEIGHT, label }, shapes.join('') + base)
}

/** Size of a sparkline. */
const SPARK_WIDTH = 112
const SPARK_HEIGHT = 24

/** Counts of some days as small bars, the last one today. Numbers alone, as in {@link timeLineSvg}. */
export function sparklineSvg(days: readonly number[], label: string): string {
  const most = Math.max(1, ...days)
  const width = SPARK_WIDTH / Math.max(1, days.length)
  const shapes = days.map((count, i) => {
    const height = count === 0 ? 1 : Math.max(2, (count / most) * SPARK_HEIGHT)
    return bar(count === 0 ? 'none' : 'own', {
      x: round(i * width + 0.5),
      width: width - 1.5,
      bottom: SPARK_HEIGHT,
      height,
    })
  })
  return svg('spark', { width: SPARK_WIDTH, height: SPARK_HEIGHT, label }, shapes.join(''))
}

interface Bar {
  readonly x: number
  readonly width: number
  readonly bottom: number
  readonly height: number
}

function bar(kind: string, { x, width, bottom, height }: Bar): string {
  if (height <= 0) return ''
  return `<rect class="${kind}" x="${round(x)}" y="${round(bottom - height)}" width="${round(width)}" height="${round(height)}" rx="1"/>`
}

function svg(
  kind: string,
  { width, height, label }: { readonly width: number; readonly height: number; readonly label: string },
  inner: string,
): string {
  const words = label.replace(/[^\p{L}\p{N} ,.:·–-]/gu, '')
  const ratio = kind === 'line' ? ' preserveAspectRatio="none"' : ''
  return `<svg class="${kind}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}"${ratio}>${inner}</svg>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
