import { html } from 'hono/html'
import { digestsPageUrl, storyPageUrl } from '../../core/digest/page-address.ts'
import type {
  CorrectionLine,
  DeliveryLine,
  FeedLine,
  InspectedArticle,
  Inspection,
  Listed,
  MeasuredScore,
  OperatorAction,
  OperatorOverview,
  ScheduleLine,
} from '../../app/ports/operator-desk.ts'
import { sparklineSvg } from './drawings.ts'
import { drawn, foreign, outward, pager, type Markup } from './page-frame.ts'
import { plural } from '../../core/digest/count-words.ts'
import { agoWords, spanWords, timeWords } from './page-words.ts'

/** What forms on the operator's pages carry: a word of the session, and where to go back to. */
export interface FormSeal {
  readonly csrf: string
  readonly back: string
}

/** The form that asks for the token. */
export function loginMain(problem: string | null): Markup {
  return html`<h1>Operator</h1>
    ${problem === null ? '' : html`<p role="alert" class="problem">${problem}</p>`}
    <form class="narrow" method="post" action="/operator/login">
      <p>
        <label for="token">Operator's token</label>
        <input id="token" name="token" type="password" required autocomplete="current-password" />
      </p>
      <p><button type="submit">Log in</button></p>
    </form>
    <p class="quiet">
      It is the value of <code>TIDINGS_ADMIN_TOKEN</code> in the environment of the service.
    </p>`
}

/** What stands in place of the pages where no token is set. */
export function offMain(words: string): Markup {
  return html`<h1>The operator's page is off</h1>
    <p>${words}</p>`
}

/** A notice on top of a page. */
export function noticeLine(words: string | null): Markup {
  return words === null ? html`` : html`<p role="status" class="notice">${words}</p>`
}

/** All at a glance. */
export function overviewMain(overview: OperatorOverview, seal: FormSeal): Markup {
  const { queue, feeds, pausedFeeds, failingFeeds, unknownParts, troubledParts, nowMs } = overview
  const age = (atMs: number | null) => (atMs === null ? 'nothing waits' : `oldest ${agoWords(atMs, nowMs)}`)
  return html`<h1>Operator</h1>
    <h2 id="health">Health</h2>
    <ul class="tiles">
      ${tile(feeds, 'feeds', `${failingFeeds} failing, ${pausedFeeds} paused`, '/operator/feeds')}
      ${tile(unknownParts, 'unknown deliveries', `${troubledParts} to look at`, '/operator/deliveries')}
      ${tile(queue.articles, 'articles to group', age(queue.oldestArticleAtMs))}
      ${tile(queue.parts, 'parts to send', age(queue.oldestPartAtMs))}
      ${tile(queue.feeds, 'feeds due', 'to be asked now')}
      ${tile(queue.runs, 'digests due', 'to be composed now', '/operator/schedules')}
    </ul>
    <h2>Look into a story</h2>
    ${inspectForm('')}
    <form method="post" action="/operator/logout">
      <input type="hidden" name="csrf" value="${seal.csrf}" />
      <p><button type="submit">Log out</button></p>
    </form>`
}

function tile(count: number, name: string, words: string, href?: string): Markup {
  const title = href === undefined ? html`${name}` : html`<a href="${href}">${name}</a>`
  return html`<li class="tile"><b>${count}</b> ${title}<br /><span class="quiet">${words}</span></li>`
}

/** Feeds with health and rhythm. */
export function feedsMain({ lines, total, page, more }: Listed<FeedLine>, nowMs: number): Markup {
  return html`<h1>Feeds</h1>
    <p class="quiet">
      ${plural(total ?? lines.length, 'feed')}, failing ones first. Bars are articles a day of two weeks, the
      last one is today.
    </p>
    <ul class="rows">
      ${lines.map((line) => feedRow(line, nowMs))}
    </ul>
    ${pager('/operator/feeds', {}, page, more)}`
}

function feedRow(
  { name, url, tenant, trouble, nextPollAtMs, lastGoodAtMs, rhythmMs, days }: FeedLine,
  nowMs: number,
): Markup {
  const sum = days.reduce((a, b) => a + b, 0)
  const facts = [
    nextPollAtMs === null ? 'not asked any more' : nextWords(nextPollAtMs, nowMs),
    ...(lastGoodAtMs === null ? [] : [`worked ${agoWords(lastGoodAtMs, nowMs)}`]),
    ...(rhythmMs === null ? [] : [`an article each ${spanWords(rhythmMs)}`]),
  ]
  return html`<li>
    <div>
      ${outward(name || url, url)}
      ${tenant === null ? '' : html`<span class="badge">${foreign(tenant)}</span>`}
      ${trouble === null ? html`<span class="badge">well</span>` : html`<span class="badge bad">failing</span>`}<br />
      <span class="quiet">${facts.join(' · ')}</span
      >${trouble === null ? '' : html`<br /><span class="problem">${foreign(trouble)}</span>`}
    </div>
    <div>
      ${drawn(sparklineSvg(days, `${plural(sum, 'article')} in two weeks, ${days.at(-1) ?? 0} today`))}
    </div>
  </li>`
}

