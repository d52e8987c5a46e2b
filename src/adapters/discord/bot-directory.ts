/** What is known of other bots that share the store. */
export interface BotDirectory {
  /** Whether another bot serves the server; `null`: whether there is any other bot, where the server is not known. */
  isOfOther(tenant: string | null): Promise<boolean>
}

/** The id of the bot, which stands at the beginning of its token; `null` where the token is none. */
export function botIdOf(token: string): string | null {
  const id = Buffer.from(token.split('.', 1).join(''), 'base64').toString('latin1')
  return /^\d{15,20}$/.test(id) ? id : null
}
