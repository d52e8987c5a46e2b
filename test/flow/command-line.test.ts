import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { runTidings } from '../support/run-tidings.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

let folder = ''
beforeEach(() => {
  folder = scratchFolder()
})

const COMMANDS = [
  'digest',
  'parse-feed',
  'extract',
  'group',
  'summarize',
  'ingest',
  'search',
  'story',
  'stories',
  'run',
  'check',
  'preview',
  'feeds',
  'db',
  'init',
]

const ROW = {
  id: 'a',
  title: 'Ferry runs aground off Marholm',
  text: 'A ferry with 212 passengers ran aground off Marholm on Monday morning, the coast guard said. Nobody was hurt.',
  source: 'Harbour Post',
  published: '2026-03-09T08:00:00Z',
}
const rows = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n')
const parsed = (out: string) =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('tidings', () => {
  it('shows the digest of the sample newsroom and what to do next', async () => {
    const run = await runTidings([])
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out).toMatch(/^tidings · .* UTC\n\d+ articles · \d+ publishers · \d+ copies\n/)
    expect(run.out).toContain('npm start -- digest')
  })

  it.each(COMMANDS)('shows an example in the help of %s', async (command) => {
    const run = await runTidings([command, '--help'])
    expect(run).toMatchObject({ code: 0, err: '' })
    expect(run.out).toContain(`Example:\n  $ tidings ${command}`)
  })

  it('tells an unknown command', async () => {
    const run = await runTidings(['digset'])
    expect(run.code).toBe(2)
    expect(run.err).toContain("unknown command 'digset'")
  })
})

describe('tidings run', () => {
  it.each(['4/4', '1', 'a/b', '0/0'])('refuses the shard %s', async (shard) => {
    const run = await runTidings(['run', '--shard', shard])
    expect(run).toMatchObject({ code: 2, out: '' })
    expect(run.err).toContain('not a part such as 0/4')
  })
})

describe('tidings digest', () => {
  it('tells what cannot be read and digests the rest', async () => {
    writeFileSync(join(folder, 'a.jsonl'), `${rows(ROW)}\nbroken\n`)
    mkdirSync(join(folder, 'empty'))
    writeFileSync(join(folder, 'feed.xml'), 'no feed')
    const missing = join(folder, 'missing.txt')
    const inputs = [missing, join(folder, 'a.jsonl'), join(folder, 'empty'), join(folder, 'feed.xml')]
    const run = await runTidings(['digest', ...inputs, '--format', 'json'])
    expect(run.code).toBe(1)
    expect(JSON.parse(run.out)).toMatchObject({ counts: { articles: 1, publishers: 1, copies: 0 } })
    expect(run.err.split('\n')).toEqual([
      `Cannot read "${missing}": no such file or folder`,
      expect.stringContaining('Cannot read row "a.jsonl:2": not JSON'),
      expect.stringContaining(`Cannot read folder "${join(folder, 'empty')}"`),
      expect.stringContaining('Cannot read feed "feed.xml"'),
      '',
    ])
  })

  it('quotes ranges of the texts it was given', async () => {
    writeFileSync(join(folder, 'a.jsonl'), rows(ROW))
    const run = await runTidings(['digest', join(folder, 'a.jsonl'), '--format', 'json'])
    const digest = JSON.parse(run.out) as {
      stories: { sentences: { text: string; start: number; end: number }[] }[]
    }
    const sentences = digest.stories.flatMap((story) => story.sentences)
    expect(sentences.length).toBeGreaterThan(0)
    for (const { text, start, end } of sentences) expect(ROW.text.slice(start, end)).toBe(text)
  })

  it('gives the same bytes for the same input', async () => {
    const args = ['digest', 'config/newsroom', '--format', 'json']
    const [first, second] = await Promise.all([runTidings(args), runTidings(args)])
    expect(first.out).toBe(second.out)
  })

  it.each(['discord', 'slack'])(
    'prints what would be posted on %s as one JSON document',
    async (platform) => {
      const run = await runTidings(['digest', 'config/newsroom', '--stories', '30', '--format', platform])
      expect(run).toMatchObject({ code: 0, err: '' })
      const messages = JSON.parse(run.out) as Record<string, unknown>[]
      expect(messages.length).toBeGreaterThan(0)
      const ours =
        platform === 'discord' ? { allowed_mentions: { parse: [] }, flags: 32_768 } : { unfurl_links: false }
      for (const message of messages) expect(message).toMatchObject(ours)
      expect(run.out).toContain(platform === 'discord' ? '"custom_id": "sources:' : '"action_id": "sources:')
    },
  )

  it.each([
    ['--since', 'yesterday', 'neither a span'],
    ['--topic', '(ferry', '")" is missing'],
    ['--stories', '0', 'not a whole number'],
    ['--format', 'pdf', 'Allowed choices'],
  ])('refuses %s %s', async (option, value, problem) => {
    const run = await runTidings(['digest', 'config/newsroom', option, value])
    expect(run).toMatchObject({ code: 2, out: '' })
    expect(run.err).toContain(problem)
  })

  it('refuses a private address', async () => {
    const run = await runTidings(['digest', 'http://127.0.0.1:9/feed'])
    expect(run).toMatchObject({ code: 1, out: '' })
    expect(run.err).toMatch(/^Cannot fetch "http:\/\/127\.0\.0\.1:9\/feed": /)
  })
})

