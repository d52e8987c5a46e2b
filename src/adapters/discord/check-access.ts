import { ChannelPlaces, isForumType, isThreadType, PERMISSION, takesDigests } from './channel-places.ts'
import type { DiscordRest, RestAnswer } from './discord-rest.ts'
import { judgeAnswer } from './judge-answer.ts'
import { listAt, numberAt, textAt } from './json-value.ts'

type Asks = Pick<DiscordRest, 'request'>

/** What the bot needs in a channel, as Discord's settings name it, and what for. */
interface Right {
  readonly bit: bigint
  readonly name: string
}

const RIGHTS = {
  view: { bit: PERMISSION.viewChannel, name: 'View Channel' },
  send: { bit: PERMISSION.sendMessages, name: 'Send Messages' },
  post: { bit: PERMISSION.sendMessages, name: 'Create Posts' },
  history: { bit: PERMISSION.readHistory, name: 'Read Message History' },
  threads: { bit: PERMISSION.createThreads, name: 'Create Public Threads' },
  sendInThreads: { bit: PERMISSION.sendInThreads, name: 'Send Messages in Threads' },
} as const satisfies Record<string, Right>

/**
 * What is wrong with the token, and with the bot's rights in some channels: each missing right by its name. Asks Discord, sends nothing.
 *
 * @returns one line for each problem
 */
export async function checkAccess(
  rest: Asks,
  channels: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const me = await get(rest, '/users/@me', signal)
  if (me.kind === 'locked-out' || (me.kind === 'answered' && me.status === 401))
    return ['Cannot log in to Discord: it does not take the token: check DISCORD_TOKEN']
  const botId = bodyOf(me) === null ? '' : textAt(bodyOf(me), 'id')
  if (botId === '') return [`Cannot log in to Discord: ${problemOf(me)}`]
  const guilds = new Map<string, unknown>()
  const problems: string[] = []
  for (const channel of channels) {
    const problem = await checkChannel(rest, { botId, channel, guilds }, signal)
    if (problem !== null) problems.push(problem)
  }
  return problems
}

interface Look {
  readonly botId: string
  readonly channel: string
  /** Servers that were read already. */
  readonly guilds: Map<string, unknown>
}

async function checkChannel(
  rest: Asks,
  { botId, channel, guilds }: Look,
  signal: AbortSignal,
): Promise<string | null> {
  const what = `Cannot send to Discord channel "${channel}"`
  const found = await get(rest, `/channels/${channel}`, signal)
  if (bodyOf(found) === null) return said(found, what)
  const guildId = textAt(bodyOf(found), 'guild_id')
  if (guildId === '') return `${what}: it is a private message; choose a channel of a server`
  const guild = guilds.get(guildId) ?? (await readGuild(rest, guildId, botId, signal))
  if (typeof guild === 'string') return `${what}: ${guild}`
  guilds.set(guildId, guild)
  const isThread = isThreadType(numberAt(bodyOf(found), 'type') ?? -1)
  const parent = isThread ? await get(rest, `/channels/${textAt(bodyOf(found), 'parent_id')}`, signal) : found
  if (bodyOf(parent) === null) return said(parent, what)
  const places = new ChannelPlaces()
  places.ready(botId, 0, 1, [guildId])
  places.guildCreated({ ...(guild as object), channels: [bodyOf(parent), bodyOf(found)] })
  const place = places.place(channel)
  if (place === null || !takesDigests(place.type))
    return `${what}: it takes no digests: choose a text channel, a thread or a forum`
  const missing = rightsFor(place.type).filter(({ bit }) => (place.permissions & bit) === 0n)
  if (missing.length === 0) return null
  const names = missing.map(({ name }) => `"${name}"`).join(', ')
  return `${what} (#${place.name} in ${textAt(guild, 'name')}) as it should be: allow the bot ${names} there`
}

function rightsFor(type: number): readonly Right[] {
  const { view, send, post, history, threads, sendInThreads } = RIGHTS
  if (isThreadType(type)) return [view, sendInThreads, history]
  return isForumType(type)
    ? [view, post, sendInThreads, history]
    : [view, send, history, threads, sendInThreads]
}

/** A server with the bot as its only member, or what is wrong. */
async function readGuild(rest: Asks, guildId: string, botId: string, signal: AbortSignal): Promise<unknown> {
  const guild = await get(rest, `/guilds/${guildId}`, signal)
  if (bodyOf(guild) === null) return problemOf(guild)
  const member = await get(rest, `/guilds/${guildId}/members/${botId}`, signal)
  if (bodyOf(member) === null) return problemOf(member)
  const roles = listAt(bodyOf(member), 'roles')
  return { ...(bodyOf(guild) as object), members: [{ user: { id: botId }, roles }] }
}

function get(rest: Asks, path: string, signal: AbortSignal): Promise<RestAnswer> {
  return rest.request({ method: 'GET', path, bucket: `GET ${path}`, signal })
}

function bodyOf(answer: RestAnswer): unknown {
  return answer.kind === 'answered' && answer.status === 200 ? answer.body : null
}

function said(answer: RestAnswer, what: string): string {
  const outcome = judgeAnswer(answer, what, 0)
  return 'problem' in outcome ? outcome.problem : `${what}: the answer cannot be read`
}

function problemOf(answer: RestAnswer): string {
  return answer.kind === 'answered' ? `status is ${answer.status}` : answer.problem
}
