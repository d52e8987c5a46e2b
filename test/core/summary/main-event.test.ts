import { describe, expect, it } from 'vitest'
import { eventOf } from '../../../src/core/summary/fact-words.ts'
import { mainDeeds, mainEvents } from '../../../src/core/summary/main-event.ts'

const firstOf = (text: string): number => mainEvents(text)[0] ?? -1

describe('mainEvents()', () => {
  it.each([
    ['Two sailors were killed when the ferry sank.', 'dead'],
    ['The couple fell from a cliff near Ashford on Monday.', 'plunged'],
    ['A gunman opened fire at a market in Port Ansley.', 'shooting'],
    ['The painter Ada Quill passed away at her home.', 'died'],
    ['The mayor stepped down after the vote on the bridge.', 'resigned'],
    ['After the crash, officers arrested the driver of the van.', 'custody'],
    ['The sailor who was shot on the quay is now charged with theft.', 'indicted'],
    ['Ada Quill, the swimmer who became a star, has died.', 'dead'],
    ['Police allege that Tom Reed robbed the bank in Ashford.', 'robbery'],
  ])('sees what happened: %s', (text, word) => {
    expect(firstOf(text)).toBe(eventOf(word))
  })

  it('takes no noun behind an article for what happened', () => {
    expect(mainEvents('The shooting shocked the small town of Ashford.')).toEqual([])
  })

  it('names two events of one clause', () => {
    expect(mainEvents('A sailor was shot and killed on the quay.')).toEqual([
      eventOf('gunfire'),
      eventOf('slain'),
    ])
  })

  it('sees nothing in a sentence without such a word', () => {
    expect(mainEvents('The harbour bridge is painted green each spring.')).toEqual([])
  })
})

describe('mainDeeds()', () => {
  it('takes verbs only', () => {
    expect(mainDeeds('Hurricane Ada brings flash flooding to Ashford.')).toEqual([])
    expect(mainDeeds('Water flooded the harbour of Ashford.')).toEqual([eventOf('flooding')])
    expect(mainDeeds('A captain is hospitalised after shooting himself on the quay.')).toEqual([
      eventOf('shot'),
    ])
  })
})

describe('eventOf()', () => {
  it('knows words of one kind by one number, others by -1', () => {
    expect(eventOf('massacre')).toBe(eventOf('killed'))
    expect(eventOf('killed')).not.toBe(eventOf('arrested'))
    expect(eventOf('father')).toBe(-1)
    expect(eventOf('bridge')).toBe(-1)
  })
})
