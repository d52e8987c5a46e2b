import type { CommandDesk } from '../../app/ports/chat.ts'
import { listAt, textAt } from './json-value.ts'

/** What hearing of the life of a workspace needs. */
export interface LifeOptions {
  readonly desk: CommandDesk
  /** Deletes the token of a workspace. */
  readonly forget: (tenant: string) => Promise<void>
}

const CLOSED: Readonly<Record<string, string>> = {
  channel_archive: 'it was archived',
  group_archive: 'it was archived',
  channel_deleted: 'it was deleted',
  group_deleted: 'it was deleted',
  channel_left: 'the app was removed from it: invite it again with /invite',
  group_left: 'the app was removed from it: invite it again with /invite',
}

const RENAMED = new Set(['channel_rename', 'group_rename'])

const OPENED = new Set(['channel_unarchive', 'group_unarchive'])

/** Tells the desk what became of a workspace or a channel. `false` where the event says nothing of that. */
export async function lifeEvent(body: unknown, { desk, forget }: LifeOptions): Promise<boolean> {
  const tenant = textAt(body, 'team_id')
  const type = textAt(body, 'event', 'type')
  const channel = textAt(body, 'event', 'channel')
  const why = CLOSED[type]
  if (why !== undefined) await desk.channelClosed('slack', tenant, channel, why)
  else if (RENAMED.has(type)) {
    const [id, name] = [textAt(body, 'event', 'channel', 'id'), textAt(body, 'event', 'channel', 'name')]
    await desk.channelRenamed('slack', tenant, id, name)
  } else if (OPENED.has(type) || isOurArrival(body)) await desk.channelOpened('slack', tenant, channel)
  else if (isGoodbye(body)) {
    await forget(tenant)
    await desk.tenantRemoved('slack', tenant)
  } else return false
  return true
}

/** Events of members come for everybody; only the app's own arrival counts. */
function isOurArrival(body: unknown): boolean {
  const ours = textAt(body, 'authorizations', 0, 'user_id')
  return (
    textAt(body, 'event', 'type') === 'member_joined_channel' &&
    ours !== '' &&
    textAt(body, 'event', 'user') === ours
  )
}

/** People's tokens are none of ours; when the bot's is revoked, the app is gone. */
function isGoodbye(body: unknown): boolean {
  const type = textAt(body, 'event', 'type')
  if (type === 'tokens_revoked') return listAt(body, 'event', 'tokens', 'bot').length > 0
  return type === 'app_uninstalled'
}
