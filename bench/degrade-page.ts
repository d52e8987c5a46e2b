/** Ways to make the markup of a page poorer. The words stay; each gives the bytes as a server would send them. */
export const degradedForms: Readonly<Record<string, (html: string) => Uint8Array>> = {
  'no closing tags': (html) => utf8(withoutClosing(html)),
  'no names of classes': (html) => utf8(withoutNames(html)),
  'no data for machines': (html) => utf8(withoutMetadata(html)),
  'tables and fonts': (html) => utf8(asTables(html)),
  'breaks for paragraphs': (html) => utf8(withBreaks(asTables(html))),
  'shouting tags': (html) => utf8(shouting(asTables(html))),
  'no html, head, body': (html) => utf8(asTables(html).replace(/<\/?(?:html|head|body)\b[^>]*>/gi, '')),
  'in noframes': (html) => utf8(inFrames(asTables(html))),
  'windows-1252, undeclared': (html) => windows1252(withoutCharset(asTables(html))),
  'windows-1252, called UTF-8': (html) =>
    windows1252(
      `<meta http-equiv="Content-Type" content="text/html; charset=utf-8">${withoutCharset(asTables(html))}`,
    ),
  'unclosed title': (html) => utf8(plain(html).replace(/<\/title>/i, '')),
  'unclosed comment': (html) => utf8(plain(html).replace(/<body\b[^>]*>/i, '$&<!-- begin of page --')),
  'unclosed script': (html) =>
    utf8(plain(html).replace(/<body\b[^>]*>/i, '$&<script language=JavaScript>window.status="Welcome";')),
  'unclosed style': (html) => utf8(plain(html).replace(/<body\b[^>]*>/i, '<style>A { color: red }$&')),
  'unclosed quotes': (html) =>
    utf8(plain(html).replace(/<body\b[^>]*>/i, '$&<font face="Arial size=2><a href="index.html>Home</a>')),
  'in a form and a list': (html) =>
    utf8(plain(html).replace(/<body\b[^>]*>/i, '$&<form><select><option>Go<ul>')),
  'NUL between letters': (html) => utf8(plain(html).replaceAll('the ', 'th\u0000e ')),
  'UTF-16 with its mark': (html) => Buffer.from(`\ufeff${withoutCharset(plain(html))}`, 'utf16le'),
  'UTF-16, unmarked': (html) => Buffer.from(withoutCharset(plain(html)), 'utf16le'),
  'all at once': (html) => windows1252(shouting(withBreaks(withoutClosing(withoutCharset(asTables(html)))))),
}

function utf8(html: string): Uint8Array {
  return new TextEncoder().encode(html)
}

const TAG = /<(\/?)([a-zA-Z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g

/** Calls `turn` with every tag outside of scripts and styles. */
function withTags(html: string, turn: (close: string, name: string, attributes: string) => string): string {
  const parts = html.split(/(<(?:script|style)\b[\s\S]*?<\/(?:script|style)\s*>|<!--[\s\S]*?-->)/i)
  return parts
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part.replace(TAG, (_, close: string, name: string, attributes: string) =>
            turn(close, name.toLowerCase(), attributes),
          ),
    )
    .join('')
}

/** What browsers close by themselves. */
const OPTIONAL = new Set([
  'p',
  'li',
  'td',
  'tr',
  'th',
  'dd',
  'dt',
  'option',
  'tbody',
  'thead',
  'body',
  'html',
])

function withoutClosing(html: string): string {
  return withTags(html, (close, name, attributes) =>
    close !== '' && (OPTIONAL.has(name) || name === 'font' || name === 'center')
      ? ''
      : `<${close}${name}${attributes}>`,
  )
}

const NAMES =
  /\s(?:class|id|role|rel|itemprop|itemtype|itemscope|property|aria-[\w-]+|data-[\w-]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+))?/gi

function withoutNames(html: string): string {
  return withTags(
    html,
    (close, name, attributes) =>
      `<${close}${name}${name === 'meta' ? attributes : attributes.replace(NAMES, '')}>`,
  )
}

function withoutMetadata(html: string): string {
  return html
    .replace(/<script\b[\s\S]*?<\/script\s*>/gi, '')
    .replace(/<meta\b(?![^>]*charset)[^>]*>/gi, '')
    .replace(/<link\b[^>]*>/gi, '')
}

/** Elements of today as the ones that were there before them. */
const OLD_TAGS: Readonly<Record<string, readonly [open: string, close: string]>> = {
  ...Object.fromEntries(
    ['article', 'main', 'section', 'header', 'footer', 'nav', 'aside', 'div', 'figure'].map((name) => [
      name,
      ['<table><tr><td>', '</td></tr></table>'] as const,
    ]),
  ),
  figcaption: ['<font size=1>', '</font>'],
  time: ['<font>', '</font>'],
  span: ['<font>', '</font>'],
  h1: ['<p><font size=5><b>', '</b></font></p>'],
  h2: ['<p><font size=4><b>', '</b></font></p>'],
  h3: ['<p><b>', '</b></p>'],
  h4: ['<p><b>', '</b></p>'],
  strong: ['<b>', '</b>'],
  em: ['<i>', '</i>'],
}

function asTables(html: string): string {
  return withTags(withoutNames(withoutMetadata(html)), (close, name, attributes) => {
    const old = OLD_TAGS[name]
    if (old !== undefined) return close === '' ? old[0] : old[1]
    return `<${close}${name}${attributes}>`
  })
}

/** As tables, without what hides text in pages of today only. */
function plain(html: string): string {
  return asTables(html)
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, '')
}

function withBreaks(html: string): string {
  return withTags(html, (close, name, attributes) => {
    if (name === 'p') return close === '' ? '<br><br>\n' : ''
    return `<${close}${name}${attributes}>`
  })
}

function shouting(html: string): string {
  return withTags(html, (close, name, attributes) => {
    const bare = attributes
      .replace(/=\s*"([\w./:#-]+)"/g, '=$1')
      .replace(/\s([a-z]+)=/g, (all) => all.toUpperCase())
    return `<${close}${name.toUpperCase()}${bare}>`
  })
}

function inFrames(html: string): string {
  const body = html.replace(/<!doctype[^>]*>/i, '').replace(/<\/?(?:html|head|body)\b[^>]*>/gi, '')
  const title = /<title\b[^>]*>[\s\S]*?<\/title>/i.exec(body)?.[0] ?? ''
  return `<html><head>${title}</head><frameset cols="20%,80%"><frame src="menu.html"><frame src="main.html"><noframes><body>${body}</body></noframes></frameset></html>`
}

function withoutCharset(html: string): string {
  return html.replace(/<meta\b[^>]*charset[^>]*>/gi, '').replace(/^<\?xml[^>]*\?>/, '')
}

const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** Letters that the table does not have become references. */
function windows1252(html: string): Uint8Array {
  const bytes: number[] = []
  for (const letter of html) {
    const code = letter.codePointAt(0) ?? 0
    const high = HIGH.indexOf(letter)
    if (code < 128 || (code >= 160 && code < 256)) bytes.push(code)
    else if (high >= 0) bytes.push(128 + high)
    else bytes.push(...Buffer.from(`&#${code};`))
  }
  return Uint8Array.from(bytes)
}
