import { describe, expect, it } from 'vitest'
import { resolveRelativeDay } from '../../../src/core/summary/relative-day.ts'

/** A Wednesday. */
const WEDNESDAY_MS = Date.parse('2031-05-14T12:00:00Z')

describe('resolveRelativeDay()', () => {
  it.each([
    ['en', 'The bridge fell on Tuesday.', 'on Tuesday', '2031-05-13'],
    ['en', 'The bridge fell Wednesday morning.', 'Wednesday', '2031-05-14'],
    ['en', 'The bridge fell yesterday.', 'yesterday', '2031-05-13'],
    ['en', 'The council will meet on Friday.', 'on Friday', '2031-05-16'],
    ['de', 'Die Brücke stürzte am Dienstag ein.', 'am Dienstag', '2031-05-13'],
    ['de', 'Der Rat soll am Freitag tagen.', 'am Freitag', '2031-05-16'],
    ['fr', 'Le pont est tombé hier soir.', 'hier', '2031-05-13'],
    ['es', 'El puente cayó el martes.', 'el martes', '2031-05-13'],
    ['it', 'Il ponte è caduto ieri.', 'ieri', '2031-05-13'],
    ['pt', 'A ponte caiu na terça-feira.', 'na terça-feira', '2031-05-13'],
    ['ru', 'Мост рухнул во вторник утром.', 'во вторник', '2031-05-13'],
  ])('reads the day of %s: %s', (lang, text, words, date) => {
    expect(resolveRelativeDay(text, lang, WEDNESDAY_MS)).toEqual({ words, date })
  })

  it.each([
    ['a day with its date', 'en', 'The bridge fell on Tuesday, May 13.'],
    ['last and next', 'en', 'The bridge fell last Tuesday.'],
    ['a day that is only ahead of the clock', 'en', 'The bridge fell on Thursday.'],
    ['part of a word', 'de', 'Der Fahrer heißt Dienstagmann.'],
    ['a language without rules', 'xx', 'The bridge fell on Tuesday.'],
    ['no day', 'en', 'The bridge fell.'],
  ])('leaves %s alone', (_, lang, text) => {
    expect(resolveRelativeDay(text, lang, WEDNESDAY_MS)).toBeUndefined()
  })

  it('needs the date of the article', () => {
    expect(resolveRelativeDay('The bridge fell on Tuesday.', 'en', null)).toBeUndefined()
  })
})
