import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findFurniture, stampedDateMs } from '../../../src/core/text/furniture.ts'

const NEWS = 'The harbour board cut the ferry fare by a fifth on Tuesday, after a year of empty boats.'

/** What is left of a text without its furniture. */
function kept(text: string, lang: string | null = 'en'): string {
  let left = ''
  let from = 0
  for (const { start, end } of findFurniture(text, { lang })) {
    left += text.slice(from, start)
    from = end
  }
  return (left + text.slice(from)).replace(/\n+/g, '\n').trim()
}

function whyOf(line: string, lang: string | null = 'en'): string | undefined {
  const text = `${NEWS}\n${line}`
  const span = findFurniture(text, { lang }).at(-1)
  return span !== undefined && span.start > NEWS.length ? span.why : undefined
}

describe('findFurniture()', () => {
  it.each([
    ['ALSO READ | Bridge repairs: what we know so far', 'link to other articles'],
    ['Read more: Bridge repairs to last until autumn', 'link to other articles'],
    ['Read more', 'link to other articles'],
    ['You may also like', 'link to other articles'],
    ['(with inputs from agencies)', 'agency credit'],
    ['With inputs from the Calder Press', 'agency credit'],
    ['AFP contributed reporting.', 'agency credit'],
    ['Tomas Reve in Port Calder and The Associated Press contributed to this report.', 'agency credit'],
    ['(Reporting by Mara Quill; Editing by Tomas Reve)', 'agency credit'],
    ['Reuters', 'agency credit'],
    ['Sign up for our morning newsletter and never miss a story.', 'newsletter prompt'],
    ['Get the news of the valley delivered to your inbox every day', 'newsletter prompt'],
    ['Subscribe to our YouTube channel', 'newsletter prompt'],
    ['You can unsubscribe at any time.', 'newsletter prompt'],
    ['Mara Quill may be reached at quill@calder.example.', 'about the author'],
    ['Share this article', 'share prompt'],
    ['Facebook Twitter WhatsApp', 'share prompt'],
    ['Follow us on Twitter and Instagram', 'follow prompt'],
    ['Have a tip? Write to mara@echo.example', 'follow prompt'],
    ['12 comments', 'comment prompt'],
    ['Leave a comment', 'comment prompt'],
    ['This website uses cookies to improve your experience.', 'cookie notice'],
    ['© 2024 The Arden Echo', 'copyright line'],
    ['Copyright 2024 The Arden Echo. All rights reserved.', 'copyright line'],
    ['Photo: Ann Lisle', 'picture credit'],
    ['Ann Lisle/Getty Images', 'picture credit'],
    ['ADVERTISEMENT', 'advertisement'],
    ['Story continues below', 'advertisement'],
    ['Remind me later.', 'donation appeal'],
    ['Tags: ferry, harbour, fares', 'topic list'],
    ['The opinions expressed by columnists are their own.', 'disclaimer'],
    ['Mara Quill is a staff writer for The Arden Echo. Follow her on Twitter.', 'about the author'],
    ['Image copyright Calder Press', 'picture credit'],
    ['<span data-mark="a">', 'markup'],
    ['Want more stories like this?', 'link to other articles'],
  ])('names "%s"', (line, why) => {
    expect(whyOf(line)).toBe(why)
  })

  it.each([
    ['de', 'Lesen Sie auch: Brücke bleibt bis Herbst gesperrt', 'link to other articles'],
    ['de', 'Jetzt Newsletter abonnieren', 'newsletter prompt'],
    ['de', 'Foto: Anna Lisle/dpa', 'picture credit'],
    ['de', 'Mit Material der dpa', 'agency credit'],
    ['fr', 'Lire aussi : Le pont reste fermé jusqu’en automne', 'link to other articles'],
    ['fr', 'Tous droits réservés', 'copyright line'],
    ['fr', 'Publié le 14 mai 2024 à 10h30', 'date line'],
    ['es', 'Lea también: El puente seguirá cerrado', 'link to other articles'],
    ['es', 'Con información de la agencia Calder', 'agency credit'],
    ['it', 'Leggi anche: Il ponte resta chiuso', 'link to other articles'],
    ['it', '© Riproduzione riservata', 'copyright line'],
    ['pt', 'Leia também: Ponte continua fechada', 'link to other articles'],
    ['pt', 'Compartilhe no Facebook', 'share prompt'],
    ['ru', 'Читайте также: Мост закрыт до осени', 'link to other articles'],
    ['ru', 'Подпишитесь на нашу рассылку', 'newsletter prompt'],
  ])('knows %s: "%s"', (lang, line, why) => {
    expect(whyOf(line, lang)).toBe(why)
    expect(whyOf(line, null)).toBe(why)
  })

  it.each([
    'Read more books, the minister told pupils in Arden.',
    'The photo shows the mayor on the bridge, and she does not deny it.',
    'Share prices in the valley fell by a tenth on Monday.',
    'Subscribers to the local paper will pay more from March.',
    'Follow the money, the prosecutor said.',
    'Related parties may not vote, the court held in its ruling of May.',
    'Comments by the mayor angered fishermen.',
    'Copyright law is to change next year, the government said.',
    'Cookies from the bakery of Arden won a prize.',
    'Reuters was first to report the deal.',
    'The AP contributed $2 million to the fund, court papers show.',
    '"Please support us," said Orla Finch, who runs the shelter.',
    '9/11 changed the town for ever.',
    'The opinions expressed by the sect are repugnant, the bishop said.',
    'Donations to the shelter doubled after the flood.',
    'Subscribe now or pay later: this is how the new tax works, and few understand it.',
    '<p>The ferry sails again on Monday.</p>',
    'Правила входа в порт изменятся в понедельник.',
    '彼はFacebook',
    'Click here to download the plan of the new bridge.',
    'Фото: личный архив Оли Маровой',
  ])('leaves "%s"', (line) => {
    expect(whyOf(line)).toBeUndefined()
    expect(whyOf(line, null)).toBeUndefined()
  })

  it('takes an appeal with all that follows at the end of a text', () => {
    const appeal = [
      'A Message from The Arden Echo:',
      'Dear readers,',
      'We are facing hard times. The council has banned our reporters from its sessions, which nobody has done before.',
      'These steps are meant to silence independent journalism in the valley.',
      'Your support, no matter how small, makes a difference. If you can, please support us with $2 a month.',
      'Thank you for standing with us.',
      'Remind me later.',
    ].join('\n')
    expect(kept(`${NEWS}\n${NEWS}\n${appeal}`)).toBe(`${NEWS}\n${NEWS}`)
  })

  it('takes an appeal that opens in the middle of a sentence with three dots', () => {
    const appeal =
      '… we have a small favor to ask. The Arden Echo has been branded an enemy of the town. This is an attack on the integrity of journalism.\nYour support makes a difference. Thank you.\nRemind me later.'
    expect(kept(`${NEWS}\nAFP contributed reporting.\n${appeal}`)).toBe(NEWS)
  })

  it('ends an appeal where the news goes on', () => {
    const more = Array.from(
      { length: 12 },
      (_, i) => `${NEWS} The vote was the ${i + 1}th of the year, and the board knows it.`,
    )
    const text = [NEWS, 'If you can, please support us with $2 a month.', 'Thank you.', ...more].join('\n')
    expect(kept(text)).toBe([NEWS, ...more].join('\n'))
  })

  it('takes no first line for an appeal', () => {
    expect(findFurniture('Dear readers,\nthis column is about bridges.')).toEqual([])
  })

  it('takes a sentence at the end of a long last line', () => {
    const long = `${NEWS} The council has to agree to the plan next week, and a vote against it is unlikely.`
    expect(kept(`${NEWS}\n${long} (with inputs from agencies)`)).toBe(`${NEWS}\n${long}`)
    expect(kept(`${NEWS}\n${long} The Associated Press contributed to this report.`)).toBe(`${NEWS}\n${long}`)
  })

  it('takes dots of their own line, not those between two sentences of a long one', () => {
    expect(kept(`${NEWS}\n…`)).toBe(NEWS)
    const long = `${NEWS} … The council has to agree next week. Nobody knows how the vote will end, said the mayor of Arden.`
    const text = `${long} (with inputs from agencies)`
    expect(kept(text)).toBe(long)
  })

  it('takes the day of an update, not how often something is updated', () => {
    expect(whyOf('Updated 12 November 2024')).toBe('date line')
    expect(whyOf('Updated 3 times a week with tables from 12 harbours.')).toBeUndefined()
  })

  it('takes the stamp at the start of a text', () => {
    const text = ` date 2024-05-14 ${NEWS}`
    expect(findFurniture(text)[0]).toEqual({ start: 0, end: 17, why: 'date stamp' })
    expect(kept(text)).toBe(NEWS)
  })

  it('takes bylines and dates at the top only', () => {
    expect(kept(`By Mara Quill\nNovember 12, 2024\n${NEWS}`)).toBe(NEWS)
    const late = [NEWS, NEWS, NEWS, NEWS, NEWS, NEWS, 'By Mara Quill'].join('\n')
    expect(kept(late)).toBe(late)
  })

  it('takes notes about authors at the end only', () => {
    const note = 'Mara Quill is a reporter who was held for nine days, and she walked free on Monday.'
    const text = [NEWS, note, ...Array.from({ length: 8 }, () => NEWS)].join('\n')
    expect(kept(text)).toBe(text)
    expect(kept(`${NEWS}\nMara Quill is a reporter for The Arden Echo.`)).toBe(NEWS)
  })

  it('leaves out the rules of other languages where the language is known', () => {
    expect(whyOf('Annonce', 'fr')).toBe('advertisement')
    expect(whyOf('Annonce', 'da')).toBeUndefined()
  })

  it('gives spans in order that do not overlap, whatever the text', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 300 }),
      fc.constantFrom(
        NEWS,
        'Read more: a',
        'Dear readers,',
        'If you can, please support us.',
        'Thank you.',
        ' ',
        '…',
        'AFP',
      ),
    )
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.constantFrom('en', 'de', 'ru', null),
        (lines, lang) => {
          const text = lines.join('\n')
          let from = 0
          for (const { start, end } of findFurniture(text, { lang })) {
            expect(start).toBeGreaterThanOrEqual(from)
            expect(end).toBeGreaterThan(start)
            expect(end).toBeLessThanOrEqual(text.length)
            from = end
          }
        },
      ),
    )
  })

  it('reads a hostile line in linear time', () => {
    const start = performance.now()
    findFurniture(
      `${'share '.repeat(60)}\n${'a, '.repeat(130)}\n${' '.repeat(100_000)}\n${'(©|'.repeat(100_000)}`,
    )
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})

describe('stampedDateMs()', () => {
  it('reads the stamp as the start of a UTC day', () => {
    expect(stampedDateMs(' date 2024-05-14 The ferry sails.')).toBe(Date.UTC(2024, 4, 14))
  })

  it('tells nothing without a stamp or with a date that cannot be', () => {
    expect(stampedDateMs('The date 2024-05-14 is set.')).toBeNull()
    expect(stampedDateMs('date 2024-13-45 The ferry sails.')).toBeNull()
  })
})

describe('findFurniture() on prompts to follow', () => {
  it.each([
    'Follow us on Twitter @calderpress and on Facebook.',
    'Email Mara at quill@calder.com or follow her @quill. Follow us on Twitter.',
  ])('takes "%s"', (line) => {
    expect(whyOf(line)).toBe('follow prompt')
  })

  it('leaves news that stand behind one in the same line', () => {
    expect(
      whyOf('Follow us at Twitter @calderpress.The board cut the ferry fare by a fifth.'),
    ).toBeUndefined()
  })
})
