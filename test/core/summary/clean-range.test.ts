import { describe, expect, it } from 'vitest'
import { cleanRange } from '../../../src/core/summary/clean-range.ts'

function clean(text: string, index = 0): string {
  const { start, end } = cleanRange(text, { start: 0, end: text.length }, index)
  return text.slice(start, end)
}

describe('cleanRange()', () => {
  it.each([
    ['HARBOURTON (CNA) _ A ferry sank.', 'A ferry sank.'],
    ['HARBOURTON, May 14 (Reuters) - A ferry sank.', 'A ferry sank.'],
    ['PORT ANSLEY, Northland (Coastwire) - A ferry sank.', 'A ferry sank.'],
    ['HARBOURTON (Coast Wire) – “It sank,” Quill said.', '“It sank,” Quill said.'],
    ['ASHFORD, Northland — A ferry sank.', 'A ferry sank.'],
    ['ASHFORD, Northland A ferry sank.', 'A ferry sank.'],
    ['Ashford— Nine ferries sank.', 'Nine ferries sank.'],
    ['WASH 11 News Two ferries sank.', 'Two ferries sank.'],
    ['10:45 p.m.: "A ferry sank," she said.', '"A ferry sank," she said.'],
    ['ASHFORD- A ferry sank.', 'A ferry sank.'],
    ['ST. ORLA • A ferry sank.', 'A ferry sank.'],
    ['HARBOURTON—Six ferries sank.', 'Six ferries sank.'],
    ['HARBOURTON >> In the night a ferry sank.', 'In the night a ferry sank.'],
    ['Ash Lake, Northland – The ferry sank.', 'The ferry sank.'],
    ['Ash Lake, Ostr. - Four ferries sank.', 'Four ferries sank.'],
    ['(CNN) In the night a ferry sank.', 'In the night a ferry sank.'],
    ['(Dân trí) - Chiếc phà bị chìm.', 'Chiếc phà bị chìm.'],
    ['ЯСНОГОРСК, 14 мая. /ЦНА/. Паром затонул.', 'Паром затонул.'],
    ['Ellmstadt (dpa) - Die Fähre sank.', 'Die Fähre sank.'],
    ['&UR; A ferry sank.', 'A ferry sank.'],
    ['January 19, 2031 A ferry sank.', 'A ferry sank.'],
    ['January 19, 2031, a ferry sank.', 'January 19, 2031, a ferry sank.'],
    ['• A ferry sank.', 'A ferry sank.'],
    ['*A ferry sank.', 'A ferry sank.'],
    ['3. A ferry sank.', 'A ferry sank.'],
    ['10:20 p.m. EDT: A ferry sank.', 'A ferry sank.'],
    ['8:10 p.m. UPDATE: HARBOURTON (CNA) — A ferry sank.', 'A ferry sank.'],
    ['UPDATE, MAY 20: A ferry sank.', 'A ferry sank.'],
    ['UPDATE#1 (01/21/2031): A ferry sank.', 'A ferry sank.'],
    ['ASHFORD COUNTY, North. (May 22, 2031) – A ferry sank.', 'A ferry sank.'],
    ['UPDATE 11/30 5:04 p.m.: A ferry sank.', 'A ferry sank.'],
    ['Ashford — Ferries sank.', 'Ferries sank.'],
    ['UPDATE, 8AM | A ferry sank.', 'A ferry sank.'],
    ['PORT ANSLEY | A ferry sank.', 'A ferry sank.'],
    ['(CNAW) –A ferry sank.', 'A ferry sank.'],
    ['UPDATE @ 7 a.m.: A ferry sank.', 'A ferry sank.'],
    ['Update at 10:18 a.m. on 8-31-2031: A ferry sank.', 'A ferry sank.'],
    ['UPDATE, July 16, 3:03 p.m.: A ferry sank.', 'A ferry sank.'],
    ['PORT & BAY COUNTY, NL -- A ferry sank.', 'A ferry sank.'],
    ['PORT ANSLEY, Nth. Divers in a small town found a ferry.', 'Divers in a small town found a ferry.'],
    ['BROKEN WINDOWS SEEN The ferry sank.', 'The ferry sank.'],
    ['UPDATE 8:30 PM, JAN. 3 - A ferry sank.', 'A ferry sank.'],
    ['Saturday, January 8, 2031A ferry sank.', 'A ferry sank.'],
    ["HARBOURTON _ ``It sank,'' he said.", "``It sank,'' he said."],
    ['A ferry sank. &UR; (end)', 'A ferry sank.'],
    ['A ferry sank.[12]', 'A ferry sank.'],
    ['A ferry sank. (jl/twx)', 'A ferry sank.'],
  ])('takes what is around it off %s', (text, wanted) => {
    expect(clean(text)).toBe(wanted)
  })

  it.each([
    'A ferry (built in 1921) sank.',
    'Quill, the mayor, said: "It sank."',
    'The U.S. - Northland border closed.',
    'NATO said a ferry sank.',
    'ADA QUILL, Otto Vance and a captain left the ferry.',
    'Updated plans for May 3: A ferry and a pier.',
    'Ada Quill - the mayor - left.',
  ])('leaves %s alone', (text) => {
    expect(clean(text)).toBe(text)
  })

  it('looks for datelines in the first sentences, and later for those with arrows or many capitals', () => {
    expect(clean('Ash Lake, Northland – A ferry sank.', 9)).toBe('Ash Lake, Northland – A ferry sank.')
    expect(clean('NATO — A ferry sank.', 9)).toBe('NATO — A ferry sank.')
    expect(clean('ORIGINAL POST - A ferry sank.', 9)).toBe('ORIGINAL POST - A ferry sank.')
    expect(clean('HARBOURTON — A ferry sank.', 9)).toBe('A ferry sank.')
    expect(clean('PORT ANSLEY, NL - A ferry sank.', 9)).toBe('A ferry sank.')
    expect(clean('PORT ANSLEY >> A ferry sank.', 9)).toBe('A ferry sank.')
  })
})
