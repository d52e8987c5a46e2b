import { describe, expect, test } from 'vitest'
import { createTextScanner, MAX_SCAN_WORDS, WORD_FLAG } from '../../../src/core/dedup/text-scan.ts'

const scanner = createTextScanner()

function wordsOf(text: string): number[] {
  const { words, wordCount } = scanner.scan(text)
  return [...words.slice(0, wordCount)]
}

function sentencesOf(text: string): string[] {
  const { sentenceStart, sentenceEnd, sentenceCount } = scanner.scan(text)
  return Array.from({ length: sentenceCount }, (_, i) => text.slice(sentenceStart[i], sentenceEnd[i]))
}

describe('scan()', () => {
  test.each([
    ['case', 'Bridge CLOSED', 'bridge closed'],
    ['accents', 'café Ærø', 'cafe ærø'],
    ['combined and single characters', 'cafe\u0301', 'café'],
    ['apostrophes', 'it’s theirs', "its their's"],
    ['marks between numbers', '2,400 people', '2400 people'],
    ['quotation marks, dashes and white space', '“we—they”\n\tgo', 'we they go'],
  ])('folds %s', (_, a, b) => {
    expect(wordsOf(a)).toEqual(wordsOf(b))
  })

  test.each([
    ['letters', 'bridge', 'fridge'],
    ['order', 'man bites dog', 'dog bites man'],
    ['hyphens', 'well known', 'wellknown'],
    ['numbers', '12', '21'],
  ])('tells %s apart', (_, a, b) => {
    expect(wordsOf(a)).not.toEqual(wordsOf(b))
  })

  test('cuts sentences at points, line breaks and lost spaces, not at short names', () => {
    const text = 'Gen. Osk spoke.Then he left. "Why?" she asked.\nThe U.S. Navy came'
    expect(sentencesOf(text)).toEqual([
      'Gen. Osk spoke.',
      'Then he left.',
      'Why?"',
      'she asked.',
      'The U.S. Navy came',
    ])
  })

  test('cuts sentences of scripts without spaces', () => {
    expect(sentencesOf('橋は閉鎖された。船が来る。')).toHaveLength(2)
    expect(scanner.scan('橋は閉鎖された。').unspaced).toBe(true)
    expect(scanner.scan('The bridge').unspaced).toBe(false)
  })

  test('leaves skipped ranges out and ends the sentence there', () => {
    const text = 'The bridge SUBSCRIBE NOW is closed'
    const { start, end } = { start: 11, end: 24 }
    const { wordCount, sentenceCount } = scanner.scan(text, [{ start, end }])
    expect([wordCount, sentenceCount]).toEqual([4, 2])
  })

  test('marks capitals, numbers and quoted words', () => {
    const { flags, wordCount } = scanner.scan('In 1987 he said "never again" to Osk')
    const { capital, number, quoted } = WORD_FLAG
    expect([...flags.slice(0, wordCount)]).toEqual([capital, number, 0, 0, quoted, quoted, 0, capital])
  })

  test.each([
    ['straight', 'He said "never again" to Osk'],
    ['curly', 'He said “never again” to Osk'],
    ['German', 'He said „never again“ to Osk'],
    ['French', 'He said « never again » to Osk'],
    ['Danish', 'He said »never again« to Osk'],
    ['British', 'He said ‘never again’ to Osk'],
    ['straight British', "He said 'never again' to Osk"],
    ['typewriter', "He said ``never again'' to Osk"],
    ['typewriter, spaced', "He said `` never again '' to Osk"],
    ['over a line break', 'He said "never\nagain" to Osk'],
  ])('marks what stands in %s quotation marks', (_, text) => {
    const { flags, wordCount } = scanner.scan(text)
    const quoted = [...flags.slice(0, wordCount)].map((flag) => (flag & WORD_FLAG.quoted) !== 0)
    expect(quoted).toEqual([false, false, true, true, false, false])
  })

  test.each([
    ['apostrophes', "The dogs' owner doesn't mind, and it's fine"],
    ['inches', 'A 6" pipe burst in the cellar of the house'],
    ['a mark that nobody opened', 'never again" he told the council of the island'],
  ])('takes %s for no quotation', (_, text) => {
    const { flags, wordCount } = scanner.scan(text)
    expect([...flags.slice(0, wordCount)].some((flag) => (flag & WORD_FLAG.quoted) !== 0)).toBe(false)
  })

  test('ends a quotation that nobody closed at the end of a long paragraph', () => {
    const { flags, wordCount } = scanner.scan(`He said "never again ${'and so on '.repeat(40)}\nThe end`)
    expect(flags[3]).toBe(WORD_FLAG.quoted)
    expect(flags[wordCount - 1]).toBe(0)
  })

  test('does not see soft hyphens and joiners', () => {
    expect(wordsOf('the bar\u00adrier was clo\u200bsed')).toEqual(wordsOf('the barrier was closed'))
  })

  test('gives words with the same first five letters the same stem', () => {
    const { stems } = scanner.scan('bridge bridges brick')
    expect(stems[0]).toBe(stems[1])
    expect(stems[0]).not.toBe(stems[2])
  })

  test('reads a bounded part of a text without end', () => {
    expect(scanner.scan('a '.repeat(2_000_000)).wordCount).toBe(MAX_SCAN_WORDS)
    expect(scanner.scan('a'.repeat(5_000_000)).wordCount).toBe(1)
  })
})
