import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PartToSend, Publisher, ResolveOutcome, SendOutcome } from '../../app/ports/publisher.ts'
import type { Digest } from '../../core/digest/digest.ts'
import { reasonOf } from './reason.ts'

/** How a digest is written into files. */
export interface FilePublisherOptions {
  /** The digest as the text of one file. */
  readonly write: (digest: Digest) => string
  /** Ending of the files, with its dot. */
  readonly ending: string
}

/**
 * Writes each digest as one file into the folder that the destination names. A file appears whole or not at all, under the
 * name of its nonce, so a try whose outcome was lost can be resolved for sure.
 */
export function filePublisher({ write, ending }: FilePublisherOptions): Publisher {
  const pathOf = ({ destination, nonce }: PartToSend) => join(destination.address, `${nonce}${ending}`)
  return {
    platform: 'file',
    cut: ({ digest }) => [
      {
        body: { text: write(digest) },
        storyIds: digest.entries.map(({ storyId }) => storyId),
        inThread: false,
      },
    ],
    send: (part) => writeWhole(pathOf(part), textOf(part)),
    edit: (part) => writeWhole(pathOf(part), textOf(part)),
    async resolve(part): Promise<ResolveOutcome> {
      try {
        await readFile(pathOf(part))
        return { kind: 'sent', messageId: pathOf(part) }
      } catch (error) {
        return error instanceof Error && 'code' in error && error.code === 'ENOENT'
          ? { kind: 'not-sent' }
          : { kind: 'unknown' }
      }
    },
  }
}

function textOf({ message: { body } }: PartToSend): string {
  return typeof body === 'object' && body !== null && 'text' in body ? String(body.text) : ''
}

async function writeWhole(path: string, text: string): Promise<SendOutcome> {
  try {
    await mkdir(dirname(path), { recursive: true })
    const draft = `${path}.part`
    const file = await open(draft, 'w')
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
    return { kind: 'sent', messageId: path }
  } catch (error) {
    return { kind: 'not-sent', problem: `Cannot write "${path}": ${reasonOf(error)}`, retryAtMs: null }
  }
}
