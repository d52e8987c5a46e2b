import { consolePublisher } from './adapters/console/console-publisher.ts'
import { digestToMarkdown } from './adapters/console/digest-markdown.ts'
import { filePublisher } from './adapters/files/file-publisher.ts'
import { webhookPublisher } from './adapters/webhook/webhook-publisher.ts'
import type { Publisher } from './app/ports/publisher.ts'
import type { Environment } from './config/load-settings.ts'
import type { Street } from './street.ts'

/** The publishers that need no chat platform. */
export function openPublishers({ terminal, nowMs }: Street, env: Environment, version: string): Publisher[] {
  return [
    consolePublisher((text) => {
      terminal.out(text)
    }, terminal),
    filePublisher({ write: digestToMarkdown, ending: '.md' }),
    webhookPublisher({
      secret: env['TIDINGS_WEBHOOK_SECRET'] || null,
      userAgent: `tidings/${version}`,
      nowMs,
    }),
  ]
}
