// Writes config/tidings.schema.json and docs/configuration.md from the settings in code: `node bench/settings-reference.ts`.
import { writeFileSync } from 'node:fs'
import { settingsReference, settingsSchemaText } from '../test/support/settings-reference.ts'

writeFileSync('config/tidings.schema.json', settingsSchemaText())
writeFileSync('docs/configuration.md', settingsReference())
console.log('config/tidings.schema.json and docs/configuration.md are written')
