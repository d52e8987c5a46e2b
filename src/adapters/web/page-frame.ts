import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { printable, shorten } from '../../core/text/printable.ts'
import { langCode, safeHref } from './page-words.ts'

/** Markup with every foreign text escaped. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** What a page is made of beside its main part. */
export interface Frame {
  /** In the title bar. */
  readonly title: string
  /** Key of the destination whose eyes the page has, and its name. */
  readonly view?: { readonly token: string; readonly name: string } | null
  /** Where the search box starts from. */
  readonly words?: string
  /** Feeds of this page, for readers that look for them. */
  readonly feeds?: readonly { readonly href: string; readonly type: string; readonly title: string }[]
  /** The operator's navigation in place of that for readers. */
  readonly isOperator?: boolean
  readonly stylePath: string
}

/** A whole page: landmarks, a way to skip to the content, navigation, search. No script, nothing from elsewhere. */
export function pageFrame(frame: Frame, main: Markup): Markup {
  const { title, view = null, feeds = [], isOperator = false, stylePath } = frame
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${isOperator || view !== null ? html`<meta name="robots" content="noindex" />` : ''}
        <title>${title} · tidings</title>
        <link rel="stylesheet" href="${stylePath}" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        ${feeds.map(({ href, type, title: name }) => html`<link rel="alternate" type="${type}" href="${href}" title="${name}" />`)}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
          ${isOperator ? operatorNavigation() : readerNavigation(view, frame.words ?? '')}
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer class="bottom">
          <p>Every sentence shown stands word for word in the article it is linked to.</p>
        </footer>
      </body>
    </html> `
}

function readerNavigation(view: Frame['view'], words: string): Markup {
  const token = view?.token ?? null
  const via = token === null ? '' : `?via=${encodeURIComponent(token)}`
  return html`<nav aria-label="Pages">
      <a class="brand" href="/${via}">tidings</a>
      ${token === null ? '' : html`<a href="/digests/${encodeURIComponent(token)}">Digests</a>`}
    </nav>
    <form class="search" role="search" action="/search" method="get">
      <label class="unseen" for="q">Search articles</label>
      <input id="q" name="q" type="search" maxlength="300" placeholder="Search articles" value="${words}" />
      ${token === null ? '' : html`<input type="hidden" name="via" value="${token}" />`}
      <button type="submit">Search</button>
    </form>`
}

function operatorNavigation(): Markup {
  return html`<nav aria-label="Operator's pages">
    <a class="brand" href="/operator">tidings</a>
    <a href="/operator/feeds">Feeds</a>
    <a href="/operator/deliveries">Deliveries</a>
    <a href="/operator/schedules">Schedules</a>
    <a href="/operator/corrections">Corrections</a>
    <a href="/operator/inspect">Inspector</a>
  </nav>`
}

/** Titles of any length come from outside; a longer one is cut with an ellipsis. */
const MAX_FOREIGN_CHARS = 300

/** Text that came from outside, in the direction of its own script. */
export function foreign(text: string, lang: string | null = null): Markup {
  const code = langCode(lang)
  return html`<span dir="auto" ${code === null ? '' : html` lang="${code}"`}
    >${shorten(printable(text), MAX_FOREIGN_CHARS)}</span
  >`
}

/** A text linked to an article elsewhere, or bare where its address is none that a page may link to. */
export function outward(text: string, url: string | null, lang: string | null = null): Markup {
  const href = safeHref(url)
  return href === null
    ? foreign(text, lang)
    : html`<a href="${href}" rel="noopener noreferrer nofollow">${foreign(text, lang)}</a>`
}

/** Previous and next page of a list; nothing where it has one page. */
export function pager(
  path: string,
  query: Readonly<Record<string, string>>,
  page: number,
  more: boolean,
): Markup {
  if (page === 0 && !more) return html``
  const to = (number: number) => {
    const given = Object.entries(query).filter(([, value]) => value !== '')
    const search = new URLSearchParams([...given, ...(number === 0 ? [] : [['page', String(number)]])] as [
      string,
      string,
    ][])
    const text = search.toString()
    return text === '' ? path : `${path}?${text}`
  }
  return html`<nav class="pager" aria-label="Further pages">
    ${page > 0 ? html`<a rel="prev" href="${to(page - 1)}">← Previous</a>` : ''}
    <span>Page ${page + 1}</span>
    ${more ? html`<a rel="next" href="${to(page + 1)}">Next →</a>` : ''}
  </nav>`
}

/** Markup that this program wrote itself, such as a drawing of numbers; never foreign text. */
export function drawn(markup: string): Markup {
  return raw(markup)
}
