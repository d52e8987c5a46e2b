// Puts the digest of the sample newsroom into README.md, so that what it shows is what the program prints.
//   node bench/refresh-readme.ts
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const BEGIN = '<!-- sample:begin -->'
const END = '<!-- sample:end -->'
const args = ['src/main.ts', 'digest', 'config/newsroom', '--stories', '3', '--sentences', '2']
const sample = execFileSync(process.execPath, args, { encoding: 'utf8', env: { NO_COLOR: '1' } })
const readme = readFileSync('README.md', 'utf8')
const [before, after] = [readme.split(BEGIN)[0] ?? '', readme.split(END)[1] ?? '']
writeFileSync('README.md', `${before}${BEGIN}\n\n\`\`\`text\n${sample.trimEnd()}\n\`\`\`\n\n${END}${after}`)
