import type { ChatPlatform, CommandDesk } from '../../app/ports/chat.ts'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import type { Publisher } from '../../app/ports/publisher.ts'
import type { RequestMemory } from '../../app/ports/request-memory.ts'
import { answerInteraction } from './answer-interaction.ts'
import { botIdOf, type BotDirectory } from './bot-directory.ts'
import { ChannelPlaces } from './channel-places.ts'
import { checkAccess } from './check-access.ts'
import { registerCommands } from './command-shapes.ts'
import { runGateway, type Shard } from './discord-gateway.ts'
import { DiscordPublisher } from './discord-publisher.ts'
import { DiscordRest } from './discord-rest.ts'
import { GuildEvents } from './guild-events.ts'
import { listAt, numberAt, textAt } from './json-value.ts'
import { NoteSender } from './private-notes.ts'
import { readAttachment } from './read-attachment.ts'
import { readInteraction, type Interaction } from './read-interaction.ts'
import { SeenInteractions } from './seen-interactions.ts'
import { watchToken } from './watch-token.ts'

/** How to reach Discord, and as whom. */
export interface DiscordOptions {
  /** Token of the bot, from `DISCORD_TOKEN`. */
  readonly token: string
  /** Base of the API, such as `https://discord.com/api`, from `DISCORD_API_URL`; `null` for Discord's own. */
  readonly apiUrl: string | null
  /** Which shard this process serves; `null` for all of them. */
  readonly shard: Shard | null
  /** What all processes remember, so that one of them answers each interaction. */
  readonly requests: RequestMemory
  /** Tells of servers of other bots on the same store; without it there are none. */
  readonly bots?: BotDirectory
  readonly log: OutcomeLog
  readonly nowMs: () => number
}

/** Discord as a place to send digests to, and as one where people ask. */
export interface Discord {
  readonly publisher: Publisher
  readonly chat: ChatPlatform
}

const DISCORD_API = 'https://discord.com/api'

/** Longest that one private note, or a question about a channel, may take, ms. */
const MAX_ASIDE_MS = 30_000

/** Longest that looking at all channels of the settings may take, ms. */
const MAX_CHECK_MS = 300_000

const NO_OTHERS: BotDirectory = { isOfOther: () => Promise.resolve(false) }

/** Opens Discord. Nothing is asked of it before something is sent or `serve` is called. */
export function openDiscord(options: DiscordOptions): Discord {
  const { token, apiUrl, shard, requests, bots = NO_OTHERS, log, nowMs } = options
  const base = (apiUrl ?? DISCORD_API).replace(/\/+(?:v\d+\/*)?$/, '')
  const rest = new DiscordRest({ token, apiUrl: base, nowMs })
  const places = new ChannelPlaces()
  const publisher = new DiscordPublisher({ rest, places, bots, nowMs })
  const notes = new NoteSender(rest)
  const seen = new SeenInteractions(requests, nowMs)
  return {
    publisher,
    chat: {
      platform: 'discord',
      serve: (desk, signal) =>
        serve({ rest, places, notes, seen, log, apiUrl: base, token, shard }, desk, signal),
      tell: (note) => notes.tell(note, AbortSignal.timeout(MAX_ASIDE_MS)),
      channelProblem: (tenant, channel) =>
        publisher.problem(tenant, channel, AbortSignal.timeout(MAX_ASIDE_MS)),
      check: (channels) => checkAccess(rest, channels, AbortSignal.timeout(MAX_CHECK_MS)),
      channelName: (tenant, channel) => {
        const place = places.place(channel)
        return Promise.resolve(place?.guildId === tenant && place.name !== '' ? place.name : null)
      },
      openThread: (tenant, channel, title) => {
        const isHere = places.place(channel)?.guildId === tenant
        return isHere
          ? notes.openThread(channel, title, AbortSignal.timeout(MAX_ASIDE_MS))
          : Promise.resolve(null)
      },
    },
  }
}

interface ServeParts {
  readonly rest: DiscordRest
  readonly places: ChannelPlaces
  readonly notes: NoteSender
  readonly seen: SeenInteractions
  readonly log: OutcomeLog
  readonly apiUrl: string
  readonly token: string
  readonly shard: Shard | null
}

async function serve(parts: ServeParts, desk: CommandDesk, signal: AbortSignal): Promise<void> {
  const { rest, places, notes, seen, log, apiUrl } = parts
  const guilds = new GuildEvents({ places, desk, notes, log, bot: botIdOf(parts.token) }, signal)
  const answering = new Set<Promise<void>>()
  const ports = {
    ...{ rest, desk, log },
    readFile: (url: string, stop: AbortSignal) => readAttachment(url, apiUrl, stop),
  }
  const keep = (work: Promise<void>) => {
    answering.add(work)
    void work.finally(() => answering.delete(work))
  }
  const answerOnce = async (interaction: Interaction) => {
    if (await seen.isNew(interaction.id)) await answerInteraction(interaction, ports, signal)
  }
  const onInteraction = (data: unknown) => {
    const interaction = readInteraction(data, desk.shapes)
    if (interaction !== null) keep(answerOnce(interaction))
  }
  const onEvent = (event: string, data: unknown) => {
    if (event === 'READY') keep(onReady(parts, desk, data, signal))
    else if (event === 'INTERACTION_CREATE') onInteraction(data)
    else guilds.take(event, data)
  }
  const end = new AbortController()
  const whileGood = AbortSignal.any([signal, end.signal])
  const refused = watchToken(rest, log, whileGood).finally(() => {
    end.abort()
  })
  const ends = await Promise.allSettled([
    runGateway({ ...parts, onEvent }, whileGood).finally(() => {
      end.abort()
    }),
    refused,
  ])
  await Promise.allSettled([...answering, guilds.settled()])
  const failed = ends.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

/** The first shard looks after the commands. */
async function onReady(
  { places, rest, log }: ServeParts,
  desk: CommandDesk,
  ready: unknown,
  signal: AbortSignal,
): Promise<void> {
  const [shard, count] = [numberAt(ready, 'shard', 0) ?? 0, numberAt(ready, 'shard', 1) ?? 1]
  const guildIds = listAt(ready, 'guilds').map((guild) => textAt(guild, 'id'))
  places.ready(textAt(ready, 'user', 'id'), shard, count, guildIds)
  if (shard !== 0) return
  const registered = await registerCommands(rest, textAt(ready, 'application', 'id'), desk.shapes, signal)
  if (registered.kind === 'problem')
    log({ level: 'error', what: 'commands-unregistered', facts: { problem: registered.problem } })
  else log({ level: 'info', what: 'commands-registered', facts: { change: registered.kind } })
}
