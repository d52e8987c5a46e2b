import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { slackManifestYaml } from '../../support/slack-manifest-yaml.ts'

describe('slackManifest()', () => {
  it('is what config/slack-manifest.yaml says; else run: node bench/slack-manifest.ts', () => {
    const file = readFileSync(new URL('../../../config/slack-manifest.yaml', import.meta.url), 'utf8')
    expect(file).toBe(slackManifestYaml(null))
  })

  it('has addresses where Slack calls the service, and none in Socket Mode', () => {
    const web = parse(slackManifestYaml('https://news.example')) as {
      settings: { socket_mode_enabled: boolean; interactivity: { request_url: string } }
      features: { slash_commands: { command: string; url: string; usage_hint: string }[] }
      oauth_config: { redirect_urls: string[] }
    }
    expect(web.settings.socket_mode_enabled).toBe(false)
    expect(web.settings.interactivity.request_url).toBe('https://news.example/slack/events')
    expect(web.features.slash_commands.map(({ command, url }) => [command, url])).toEqual([
      ['/news', 'https://news.example/slack/events'],
      ['/newsroom', 'https://news.example/slack/events'],
    ])
    expect(web.oauth_config.redirect_urls).toEqual(['https://news.example/slack/oauth_redirect'])
    expect(slackManifestYaml(null)).not.toContain('https:')
  })
})
