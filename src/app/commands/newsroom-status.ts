import { nextRun } from '../../core/schedule/next-run.ts'
import { printable } from '../../core/text/printable.ts'
import { schedulesOf } from '../digest-settings.ts'
import type { CommandReply, Line, ReplyBlock, ReplyButton } from '../ports/chat.ts'
import type { Delivery } from '../ports/digest-store.ts'
import type { Destination } from '../ports/publisher.ts'
import type { AuditEntry } from '../ports/subscription-store.ts'
import { actionText } from './action-text.ts'
import { audit } from './audit.ts'
import type { Ask, CommandFamily } from './command-family.ts'
import { digestLabel, digestsOf, isHere, type KnownDigest } from './digest-lookup.ts'
import { feedTrouble } from './feed-lookup.ts'
import { REPORTED } from './newsroom-fix.ts'
import { newsroomShape } from './option-shapes.ts'
import { plural } from '../../core/digest/count-words.ts'
import { button, choice, pageButtons, pageOf, reply, say } from './reply-words.ts'
import { destinationId } from './save-digest.ts'
import { scheduleWords } from './schedule-words.ts'
import { CHANNEL_CLOSED, openChannel } from './tenant-life.ts'
import { agoWords, timeWords } from './time-words.ts'
import { feedName } from './try-feed.ts'

/** Digests of one page. */
const PAGE = 8

/** How far back troubled deliveries, closed channels and reports are told, ms. */
const TROUBLE_BACK_MS = 7 * 86_400_000

const SHOWN_FEEDS = 10
const SHOWN_DELIVERIES = 3
const SHOWN_EVENTS = 10

/** Entries of the audit that are looked through. */
const AUDIT_ENTRIES = 200

/** `/newsroom status`, and the button that sends an unclear part again. */
export const newsroomStatus: CommandFamily = {
  commands: [
    {
      shape: newsroomShape('status', 'Health: last and next digests, failing feeds, reports of members'),
      run: (ask) => status(ask, 0),
    },
  ],
  actions: [
    { verb: 'status', managersOnly: true, run: (ask, [page]) => status(ask, pageOf(page), true) },
    {
      verb: 'resend',
      managersOnly: true,
      run: (ask, [digestId = '', part = '']) => resend(ask, digestId, part),
    },
    { verb: 'reopen', managersOnly: true, run: (ask, [channel = '']) => reopen(ask, channel) },
  ],
}

async function status(ask: Ask, page: number, isTurned = false): Promise<CommandReply> {
  const all = await troubledFirst(ask, await digestsOf(ask))
  const shown = all.slice(page * PAGE, (page + 1) * PAGE)
  const digests = await Promise.all(shown.map((digest) => digestBlock(ask, digest)))
  const buttons = pageButtons('status', page, all.length > (page + 1) * PAGE)
  const none: ReplyBlock[] =
    all.length === 0 ? [{ lines: [[{ text: 'There is no digest yet. Start with /newsroom setup.' }]] }] : []
  const rest = page === 0 ? [await feedsBlock(ask), ...(await eventBlocks(ask))] : []
  return reply([...none, ...digests, ...rest, ...(buttons.length === 0 ? [] : [{ lines: [], buttons }])], {
    replace: isTurned,
    fallback: `Status: ${plural(all.length, 'digest')}`,
  })
}

/** Where there are pages, what somebody must look at stands on the first. */
async function troubledFirst({ ports, nowMs }: Ask, all: readonly KnownDigest[]): Promise<KnownDigest[]> {
  if (all.length <= PAGE) return [...all]
  const places = [...new Set(all.map(({ stored }) => stored.destination.id))]
  const troubled = new Set<string>()
  for (const id of places) {
    const [found] = await ports.digests.troubledDeliveries(id, nowMs - TROUBLE_BACK_MS, 1)
    if (found !== undefined) troubled.add(id)
  }
  const isTroubled = ({ stored }: KnownDigest) => troubled.has(stored.destination.id)
  return [...all.filter(isTroubled), ...all.filter((one) => !isTroubled(one))]
}

async function digestBlock({ ports, nowMs }: Ask, { stored, settings }: KnownDigest): Promise<ReplyBlock> {
  const { destination, paused, windowEndMs } = stored
  const [last] = await ports.digests.digests(destination.id, 1)
  const troubled = await ports.digests.troubledDeliveries(
    destination.id,
    nowMs - TROUBLE_BACK_MS,
    SHOWN_DELIVERIES,
  )
  const { timeZone, cron } = settings
  const due = stored.nextRunAtMs ?? nextRun(schedulesOf(settings), nowMs)
  const next = paused ? 'paused' : due === null ? 'no next one' : `next ${timeWords(due, timeZone)}`
  const lastWords = last === undefined ? 'none sent yet' : `last ${timeWords(last.toMs, timeZone)}`
  return {
    heading: [{ text: digestLabel(stored) }],
    lines: [
      [{ text: `${scheduleWords(cron)} · ${next} · ${lastWords}` }],
      [{ text: `Its next window begins ${timeWords(windowEndMs, timeZone)}`, quiet: true }],
      ...troubled.map((delivery) => deliveryLine(delivery, nowMs)),
    ],
    buttons: troubled.flatMap(resendButton),
  }
}

function deliveryLine({ state, part, problem, changedAtMs }: Delivery, nowMs: number): Line {
  const what =
    state === 'unknown' ? `Nobody knows whether part ${part + 1} arrived` : `Part ${part + 1} was not sent`
  return [{ text: `${what}, ${agoWords(changedAtMs, nowMs)}: ${printable(problem ?? 'no reason is known')}` }]
}

