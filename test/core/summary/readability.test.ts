import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { isWhole, standingOf } from '../../../src/core/summary/readability.ts'
import { readSentences } from '../../../src/core/summary/story-sentence.ts'

/** How a sentence stands as the second of its article. */
function standing(text: string, lang = 'en'): string {
  const doc = createArticle({
    id: 'a',
    text: `The harbour was closed to all ships for the night.\n${text}`,
    lang,
  })
  const sentence = readSentences(doc, 0)[1]
  return sentence === undefined ? 'unread' : standingOf(sentence, lang)
}

describe('standingOf()', () => {
  it.each([
    ['en', 'Mayor Ada Quill closed the old harbour bridge for nine months.'],
    ['en', 'A man told the court that he had never seen the old bridge.'],
    [
      'en',
      'The old harbour bridge, she of the nine arches, will be closed by Ada Quill.'.replace(
        'she of the nine',
        'with nine',
      ),
    ],
    ['vi', 'So với năm ngoái, số cây cầu được sửa ở thành phố đã tăng gấp đôi.'],
    ['el', 'Μετά από τρεις μήνες η παλιά γέφυρα του λιμανιού ανοίγει πάλι.'],
    ['he', 'ראש העיר אמרה כי הגשר הישן בנמל נסגר ב"טעות" לתשעה חודשים.'],
    ['de', 'Bürgermeisterin Ada Quill sperrte die alte Hafenbrücke für neun Monate.'],
  ])('lets stand alone (%s): %s', (lang, text) => {
    expect(standing(text, lang)).toBe('opens')
  })

  it.each([
    ['en', 'He closed the old harbour bridge in the town for nine months.'],
    ['el', 'Μετά, η παλιά γέφυρα του λιμανιού έκλεισε για εννέα μήνες.'],
    ['en', 'However, the old harbour bridge in the town is closed for nine months.'],
    ['en', 'Police found him near the old harbour bridge early in the morning.'],
    ['en', 'The two men had worked at the old harbour bridge for years.'],
    ['en', 'According to the town, it was built from iron and very hard wood.'],
    ['de', 'Dennoch wird die alte Hafenbrücke in der Stadt für Monate gesperrt.'],
    ['fr', 'Cependant le vieux pont du port restera fermé pendant neuf longs mois.'],
    ['ru', 'Однако старый мост в порту будет закрыт на девять долгих месяцев.'],
  ])('sees that it leans on another (%s): %s', (lang, text) => {
    expect(standing(text, lang)).toBe('follows')
  })

  it.each([
    ['a question', 'Will the old harbour bridge in the town ever open again?'],
    ['an open quotation', 'The mayor said that the old bridge was "a wreck and a shame.'],
    ['a quotation that closes only', 'The old bridge was a wreck and a shame to the town.”'],
    ['an opening quotation', '"The old bridge is a wreck and a shame," said Ada Quill.'],
    ['the writer speaking', 'We went to see the old harbour bridge on a very cold day.'],
    ['a caption', 'Ada Quill speaks at the old harbour bridge on Monday, May 12, 2031.'],
    ['a picture credit', 'The old harbour bridge in the town at night Ada Oduya/Getty Images.'],
    [
      'a credit before a caption',
      'Ada Oduya/for Harbour Post Otto Vance (right) greets his brother at the bridge.',
    ],
    ['shouting', 'SHARE THIS STORY NOW with all of your friends in the old town.'],
    ['few words', 'The old bridge is closed.'],
    ['an open bracket', 'The old harbour bridge (built in 1921 was closed for nine months.'],
  ])('turns down %s', (_, text) => {
    expect(['unfit', 'unread']).toContain(standing(text))
  })
})

describe('isWhole()', () => {
  it('wants a capital, an end mark and closed quotations', () => {
    expect(isWhole('The bridge fell.')).toBe(true)
    expect(isWhole('the bridge fell.')).toBe(false)
    expect(isWhole('The bridge fell')).toBe(false)
    expect(isWhole('桥塌了。')).toBe(true)
  })
})
