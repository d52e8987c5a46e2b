import { describe, expect, it } from 'vitest'
import { parseSettings } from '../../src/config/load-settings.ts'
import { slackModeOf } from '../../src/config/slack-mode.ts'

function modeOf(env: Record<string, string>, yaml = '') {
  const loaded = parseSettings(yaml, 'x.yaml', {})
  if (loaded.kind === 'problems') throw new Error(loaded.problems.join())
  return slackModeOf(env, loaded.settings)
}

const WEB = 'web: { port: 9000, host: 127.0.0.1, public_url: "https://news.example" }'
const OAUTH = {
  SLACK_CLIENT_ID: 'id',
  SLACK_CLIENT_SECRET: 'secret',
  SLACK_SIGNING_SECRET: 'sign',
  SLACK_STATE_SECRET: 'state',
}

describe('slackModeOf()', () => {
  it('is none without tokens', () => {
    expect(modeOf({ SLACK_BOT_TOKEN: '' })).toEqual({ kind: 'none' })
  })

  it('prefers Socket Mode where there is an app token', () => {
    const env = { SLACK_BOT_TOKEN: 'xoxb', SLACK_APP_TOKEN: 'xapp', SLACK_SIGNING_SECRET: 'sign' }
    expect(modeOf(env)).toEqual({ kind: 'socket', botToken: 'xoxb', appToken: 'xapp' })
  })

  it('takes signed requests of one workspace', () => {
    expect(modeOf({ SLACK_BOT_TOKEN: 'xoxb', SLACK_SIGNING_SECRET: 'sign' }, WEB)).toEqual({
      kind: 'http',
      botToken: 'xoxb',
      signingSecret: 'sign',
      listen: { host: '127.0.0.1', port: 9_000 },
    })
  })

  it('takes many workspaces with a client id', () => {
    expect(modeOf(OAUTH, WEB)).toMatchObject({
      kind: 'oauth',
      clientId: 'id',
      publicUrl: 'https://news.example',
      botToken: null,
    })
  })

  it.each([
    [
      { SLACK_BOT_TOKEN: 'xoxb' },
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is missing beside SLACK_BOT_TOKEN',
    ],
    [{ SLACK_APP_TOKEN: 'xapp' }, 'SLACK_BOT_TOKEN is missing beside SLACK_APP_TOKEN'],
    [{ SLACK_SIGNING_SECRET: 'sign' }, 'SLACK_BOT_TOKEN is missing beside SLACK_SIGNING_SECRET'],
    [{ ...OAUTH, SLACK_STATE_SECRET: '' }, 'SLACK_STATE_SECRET is missing beside SLACK_CLIENT_ID'],
  ])('tells what is missing of %o', (env, problem) => {
    expect(modeOf(env)).toEqual({ kind: 'problem', problem: `Cannot connect Slack: ${problem}` })
  })

  it('takes its own address where none is set: good enough to try it on this machine', () => {
    expect(modeOf(OAUTH)).toMatchObject({ kind: 'oauth', publicUrl: 'http://127.0.0.1:8080' })
  })
})
