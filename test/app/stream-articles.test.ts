import { describe, expect, it } from 'vitest'
import type { InputFile, InputProblem, InputRows } from '../../src/app/ports/input-source.ts'
import type { ReadRow } from '../../src/app/ports/row-files.ts'
import { streamArticles, type StreamArticlesPorts } from '../../src/app/stream-articles.ts'

const NO_PAGES: StreamArticlesPorts['pages'] = {
  extract: () => Promise.reject(new Error('no page is read here')),
  close: () => Promise.resolve(),
}

function file(name: string, body: string): InputFile {
  return { kind: 'file', name, body: Buffer.from(body), contentType: null, url: null }
}

function portsOf(...inputs: (InputFile | InputRows | InputProblem)[]): StreamArticlesPorts {
  return {
    inputs: {
      async *open() {
        yield* inputs
      },
    },
    web: {
      fetchFeed: ({ url }) =>
        Promise.resolve({
          kind: 'failed',
          failure: 'connect',
          status: null,
          problem: `Cannot fetch feed "${url}": refused`,
          retryAtMs: null,
        }),
    },
    pages: NO_PAGES,
  }
}

async function read(...inputs: (InputFile | InputRows | InputProblem)[]): Promise<string[]> {
  const all = await Array.fromAsync(streamArticles(['somewhere'], portsOf(...inputs)))
  return all.map((one) => (one.kind === 'article' ? `${one.article.id} ${one.article.title}` : one.problem))
}

async function* rowsOf(...rows: ReadRow[]): AsyncGenerator<ReadRow> {
  yield* rows
}

describe('streamArticles()', () => {
  it('tells a bad row by its line and reads on', async () => {
    const rows = rowsOf(
      { kind: 'row', line: 2, value: { id: 'a', title: 'Ferry freed' } },
      { kind: 'bad-line', line: 3, problem: 'not JSON' },
      { kind: 'row', line: 4, value: { id: 'b', title: 5 } },
      { kind: 'row', line: 5, value: { title: 'Snow' } },
      { kind: 'row', line: 6, value: { id: 'c', title: ' ', text: '' } },
      { kind: 'unreadable', problem: 'Cannot read "x.jsonl" after line 5: the gzip data ends too early' },
    )
    expect(await read({ kind: 'rows', name: 'x.jsonl', rows }, file('note.txt', 'A note.'))).toEqual([
      'a Ferry freed',
      'Cannot read row "x.jsonl:3": not JSON',
      'Cannot read row "x.jsonl:4": field "title" is not a string',
      'x.jsonl:5 Snow',
      'Cannot read row "x.jsonl:6": it has neither title nor text',
      'Cannot read "x.jsonl" after line 5: the gzip data ends too early',
      'note.txt ',
    ])
  })

  it('tells an empty file of rows', async () => {
    expect(await read({ kind: 'rows', name: 'x.csv', rows: rowsOf() })).toEqual([
      'Cannot read "x.csv": it is empty',
    ])
  })

  it('takes no more rows than are used', async () => {
    let taken = 0
    async function* endless(): AsyncGenerator<ReadRow> {
      for (;;) {
        taken += 1
        yield { kind: 'row', line: taken, value: { id: taken, title: 'Row' } }
      }
    }
    const seen: string[] = []
    for await (const one of streamArticles(
      ['x'],
      portsOf({ kind: 'rows', name: 'x.jsonl', rows: endless() }),
    )) {
      seen.push(one.kind)
      if (seen.length === 3) break
    }
    expect(taken).toBe(3)
  })

  it('reads one row, an array of rows and a JSON Feed from .json files', async () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Harbour Post',
      items: [{ id: 'f1', title: 'Pier', url: 'https://harbourpost.example/pier', content_text: 'A pier.' }],
    }
    const found = await read(
      file('one.json', '{"id":"a","title":"One"}'),
      file('two.json', '[{"id":"b","title":"Two"},7]'),
      file('feed.json', JSON.stringify(feed)),
      file('bad.json', '{'),
    )
    expect(found.slice(0, 3)).toEqual([
      'a One',
      'b Two',
      'Cannot read row "two.json:2": row is not an object',
    ])
    expect(found[3]).toMatch(/ Pier$/)
    expect(found[4]).toBe('Cannot read "bad.json": not JSON')
  })

  it('follows an OPML list to its feeds and tells each that cannot be read', async () => {
    const opml = '<opml version="2.0"><body><outline xmlUrl="https://a.example/rss"/></body></opml>'
    expect(await read(file('feeds.opml', opml))).toEqual([
      'Cannot fetch feed "https://a.example/rss": refused',
    ])
  })
})

describe('streamArticles() with a list of sitemaps', () => {
  const NEWS =
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
  const list = (...names: readonly string[]) =>
    `<sitemapindex ${NEWS}>${names.map((name) => `<sitemap><loc>https://harbour.example/${name}.xml</loc></sitemap>`).join('')}</sitemapindex>`
  const sitemap = (title: string) =>
    `<urlset ${NEWS}><url><loc>https://harbour.example/${title}</loc><news:news><news:title>${title}</news:title>` +
    '<news:publication_date>2026-05-04T05:00:00Z</news:publication_date></news:news></url></urlset>'

  async function readWith(
    answers: Readonly<Record<string, string>>,
    ...inputs: InputFile[]
  ): Promise<string[]> {
    const ports: StreamArticlesPorts = {
      ...portsOf(...inputs),
      web: {
        fetchFeed: ({ url }) => {
          const body = answers[url]
          return Promise.resolve(
            body === undefined
              ? { kind: 'gone', problem: `Cannot fetch "${url}": status is 410, gone for good` }
              : {
                  ...{ kind: 'fetched', url, body: Buffer.from(body), contentType: 'application/xml' },
                  ...{ validators: { etag: null, lastModified: null, bodyHash: null } },
                  ...{ movedTo: null, freshForMs: null },
                },
          )
        },
      },
    }
    const from = inputs.length > 0 ? 'somewhere' : 'https://harbour.example/sitemap.xml'
    const all = await Array.fromAsync(streamArticles([from], ports))
    return all.map((one) => (one.kind === 'article' ? one.article.title : one.problem))
  }

  it('reads the sitemaps that it names, and tells which could not be read', async () => {
    const answers = {
      'https://harbour.example/sitemap.xml': list('news-a', 'news-b', 'news-c', 'old'),
      'https://harbour.example/news-a.xml': sitemap('Pier'),
      'https://harbour.example/news-c.xml': sitemap('Ferry'),
    }
    const read = await readWith(answers)
    expect(read.toSorted()).toEqual([
      'Cannot fetch "https://harbour.example/news-b.xml": status is 410, gone for good',
      'Ferry',
      'Pier',
    ])
  })

  it('reads them for a list in a file too, and says so where none can be read', async () => {
    expect(
      await readWith({ 'https://harbour.example/a.xml': sitemap('Pier') }, file('list.xml', list('a'))),
    ).toEqual(['Pier'])
    expect(await readWith({}, file('list.xml', list('a')))).toContain(
      'Cannot read feed "list.xml": it is a list of sitemaps, and none of them could be read',
    )
  })
})
