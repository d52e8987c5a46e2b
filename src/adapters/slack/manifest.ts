import type { CommandShape } from '../../app/ports/chat.ts'
import { EVENTS_PATH, REDIRECT_PATH } from './http-receiver.ts'
import { BOT_EVENTS, BOT_SCOPES } from './scopes.ts'

/** Longest usage hint; Slack cuts it in its own list anyway. */
const MAX_USAGE_CHARS = 900

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  news: 'News: latest stories, search, summaries, follow a story',
  newsroom: 'For managers: feeds, digests, topics, corrections, status',
}

/**
 * The manifest from which Slack makes the app: commands as the desk has them, and the scopes and events that this adapter uses.
 *
 * @param publicUrl where Slack finds this service, without a slash at the end; `null` for Socket Mode
 */
export function slackManifest(shapes: readonly CommandShape[], publicUrl: string | null) {
  const eventsUrl = publicUrl === null ? null : `${publicUrl}${EVENTS_PATH}`
  const requests = eventsUrl === null ? {} : { request_url: eventsUrl }
  return {
    display_information: {
      name: 'tidings',
      description: 'News digests: copies folded, stories told in linked sentences of their sources',
      background_color: '#1d3557',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'tidings', always_online: true },
      slash_commands: [...new Set(shapes.map(({ path }) => path[0] ?? ''))].map((name) => ({
        command: `/${name}`,
        ...(eventsUrl === null ? {} : { url: eventsUrl }),
        description: DESCRIPTIONS[name] ?? name,
        usage_hint: usageOf(name, shapes),
        // Channels and people arrive with their ids.
        should_escape: true,
      })),
    },
    oauth_config: {
      ...(publicUrl === null ? {} : { redirect_urls: [`${publicUrl}${REDIRECT_PATH}`] }),
      scopes: { bot: Object.keys(BOT_SCOPES) },
    },
    settings: {
      event_subscriptions: { ...requests, bot_events: BOT_EVENTS },
      interactivity: { is_enabled: true, ...requests },
      org_deploy_enabled: false,
      socket_mode_enabled: publicUrl === null,
      token_rotation_enabled: false,
    },
  }
}

/** `latest | story <story> | search <words> …`. */
function usageOf(name: string, shapes: readonly CommandShape[]): string {
  const usages = shapes
    .filter(({ path }) => path[0] === name)
    .map(({ path, options }) =>
      [...path.slice(1), ...options.filter(({ required }) => required).map((one) => `<${one.name}>`)].join(
        ' ',
      ),
    )
  let usage = ''
  for (const one of usages) {
    const next = usage === '' ? one : `${usage} | ${one}`
    if (next.length > MAX_USAGE_CHARS) return usage
    usage = next
  }
  return usage
}