function nextWords(atMs: number, nowMs: number): string {
  return atMs <= nowMs ? 'due now' : `next ${agoWords(atMs, nowMs)}`
}

/** Parts of digests that somebody should look at. */
export function deliveriesMain(lines: readonly DeliveryLine[], seal: FormSeal, nowMs: number): Markup {
  return html`<h1>Deliveries</h1>
    <p class="quiet">
      Parts of the last 30 days whose answer was lost, or that were given up. Look whether an unknown one is
      there before you send it again.
    </p>
    ${
      lines.length === 0
        ? html`<p>Nothing is open: every part has arrived.</p>`
        : html`<ul class="rows">
            ${lines.map((line) => deliveryRow(line, seal, nowMs))}
          </ul>`
    }`
}

function deliveryRow(
  { digestId, part, state, place, tenant, problem, attempts, changedAtMs }: DeliveryLine,
  seal: FormSeal,
  nowMs: number,
): Markup {
  const name = `part ${part + 1} for ${place}`
  return html`<li>
    <div>
      ${foreign(place)}, part ${part + 1}
      <span class="badge bad">${state === 'unknown' ? 'unknown' : 'given up'}</span>
      ${tenant === null ? '' : html`<span class="badge">${foreign(tenant)}</span>`}<br />
      <span class="quiet"
        >${agoWords(changedAtMs, nowMs)} · ${plural(attempts, 'try', 'tries')} · ${foreign(problem)}</span
      >
    </div>
    <div class="acts">
      ${state === 'unknown' ? actForm({ kind: 'mark-sent', digestId, part }, 'It arrived', name, seal) : ''}
      ${actForm({ kind: 'send-again', digestId, part }, 'Send again', name, seal)}
    </div>
  </li>`
}

/** Digests with their schedules and archives. */
export function schedulesMain(
  { lines, page, more }: Listed<ScheduleLine>,
  seal: FormSeal,
  publicUrl: string,
): Markup {
  return html`<h1>Schedules</h1>
    ${
      lines.length === 0
        ? html`<p>There is no digest yet.</p>`
        : html`<ul class="rows">
            ${lines.map((line) => scheduleRow(line, seal, publicUrl))}
          </ul>`
    }
    ${pager('/operator/schedules', {}, page, more)}`
}

function scheduleRow(line: ScheduleLine, seal: FormSeal, publicUrl: string): Markup {
  const { id, name, place, tenant, when, timeZone, paused, runs, archiveToken, destinationId } = line
  const next = runs.map((atMs) => timeWords(atMs, timeZone)).join('; ')
  return html`<li>
    <div>
      <strong>${foreign(name)}</strong> in ${foreign(place)}
      ${tenant === null ? '' : html`<span class="badge">${foreign(tenant)}</span>`}
      ${paused ? html`<span class="badge bad">paused</span>` : ''}<br />
      <span class="quiet">${foreign(when)} (${timeZone})${next === '' ? '' : ` · next: ${next}`}</span><br />
      <a href="${digestsPageUrl('', archiveToken)}">Archive</a>
      <span class="quiet">${digestsPageUrl(publicUrl, archiveToken)}</span>
    </div>
    <div class="acts">
      ${paused ? actForm({ kind: 'resume', subscriptionId: id }, 'Resume', name, seal) : actForm({ kind: 'pause', subscriptionId: id }, 'Pause', name, seal)}
      ${actForm({ kind: 'renew-link', destinationId }, 'New archive address', place, seal)}
    </div>
  </li>`
}

/** Corrections that hold. */
export function correctionsMain(lines: readonly CorrectionLine[], seal: FormSeal, nowMs: number): Markup {
  return html`<h1>Corrections</h1>
    ${
      lines.length === 0
        ? html`<p>Nobody has corrected a story.</p>`
        : html`<ul class="rows">
            ${lines.map((line) => correctionRow(line, seal, nowMs))}
          </ul>`
    }`
}

