import { describe, expect, test } from 'vitest'
import { createCopyIndex, findCopies } from '../../../src/core/dedup/copy-index.ts'
import type { Article } from '../../../src/core/feed/article.ts'
import { articleOf, OTHER, REPORT, REWRITE, textOf, WIRE } from './fictional-news.ts'

const wire = articleOf({ id: 'wire', source: 'Nordpress', text: textOf(WIRE) })
const rewrite = articleOf({ id: 'rewrite', source: 'Daily Brief', text: textOf(REWRITE) })
const report = articleOf({ id: 'report', source: 'Sound Courier', text: textOf(REPORT) })
const other = articleOf({ id: 'other', source: 'Clock Gazette', text: textOf(OTHER) })

function kindsOf(articles: readonly Article[]): Record<string, string> {
  const copies = [...findCopies(articles).values()]
  return Object.fromEntries(copies.map(({ articleId, copyOf, kind }) => [articleId, `${kind} of ${copyOf}`]))
}

describe('kinds', () => {
  test('createCopyIndex() calls the same words in other dress exact', () => {
    const dressed = textOf(WIRE).toUpperCase().replaceAll('\n', '  ').replaceAll('"', '“')
    const copy = articleOf({ id: 'copy', text: dressed })
    expect(kindsOf([wire, copy])).toEqual({ copy: 'exact of wire' })
  })

  test('createCopyIndex() calls a text with small edits near', () => {
    const edited = textOf(WIRE).replace('eleven', 'twelve').replace(' old customs house', ' town hall')
    expect(kindsOf([wire, articleOf({ id: 'copy', text: edited })])).toEqual({ copy: 'near of wire' })
  })

  test('createCopyIndex() calls paragraphs of a wire inside an own text syndicated', () => {
    const mixed = articleOf({ id: 'mixed', source: 'Sound Courier', text: textOf(REPORT, WIRE.slice(4)) })
    expect(kindsOf([wire, mixed])).toEqual({ mixed: 'syndicated of wire' })
  })

  test('createCopyIndex() finds one long sentence of the wire that is most of a short text', () => {
    const taken = textOf(WIRE).split(/\s+/).slice(0, 32).join(' ')
    const brief = articleOf({
      id: 'brief',
      text: `Islanders woke up to a closed road and no bus at all. ${taken}.`,
    })
    expect(kindsOf([wire, brief])).toEqual({ brief: 'syndicated of wire' })
  })

  test('createCopyIndex() finds the wire as part of a far longer text', () => {
    const page = articleOf({ id: 'page', text: textOf(REPORT, OTHER, WIRE, REPORT.toReversed()) })
    expect(kindsOf([wire, page])).toEqual({ page: 'syndicated of wire' })
  })

  test('createCopyIndex() calls the same content in new words a rewrite', () => {
    expect(kindsOf([other, wire, report, rewrite])).toEqual({ rewrite: 'rewrite of wire' })
  })

  test('createCopyIndex() keeps an own report of the same event a voice of its own', () => {
    expect(kindsOf([wire, report, other])).toEqual({})
  })

  test('createCopyIndex() takes a shared statement in quotation marks for no copy', () => {
    const statement = `"${WIRE.slice(4, 7).join(' ')}"`
    const first = articleOf({ id: 'first', text: textOf(REPORT, [statement]) })
    const second = articleOf({ id: 'second', text: textOf(OTHER.slice(0, 3), [statement]) })
    expect(kindsOf([first, second])).toEqual({})
  })

  test.each([
    ['typewriter marks', '``', "''"],
    ['British marks', '‘', '’'],
  ])('createCopyIndex() takes a statement in %s over several lines for no copy', (_, open, close) => {
    const statement = `${open}${WIRE.slice(4, 7).join('\n')}${close}`
    const first = articleOf({ id: 'first', text: textOf(REPORT, [statement]) })
    const second = articleOf({ id: 'second', text: textOf(OTHER.slice(0, 3), [statement]) })
    expect(kindsOf([first, second])).toEqual({})
  })

  test('createCopyIndex() takes two records in the same form for no copies', () => {
    const record = (id: string, place: string, age: string, road: string, car: string): Article =>
      articleOf({
        id,
        source: id,
        text: textOf([
          `${place} police are investigating a shooting that left one man injured on ${road} late on Friday night.`,
          `Officers were called to the 400 block of ${road} at about 11 p.m. and found a ${age}-year-old man with a gunshot wound.`,
          `He was taken to ${place} General in stable condition; the gunman fled in a ${car}, a spokesman said.`,
          `Anyone with information is asked to call the ${place} police department or send a message to the tip line.`,
        ]),
      })
    const first = record('first', 'Brevik', '23', 'Lime Street', 'grey van')
    expect(kindsOf([first, record('second', 'Ostrava Nova', '41', 'Harbour Road', 'stolen taxi')])).toEqual(
      {},
    )
  })

  test('createCopyIndex() tells a copy of a rewrite as a rewrite', () => {
    const reprint = articleOf({ id: 'reprint', source: 'Evening Brief', text: textOf(REWRITE) })
    expect(kindsOf([other, wire, report, rewrite, reprint])).toEqual({
      rewrite: 'rewrite of wire',
      reprint: 'rewrite of wire',
    })
  })

  test('createCopyIndex() finds a wire in what editors make of it', () => {
    const made = (id: string, ...text: readonly (readonly string[])[]): Article =>
      articleOf({ id, source: id, title: `The bridge, ${id}`, text: textOf(...text) })
    const lead =
      'Storm waves forced the council of Tarnholm to close the only bridge of the island on Monday.'
    const dressed = textOf(WIRE)
      .replace(/"([^"]*)"/g, '‘$1’')
      .replaceAll(' 1', '\u00a01')
    expect(
      kindsOf([
        wire,
        made('cut-tail', WIRE.slice(0, 4)),
        made('own-lead', [lead], WIRE.slice(1)),
        made('local', WIRE.slice(0, 3), REPORT.slice(0, 2), WIRE.slice(3)),
        articleOf({ id: 'encoded', source: 'encoded', text: `TARNHOLM (NP) — ${dressed}` }),
      ]),
    ).toEqual({
      'cut-tail': 'syndicated of wire',
      'own-lead': 'near of wire',
      local: 'near of wire',
      encoded: 'near of wire',
    })
  })

  test('createCopyIndex() compares texts in a script without spaces', () => {
    const text =
      '市議会は月曜日に西の橋を閉鎖した。嵐の波が手すりを十一メートル壊したためである。技師は水曜日に船で到着する予定だ。島には二千四百人が住んでいる。'
    const cut = `${text.slice(0, 45)}詳しいことはまだ分かっていない。`
    const first = articleOf({ id: 'first', text, lang: 'ja' })
    expect(kindsOf([first, articleOf({ id: 'copy', text: cut, lang: 'ja' })])).toEqual({
      copy: 'syndicated of first',
    })
  })

  test('findCopies() gives scores between 0 and 1 with every verdict', () => {
    const copies = findCopies([wire, rewrite, articleOf({ id: 'copy', text: textOf(WIRE.slice(0, 5)) })])
    expect(copies.size).toBe(2)
    for (const { scores } of copies.values()) {
      for (const score of Object.values(scores)) {
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
      }
    }
  })
})

