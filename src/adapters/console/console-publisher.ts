import type { Publisher } from '../../app/ports/publisher.ts'
import { digestToText, type TerminalOptions } from './digest-text.ts'

/** Prints digests where the service runs. A print cannot be taken back or looked up. */
export function consolePublisher(out: (text: string) => void, terminal: TerminalOptions): Publisher {
  return {
    platform: 'console',
    cut: ({ digest }) => [
      {
        body: { text: digestToText(digest, terminal) },
        storyIds: digest.entries.map(({ storyId }) => storyId),
        inThread: false,
      },
    ],
    send({ message: { body }, nonce }) {
      out(typeof body === 'object' && body !== null && 'text' in body ? String(body.text) : '')
      return Promise.resolve({ kind: 'sent', messageId: nonce })
    },
    resolve: () => Promise.resolve({ kind: 'unknown' }),
    edit: () =>
      Promise.resolve({ kind: 'refused', problem: 'Cannot change a digest on the console: it is printed' }),
  }
}
