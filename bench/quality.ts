// Runs the quality benches one after the other and writes what they print into docs/quality.md.
//   node bench/quality.ts [NAME…]      NAME: stories copies summaries sentences readability feeds pages furniture digest
// Sections that are not named stay as they are, and so does what somebody wrote under the figures of a section. The sets lie in ../shared/data; without them a section says so.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

interface Section {
  readonly name: string
  readonly title: string
  readonly says: string
  readonly command: readonly string[]
}

const SECTIONS: readonly Section[] = [
  {
    name: 'stories',
    title: 'Stories',
    says: 'Pairwise and BCubed F1 in percent, one setting for all sets, each pair scored by trees that saw neither story.',
    command: ['bench/quality-story.ts'],
  },
  {
    name: 'digest',
    title: 'Digests',
    says: 'Labelled streams cut into windows of which each has ten stories of two articles or more: entries that tell a story twice, and how many of the\nlargest stories are told, at the head of an entry or under the heading of a related story.',
    command: ['bench/quality-digest.ts'],
  },
  {
    name: 'copies',
    title: 'Copies',
    says: 'Against pairs that word overlap labels, and against copies made for the purpose. In "one copy group" are articles that repeat one text, of\ntheir original or of a copy of it.',
    command: ['bench/quality-copies.ts'],
  },
  {
    name: 'summaries',
    title: 'Summaries',
    says: 'ROUGE recall on MultiLing 2011 at 250 words, shipped weights on the topics they learned from; held out: summary-model.md.',
    command: ['bench/quality-summary.ts'],
  },
  {
    name: 'readability',
    title: 'Readability of summaries',
    says: 'Faults counted by rules that are not those of the summary itself.',
    command: ['bench/quality-readability.ts'],
  },
  {
    name: 'sentences',
    title: 'Sentences',
    says: 'Hand-labelled texts of our own; a sentence counts when both its ends are right.',
    command: ['bench/quality-sentences.ts'],
  },
  {
    name: 'feeds',
    title: 'Feeds',
    says: 'Expected values of real-life test feeds.',
    command: ['bench/quality-feeds.ts'],
  },
  { name: 'pages', title: 'Pages', says: 'The articles of real pages.', command: ['bench/quality-pages.ts'] },
  {
    name: 'furniture',
    title: 'Furniture',
    says: 'Lines that survive extraction; dropping must raise the F1 of the body.',
    command: ['bench/quality-furniture.ts'],
  },
]

const FILE = 'docs/quality.md'
const HEAD = `# Quality

Figures as the commands printed them on the development sets; nothing of those sets is part of the project. \`node
bench/quality.ts\` runs all of them again.
`

const wanted = new Set(process.argv.slice(2))
const before = new Map(
  readOld()
    .split(/^(?=## )/m)
    .slice(1)
    .map((section) => [/^## (.*)$/m.exec(section)?.[1] ?? '', section.trimEnd()]),
)
const sections = SECTIONS.map((section) => {
  const old = before.get(section.title)
  if (wanted.size > 0 && !wanted.has(section.name)) return old
  return measure(section, notesOf(old)) ?? old
})
writeFileSync(
  FILE,
  `${[HEAD, ...sections.filter((section) => section !== undefined)].join('\n').trimEnd()}\n`,
)

/** What stands under the figures. */
function notesOf(section: string | undefined): string {
  return section?.split(/^```$/m).slice(1).join('```').trim() ?? ''
}

function measure({ title, says, command }: Section, notes: string): string | undefined {
  console.error(`node ${command.join(' ')}`)
  const { status, stdout } = spawnSync(process.execPath, ['--max-old-space-size=8000', ...command], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) {
    console.error(`Cannot measure "${title}": the command failed`)
    return undefined
  }
  return `## ${title}\n\n${says} \`node ${command.join(' ')}\`\n\n\`\`\`text\n${stdout.trimEnd()}\n\`\`\`\n${notes === '' ? '' : `\n${notes}\n`}`
}

function readOld(): string {
  try {
    return readFileSync(FILE, 'utf8')
  } catch {
    return ''
  }
}
