import { describe, expect, it } from 'vitest'
import { toldCounts } from '../../../src/core/text/told-counts.ts'

const read = (text: string, lang = 'en') =>
  toldCounts(text, lang).map(({ kind, value }) => `${kind} ${value}`)

describe('toldCounts()', () => {
  it.each<[string, string, string[]]>([
    ['en', 'Killing at least 12', ['killed 12']],
    ['en', '12 people were killed and 30 hurt', ['killed 12', 'injured 30']],
    ['en', '5 dead, 17 wounded in Marholm', ['killed 5', 'injured 17']],
    ['de', 'Drei Tote, zwölf Verletzte in Marholm', ['killed 3']],
    ['en', 'A ferry ran aground at 12', []],
    ['en', 'A man, 45, was killed', []],
    ['xx', '12 people were killed', []],
  ])('%s: %s', (lang, text, counts) => {
    expect(read(text, lang).filter((one) => counts.length === 0 || counts.includes(one))).toEqual(counts)
  })
})
