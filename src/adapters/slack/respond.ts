import type { SlackMessage } from './render-reply.ts'

/** How an answer is shown. */
export interface ResponseKind {
  readonly visibility: 'private' | 'channel'
  /** Takes the place of the message whose button was pressed. */
  readonly replace: boolean
}

/** Longest wait, ms. */
const MAX_ANSWER_MS = 10_000

/**
 * Posts an answer to the `response_url` that came with a request: five of them within 30 minutes. `null` where it went through, else the
 * problem. It is tried once: a second try may be a second copy.
 */
export async function respond(
  responseUrl: string,
  { text, blocks }: SlackMessage,
  { visibility, replace }: ResponseKind,
  apiUrl: string | null,
): Promise<string | null> {
  if (!isSlackUrl(responseUrl, apiUrl)) return 'the address to answer to is not one of Slack'
  const body = {
    response_type: visibility === 'channel' ? 'in_channel' : 'ephemeral',
    replace_original: replace,
    ...{ text, blocks, unfurl_links: false, unfurl_media: false },
  }
  try {
    const answer = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(MAX_ANSWER_MS),
    })
    await answer.body?.cancel()
    return answer.ok ? null : `status is ${answer.status}`
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown error'
  }
}

/** Slack's own hosts, or the host that the operator put in their place. */
function isSlackUrl(address: string, apiUrl: string | null): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (apiUrl !== null && url.origin === new URL(apiUrl).origin) return true
  return url.protocol === 'https:' && /(^|[.])slack(-gov)?[.]com$/.test(url.hostname)
}