describe('the batch commands', () => {
  it('group places every row and tells bad ones', async () => {
    const copy = { ...ROW, id: 'b', source: 'Coast Radio', published: '2026-03-09T09:00:00Z' }
    const stdin = `${rows(ROW)}\n{"id":\n${rows(copy, ROW, [1], { id: 7 })}\n`
    const run = await runTidings(['group'], { stdin })
    expect(run.code).toBe(1)
    expect(run.err.split('\n')).toEqual([
      expect.stringContaining('Cannot read line 2 of "-": not JSON'),
      'Cannot read line 4 of "-": id "a" was in line 1 already',
      'Cannot read line 5 of "-": row is not an object',
      '',
    ])
    const [first, second, empty] = parsed(run.out)
    expect(first).toMatchObject({ id: 'a', copy_of: null, copy_kind: null })
    expect(second).toMatchObject({ id: 'b', copy_of: 'a', copy_kind: 'exact', story: first?.['story'] })
    expect(empty?.['id']).toBe('7')
    expect(empty?.['story']).not.toBe(first?.['story'])
  })

  it('summarize keeps its contract', async () => {
    const docs = [{ title: ROW.title, text: ROW.text }]
    const run = await runTidings(['summarize', '--max-words', '20'], { stdin: rows({ id: 's', docs }) })
    expect(run.code).toBe(0)
    const [row] = parsed(run.out)
    expect(Object.keys(row ?? {})).toEqual(['id', 'headline', 'sentences'])
    for (const { text, doc, start, end } of row?.['sentences'] as {
      text: string
      doc: number
      start: number
      end: number
    }[]) {
      expect(docs[doc]?.text.slice(start, end)).toBe(text)
    }
  })

  it('summarize tells a time line, what is new, and nothing that was told', async () => {
    const texts = [
      'The harbour bridge in Ashford was closed on Monday after a crack was found in its main arch.',
      'Engineers in Ashford began to mend the cracked arch on Tuesday with steel plates from the north.',
    ]
    const docs = texts.map((text, i) => ({ title: `Day ${i}`, text, published: `2026-03-1${i}T08:00:00Z` }))
    const ask = async (args: readonly string[], more: object = {}) => {
      const run = await runTidings(['summarize', ...args], { stdin: rows({ id: 's', docs, ...more }) })
      expect(run.code).toBe(0)
      return (parsed(run.out)[0]?.['sentences'] as { text: string }[]).map(({ text }) => text)
    }
    expect(await ask(['--form', 'timeline'])).toEqual(texts)
    expect(await ask(['--form', 'line'])).toHaveLength(1)
    expect(await ask(['--since', '2026-03-11'])).toEqual([texts[1]])
    expect(await ask([], { told: [texts[0]] })).toEqual([texts[1]])
    expect(await ask(['--max-chars', '93', '--form', 'long'])).toEqual([texts[0]])
  })

  it('summarize refuses a time without a zone and what is told in another shape', async () => {
    const run = await runTidings(['summarize', '--since', 'yesterday'])
    expect(run.code).toBe(2)
    expect(run.err).toContain('no time such as 2026-03-10')
    const odd = await runTidings(['summarize'], { stdin: rows({ id: 's', docs: [], told: 'all' }) })
    expect(odd.code).toBe(1)
    expect(odd.err).toContain('field "told" is not a list of texts')
  })

  it('digest tells a pasted text', async () => {
    const run = await runTidings(['digest', '-'], {
      stdin:
        'Bridge closes\n\nThe old bridge in Ashford will close for nine months of repairs, the city said.\n',
    })
    expect(run.code).toBe(0)
    expect(run.out).toContain('Bridge closes')
    expect(run.out).toContain('The old bridge in Ashford will close')
  })

  it('summarize refuses two limits', async () => {
    const run = await runTidings(['summarize', '--max-words', '20', '--sentences', '2'])
    expect(run.code).toBe(2)
    expect(run.err).toContain('exclude each other')
  })

  it('parse-feed keeps its contract', async () => {
    const feed = readFileSync('config/newsroom/harbour-post.rss.xml')
    const run = await runTidings(['parse-feed'], {
      stdin: rows({ id: 'f', base64: feed.toString('base64') }),
    })
    expect(run).toMatchObject({ code: 0, err: '' })
    const [row] = parsed(run.out)
    expect(row).toMatchObject({
      id: 'f',
      feed: { title: expect.stringContaining('Harbour Post') as string },
      problems: [],
    })
  })

  it('extract reads pages and plain text', async () => {
    const html =
      '<html lang="en"><title>A | B</title><article><p>The ferry ran aground off Marholm on Monday morning.</p></article>'
    const text = 'The ferry ran aground.\nALSO READ: Ten ferries we like'
    const run = await runTidings(['extract'], { stdin: rows({ id: 'h', html }, { id: 't', text }) })
    expect(run).toMatchObject({ code: 0, err: '' })
    const [page, plain] = parsed(run.out)
    expect(page).toMatchObject({
      id: 'h',
      lang: 'en',
      text: 'The ferry ran aground off Marholm on Monday morning.',
    })
    expect(plain).toMatchObject({
      id: 't',
      text: 'The ferry ran aground.',
      removed: [{ text: 'ALSO READ: Ten ferries we like' }],
    })
  })

  it('tells a missing file', async () => {
    const run = await runTidings(['group', '--in', 'no-such.jsonl'])
    expect(run).toMatchObject({
      code: 1,
      out: '',
      err: 'Cannot read "no-such.jsonl": no such file or folder\n',
    })
  })
})