function correctionRow(
  { id, tenant, what, titles, madeBy, madeAtMs }: CorrectionLine,
  seal: FormSeal,
  nowMs: number,
): Markup {
  return html`<li>
    <div>
      <strong>${what}</strong> <span class="badge">${tenant === null ? 'for all' : foreign(tenant)}</span>
      <ul class="plain">
        ${titles.map((title) => html`<li>${foreign(title)}</li>`)}
      </ul>
      <span class="quiet">${agoWords(madeAtMs, nowMs)} by ${foreign(madeBy)}</span>
    </div>
    <div class="acts">
      ${actForm({ kind: 'undo-correction', correctionId: id }, 'Take back', `${what}, ${titles[0] ?? ''}`, seal)}
    </div>
  </li>`
}

function actForm(action: OperatorAction, label: string, name: string, { csrf, back }: FormSeal): Markup {
  return html`<form method="post" action="/operator/act">
    <input type="hidden" name="csrf" value="${csrf}" /><input type="hidden" name="back" value="${back}" />
    ${Object.entries(action).map(([key, value]) => html`<input type="hidden" name="${key}" value="${String(value)}" />`)}
    <button type="submit" aria-label="${label}: ${name}">${label}</button>
  </form>`
}

function inspectForm(words: string): Markup {
  return html`<form class="filters" method="get" action="/operator/inspect" aria-label="Inspect a story">
    <p>
      <label for="story">Story: its id, or words of an article</label>
      <input id="story" name="story" maxlength="300" value="${words}" />
    </p>
    <p><button type="submit">Inspect</button></p>
  </form>`
}

/** Why articles are in a story. */
export function inspectMain(words: string, inspection: Inspection | null): Markup {
  return html`<h1>Grouping inspector</h1>
    ${inspectForm(words)}
    ${inspection === null ? html`<p class="quiet">Shows why each article is in a story: what was noted when it was placed, how alike it is to others, whose text it repeats.</p>` : inspectionOf(inspection)}`
}

function inspectionOf(inspection: Inspection): Markup {
  switch (inspection.kind) {
    case 'nothing':
      return html`<p>${inspection.words}</p>`
    case 'several':
      return html`<ul>
        ${inspection.stories.map(({ id, headline }) => html`<li><a href="/operator/inspect?story=${encodeURIComponent(id)}">${foreign(headline)}</a></li>`)}
      </ul>`
    case 'story': {
      const { id, headline, articles, moreArticles } = inspection.story
      return html`<h2>${foreign(headline)}</h2>
        <p><a href="${storyPageUrl('', id)}">Story ${id}</a></p>
        <p class="quiet">
          Log-odds above 0 speak for one event. They are measured again among the articles shown, so they may
          differ from those at arrival.
        </p>
        <ul class="rows">
          ${articles.map(inspectedRow)}
        </ul>
        ${moreArticles === 0 ? '' : html`<p class="quiet">and ${plural(moreArticles, 'more article')}</p>`}`
    }
  }
}

function inspectedRow({
  title,
  outlet,
  url,
  publishedAtMs,
  reason,
  joinedAtMs,
  before,
  copy,
  nearest,
}: InspectedArticle): Markup {
  return html`<li>
    <div>
      ${outward(title || 'Article without a title', url)}<br />
      <span class="quiet"
        >${foreign(outlet)}${publishedAtMs === null ? '' : ` · ${timeWords(publishedAtMs)} UTC`}${joinedAtMs === null ? '' : ` · placed ${timeWords(joinedAtMs)} UTC`}</span
      >
      <p>${foreign(reason || 'No reason was noted.')}</p>
      ${before.map(({ storyId, reason: earlier }) => html`<p class="quiet">Before in <a href="${storyPageUrl('', storyId)}">${storyId}</a>: ${foreign(earlier)}</p>`)}
      ${
        copy === null
          ? ''
          : html`<p>Copy (${copy.kind}) of ${foreign(copy.of)}</p>
              ${measures(copy.scores)}`
      }
      ${nearest.map(
        ({ title: other, logOdds, features }) =>
          html`<p class="quiet">With ${foreign(other)}: log-odds ${logOdds.toFixed(2)}</p>
            ${measures(features)}`,
      )}
    </div>
  </li>`
}

function measures(scores: readonly MeasuredScore[]): Markup {
  if (scores.length === 0) return html``
  return html`<ul class="measures">
    ${scores.map(
      ({ name, value, adds }) =>
        html`<li>
          ${name}
          ${value.toFixed(2)}${adds === null ? '' : ` (${adds >= 0 ? '+' : '−'}${Math.abs(adds).toFixed(2)})`}
        </li>`,
    )}
  </ul>`
}
