// How long people wait for answers while digests go out, in one process on a database that `bench/scale.ts fill` filled.
//
//   node bench/answers.ts --url postgres://… [--due 1000] [--seconds 60] [--a_second 5]
//
// The audience of the database is made anew. Only the process and its database are measured, without the way to a platform. Times are those
// of the clock: on a busy machine they are worse.
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { cutForDiscord } from '../src/adapters/discord/render-digest.ts'
import { openPageReader } from '../src/adapters/extract/open-page-reader.ts'
import { openStore } from '../src/adapters/storage/open-store.ts'
import { createCourtesy } from '../src/app/courtesy.ts'
import { createCommandDesk } from '../src/app/answer-command.ts'
import type { CommandPorts } from '../src/app/commands/command-family.ts'
import type { FetchOutcome } from '../src/core/feed/fetch-outcome.ts'
import { DigestSender } from '../src/app/send-digests.ts'
import { fillAudience, random, SPACING_MS, START_MS, word } from './scale-data.ts'

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: '' },
    due: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '60' },
    a_second: { type: 'string', default: '5' },
  },
})

const TENANT = 'tenant-2'
const NEVER = new AbortController().signal

/** What people ask, and with which words. */
const QUESTIONS: readonly (readonly [string, () => Readonly<Record<string, string>>])[] = [
  ['news search', () => ({ words: word(1 + Math.floor(random() * 5)) })],
  ['news search', () => ({ words: `${word(30 + Math.floor(random() * 400))} ${word(900)}` })],
  ['news latest', () => ({})],
  ['news headlines', () => ({})],
  ['news headlines', () => ({ topic: word(1_000 + Math.floor(random() * 300)) })],
  ['news story', () => ({ story: word(3_000 + Math.floor(random() * 3_000)) })],
  ['news follow', () => ({ target: word(3_000 + Math.floor(random() * 3_000)) })],
  ['news following', () => ({})],
  ['newsroom status', () => ({})],
  ['newsroom digest preview', () => ({})],
]

async function main(): Promise<void> {
  if (values.url === '') throw new Error('Usage: node bench/answers.ts --url postgres://…')
  const store = await openStore(values.url)
  const [newest] = await store.articles.articlesSince(0, 1, { tenant: null })
  const nowMs = (newest?.ingestedAtMs ?? START_MS) + SPACING_MS
  const due = Number(values.due)
  await fillAudience(values.url, { tenants: 1_000, destinations: 10_000, due, dueMs: nowMs - 60_000 })
  const courtesy = createCourtesy()
  let sent = 0
  const publisher = {
    ...{ platform: 'discord', cut: cutForDiscord },
    send: ({ nonce }: { readonly nonce: string }) => {
      sent += 1
      return Promise.resolve({ kind: 'sent' as const, messageId: nonce })
    },
    resolve: () => Promise.resolve({ kind: 'unknown' as const }),
    edit: () => Promise.resolve({ kind: 'refused' as const, problem: 'no edits' }),
  }
  const publishers = new Map(['discord', 'slack'].map((platform) => [platform, { ...publisher, platform }]))
  const sender = new DigestSender(
    { ...store, publishers, giveWay: courtesy.giveWay, nowMs: () => nowMs, log: () => undefined },
    { claimant: 'answers', publicUrl: null },
  )
  const reader = openPageReader()
  const noWeb = (): Promise<FetchOutcome> => Promise.reject(new Error('nothing is fetched here'))
  const ports: CommandPorts = {
    ...{ ...store, people: store.subscriptions, sender, reader },
    ...{
      nowMs: () => nowMs,
      newId: () => String(random()),
      web: { fetchFeed: noWeb },
      pages: { fetchPage: noWeb },
    },
  }
  const desk = createCommandDesk(ports)
  const [destination] = await store.subscriptions.destinations(TENANT)
  const asker = {
    ...{ platform: 'discord', tenant: TENANT, channel: destination?.address ?? '', channelName: 'news' },
    ...{ person: '7', isManager: true, locale: null },
  }
  const taken = new Map<string, number[]>()
  const ask = async (n: number) => {
    const [path = '', options = () => ({})] = QUESTIONS[n % QUESTIONS.length] ?? []
    const fromMs = performance.now()
    const request = { kind: 'command' as const, path: path.split(' '), options: options(), asker }
    await courtesy.attend(() => desk.answer(request, NEVER))
    taken.set(path, [...(taken.get(path) ?? []), performance.now() - fromMs])
  }
  const startMs = performance.now()
  let sentAfterS = 0
  const sending = sender.sendDue({ stop: NEVER, abort: NEVER }).then(({ planned }) => {
    sentAfterS = (performance.now() - startMs) / 1_000
    return planned
  })
  const asked: Promise<void>[] = []
  for (let n = 0; performance.now() - startMs < Number(values.seconds) * 1_000; n += 1) {
    asked.push(ask(n))
    await delay(1_000 / Number(values.a_second))
  }
  await Promise.all(asked)
  for (const [path, times] of taken) console.log(`  /${path}`.padEnd(30), percentiles(times))
  console.log('  all'.padEnd(30), percentiles([...taken.values()].flat()))
  console.log(`${await sending} digests planned, ${sent} messages, in ${sentAfterS.toFixed(1)} s`)
  await reader.close()
  await store.close()
}

function percentiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(0).padStart(6)
  return `${String(times.length).padStart(5)} asked   p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   max ${at(1)} ms`
}

await main()
