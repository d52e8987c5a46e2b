import { html } from 'hono/html'
import type {
  CitedSentence,
  CitedSource,
  PrintedText,
  StoryCard,
  StoryPage,
} from '../../app/ports/news-pages.ts'
import { storyPageUrl } from '../../core/digest/page-address.ts'
import { timeLineSvg } from './drawings.ts'
import { drawn, foreign, outward, pager, type Markup } from './page-frame.ts'
import { countsWords, plural } from '../../core/digest/count-words.ts'
import { agoWords, dayWords, langCode, printablePiece, timeWords } from './page-words.ts'

/** What the operator's program calls kinds of copies, for readers. */
const KINDS = {
  exact: 'same text',
  near: 'small edits',
  syndicated: 'agency text inside',
  rewrite: 'in new words',
}

/** The main part of a story's page. */
export function storyMain(story: StoryPage): Markup {
  const token = story.view?.token ?? null
  return html`<article class="story">
<h1${langOf(story.lang)} dir="auto">${story.headline}</h1>
<p class="facts">${badges(story)}</p>
${newsPart(story, token)}
${summaryPart(story)}
${
  story.disagreements.length === 0
    ? ''
    : html`<section aria-labelledby="differ">
        <h2 id="differ">Sources differ</h2>
        <ul class="differ">
          ${story.disagreements.map((line) => html`<li dir="auto">${line}</li>`)}
        </ul>
      </section>`
}
${timePart(story)}
${sourcesPart(story.sources)}
${publishersPart(story)}
${textsPart(story, token)}
<p class="quiet">Story <code>${story.id}</code></p>
</article>`
}

function langOf(lang: string | null): Markup {
  const code = langCode(lang)
  return code === null ? html`` : html` lang="${code}"`
}

function badges({ counts, firstAtMs, lastAtMs }: StoryPage): Markup {
  const span = firstAtMs === null || lastAtMs === null ? '' : spanOf(firstAtMs, lastAtMs)
  return html`<span class="badge">${plural(counts.articles, 'article')}</span>
    <span class="badge">${plural(counts.publishers, 'publisher')}</span>
    <span class="badge">${plural(counts.copies, 'copy', 'copies')}</span>
    ${span === '' ? '' : html`<span class="quiet">${span}</span>`}`
}

function spanOf(firstAtMs: number, lastAtMs: number): string {
  return firstAtMs === lastAtMs
    ? `${timeWords(firstAtMs)} UTC`
    : `${timeWords(firstAtMs)} – ${timeWords(lastAtMs)} UTC`
}

function newsPart({ news, hasTold, id }: StoryPage, token: string | null): Markup {
  const to = (since: string) => {
    const path = storyPageUrl('', id, token)
    return `${path}${path.includes('?') ? '&' : '?'}since=${since}`
  }
  const links = html`<p class="quiet since">
    What changed since: ${hasTold ? html`<a href="${to('last')}">the last digest</a>, ` : ''}<a
      href="${to('24h')}"
      >yesterday</a
    >, <a href="${to('3d')}">three days ago</a>, <a href="${to('7d')}">a week ago</a>
  </p>`
  if (news === null) return links
  const words = [
    `+${plural(news.articles, 'article')}`,
    ...(news.copies === 0 ? [] : [`${plural(news.copies, 'copy', 'copies')} among them`]),
    ...(news.left === 0 ? [] : [`${plural(news.left, 'article')} left the story`]),
  ].join(', ')
  return html`<section class="news" aria-labelledby="news">
    <h2 id="news">Since ${timeWords(news.sinceMs)} UTC</h2>
    <p>
      ${news.articles === 0 && news.left === 0 ? 'Nothing changed.' : `${words}.`}
      ${news.publishers.length === 0 ? '' : html`New here: ${foreign(news.publishers.join(', '))}.`}
    </p>
    ${links}
  </section>`
}

function summaryPart({ sentences, note }: StoryPage): Markup {
  return html`<section aria-labelledby="told">
    <h2 id="told" class="unseen">What the articles say</h2>
    ${sentences.map(sentenceLine)} ${note === null ? '' : html`<p class="quiet">${note}</p>`}
  </section>`
}

function sentenceLine({ number, text, lang, outlet, alsoIn, dateNote, isNew }: CitedSentence): Markup {
  return html`<p class="cited" id="s${number}">
    <q dir="auto" ${langOf(lang)}>${printablePiece(text)}</q
    ><sup><a href="#q${number}" aria-label="Sentence ${number} in its source">${number}</a></sup>
    ${isNew ? html`<span class="badge fresh">new</span>` : ''}
    <span class="quiet"
      >${foreign(outlet)}${alsoIn.length === 0 ? '' : html`, also ${foreign(alsoIn.join(', '))}`}${dateNote === null ? '' : html` (${foreign(dateNote)})`}</span
    >
  </p>`
}

