import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isQuoteClosed, splitSentences } from '../../../src/core/text/sentences.ts'

const FIXTURES = new URL('../../fixtures/sentences/', import.meta.url)

function split(text: string, lang = 'en', keepQuotations = false): string[] {
  return splitSentences(text, { lang, keepQuotations }).map(({ start, end }) => text.slice(start, end))
}

describe('splitSentences()', () => {
  it.each(readdirSync(FIXTURES))('finds the hand-labelled sentences of %s (F1 at least .95)', (name) => {
    const lang = name.replace('.txt', '')
    const gold = readFileSync(new URL(name, FIXTURES), 'utf8').trim().split(/\n\n+/u)
    const paragraphs = gold.map((paragraph) => paragraph.split('\n').map((line) => line.trim()))
    const gap = lang === 'ja' || lang === 'zh' ? '' : ' '
    const text = paragraphs.map((lines) => lines.join(gap)).join('\n\n')
    const wanted = paragraphs.flat()
    const found = split(text, lang)
    const hits = found.filter((sentence) => wanted.includes(sentence)).length
    expect((2 * hits) / (found.length + wanted.length)).toBeGreaterThanOrEqual(0.95)
  })

  it('does not end a sentence at titles, initials, hours, months and states', () => {
    const text = 'Gov. Lena J. Stroud met Dr. A. B. Oduya of Ash, Ill., at 5 p.m. on Jan. 5. They ate.'
    expect(split(text)).toEqual([text.slice(0, -10), 'They ate.'])
    expect(split('Ada Quill, Gregg County Pct. 1 judge, took Hwy. 9 to Rte. 4. They ate.')).toHaveLength(2)
  })

  it('ends a sentence behind an address, but not at a saint, a doctor or a day', () => {
    expect(split('It began at 200 Mill St. Witnesses ran. He fell on S. Quay Dr. The end was near.')).toEqual(
      ['It began at 200 Mill St.', 'Witnesses ran.', 'He fell on S. Quay Dr.', 'The end was near.'],
    )
    expect(split('He met Dr. Ada Quill in Port St. Orla on Mill St. Friday. She saw St. Anne.')).toHaveLength(
      2,
    )
    expect(split('The sisters of St. One More Day asked Professor Dr. No for help.')).toHaveLength(1)
  })

  it('reads a lower-case word that is also a short form as a word', () => {
    expect(split('The king was ill. Lena Stroud ruled. They sat. Ada Quill stood.')).toHaveLength(4)
  })

  it('parts sentences between which a blank was lost', () => {
    expect(split('He was for it.Nobody else was."Why not?"Nobody knew.')).toEqual([
      'He was for it.',
      'Nobody else was.',
      '"Why not?"',
      'Nobody knew.',
    ])
    expect(split('By 9. 30am crews were there. At 10. 40 p.m. it was out.')).toHaveLength(2)
    expect(split('One office said it was 5. 9, the other a magnitude of 6. 1. Nobody was hurt.')).toEqual([
      'One office said it was 5. 9, the other a magnitude of 6. 1.',
      'Nobody was hurt.',
    ])
    expect(split('The final score was 21. 9 players were sent off.')).toHaveLength(2)
    expect(split('A quake of 6. 1 on the Richter scale cost $2. 6 million. Nobody fled.')).toHaveLength(2)
    expect(split('They opened fire.28-year-old Ada Quill fled.')).toHaveLength(2)
    expect(split('It was a birthday.Twenty-one-year-old Ada Quill came.In May, she left.')).toHaveLength(3)
  })

  it('keeps a calibre, an hour without a blank, and a range whose numbers got blanks', () => {
    expect(split('He took a. 38 - caliber gun from the boat. She had her. 357 Magnum. They ran.')).toEqual([
      'He took a. 38 - caliber gun from the boat.',
      'She had her. 357 Magnum.',
      'They ran.',
    ])
    expect(split('It began at 3p.m. Saturday when a ferry sank. They ran.')).toHaveLength(2)
    expect(split('At 9. 25 a. m. on Thursday a ferry sank. They ran.')).toHaveLength(2)
    expect(split('He hit 30 goals, while posting a. 291 average. They ran.')).toHaveLength(2)
    expect(split('Four shocks came, from 3. 6 to 4. 3 on the scale. They ran.')).toHaveLength(2)
  })

  it('keeps the police of a place with its letters, but not behind the place itself', () => {
    expect(split('Nine are safe, according to D.C. Police. They ran.')).toHaveLength(2)
    expect(split('He lives in Washington, D.C. Police came to his house.')).toHaveLength(2)
  })

  it('reads on behind a title at the end of a line', () => {
    expect(split('They asked the Rev.\nAda Quill of Ashford.\nShe left.')).toEqual([
      'They asked the Rev.\nAda Quill of Ashford.',
      'She left.',
    ])
  })

  it('ends a sentence at a line break, but not where the break is a wrap', () => {
    expect(split('Harbour closed\nThe harbour is closed.')).toHaveLength(2)
    const wrapped = [
      'The harbour of the old town was closed on Monday because the',
      'storm had torn the northern wall, and nobody in the town hall',
      'could say when it might open again. The mayor asked everyone',
      'to stay away from the water until the wall is mended.',
    ].join('\n')
    expect(split(wrapped)).toHaveLength(2)
  })

  it('sees wraps in a wire of short paragraphs, and none in a list', () => {
    const wire = [
      '   The visiting minister of Ostrava said Friday in the old town that',
      'Marholm would sign the treaty of the harbours this year.',
      '   Delegates of both countries had met the president of the bank of',
      'Marholm on Monday.',
      '   The talks had been put off for years after the harbour of the town of',
      'Ashford was closed.',
    ].join('\n')
    expect(split(wire)).toHaveLength(3)
    const list = [
      'Ada Quill, harbour master of the old town of Marholm',
      'Ben Ashford, who teaches at the evening school for sailors',
      'Carl Ostrava of the northern bank',
      'Dora Marholm, twice champion of the long walk around the bay of the herons',
      'Eva Stone',
    ].join('\n')
    expect(split(list)).toHaveLength(5)
  })

  it('keeps a quotation of several sentences together where asked to', () => {
    const text = '"We waited. We waited for years," she said. Nobody came.'
    expect(split(text)).toHaveLength(3)
    expect(split(text, 'en', true)).toEqual(['"We waited. We waited for years," she said.', 'Nobody came.'])
  })

  it('takes footnote marks and closing quotes with the sentence', () => {
    expect(split('It rained.[3] He said: "It rains." Then it stopped.')).toEqual([
      'It rained.[3]',
      'He said: "It rains."',
      'Then it stopped.',
    ])
  })

  it('gives one sentence for a text without a full stop', () => {
    expect(splitSentences('harbour '.repeat(1000))).toHaveLength(1)
    expect(splitSentences('')).toEqual([])
    expect(splitSentences(' \n\n ')).toEqual([])
  })

  it.each([
    ['en', 'The court cited Quill v. Northland in its ruling.', 'It will meet again in May.'],
    ['en', 'The club offered $27. 5 million for the striker.', 'He stayed where he was.'],
    ['hi', 'सम्मेलन में सी.ओ.पी. और सी.एम.पी. की बैठकें होंगी।', 'यह अगले हफ्ते शुरू होगा।'],
  ])('ends no sentence inside (%s): %s', (lang, first, second) => {
    const text = `${first} ${second}`
    const found = splitSentences(text, { lang }).map(({ start, end }) => text.slice(start, end))
    expect(found).toEqual([first, second])
  })

  it.each([
    ['1 MB of words', 'harbour '.repeat(130_000)],
    ['1 MB of full stops and blanks', '. '.repeat(500_000)],
    ['1 MB of blanks in a line', `One. ${' '.repeat(1_000_000)}Two.`],
    ['1 MB of short forms', 'в г. Аб '.repeat(125_000)],
    ['1 MB of open quotes', '«Да. '.repeat(200_000)],
    ['1 MB of numbers', '1. '.repeat(330_000)],
  ])('takes linear time for %s', (_, text) => {
    const start = performance.now()
    splitSentences(text, { lang: 'ru', keepQuotations: true })
    expect(performance.now() - start).toBeLessThan(8000)
  })

  it('gives ordered, trimmed ranges that hold every letter of the text', () => {
    const pieces = fc.constantFrom(
      'Ada ',
      'Quill',
      '. ',
      '.',
      '?" ',
      '“',
      '” ',
      '\n',
      '\n\n',
      ' ',
      'Dr. ',
      '3. ',
      '。',
      '「',
      '」',
      '… ',
      'é',
      '🙂',
      'U.S. ',
    )
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 40 }),
        fc.constantFrom('en', 'de', 'fr', 'ru', 'ja', 'xx'),
        (parts, lang) => {
          const text = parts.join('')
          let last = 0
          for (const { start, end } of splitSentences(text, {
            lang,
            keepQuotations: parts.length % 2 === 0,
          })) {
            expect(start).toBeGreaterThanOrEqual(last)
            expect(text.slice(last, start).trim()).toBe('')
            expect(text.slice(start, end)).toBe(text.slice(start, end).trim())
            expect(end).toBeGreaterThan(start)
            last = end
          }
          expect(text.slice(last).trim()).toBe('')
        },
      ),
    )
  })
})

describe('isQuoteClosed()', () => {
  it.each([
    ['He said "yes".', true],
    ['He said "yes.', false],
    ['“Yes', false],
    ['„Ja“, sagte er.', true],
    ['« Oui.', false],
    ["``Yes,'' he said.", true],
    ['``Yes, he said.', false],
    ['「はい', false],
  ])('says of %s: %s', (text, closed) => {
    expect(isQuoteClosed(text)).toBe(closed)
  })
})
