import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { problemOfLine } from '../support/dry-program.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const textOf = (file: string) => readFileSync(`${ROOT}${file}`, 'utf8')
const pages = globSync(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/**/*.md'], { cwd: ROOT }).sort()

/** The words of a command line; a comment, a pipe or a redirection ends it. */
function wordsOf(line: string): string[] {
  const words = line.match(/'[^']*'|"[^"]*"|[^\s'"]+/g) ?? []
  const end = words.findIndex((word) => /^(?:#|\||>|2>|<|&&|;)/.test(word))
  return words.slice(0, end === -1 ? undefined : end).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'))
}

/** Every `tidings …` of the code blocks of a page, as arguments of the program. */
function linesOf(page: string): string[][] {
  let isFenced = false
  return textOf(page)
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('```')) isFenced = !isFenced
      const isCode = isFenced || line.startsWith('    ')
      const found =
        /^\s*(?:\$ )?(?:[A-Z_]+=\S+ )*(?:(?:npx )?tidings|npm start (?:--silent )?--) (\S.*)$/.exec(line)
      return isCode && found?.[1] !== undefined ? [wordsOf(found[1])] : []
    })
    .filter(([command]) => command !== undefined && /^(?:--)?[a-z][a-z-]*$/.test(command))
}

describe('the commands of the documents', () => {
  it.each(pages)('are taken by the program: %s', async (page) => {
    const problems: string[] = []
    for (const line of linesOf(page)) {
      const problem = await problemOfLine(line)
      if (problem !== '') problems.push(`tidings ${line.join(' ')}: ${problem}`)
    }
    expect(problems).toEqual([])
  })

  it('are found at all', () => {
    expect(pages.flatMap((page) => linesOf(page)).length).toBeGreaterThan(15)
  })

  it('would be refused where they are wrong', async () => {
    expect(await problemOfLine(['digest', '--storeys', '3'])).toContain('unknown option')
  })

  it('are those of compose.yaml, the image and the unit of systemd too', async () => {
    const compose = parse(textOf('compose.yaml'), { merge: true }) as {
      services: Record<string, { command?: string[] }>
    }
    const unit = [...textOf('config/tidings.service').matchAll(/^Exec\w+=\/usr\/bin\/env tidings (.+)$/gm)]
    const image = /^CMD (\[.*\])$/m.exec(textOf('Dockerfile'))?.[1] ?? '[]'
    const lines = [
      ...Object.values(compose.services).flatMap(({ command }) => (command === undefined ? [] : [command])),
      ...unit.map(([, words = '']) => wordsOf(words)),
      JSON.parse(image) as string[],
    ]
    expect(lines.length).toBe(9)
    for (const line of lines) expect(await problemOfLine(line)).toBe('')
  })
})

describe('the files of documents', () => {
  it.each(pages)('are there where a page links to them: %s', (page) => {
    const folder = page.includes('/') ? `${page.slice(0, page.lastIndexOf('/'))}/` : ''
    const targets = [...textOf(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      ([, to = '']) => to,
    )
    const missing = targets.filter((to) => globSync(`${folder}${to}`, { cwd: ROOT }).length === 0)
    expect(missing).toEqual([])
  })
})

describe('the dashboard and the alerts', () => {
  it('ask for metrics that docs/metrics.md has', () => {
    const known = new Set([...textOf('docs/metrics.md').matchAll(/`(tidings_\w+)`/g)].map(([, name]) => name))
    const asked = ['config/grafana-dashboard.json', 'config/alerts.yaml'].flatMap((file) =>
      [...textOf(file).matchAll(/\b(tidings_\w+?)(?:_bucket|_sum|_count)?\b(?=[\s{[(),])/g)].map(
        ([, name]) => name,
      ),
    )
    expect(asked.length).toBeGreaterThan(20)
    expect([...new Set(asked)].filter((name) => !known.has(name))).toEqual([])
  })
})