function timePart({ bars, days, lastAtMs }: StoryPage): Markup {
  if (days.length === 0) return html``
  const first = days[0]
  const last = days.at(-1)
  const total = days.reduce((sum, { counts }) => sum + counts.articles, 0)
  const label =
    first === undefined || last === undefined
      ? ''
      : `Time line: ${plural(total, 'article')} from ${dayWords(first.dayMs)} to ${dayWords(last.dayMs)}, as listed below by day`
  return html`<section aria-labelledby="time">
    <h2 id="time">Time line</h2>
    ${
      bars.length === 0
        ? ''
        : html`<figure class="time">
            ${drawn(timeLineSvg(bars, label))}
            <figcaption>
              <span>${timeWords(bars[0]?.fromMs ?? 0)}</span
              ><span class="key"><i class="own"></i>own texts <i class="copied"></i>copies</span
              ><span>${timeWords(lastAtMs ?? 0)} UTC</span>
            </figcaption>
          </figure>`
    }
    <ol class="days">
      ${days.map(
        ({ dayMs, counts, title }) =>
          html`<li>
            <strong>${dayWords(dayMs)}</strong> <span class="quiet">${countsWords(counts)}</span
            ><br />${foreign(title)}
          </li>`,
      )}
    </ol>
  </section>`
}

function sourcesPart(sources: readonly CitedSource[]): Markup {
  if (sources.length === 0) return html``
  return html`<section aria-labelledby="sources">
    <h2 id="sources">Where the sentences stand</h2>
    ${sources.map(sourceBox)}
  </section>`
}

function sourceBox({ title, outlet, url, lang, publishedAtMs, excerpts }: CitedSource): Markup {
  return html`<div class="source">
    <h3>${outward(title || 'Article without a title', url, lang)}</h3>
    <p class="quiet">
      ${foreign(outlet)}${publishedAtMs === null ? '' : ` · ${timeWords(publishedAtMs)} UTC`}
    </p>
    ${excerpts.map(
      ({ cutBefore, cutAfter, pieces }) =>
        html`<blockquote dir="auto" ${langOf(lang)}>
          ${cutBefore ? '… ' : ''}${pieces.map(pieceOf)}${cutAfter ? ' …' : ''}
        </blockquote>`,
    )}
  </div>`
}

function pieceOf({ text, number }: CitedSource['excerpts'][number]['pieces'][number]): Markup {
  if (number === null) return html`${printablePiece(text)}`
  return html`<mark id="q${number}" tabindex="-1">${printablePiece(text)}</mark
    ><sup><a href="#s${number}" aria-label="Back to sentence ${number}">↑${number}</a></sup>`
}

function publishersPart({ publishers, morePublishers }: StoryPage): Markup {
  return html`<section aria-labelledby="publishers">
    <h2 id="publishers">Publishers</h2>
    <ul class="publishers">
      ${publishers.map(
        ({ name, articles, copies }) =>
          html`<li>
            ${foreign(name)}
            <span class="badge">${articles}</span
            >${copies === 0 ? '' : html` <span class="quiet">${plural(copies, 'copy', 'copies')}</span>`}
          </li>`,
      )}
    </ul>
    ${morePublishers === 0 ? '' : html`<p class="quiet">and ${morePublishers} more</p>`}
  </section>`
}

function textsPart({ texts, page, more, id }: StoryPage, token: string | null): Markup {
  return html`<section aria-labelledby="texts">
    <h2 id="texts">Who printed whose text</h2>
    <ul class="tree">
      ${texts.map(treeNode)}
    </ul>
    ${pager(`/story/${encodeURIComponent(id)}`, { via: token ?? '' }, page, more)}
  </section>`
}

function treeNode({
  title,
  outlet,
  url,
  publishedAtMs,
  kind,
  isNew,
  copies,
  moreCopies,
}: PrintedText): Markup {
  const below =
    copies.length === 0 && moreCopies === 0
      ? ''
      : html`<ul>
          ${copies.map(treeNode)}${moreCopies === 0 ? '' : html`<li class="quiet">and ${plural(moreCopies, 'more copy', 'more copies')}</li>`}
        </ul>`
  return html`<li>
    <span class="outlet">${foreign(outlet)}</span>
    ${kind === null ? '' : html`<span class="badge">${KINDS[kind]}</span> `}${isNew ? html`<span class="badge fresh">new</span> ` : ''}${outward(title || 'Article without a title', url)}
    ${publishedAtMs === null ? '' : html`<time class="quiet" datetime="${new Date(publishedAtMs).toISOString()}">${timeWords(publishedAtMs)}</time>`}
    ${below}
  </li>`
}

/** Stories as a list of cards. */
export function storyCards(stories: readonly StoryCard[], token: string | null, nowMs: number): Markup {
  return html`<ul class="cards">
    ${stories.map(
      ({ id, headline, lang, counts, lastAtMs, outlets }) =>
        html`<li class="card">
          <h2>
            <a href="${storyPageUrl('', id, token)}"
              >${foreign(headline || 'Story without a headline', lang)}</a
            >
          </h2>
          <p class="facts">
            <span class="badge">${plural(counts.articles, 'article')}</span>
            <span class="badge">${plural(counts.publishers, 'publisher')}</span>
            ${counts.copies === 0 ? '' : html`<span class="badge">${plural(counts.copies, 'copy', 'copies')}</span>`}
            <span class="quiet"
              >${agoWords(lastAtMs, nowMs)}${outlets.length === 0 ? '' : html` · ${foreign(outlets.join(', '))}`}</span
            >
          </p>
        </li>`,
    )}
  </ul>`
}
