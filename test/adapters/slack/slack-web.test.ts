import { describe, expect, it } from 'vitest'
import { SlackWeb } from '../../../src/adapters/slack/slack-web.ts'

const CALL = { tenant: 'T1', method: 'chat.postMessage', args: {} }

function webWith(tokenOf: (tenant: string | null) => Promise<string | null>): SlackWeb {
  return new SlackWeb({ apiUrl: 'http://127.0.0.1:9/api/', tokens: { tokenOf }, nowMs: () => 0 })
}

describe('SlackWeb', () => {
  it('says that a workspace without a token has none', async () => {
    expect(await webWith(() => Promise.resolve(null)).call(CALL)).toEqual({ kind: 'no-token' })
  })

  it('does not take a workspace for one without a token while the database is away', async () => {
    const web = webWith(() => Promise.reject(new Error('database is away')))
    expect(await web.call(CALL)).toEqual({ kind: 'unreached', problem: 'database is away' })
  })
})