describe('direction', () => {
  const early = { published: '2031-03-03T08:00:00Z' }
  const late = { published: '2031-03-03T11:00:00Z' }

  test('createCopyIndex() takes the earlier of two dated articles for the original', () => {
    const index = createCopyIndex()
    const second = articleOf({ id: 'second', text: textOf(WIRE), ...late })
    const first = articleOf({ id: 'first', text: textOf(WIRE), ...early })
    expect(index.add(second)).toEqual([])
    expect(index.add(first)).toMatchObject([{ articleId: 'second', copyOf: 'first', kind: 'exact' }])
    expect(index.copyOf('second')?.copyOf).toBe('first')
    expect(index.copyOf('first')).toBeNull()
  })

  test('createCopyIndex() goes by arrival where a date is missing or 1970', () => {
    const first = articleOf({ id: 'first', text: textOf(WIRE), ...late })
    const undated = articleOf({ id: 'undated', text: textOf(WIRE) })
    const empty = articleOf({ id: 'empty', text: textOf(WIRE), published: '1970-01-01T00:00:00Z' })
    expect(kindsOf([first, undated, empty])).toEqual({ undated: 'exact of first', empty: 'exact of first' })
  })

  test('createCopyIndex() takes the credited agency for the source whatever the dates', () => {
    const paper = articleOf({
      id: 'paper',
      source: 'Sound Courier',
      text: textOf(WIRE, ['Reuters contributed to this report.']),
      ...early,
    })
    const agency = articleOf({ id: 'agency', source: 'Reuters', text: textOf(WIRE), ...late })
    expect(kindsOf([paper, agency])).toMatchObject({ paper: 'exact of agency' })
  })

  test('createCopyIndex() takes the text with more names and numbers for the source of an undated rewrite', () => {
    const vague = textOf(REWRITE).replace('Council leader Marit Osk', 'The leader').replace(' in 1987', '')
    const first = articleOf({ id: 'vague', text: vague })
    expect(kindsOf([first, wire])).toEqual({ vague: 'rewrite of wire' })
  })

  test('createCopyIndex() moves all copies to an original that comes late', () => {
    const index = createCopyIndex()
    index.add(articleOf({ id: 'a', text: textOf(WIRE), published: '2031-03-03T10:00:00Z' }))
    index.add(articleOf({ id: 'b', text: textOf(WIRE, OTHER.slice(0, 1)), ...late }))
    const changed = index.add(articleOf({ id: 'first', text: textOf(WIRE), ...early }))
    expect(changed.map(({ articleId, copyOf }) => `${articleId} of ${copyOf}`)).toEqual([
      'a of first',
      'b of first',
    ])
  })
})

