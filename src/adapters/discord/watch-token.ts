import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import { TOKEN_REFUSED } from './discord-gateway.ts'
import { pause, type DiscordRest } from './discord-rest.ts'

/** How often it is looked whether an answer was 401, ms. Range 100-10,000. */
const LOOK_MS = 500

/** Wait before the token is tried again, ms: a single 401 can come of a front of Discord. Range 1,000-60,000. */
const SECOND_TRY_MS = 2_000

/**
 * Rejects with the reason once Discord has refused the token of a request, and refuses it again some seconds later. Where it takes it the
 * second time, requests go on at once. Resolves with the signal.
 */
export async function watchToken(rest: DiscordRest, log: OutcomeLog, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(LOOK_MS, signal)
    if (!rest.isLockedOut) continue
    await pause(SECOND_TRY_MS, signal)
    const isGood = await rest.isTokenGood(signal)
    if (isGood === false) throw new Error(`Cannot serve Discord: ${TOKEN_REFUSED}`)
    if (isGood === true) log({ level: 'warn', what: 'token-refused-once', facts: { platform: 'discord' } })
  }
}
