// Writes config/slack-manifest.yaml from the commands in code: `node bench/slack-manifest.ts [--public-url URL] [FILE]`.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { slackManifestYaml } from '../test/support/slack-manifest-yaml.ts'

const { values, positionals } = parseArgs({
  options: { 'public-url': { type: 'string' } },
  allowPositionals: true,
})
const file = positionals[0] ?? 'config/slack-manifest.yaml'
writeFileSync(file, slackManifestYaml(values['public-url'] ?? null))
console.log(`${file} is written`)
