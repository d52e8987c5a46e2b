import { describe, expect, it } from 'vitest'
import { PostPace } from '../../../src/adapters/slack/post-pace.ts'
import { SlackPublisher } from '../../../src/adapters/slack/slack-publisher.ts'
import { oneToken } from '../../../src/adapters/slack/slack-tokens.ts'
import { SlackWeb } from '../../../src/adapters/slack/slack-web.ts'
import type { PartToSend } from '../../../src/app/ports/publisher.ts'
import { publisherContract, type Behaviour } from '../../contracts/publisher-contract.ts'
import { makeDigestOf, makeEntry } from '../../support/make-digest-entry.ts'
import { openFakeSlack, type SlackTrouble } from '../../support/fake-slack-server.ts'

const destination = { id: 'd1', platform: 'slack', address: 'C1', tenant: 'T1', name: 'general' }

async function openBench() {
  const slack = await openFakeSlack()
  const clock = { nowMs: Date.UTC(2026, 2, 10, 8) }
  const nowMs = () => clock.nowMs
  const web = new SlackWeb({ apiUrl: slack.api, tokens: oneToken('xoxb-1'), nowMs })
  const troubles: Record<string, SlackTrouble> = {
    busy: { status: 429, retryAfter: 30 },
    'loses-answer': 'lost',
    closed: { error: 'channel_not_found' },
  }
  return {
    ...{ slack, clock, destination },
    publisher: new SlackPublisher({ web, pace: new PostPace(), nowMs }),
    received: () => Promise.resolve(slack.posted.map((message) => JSON.stringify(message))),
    behave: (behaviour: Behaviour) => {
      const trouble = troubles[behaviour]
      if (trouble !== undefined) slack.troubles.set('chat.postMessage', [trouble])
      return true
    },
    close: () => slack.close(),
  }
}

publisherContract('Slack', openBench)

function partOf(publisher: SlackPublisher): PartToSend {
  const [message] = publisher.cut({
    ...{
      digestId: 'd1',
      name: 'morning',
      digest: makeDigestOf([makeEntry('s')]),
      timeZone: 'UTC',
      publicUrl: null,
    },
    subscription: { overflow: 'thread', mentionRole: null, lang: null },
  })
  return { destination, digestId: 'd1', part: 0, message: message!, nonce: 'n1', parentId: null }
}

const signal = () => AbortSignal.timeout(10_000)

describe('SlackPublisher', () => {
  it('posts without unfurls, with a fallback and with its nonce, after a look at the channel', async () => {
    const { publisher, slack, close } = await openBench()
    expect(await publisher.send(partOf(publisher), signal())).toEqual({
      kind: 'sent',
      messageId: '1700000000.000000',
    })
    expect(slack.calls.map(({ method }) => method)).toEqual(['conversations.info', 'chat.postMessage'])
    expect(slack.calls[1]!.args).toMatchObject({
      ...{ channel: 'C1', unfurl_links: 'false', unfurl_media: 'false' },
      text: 'morning: 1 story · Ferry runs aground (s)',
      metadata: { event_payload: { nonce: 'n1' } },
    })
    await close()
  })

  it('joins a public channel before the first message, once', async () => {
    const { publisher, slack, close } = await openBench()
    const part = { ...partOf(publisher), destination: { ...destination, address: 'C2' } }
    await publisher.send(part, signal())
    await publisher.send({ ...part, nonce: 'n2', parentId: '1.1' }, signal())
    expect(slack.calls.map(({ method }) => method)).toEqual([
      'conversations.info',
      'conversations.join',
      'chat.postMessage',
      'chat.postMessage',
    ])
    expect(slack.calls[3]!.args['thread_ts']).toBe('1.1')
    await close()
  })

  it.each([
    [{ error: 'invalid_auth' }, 'locked-out', 'T1'],
    [{ error: 'account_inactive' }, 'locked-out', 'removed from the workspace'],
    [{ error: 'missing_scope', needed: 'chat:write' }, 'locked-out', 'chat:write'],
    [{ error: 'not_in_channel' }, 'closed', '/invite'],
    [{ error: 'is_archived' }, 'closed', 'archived'],
    [{ error: 'restricted_action_thread_only_channel' }, 'closed', 'administrators'],
    [{ error: 'invalid_blocks' }, 'refused', 'invalid_blocks'],
    [{ error: 'msg_blocks_too_long' }, 'refused', 'msg_blocks_too_long'],
    [{ error: 'internal_error' }, 'unclear', 'internal_error'],
    [{ error: 'service_unavailable' }, 'not-sent', 'service_unavailable'],
    [{ status: 503 }, 'unclear', '503'],
    [{ status: 404 }, 'not-sent', '404'],
    ['lost', 'unclear', 'Cannot post'],
  ] as const)('takes %j for %s', async (trouble, kind, words) => {
    const { publisher, slack, close } = await openBench()
    slack.troubles.set('chat.postMessage', [trouble])
    const outcome = await publisher.send(partOf(publisher), signal())
    expect(outcome.kind).toBe(kind)
    expect(JSON.stringify(outcome)).toContain(words)
    await close()
  })

  it('rests a method where Slack asked for it, and in that workspace alone', async () => {
    const { publisher, slack, clock, close } = await openBench()
    slack.troubles.set('chat.postMessage', [{ status: 429, retryAfter: 40 }])
    await publisher.send(partOf(publisher), signal())
    expect(await publisher.send(partOf(publisher), signal())).toMatchObject({
      kind: 'not-sent',
      retryAtMs: clock.nowMs + 40_000,
    })
    const other = { ...partOf(publisher), destination: { ...destination, tenant: 'T2' } }
    expect((await publisher.send(other, signal())).kind).toBe('sent')
    clock.nowMs += 41_000
    expect((await publisher.send(partOf(publisher), signal())).kind).toBe('sent')
    await close()
  })

  it('finds a message whose answer was lost, and says that one is not there only when it had time to arrive', async () => {
    const { publisher, slack, clock, close } = await openBench()
    slack.troubles.set('chat.postMessage', ['lost', { error: 'internal_error' }])
    const lost = partOf(publisher)
    await publisher.send(lost, signal())
    expect(await publisher.resolve(lost, signal())).toEqual({ kind: 'sent', messageId: '1700000000.000000' })
    const failed = { ...lost, nonce: 'n2' }
    await publisher.send(failed, signal())
    expect(await publisher.resolve(failed, signal())).toEqual({ kind: 'unknown' })
    clock.nowMs += 60_000
    expect(await publisher.resolve(failed, signal())).toEqual({ kind: 'not-sent' })
    slack.troubles.set('conversations.history', [{ error: 'missing_scope', needed: 'channels:history' }])
    expect(await publisher.resolve(failed, signal())).toEqual({ kind: 'unknown' })
    await close()
  })

  it('says where nothing listens that nothing was sent', async () => {
    const { publisher, slack } = await openBench()
    await slack.close()
    expect(await publisher.send(partOf(publisher), signal())).toMatchObject({ kind: 'not-sent' })
  })
})
