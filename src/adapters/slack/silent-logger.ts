import { LogLevel, type Logger } from '@slack/bolt'

/** The SDK's own log: it writes bodies and tokens to stdout. What matters is told by our own log. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
}
