import type { SendOutcome } from '../../app/ports/publisher.ts'
import type { SlackAnswer } from './slack-web.ts'

/** A call that was not carried out. */
export type FailedAnswer = Exclude<SlackAnswer, { kind: 'done' }>

/** Wait before Slack is asked again where it names no time, ms. */
const RETRY_MS = 60_000

/** Codes after which no call of this workspace can work until somebody acts. */
const LOCKED_OUT: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know the token',
  not_authed: 'there is no token',
  token_revoked: 'the token was revoked',
  token_expired: 'the token has expired',
  account_inactive: 'the app was removed from the workspace',
  not_allowed_token_type: 'the token is of the wrong kind: it must begin with xoxb-',
  org_login_required: 'the workspace is being moved into an organization',
  ekm_access_denied: 'the administrators have suspended access',
  team_access_not_granted: 'the app has no access to that workspace',
}

/** Codes after which nothing can be sent to a channel until somebody acts, with what to do. */
const CLOSED: Readonly<Record<string, string>> = {
  channel_not_found: 'the channel is deleted, or private and the app is not in it: invite it with /invite',
  not_in_channel: 'the app is not in the channel: invite it with /invite',
  is_archived: 'the channel is archived',
  is_inactive: 'the channel is frozen',
  cannot_reply_to_message: 'the channel takes no replies',
  access_denied: 'the app may not post there',
  no_permission: 'the app may not post there',
}

/** Codes that say that some of the work may have been done before they came. */
const UNCLEAR = new Set(['fatal_error', 'internal_error'])

/** Codes of a moment. */
const BUSY = new Set([
  'ratelimited',
  'rate_limited',
  'service_unavailable',
  'team_added_to_org',
  'request_timeout',
])

/** A digest of the settings file names a channel, and with OAuth no workspace. */
const NO_WORKSPACE = 'no workspace is known for it: set SLACK_BOT_TOKEN, or set the digest up in Slack'

/** What is said of a code that Slack answered. */
export function codeWords({
  code,
  needed,
  details,
}: {
  code: string
  needed: string
  details: string
}): string {
  if (code === 'missing_scope')
    return `the app lacks the scope "${needed || '?'}": install it again with that scope`
  const known = LOCKED_OUT[code] ?? CLOSED[code]
  if (known !== undefined) return `${known} (${code})`
  if (code.startsWith('restricted_action'))
    return `the administrators let only some people post there (${code})`
  return details === '' ? code : `${code}: ${details}`
}

/** How a try to send ended, by the answer to it. `what` begins the problem: `Cannot post to Slack channel "C1"`. */
export function failedOutcome(
  answer: FailedAnswer,
  context: { readonly what: string; readonly tenant: string | null; readonly nowMs: number },
): Exclude<SendOutcome, { kind: 'sent' }> {
  const { what, tenant, nowMs } = context
  switch (answer.kind) {
    case 'busy':
      return { kind: 'not-sent', problem: `${what}: Slack asks for patience`, retryAtMs: answer.retryAtMs }
    case 'unreached':
      return { kind: 'not-sent', problem: `${what}: ${answer.problem}`, retryAtMs: nowMs + RETRY_MS }
    case 'unclear':
      return { kind: 'unclear', problem: `${what}: ${answer.problem}` }
    case 'no-token':
      if (tenant === null) return { kind: 'closed', problem: `${what}: ${NO_WORKSPACE}`, gone: false }
      return { kind: 'locked-out', problem: `${what}: the app is not installed in the workspace`, tenant }
    case 'error':
      return outcomeOfCode(answer, `${what}: ${codeWords(answer)}`, { tenant, nowMs })
  }
}

function outcomeOfCode(
  { code }: { readonly code: string },
  problem: string,
  { tenant, nowMs }: { readonly tenant: string | null; readonly nowMs: number },
): Exclude<SendOutcome, { kind: 'sent' }> {
  if (code in LOCKED_OUT || code === 'missing_scope') return { kind: 'locked-out', problem, tenant }
  if (code in CLOSED || code.startsWith('restricted_action')) return { kind: 'closed', problem, gone: false }
  if (UNCLEAR.has(code)) return { kind: 'unclear', problem }
  if (BUSY.has(code)) return { kind: 'not-sent', problem, retryAtMs: nowMs + RETRY_MS }
  return { kind: 'refused', problem }
}