describe('groups', () => {
  test('createCopyIndex() never names a copy as the original', () => {
    const half = articleOf({ id: 'half', text: textOf(WIRE.slice(0, 6)) })
    const quarter = articleOf({ id: 'quarter', text: textOf(WIRE.slice(0, 4), REPORT.slice(0, 1)) })
    expect(kindsOf([wire, half, quarter])).toEqual({
      half: 'near of wire',
      quarter: 'syndicated of wire',
    })
  })

  test('createCopyIndex() does not chain two different wires through a text that holds both', () => {
    const both = articleOf({ id: 'both', text: textOf(WIRE, OTHER) })
    const second = articleOf({ id: 'second', text: textOf(OTHER.slice(0, 3), REPORT) })
    const copies = findCopies([wire, both, second])
    expect(copies.get('both')?.copyOf).toBe('wire')
    expect(copies.has('second')).toBe(false)
  })

  test('createCopyIndex() finds a forgotten original through its live copies', () => {
    const index = createCopyIndex()
    for (const article of [wire, articleOf({ id: 'b', text: textOf(WIRE) })]) index.add(article)
    index.forget('wire')
    expect(index.size).toBe(1)
    expect(index.add(articleOf({ id: 'c', text: textOf(WIRE) }))).toMatchObject([
      { articleId: 'c', copyOf: 'wire' },
    ])
  })

  test('restore() goes on as if the index had never been left', () => {
    const update = articleOf({ id: 'update', text: textOf(WIRE.slice(2), OTHER.slice(0, 2)) })
    const late = { ...articleOf({ id: 'late', text: textOf(WIRE.slice(0, 6)) }), publishedAtMs: 5 }
    const all = [other, rewrite, update, wire, report, late]
    for (let cut = 0; cut < all.length; cut++) {
      const whole = createCopyIndex()
      const verdicts = new Map(
        all.slice(0, cut).flatMap((one) => whole.add(one).map((copy) => [copy.articleId, copy])),
      )
      const again = createCopyIndex()
      for (const one of all.slice(0, cut)) {
        const verdict = verdicts.get(one.id)
        const isNow = verdict !== undefined && whole.copyOf(one.id) !== null
        again.restore(one, isNow ? verdict : null)
      }
      for (const one of all.slice(cut)) expect(again.add(one)).toEqual(whole.add(one))
    }
  })

  test('forget() takes an article out of the search and does not mind an unknown one', () => {
    const index = createCopyIndex()
    index.add(wire)
    index.forget('wire')
    index.forget('never seen')
    expect(index.add(articleOf({ id: 'copy', text: textOf(WIRE) }))).toEqual([])
  })

  test('add() replaces an article that is added again', () => {
    const index = createCopyIndex()
    index.add(wire)
    index.add(articleOf({ id: 'wire', text: textOf(OTHER) }))
    expect(index.size).toBe(1)
    expect(index.add(articleOf({ id: 'copy', text: textOf(OTHER) }))).toMatchObject([{ copyOf: 'wire' }])
  })
})

