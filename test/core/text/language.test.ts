import { describe, expect, it } from 'vitest'
import { baseLanguage, detectLanguage } from '../../../src/core/text/language.ts'

describe('detectLanguage()', () => {
  it.each([
    ['en', 'The council of Arden voted for a new bridge on Tuesday after a long debate'],
    ['de', 'Der Stadtrat von Arden stimmte am Dienstag nach langer Debatte für eine neue Brücke'],
    ['fr', 'Le conseil municipal a voté mardi la construction du nouveau pont après un long débat'],
    ['es', 'El concejo votó el martes la construcción del nuevo puente tras un largo debate'],
    ['it', 'Il consiglio comunale ha votato martedì la costruzione del nuovo ponte dopo un lungo dibattito'],
    ['pt', 'O conselho votou na terça-feira a construção da nova ponte depois de um longo debate'],
    ['ru', 'Городской совет проголосовал во вторник за строительство нового моста'],
    ['nl', 'De gemeenteraad stemde dinsdag na een lang debat voor een nieuwe brug'],
    ['uk', 'Міська рада проголосувала у вівторок за будівництво нового мосту'],
    ['tl', 'Libu-libong tao ang nagprotesta sa Maynila laban sa pamahalaan'],
  ])('tells %s', (lang, text) => {
    expect(detectLanguage(text)).toBe(lang)
  })

  it('takes a short headline with foreign names for the common language that it is near to', () => {
    expect(detectLanguage('Tokyo Olympics: Big crowds, big money')).toBe('en')
  })

  it('tells nothing where there are no words', () => {
    expect(detectLanguage('')).toBeNull()
    expect(detectLanguage('12:30 – 14.05.2024 !!!')).toBeNull()
  })

  it('looks at the start of a text only', () => {
    const start = 'The ferry to Port Calder will sail again from Monday, the harbour board said. '.repeat(10)
    expect(detectLanguage(`${start}${'Der Rat tagt am Montag wieder. '.repeat(500)}`)).toBe('en')
  })
})

describe('baseLanguage()', () => {
  it.each([
    ['en-GB', 'en'],
    ['PT_br', 'pt'],
    [' de ', 'de'],
    ['zh-Hant-TW', 'zh'],
    ['english', null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('reads %o as %o', (tag, base) => {
    expect(baseLanguage(tag)).toBe(base)
  })
})
