import { html } from 'hono/html'
import type {
  ArchivedDigest,
  ArchivePage,
  DigestPage,
  DigestStory,
  FoundArticle,
  FrontPage,
  PageView,
  SearchPage,
  StoryCard,
} from '../../app/ports/news-pages.ts'
import { digestPageUrl, digestsPageUrl, storyPageUrl } from '../../core/digest/page-address.ts'
import { foreign, outward, pager, type Markup } from './page-frame.ts'
import { countsWords, plural } from '../../core/digest/count-words.ts'
import { agoWords, printablePiece, timeWords } from './page-words.ts'
import { storyCards } from './story-page.ts'

/** The main part of the front page. */
export function frontMain({ view, stories, page, more }: FrontPage, nowMs: number): Markup {
  return html`<h1>Latest stories</h1>
    ${eyesLine(view)}
    ${stories.length === 0 ? html`<p>There are no stories yet. They come with the first articles of the feeds.</p>` : storyCards(stories, view?.token ?? null, nowMs)}
    ${pager('/', { via: view?.token ?? '' }, page, more)}`
}

/** Several stories fit. */
export function severalMain(view: PageView | null, stories: readonly StoryCard[], nowMs: number): Markup {
  return html`<h1>Several stories fit</h1>
    ${eyesLine(view)} ${storyCards(stories, view?.token ?? null, nowMs)}`
}

function eyesLine(view: PageView | null): Markup {
  return view === null ? html`` : html`<p class="quiet">As ${foreign(view.name)} sees them.</p>`
}

/** The main part of the search. */
export function searchMain(result: SearchPage, nowMs: number): Markup {
  const { query, problem, found, page, more, view } = result
  const { words, since, outlet } = query
  const isAsked = words.trim() !== '' && problem === null
  return html`<h1>Search</h1>
    ${eyesLine(view)}
    <form class="filters" action="/search" method="get" aria-label="Search with filters">
      <p><label for="words">Words</label> <input id="words" name="q" maxlength="300" value="${words}" /></p>
      <p>
        <label for="since">Since</label>
        <input id="since" name="since" maxlength="40" placeholder="3d or 2026-03-10" value="${since}" />
      </p>
      <p>
        <label for="outlet">Outlet</label>
        <input id="outlet" name="outlet" maxlength="200" value="${outlet}" />
      </p>
      ${view === null ? '' : html`<input type="hidden" name="via" value="${view.token}" />`}
      <p><button type="submit">Search</button></p>
    </form>
    ${problem === null ? '' : html`<p role="alert" class="problem">${problem}</p>`}
    ${isAsked && found.length === 0 ? html`<p>${page === 0 ? 'No article has all of these words.' : 'There are no further articles.'}</p>` : ''}
    ${
      found.length === 0
        ? ''
        : html`<ol class="found">
            ${found.map((article) => foundLine(article, view?.token ?? null, nowMs))}
          </ol>`
    }
    ${pager('/search', { q: words, since, outlet, via: view?.token ?? '' }, page, more)}`
}

function foundLine(
  { title, outlet, url, lang, publishedAtMs, storyId }: FoundArticle,
  token: string | null,
  nowMs: number,
): Markup {
  return html`<li>
    ${outward(title || 'Article without a title', url, lang)}
    <span class="quiet"
      >${foreign(outlet)}${publishedAtMs === null ? '' : ` · ${agoWords(publishedAtMs, nowMs)}`}</span
    >
    ${storyId === null ? '' : html`<a class="more" href="${storyPageUrl('', storyId, token)}" aria-label="Story of: ${title}">Story</a>`}
  </li>`
}

/** The main part of an archive. */
export function archiveMain({ view, digests, coming, page, more }: ArchivePage): Markup {
  const path = digestsPageUrl('', view.token)
  return html`<h1>Digests of ${foreign(view.name)}</h1>
    <p class="quiet">
      Whoever has this address can read them. Subscribe: <a href="${path}/feed.atom">Atom</a>,
      <a href="${path}/feed.rss">RSS</a>, <a href="${path}/feed.json">JSON Feed</a>,
      <a href="${path}/calendar.ics">calendar</a>.
    </p>
    ${coming.length === 0 ? '' : html`<p class="quiet">Next: ${foreign(coming[0]?.name ?? '')}, ${timeWords(coming[0]?.atMs ?? 0, coming[0]?.timeZone)} (${coming[0]?.timeZone})</p>`}
    ${
      digests.length === 0
        ? html`<p>No digest has been sent here${page === 0 ? ' yet' : ' before these'}.</p>`
        : html`<ul class="cards">
            ${digests.map((digest) => archiveCard(digest, view.token))}
          </ul>`
    }
    ${pager(path, {}, page, more)}`
}

/** Headlines of a digest on its card. */
const CARD_HEADLINES = 5

function archiveCard(
  { id, name, timeZone, toMs, stories, counts, headlines }: ArchivedDigest,
  token: string,
): Markup {
  const rest = stories - CARD_HEADLINES
  return html`<li class="card">
    <h2><a href="${digestPageUrl('', token, id)}">${foreign(name)}, ${timeWords(toMs, timeZone)}</a></h2>
    <p class="facts">
      <span class="badge">${plural(stories, 'story', 'stories')}</span>
      <span class="quiet">${countsWords(counts)}</span>
    </p>
    <ul class="plain">
      ${headlines.slice(0, CARD_HEADLINES).map(({ headline }) => html`<li>${foreign(headline)}</li>`)}${rest > 0 ? html`<li class="quiet">and ${rest} more</li>` : ''}
    </ul>
  </li>`
}

/** The main part of one digest. */
export function digestMain({ view, digest, stories, page, more }: DigestPage): Markup {
  const { name, timeZone, fromMs, toMs, counts } = digest
  return html`<h1>${foreign(name)}, ${timeWords(toMs, timeZone)}</h1>
    <p class="facts">
      <span class="badge">${plural(digest.stories, 'story', 'stories')}</span>
      <span class="quiet"
        >${countsWords(counts)} · ${timeWords(fromMs, timeZone)} – ${timeWords(toMs, timeZone)}
        (${timeZone})</span
      >
    </p>
    ${stories.map((story) => digestStory(story, view.token))}
    ${pager(digestPageUrl('', view.token, digest.id), {}, page, more)}`
}

function digestStory(
  { storyId, headline, counts, sentences, disagreements }: DigestStory,
  token: string,
): Markup {
  return html`<section class="told">
    <h2>
      <a href="${storyPageUrl('', storyId, token)}">${foreign(headline || 'Story without a headline')}</a>
    </h2>
    <p class="quiet">${countsWords(counts)}</p>
    ${sentences.map(
      ({ text, url, outlet, alsoIn, dateNote }) =>
        html`<p class="cited">
          <q dir="auto">${printablePiece(text)}</q>
          <span class="quiet"
            >${outward(outlet || 'source', url)}${alsoIn.length === 0 ? '' : html`, also ${foreign(alsoIn.join(', '))}`}${dateNote === null ? '' : html` (${foreign(dateNote)})`}</span
          >
        </p>`,
    )}
    ${disagreements.map((line) => html`<p class="quiet" dir="auto">Sources differ: ${line}</p>`)}
  </section>`
}

/** A page of plain words: not found, refused, broken. */
export function plainMain(title: string, words: string): Markup {
  return html`<h1>${title}</h1>
    <p>${words}</p>
    <p><a href="/">Latest stories</a></p>`
}