describe('what is no copy', () => {
  test('createCopyIndex() takes a new version at the same address for a revision', () => {
    const url = 'https://courier.example/tarnholm-bridge'
    const first = articleOf({ id: 'v1', url, text: textOf(WIRE) })
    const second = articleOf({ id: 'v2', url: `${url}?utm_source=feed`, text: textOf(WIRE, ['More soon.']) })
    expect(kindsOf([first, second])).toEqual({})
  })

  test("createCopyIndex() takes a paper's own follow-up with the old background for a new article", () => {
    const source = 'Sound Courier'
    const first = articleOf({ id: 'monday', source, text: textOf(REPORT, WIRE.slice(4)) })
    const second = articleOf({ id: 'tuesday', source, text: textOf(OTHER, WIRE.slice(4)) })
    expect(kindsOf([first, second])).toEqual({})
    const elsewhere = articleOf({ id: 'tuesday', source: 'Clock Gazette', text: second.text })
    expect(kindsOf([first, elsewhere])).toEqual({ tuesday: 'syndicated of monday' })
  })

  test('createCopyIndex() does not compare furniture', () => {
    const articles = [REPORT, OTHER].map((own, n) => {
      const article = articleOf({ id: `${n}`, text: textOf(own, WIRE) })
      const appeal = { start: textOf(own).length, end: article.text.length, why: 'donation appeal' }
      return { ...article, furniture: [appeal] }
    })
    expect(kindsOf(articles)).toEqual({})
    const seenAsNews = articles.map((article) => ({ ...article, furniture: [] }))
    expect(kindsOf(seenAsNews)).toEqual({ 1: 'syndicated of 0' })
  })

  test('createCopyIndex() learns what a publisher repeats in unrelated articles', () => {
    const box = WIRE.slice(3, 7)
    const titles = [
      'Herring prices',
      'Lost cat returns',
      'Opera season opens',
      'Chess master resigns',
      'Rain expected',
    ]
    const index = createCopyIndex()
    for (const [n, title] of titles.entries()) {
      const own = OTHER.map((sentence) => sentence.replace(/\b(\w{5})\w*/g, `$1${n}`))
      index.add(articleOf({ id: `old-${n}`, title, source: 'Clock Gazette', text: textOf(own, box) }))
    }
    const last = articleOf({
      id: 'last',
      title: 'Museum finds watch',
      source: 'Clock Gazette',
      text: textOf(OTHER, box),
    })
    index.add(last)
    const elsewhere = articleOf({
      id: 'elsewhere',
      source: 'Sound Courier',
      text: textOf(REPORT.slice(0, 4), box),
    })
    expect(index.add(elsewhere).map(({ copyOf }) => copyOf)).not.toContain('last')
    expect(index.furniture.isFurniture(last.publisher, box.join('\n'))).toBe(true)
  })
})

describe('headlines without text', () => {
  const title = 'Tarnholm closes its only bridge after storm waves tear away railing'

  test('createCopyIndex() takes the same long headline within two days for one text', () => {
    const first = articleOf({ id: 'first', title, source: 'Nordpress', published: '2031-03-03' })
    const second = articleOf({
      id: 'second',
      title: title.toUpperCase(),
      source: 'Courier',
      published: '2031-03-04',
    })
    const year = articleOf({ id: 'year', title, source: 'Courier', published: '2032-03-04' })
    expect(kindsOf([first, second, year])).toEqual({ second: 'exact of first' })
  })

  test('createCopyIndex() does not trust short or merely similar headlines', () => {
    const short = ['a', 'b'].map((id) =>
      articleOf({ id, title: 'Morning briefing: what to know', source: id }),
    )
    const similar = articleOf({ id: 'c', title: title.replace('storm', 'high'), source: 'c' })
    expect(kindsOf([...short, articleOf({ id: 'd', title }), similar])).toEqual({})
  })
})

describe('bad input', () => {
  test.each([
    ['nothing', ''],
    ['one word', 'Storm'],
    ['one word many times', 'storm '.repeat(500_000)],
    ['emoji only', '🌊🌉🚧'.repeat(50)],
    ['right to left', 'أغلق مجلس الجزيرة الجسر الوحيد يوم الاثنين بعد ليلة من الأمواج '.repeat(4)],
    ['lone surrogates and zeros', '\ud800\0\udc00 '.repeat(40)],
  ])('createCopyIndex() takes %s, and copies of nothing else', (_, text) => {
    const index = createCopyIndex()
    index.add(wire)
    expect(index.add(articleOf({ id: 'odd', text, lang: null }))).toEqual([])
    expect(index.add(articleOf({ id: 'late', text: textOf(OTHER), published: '2099-12-31' }))).toEqual([])
  })

  test('createCopyIndex() gives the same verdicts for the same articles in the same order', () => {
    const articles = [
      rewrite,
      wire,
      report,
      articleOf({ id: 'x', text: textOf(REPORT, WIRE.slice(2)) }),
      other,
    ]
    expect([...findCopies(articles)]).toEqual([...findCopies(articles)])
  })
})
