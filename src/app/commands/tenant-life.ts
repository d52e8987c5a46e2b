import type { CommandDesk, CommandReply, TenantArrival } from '../ports/chat.ts'
import type { CommandPorts } from './command-family.ts'
import { SETUP_ACTION } from './newsroom-setup.ts'
import { button, reply } from './reply-words.ts'
import { destinationId } from './save-digest.ts'
import { fileDestinationId } from '../sync-settings.ts'
import { botOf, withBot } from '../tenant-bots.ts'

/** Action of the audit under which a channel stands that cannot be sent to. */
export const CHANNEL_CLOSED = 'channel closed'

/** The part of the desk that hears of tenants and channels that come and go. */
export type TenantLife = Pick<
  CommandDesk,
  'tenantAdded' | 'tenantRemoved' | 'channelClosed' | 'channelOpened' | 'channelRenamed'
>

/** Entries of the audit in which the manager of a channel is looked for. */
const AUDIT_ENTRIES = 100

/** Parts given up with a channel that are sent when it is back: those of the last day, ms; older ones are no news. */
const REPLAN_BACK_MS = 86_400_000
const MAX_REPLANNED = 100

/** Answers to what platforms say of tenants and channels; a failure is told to `failed` and stops no platform. */
export function createTenantLife(
  ports: CommandPorts,
  failed: (error: unknown, what: string) => void,
): TenantLife {
  return {
    tenantAdded: (arrival) => safely(failed, 'tenant added', null, () => welcome(ports, arrival)),
    tenantRemoved: (_platform, tenant) =>
      safely(failed, 'tenant removed', undefined, () =>
        ports.subscriptions.removeTenant(tenant, ports.nowMs()),
      ),
    channelClosed: (platform, tenant, channel, why) =>
      safely(failed, 'channel closed', undefined, () => closeChannel(ports, platform, tenant, channel, why)),
    channelOpened: (platform, tenant, channel) =>
      safely(failed, 'channel opened', undefined, () => openChannel(ports, platform, tenant, channel)),
    channelRenamed: (platform, tenant, channel, name) =>
      safely(failed, 'channel renamed', undefined, () =>
        renameChannel(ports, platform, tenant, channel, name),
      ),
  }
}

async function safely<T>(
  failed: (error: unknown, what: string) => void,
  what: string,
  otherwise: T,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    failed(error, what)
    return otherwise
  }
}

/** A welcome for a tenant that is new, or comes again; a platform that tells of all its tenants at each start gets `null`. */
async function welcome(ports: CommandPorts, arrival: TenantArrival): Promise<CommandReply | null> {
  const { tenant: id, platform, name, bot } = arrival
  const known = await ports.subscriptions.tenant(id)
  const isSame = bot === undefined || (known !== null && botOf(known) === bot)
  if (known !== null && known.removedAtMs === null && known.name === name && isSame) return null
  const saved = await ports.subscriptions.saveTenant({ id, platform, name, atMs: ports.nowMs() })
  if (bot !== undefined && !isSame) await ports.subscriptions.saveTenantSettings(id, withBot(saved, bot))
  if (known !== null && known.removedAtMs === null) return null
  return reply(
    [
      {
        heading: [{ text: 'Hello. I make news digests.' }],
        lines: [
          [
            {
              text: 'I read the feeds that you choose, fold the copies, and tell each story in sentences of its sources, each with its link.',
            },
          ],
          [
            {
              text: 'A manager sets the first digest up with /newsroom setup. Everybody can use /news help.',
            },
          ],
        ],
        buttons: button('Set up', SETUP_ACTION, 'primary'),
      },
    ],
    { visibility: 'channel' },
  )
}

async function closeChannel(
  ports: CommandPorts,
  platform: string,
  tenant: string,
  channel: string,
  why: string,
): Promise<void> {
  const nowMs = ports.nowMs()
  const open = await ports.subscriptions.destinations(tenant)
  const destination = open.find((one) => one.platform === platform && one.address === channel)
  if (destination === undefined) return
  await ports.subscriptions.closeDestination(destination.id, nowMs)
  const name = destination.name || channel
  // Publishers name the channel by its address, which says nothing to people.
  const reason = why.replace(/^Cannot [^:]{1,200}": /, '')
  const details = { channel, name, why: reason }
  await ports.subscriptions.audit({ tenant, atMs: nowMs, actor: 'tidings', action: CHANNEL_CLOSED, details })
  await tellManager(ports, platform, tenant, name, reason)
}

/** Tells the person who changed a digest last: nobody else is known to care for it. */
async function tellManager(
  { subscriptions, tell }: CommandPorts,
  platform: string,
  tenant: string,
  name: string,
  why: string,
): Promise<void> {
  const trail = await subscriptions.auditTrail(tenant, AUDIT_ENTRIES)
  const manager = trail.find(({ action }) => action === 'set up' || action.startsWith('digest '))?.actor
  if (manager === undefined || tell === undefined) return
  const words = [
    [{ text: `I cannot send the news to ${name} any more: ${why}.` }],
    [
      {
        text: 'Its digests rest. They go on by themselves, with all that came meanwhile, when I hear that I can send there again; a button in /newsroom status tries at once.',
      },
    ],
  ]
  await tell({ platform, tenant, person: manager, reply: reply([{ lines: words }]) })
}

async function renameChannel(
  { subscriptions, nowMs }: CommandPorts,
  platform: string,
  tenant: string,
  channel: string,
  name: string,
): Promise<void> {
  const open = await subscriptions.destinations(tenant)
  const destination = open.find((one) => one.platform === platform && one.address === channel)
  if (destination === undefined || name === '' || destination.name === name) return
  await subscriptions.saveDestination({ ...destination, name }, nowMs())
}

/** A channel that was closed and can be sent to again, of the tenant or of the settings file; others are none of our business. */
export async function openChannel(
  ports: CommandPorts,
  platform: string,
  tenant: string,
  channel: string,
): Promise<void> {
  await openDestination(ports, destinationId(platform, tenant, channel), tenant)
  await openDestination(ports, fileDestinationId(platform, channel), null)
}

async function openDestination(
  { subscriptions, digests, nowMs }: CommandPorts,
  id: string,
  tenant: string | null,
): Promise<void> {
  const destination = await subscriptions.destination(id)
  if (destination === null || destination.tenant !== tenant) return
  const open = await subscriptions.destinations(tenant)
  if (open.some((one) => one.id === id)) return
  const atMs = nowMs()
  await subscriptions.saveDestination(destination, atMs)
  // What was given up with the channel was never sent, and its stories count as told: it comes now.
  for (const part of await digests.troubledDeliveries(id, atMs - REPLAN_BACK_MS, MAX_REPLANNED)) {
    if (part.state === 'failed') await digests.replanDelivery(part, atMs)
  }
  const details = { channel: destination.address, name: destination.name }
  await subscriptions.audit({ tenant, atMs, actor: 'tidings', action: 'channel opened', details })
}
