import type { Environment } from './load-settings.ts'
import type { Settings } from './settings.ts'

/** How the environment connects Slack, or what is missing. */
export type SlackSetting =
  | { readonly kind: 'none' }
  | { readonly kind: 'problem'; readonly problem: string }
  | { readonly kind: 'socket'; readonly botToken: string; readonly appToken: string }
  | {
      readonly kind: 'http'
      readonly botToken: string
      readonly signingSecret: string
      readonly listen: Listen
    }
  | {
      readonly kind: 'oauth'
      readonly signingSecret: string
      readonly clientId: string
      readonly clientSecret: string
      readonly stateSecret: string
      readonly publicUrl: string
      readonly botToken: string | null
      readonly listen: Listen
    }

interface Listen {
  readonly host: string
  readonly port: number
}

/**
 * Socket Mode with an app token; else OAuth with a client id; else signed requests of one workspace. A half of a mode is a
 * problem that names what is missing.
 */
export function slackModeOf(env: Environment, settings: Settings): SlackSetting {
  const read = (name: string) => env[`SLACK_${name}`] || null
  const [botToken, appToken, signingSecret] = [read('BOT_TOKEN'), read('APP_TOKEN'), read('SIGNING_SECRET')]
  const [clientId, clientSecret, stateSecret] = [
    read('CLIENT_ID'),
    read('CLIENT_SECRET'),
    read('STATE_SECRET'),
  ]
  if (appToken !== null) {
    return botToken === null
      ? missing('SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN')
      : { kind: 'socket', botToken, appToken }
  }
  const listen = { host: settings.web.host, port: settings.web.port }
  if (clientId !== null) {
    if (signingSecret === null) return missing('SLACK_SIGNING_SECRET', 'SLACK_CLIENT_ID')
    if (clientSecret === null) return missing('SLACK_CLIENT_SECRET', 'SLACK_CLIENT_ID')
    if (stateSecret === null) return missing('SLACK_STATE_SECRET', 'SLACK_CLIENT_ID')
    // Good enough to try it where the browser is on this machine; `tidings check --online` asks for the real one.
    const publicUrl = settings.web.public_url ?? `http://${listen.host}:${listen.port}`
    return { kind: 'oauth', signingSecret, clientId, clientSecret, stateSecret, publicUrl, botToken, listen }
  }
  if (signingSecret !== null) {
    return botToken === null
      ? missing('SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET')
      : { kind: 'http', botToken, signingSecret, listen }
  }
  return botToken === null
    ? { kind: 'none' }
    : missing('SLACK_APP_TOKEN or SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN')
}

function missing(what: string, beside: string): SlackSetting {
  return { kind: 'problem', problem: `Cannot connect Slack: ${what} is missing beside ${beside}` }
}
