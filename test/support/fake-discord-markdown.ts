/** What a reader of Discord sees of a text, and which marks in it act. */
export interface ShownMarkdown {
  readonly shown: string
  readonly markup: readonly string[]
}

/** Marks that act where no backslash stands before them; stricter than Discord, which wants some of them in pairs. */
const INLINE = [
  /[*_~`|]/y,
  /<(?:@[!&]?\d|@|#\d|t:|a?:\w|\/|id:|https?:)/y,
  /\[[^\]]*\]\(/y,
  /https?:\/\//iy,
  /discord(?:app)?\.(?:gg|com)\//iy,
  /:\w+:/y,
  /@(?:everyone|here)/y,
]

const AT_START = [/#{1,3}\s/y, /-#\s/y, />/y, /[-+]\s/y, /\d+[.)]\s/y]

/** Reads one line as Discord does: a backslash takes the power of what is neither letter, digit nor space. */
export function readMarkdown(line: string): ShownMarkdown {
  const markup: string[] = []
  let shown = ''
  for (let at = 0; at < line.length; at++) {
    const next = line.slice(at + 1, at + 2)
    if (line.charAt(at) === '\\' && /[^0-9A-Za-z\s]/.test(next)) {
      shown += next
      at += 1
      continue
    }
    for (const mark of at === 0 ? [...AT_START, ...INLINE] : INLINE) {
      mark.lastIndex = at
      const found = mark.exec(line)
      if (found !== null) markup.push(found[0])
    }
    shown += line.charAt(at)
  }
  return { shown, markup }
}
