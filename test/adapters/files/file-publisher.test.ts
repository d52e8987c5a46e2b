import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { digestToMarkdown } from '../../../src/adapters/console/digest-markdown.ts'
import { filePublisher } from '../../../src/adapters/files/file-publisher.ts'
import { publisherContract, type PublisherBench } from '../../contracts/publisher-contract.ts'
import { scratchFolder } from '../../support/scratch-folder.ts'

function openBench(): Promise<PublisherBench & { folder: string }> {
  const folder = join(scratchFolder(), 'digests')
  return Promise.resolve({
    folder,
    publisher: filePublisher({ write: digestToMarkdown, ending: '.md' }),
    destination: { id: 'f', platform: 'file', address: folder, tenant: null, name: '' },
    received: () =>
      Promise.resolve(readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))),
    behave: () => false,
    close: () => Promise.resolve(),
  })
}

publisherContract('filePublisher()', openBench)

describe('filePublisher()', () => {
  it('knows for sure whether a part was written', async () => {
    const { publisher, destination, folder } = await openBench()
    const message = { body: { text: 'x' }, storyIds: [], inThread: false }
    const part = { destination, digestId: 'd', part: 0, message, nonce: 'n', parentId: null }
    const signal = AbortSignal.timeout(5_000)
    expect(await publisher.resolve(part, signal)).toEqual({ kind: 'not-sent' })
    await publisher.send(part, signal)
    expect(await publisher.resolve(part, signal)).toEqual({ kind: 'sent', messageId: join(folder, 'n.md') })
  })

  it('says why it cannot write', async () => {
    const { publisher, destination, folder } = await openBench()
    writeFileSync(folder, 'a file where the folder should be')
    const message = { body: { text: 'x' }, storyIds: [], inThread: false }
    const part = { destination, digestId: 'd', part: 0, message, nonce: 'n', parentId: null }
    expect(await publisher.send(part, AbortSignal.timeout(5_000))).toMatchObject({
      kind: 'not-sent',
      problem: expect.stringContaining('Cannot write') as string,
    })
  })
})
