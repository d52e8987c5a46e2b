import { nextRun } from '../../core/schedule/next-run.ts'
import { parseDigestSettings, schedulesOf } from '../digest-settings.ts'
import type { DigestStore } from '../ports/digest-store.ts'
import type { ActionReport, OperatorAction } from '../ports/operator-desk.ts'
import type { OperatorStore } from '../ports/operator-store.ts'
import type { FreshLink, PageLinkStore } from '../ports/page-link-store.ts'
import type { SubscriptionStore } from '../ports/subscription-store.ts'

/** What acting needs from the street. */
export interface ActPorts {
  readonly digests: Pick<DigestStore, 'replanDelivery'>
  readonly operator: Pick<OperatorStore, 'settleDelivery' | 'corrections'>
  readonly subscriptions: Pick<
    SubscriptionStore,
    'subscription' | 'saveSubscription' | 'undoCorrection' | 'audit'
  >
  readonly links: Pick<PageLinkStore, 'renewLink'>
  /** A fresh key for an archive: random, at least 128 bits. */
  readonly newToken: () => string
  readonly nowMs: () => number
}

/** Who stands in the audit for the operator's page. */
const ACTOR = "operator's page"

/** Corrections that are looked through. */
const MAX_CORRECTIONS = 1_000

/** Carries out one thing that the operator pressed, and notes it in the audit. */
export async function actForOperator(ports: ActPorts, action: OperatorAction): Promise<ActionReport> {
  const report = await carryOut(ports, action)
  if (report.done) {
    const { kind, ...details } = action
    await ports.subscriptions.audit({
      tenant: null,
      atMs: ports.nowMs(),
      actor: ACTOR,
      action: kind,
      details,
    })
  }
  return report
}

async function carryOut(ports: ActPorts, action: OperatorAction): Promise<ActionReport> {
  switch (action.kind) {
    case 'mark-sent':
      return (await ports.operator.settleDelivery(action, ports.nowMs()))
        ? done(`Part ${action.part + 1} is noted as sent.`)
        : refused('It is known by now how that part ended.')
    case 'send-again':
      return (await ports.digests.replanDelivery(action, ports.nowMs()))
        ? done(`Part ${action.part + 1} is planned again and goes out with the next round.`)
        : refused('That part is on its way or has arrived: it is not sent again.')
    case 'pause':
    case 'resume':
      return setPaused(ports, action.subscriptionId, action.kind === 'pause')
    case 'renew-link':
      await ports.links.renewLink(action.destinationId, freshLink(ports))
      return done('The archive has a new address; the old one leads nowhere.')
    case 'undo-correction':
      return undo(ports, action.correctionId)
  }
}

async function setPaused(ports: ActPorts, id: string, paused: boolean): Promise<ActionReport> {
  const stored = await ports.subscriptions.subscription(id)
  if (stored === null) return refused('There is no such digest any more.')
  if (stored.paused === paused) return refused(`That digest is ${paused ? 'paused' : 'running'} already.`)
  const { name, destination } = stored
  // As in chat: what was set by hand wins over the settings file.
  const settings = { ...parseDigestSettings(stored.settings), setBy: 'chat' as const }
  const atMs = ports.nowMs()
  const nextRunAtMs = paused ? null : nextRun(schedulesOf(settings), atMs)
  await ports.subscriptions.saveSubscription({
    id,
    destinationId: destination.id,
    name,
    settings,
    paused,
    nextRunAtMs,
    atMs,
  })
  return done(paused ? 'The digest is paused; nothing between is lost.' : 'The digest goes on.')
}

async function undo(ports: ActPorts, id: string): Promise<ActionReport> {
  const all = await ports.operator.corrections(MAX_CORRECTIONS)
  const correction = all.find((one) => one.id === id)
  const undone =
    correction !== undefined &&
    (await ports.subscriptions.undoCorrection(id, correction.tenant, { by: ACTOR, atMs: ports.nowMs() }))
  return undone ? done('The correction is taken back.') : refused('It was taken back already.')
}

/** A key that was just made. */
export function freshLink({ newToken, nowMs }: Pick<ActPorts, 'newToken' | 'nowMs'>): FreshLink {
  return { token: newToken(), atMs: nowMs() }
}

function done(words: string): ActionReport {
  return { done: true, words }
}

function refused(words: string): ActionReport {
  return { done: false, words: `${words} Nothing was changed.` }
}