/** Only a part of which nobody knows is sent again: what was given up comes with the next digest or not at all. */
function resendButton({ state, digestId, part }: Delivery): ReplyButton[] {
  if (state !== 'unknown') return []
  return button(
    `It is not there: send part ${part + 1} again`,
    actionText('resend', digestId, part),
    'danger',
  )
}

async function feedsBlock({ ports, view, nowMs }: Ask): Promise<ReplyBlock> {
  const feeds = await ports.feeds.feeds(view)
  const failing = feeds.flatMap((feed) => {
    const trouble = feedTrouble(feed, nowMs)
    // What is wrong with an operator's feed may tell its address.
    return trouble === null
      ? []
      : [
          {
            name: feedName(feed.name, feed.url),
            trouble: feed.tenant === null ? 'fails; the operator knows' : trouble,
          },
        ]
  })
  const more = failing.length - SHOWN_FEEDS
  return {
    heading: [{ text: `${plural(feeds.length, 'feed')}, ${failing.length} failing` }],
    lines: [
      ...failing
        .slice(0, SHOWN_FEEDS)
        .map(({ name, trouble }): Line => [{ text: name, strong: true }, { text: ` ${trouble}` }]),
      ...(more > 0 ? [[{ text: `and ${more} more: /newsroom feeds list`, quiet: true }]] : []),
    ],
  }
}

async function eventBlocks(ask: Ask): Promise<ReplyBlock[]> {
  const { ports, view, nowMs } = ask
  if (view.tenant === null) return []
  const trail = await ports.subscriptions.auditTrail(view.tenant, AUDIT_ENTRIES)
  const recent = trail.filter(({ atMs }) => atMs >= nowMs - TROUBLE_BACK_MS)
  const closed = await closedChannels(ask, view.tenant, recent)
  const reported = recent.filter(({ action }) => action === REPORTED).slice(0, SHOWN_EVENTS)
  const blocks: ReplyBlock[] = []
  if (closed.length > 0) {
    const lines = closed.map(({ details, atMs }): Line => [
      {
        text: `${textOf(details['name'])}, ${agoWords(atMs, nowMs)}: ${textOf(details['why'])}. Its digests rest until it can be sent to again.`,
      },
    ])
    const buttons = closed.flatMap(({ details }) =>
      button(`Try ${textOf(details['name'])} again`, actionText('reopen', textOf(details['channel']))),
    )
    blocks.push({ heading: [{ text: 'Channels that cannot be sent to' }], lines, buttons })
  }
  if (reported.length > 0) {
    const lines = reported.map(({ details, atMs }): Line => [
      { text: textOf(details['headline']) },
      { text: ` ${agoWords(atMs, nowMs)}`, quiet: true },
    ])
    const choices = reported.flatMap(({ details }) =>
      choice(textOf(details['headline']), textOf(details['storyId'])),
    )
    const menu =
      choices.length === 0 ? {} : { menu: { label: 'Take articles out', action: 'fix-menu', choices } }
    blocks.push({ heading: [{ text: 'Members say these are not one story' }], lines, ...menu })
  }
  return blocks
}

/** The last word on each channel that is closed still. */
async function closedChannels(
  { ports, asker }: Ask,
  tenant: string,
  recent: readonly AuditEntry[],
): Promise<AuditEntry[]> {
  const open = await ports.subscriptions.destinations(tenant)
  const seen = new Set(
    open.filter(({ platform }) => platform === asker.platform).map(({ address }) => address),
  )
  return recent
    .filter(({ action, details }) => {
      const channel = textOf(details['channel'])
      if (action !== CHANNEL_CLOSED || seen.has(channel)) return false
      seen.add(channel)
      return true
    })
    .slice(0, SHOWN_EVENTS)
}

/** Goes into a closed channel where the platform allows that, and lets its digests go on. */
async function reopen(ask: Ask, channel: string): Promise<CommandReply> {
  const { ports, asker, view } = ask
  const destination =
    view.tenant === null
      ? null
      : await ports.subscriptions.destination(destinationId(asker.platform, view.tenant, channel))
  if (view.tenant === null || destination?.tenant !== view.tenant) {
    return say('There is no such channel any more. Nothing was changed.')
  }
  const { platform } = asker
  const problem =
    (await ports.channelProblem?.(platform, view.tenant, channel)) ??
    (await ports.enterChannel?.(platform, view.tenant, channel)) ??
    null
  if (problem !== null) return say(`${destination.name} still cannot be sent to: ${problem}.`)
  await openChannel(ports, platform, view.tenant, channel)
  await audit(ask, 'channel tried again', { channel, name: destination.name })
  return say(`I can send to ${destination.name} again: its digests go on.`)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? printable(value) : ''
}

function maySend(destination: Destination, { asker, view }: Ask): boolean {
  if (view.tenant === null) return false
  return destination.tenant === null ? isHere(destination, asker) : destination.tenant === view.tenant
}

async function resend(ask: Ask, digestId: string, partText: string): Promise<CommandReply> {
  const { ports, signal } = ask
  const part = Number(partText)
  const digest = await ports.digests.digest(digestId)
  const destination = digest === null ? null : await ports.subscriptions.destination(digest.destinationId)
  // A digest of another tenant is answered as one that does not exist.
  if (destination === null || !maySend(destination, ask)) {
    return say('There is no such digest any more. Nothing was sent.')
  }
  const deliveries = await ports.digests.deliveries(digestId)
  const delivery = deliveries.find((one) => one.part === part)
  if (delivery?.state !== 'unknown') return say('It is known by now how that part ended. Nothing was sent.')
  const report = await ports.sender.resend({ digestId, part }, signal)
  await audit(ask, 'part sent again', { digestId, part, outcome: report.kind })
  return say(report.words)
}
