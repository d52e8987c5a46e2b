/** What swallows the rest of a page where it never ends: comments, and elements whose content is no markup. */
const SWALLOWING = /<!--|<(title|script|style|textarea|select|xmp|plaintext|iframe|noembed)\b[^>]{0,2000}>/gi

/** Where the page goes on after a script or a style that never ends: markup that neither of them holds. */
const PAGE_GOES_ON =
  /<(?:\/head|body|table|tr|td|p|br|h[1-6]|center|font|div|ul|ol|dl|hr|img|article|main)\b/gi

const SIGN = /[<>]/g

/** The end of a list of choices, or what tells that its end was forgotten. */
const NO_CHOICE = /<\/select\b|<(?:select|table|tr|td|p|h[1-6]|ul|ol|dl|blockquote)\b/gi

/**
 * A page whose text is let out of comments, titles, scripts and the like that never end. What ends stays as it is, so most pages come
 * back unchanged. For pages that show no text otherwise: browsers hide it too, but those of its time did not. Cost: linear.
 */
export function releaseText(html: string): string {
  const endless = new Set<string>()
  let released = ''
  let from = 0
  SWALLOWING.lastIndex = 0
  for (let found = SWALLOWING.exec(html); found !== null; found = SWALLOWING.exec(html)) {
    const name = found[1]?.toLowerCase() ?? '--'
    const end = endless.has(name) ? -1 : endOf(html, name, SWALLOWING.lastIndex)
    if (end >= 0) {
      SWALLOWING.lastIndex = end
      continue
    }
    if (name !== 'select') endless.add(name)
    const { head, next } = opened(html, name, found.index, SWALLOWING.lastIndex)
    released += html.slice(from, found.index) + head
    from = next
    SWALLOWING.lastIndex = next
  }
  return released + html.slice(from)
}

/** Where an element or comment ends that begins before `from`; -1 where it never does. A list of choices holds no paragraphs and tables. */
function endOf(html: string, name: string, from: number): number {
  if (name === 'select') {
    NO_CHOICE.lastIndex = from
    return NO_CHOICE.exec(html)?.[0].startsWith('</') === true ? NO_CHOICE.lastIndex : -1
  }
  const end = name === '--' ? /-->/g : new RegExp(`</${name}\\b`, 'gi')
  end.lastIndex = from
  return end.exec(html) === null ? -1 : end.lastIndex
}

/** What stands in place of the beginning of something that never ends, and where the page goes on. */
function opened(html: string, name: string, start: number, from: number): { head: string; next: number } {
  const after = (index: number) => (index < 0 ? html.length : index)
  switch (name) {
    case '--': {
      SIGN.lastIndex = from
      const sign = SIGN.exec(html)?.index ?? html.length
      return { head: '', next: html[sign] === '>' ? sign + 1 : sign }
    }
    case 'title': {
      const next = after(html.indexOf('<', from))
      return { head: `${html.slice(start, next)}</title>`, next }
    }
    case 'script':
    case 'style':
      PAGE_GOES_ON.lastIndex = from
      return { head: '', next: PAGE_GOES_ON.exec(html)?.index ?? html.length }
    default:
      return { head: '', next: from }
  }
}
