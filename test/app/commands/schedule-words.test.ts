import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTimes, scheduleWords } from '../../../src/app/commands/schedule-words.ts'

describe('parseTimes()', () => {
  it.each([
    ['08:00', ['0 8 * * *']],
    ['8:00, 18:00', ['0 8,18 * * *']],
    ['8:00 and 18:30', ['0 8 * * *', '30 18 * * *']],
    ['7am', ['0 7 * * *']],
    ['12am; 12pm', ['0 0,12 * * *']],
    ['7.15pm fri', ['15 19 * * 5']],
    ['at 8h30 on Mondays', ['30 8 * * 1']],
    ['08:00 mon-fri', ['0 8 * * 1,2,3,4,5']],
    ['08:00 sat–mon', ['0 8 * * 0,1,6']],
    ['weekdays 7:15', ['15 7 * * 1,2,3,4,5']],
    ['daily 8:00', ['0 8 * * *']],
    ['09:30 weekend', ['30 9 * * 0,6']],
    ['0 8 * * 1-5', ['0 8 * * 1-5']],
    ['*/30 6-20 * * *', ['*/30 6-20 * * *']],
    ['0 8 1 * *; 0 9 15 * *', ['0 8 1 * *', '0 9 15 * *']],
  ])('reads %s', (text, cron) => {
    expect(parseTimes(text, 'UTC')).toEqual({ kind: 'cron', cron })
  })

  it.each([
    ['', 'no time is given'],
    ['mondays', 'no time is given'],
    ['24:00', '"24:00" is neither a time nor a day'],
    ['8', '"8" is neither a time nor a day'],
    ['13pm', '"13pm" is neither a time nor a day'],
    ['noon', '"noon" is neither a time nor a day'],
    ['0 8 31 2 *', 'never comes'],
    ['99 8 * * *', '"99 8 * * *" in "UTC"'],
    [Array.from({ length: 25 }, (_, at) => `${at % 24}:${at + 10}`).join(' '), 'more than 24 times a day'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(parseTimes(text, 'UTC')).toMatchObject({
      kind: 'problem',
      problem: expect.stringContaining(problem) as string,
    })
  })

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => ['cron', 'problem'].includes(parseTimes(text, 'UTC').kind)))
  })
})

describe('scheduleWords()', () => {
  it.each([
    [[], 'only when asked'],
    [['0 8,18 * * *'], '08:00, 18:00 every day'],
    [['0 8 * * 1,2,3,4,5', '30 18 * * 1,2,3,4,5'], '08:00, 18:30 on Monday to Friday'],
    [['15 19 * * 5,6'], '19:15 on Friday, Saturday'],
    [['0 8 * * 1', '0 9 * * 2'], '0 8 * * 1; 0 9 * * 2'],
    [['*/30 6-20 * * *'], '*/30 6-20 * * *'],
  ])('says %j', (cron, words) => {
    expect(scheduleWords(cron)).toBe(words)
  })
})
