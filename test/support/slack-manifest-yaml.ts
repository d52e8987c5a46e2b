import { stringify } from 'yaml'
import { slackManifest } from '../../src/adapters/slack/manifest.ts'
import { createCommandDesk } from '../../src/app/answer-command.ts'
import type { CommandPorts } from '../../src/app/commands/command-family.ts'

const HEAD = `# The app as Slack makes it from a manifest: api.slack.com/apps, "Create New App", "From a manifest".
# Written by: node bench/slack-manifest.ts. A test fails where it differs from the commands in code.
`

/** The text of config/slack-manifest.yaml; `publicUrl` is \`null\` for Socket Mode. */
export function slackManifestYaml(publicUrl: string | null): string {
  // Shapes need no ports: nothing is asked here.
  const { shapes } = createCommandDesk({} as CommandPorts)
  return HEAD + stringify(slackManifest(shapes, publicUrl), { lineWidth: 0, singleQuote: true })
}
