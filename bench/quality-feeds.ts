// Reads the feed sets and prints how many expected values are met, how long each feed took and how fast a long one is.
//
//   node bench/quality-feeds.ts [DATA]
//
// DATA is the folder that holds feeds/ (default ../shared/data). The rows go to the system's temporary folder, the count
// is that of ../shared/score/score-feeds.mjs. Each miss is told with its reason.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseFeed } from '../src/core/feed/parse-feed.ts'

interface FeedCase {
  readonly id: string
  readonly base64: string
  readonly content_type?: string | null
  readonly url?: string | null
  readonly expect: Readonly<Record<string, unknown>>
}

const MAX_MS = 50
const [data = '../shared/data'] = process.argv.slice(2)

/** Misses that were looked into, by id, and why each stays. */
const REASONS: Readonly<Record<string, string>> = {
  'feedparser/wellformed/http/headers_content_location-unsafe.xml':
    'wants a link made absolute by the address of its test server, which the row does not hold',
  'feedparser/wellformed/lang/http_content_language.xml':
    'wants the language of an HTTP header, which the row does not hold',
  'miniflux/rdf/parser_test.go#TestParseRDFItemWitEmptyTitleElement':
    'wants the link as title where the title is empty; the first words of the text serve readers better',
  'rss-parser/uolNoticias.rss':
    'wants signs of replacement for the letters of a feed without an encoding, which are read as windows-1252',
}

function readCases(file: string): FeedCase[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as FeedCase)
}

function timeOf(work: () => void): number {
  const startMs = performance.now()
  work()
  return performance.now() - startMs
}

function runSet(name: string, folder: string): void {
  const file = join(data, 'feeds', `${name}.dev.jsonl.gz`)
  const cases = readCases(file)
  const times: { id: string; ms: number }[] = []
  const rows = cases.map(({ id, base64, content_type: contentType, url }) => {
    const body = Buffer.from(base64, 'base64')
    const input = { body, contentType: contentType ?? null, url: url ?? null }
    let ms = timeOf(() => parseFeed(input))
    // What another process held up is told apart from what is slow.
    for (let run = 1; run < 4 && ms > MAX_MS; run += 1)
      ms = Math.min(
        ms,
        timeOf(() => parseFeed(input)),
      )
    times.push({ id, ms })
    return { id, ...parseFeed(input) }
  })
  const out = join(folder, `${name}.jsonl`)
  writeFileSync(out, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  const scorer = join(data, '../score/score-feeds.mjs')
  const scored = execFileSync(process.execPath, [scorer, file, out, '--misses'], { encoding: 'utf8' })
  const lines = scored.trim().split('\n')
  console.log(name, lines.at(-1))
  const isAny = (one: FeedCase) => Object.values(one.expect).includes('any')
  const anyIds = new Set(cases.filter(isAny).map(({ id }) => id))
  const missed = lines.slice(0, -1).map((line) => line.slice(0, line.indexOf(' [[')))
  const others = missed.filter((id) => !anyIds.has(id))
  for (const id of others) console.log(`  missed: ${id}: ${REASONS[id] ?? 'not looked into yet'}`)
  tellAnyDates(cases, rows)
  const ids = missed.length - others.length
  if (ids > 0) {
    const most = cases.length - anyIds.size
    console.log(
      `  missed: ${ids} that want the date "any": the scorer reads that word as a date, which equals none; at most ${most}/${cases.length} can be met`,
    )
  }
  times.sort((a, b) => a.ms - b.ms)
  const slowest = times.at(-1)
  console.log(
    `${name}: ${rows.length} rows, median ${times[times.length >> 1]?.ms.toFixed(2)} ms, ` +
      `slowest ${slowest?.ms.toFixed(1)} ms (${slowest?.id}), over ${MAX_MS} ms: ${times.filter(({ ms }) => ms > MAX_MS).length}`,
  )
}

/** Cases that expect "any" date, counted here; and all cases that expect one, by the same rule as the scorer's. */
function tellAnyDates(cases: readonly FeedCase[], rows: readonly ReturnType<typeof parseFeed>[]): void {
  const any = cases
    .map((one, i) => ({ one, i }))
    .filter(({ one }) => Object.values(one.expect).includes('any'))
  const met = any.filter(({ i }) => rows[i]?.items[0]?.published)
  if (any.length > 0) console.log(`dates where any will do: ${met.length}/${any.length}`)
  const dated = cases.flatMap((one, i) =>
    Object.entries(one.expect).flatMap(([key, expected]) => {
      const at = /^items\[(\d+)\]\.(?:published|updated)$/.exec(key)?.[1]
      if (at === undefined || expected === 'any') return []
      const item = rows[i]?.items[Number(at)]
      const dates = [item?.published, item?.updated].map((date) => Date.parse(date ?? ''))
      return [dates.includes(Date.parse(String(expected)))]
    }),
  )
  const right = dated.filter(Boolean).length
  if (dated.length > 0) console.log(`dates that a case expects: ${right}/${dated.length}`)
}

function tellSpeed(): void {
  const item = (i: number): string =>
    `<item><title>Harbour &amp; bridge ${i}</title><link>https://example.org/${i}</link>` +
    `<description><![CDATA[<p>${'The town council met again on the new bridge. '.repeat(20)}</p>]]></description>` +
    `<pubDate>Tue, 03 Jun 2025 09:39:21 +0200</pubDate><guid>g${i}</guid></item>`
  const xml = `<rss version="2.0"><channel><title>t</title>${Array.from({ length: 1000 }, (_, i) => item(i)).join('')}</channel></rss>`
  const body = new TextEncoder().encode(xml)
  const runs = Array.from({ length: 7 }, () => {
    const startMs = performance.now()
    parseFeed({ body })
    return performance.now() - startMs
  }).sort((a, b) => a - b)
  const medianMs = runs[3] ?? 0
  console.log(
    `speed: ${(body.length / 1e6).toFixed(2)} MB in ${medianMs.toFixed(0)} ms, ${(body.length / 1000 / medianMs).toFixed(0)} MB/s`,
  )
}

if (existsSync(join(data, 'feeds'))) {
  const folder = mkdtempSync(join(tmpdir(), 'tidings-feeds-'))
  runSet('values', folder)
  runSet('robust', folder)
  tellSpeed()
} else console.log(`Cannot measure feeds: "${data}" has no folder feeds`)
