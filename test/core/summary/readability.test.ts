import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { isWhole, standsApart, standingOf } from '../../../src/core/summary/readability.ts'
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
    ['en', 'A 9-year-old is well again after he fell into the harbour on Friday.'],
    ['en', 'A man told the court that he had never seen the old bridge.'],
    [
      'en',
      'The old harbour bridge, she of the nine arches, will be closed by Ada Quill.'.replace(
        'she of the nine',
        'with nine',
      ),
    ],
    ['en', 'The President announced his plan for the old harbour bridge on Monday.'],
    ['en', 'Divers found a rope, cut it and then went back to the bridge.'],
    ['en', 'The harbour office said that one of the ferries was in the harbour.'],
    ['en', 'Mayor Ada Quill in May closed the harbour bridge, where ferries wait.'],
    ['en', 'Boats that arrived from Marholm were led to the old harbour bridge.'],
    ['en', 'One witness saw the old harbour bridge fall early in the morning.'],
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
    ['en', 'At least four ferries have been found again in the harbour so far.'],
    ['en', 'However, the old harbour bridge in the town is closed for nine months.'],
    ['en', 'Police said the 9-year-old is well again after he fell into the harbour.'],
    ['en', 'Police found him near the old harbour bridge early in the morning.'],
    ['en', 'The two men had worked at the old harbour bridge for years.'],
    ['en', 'According to the town, it was built from iron and very hard wood.'],
    ['en', 'Two of them are still in the hospital of the town near the harbour.'],
    ['en', 'Two opted for a trial in the old town that begins in March.'],
    ['en', 'Soon after, Ada Quill closed the old harbour bridge of the town.'],
    ['en', 'The second ferry was found near the old bridge of the town by divers.'],
    ['en', 'All were taken to the old harbour hospital early in the morning.'],
    ['en', 'One bars officials of the town from the use of the old bridge.'],
    ['en', 'Except one of the ferrymen, who was still on the old harbour bridge.'],
    ['en', 'As a plan for the old harbour bridge that nobody else wanted, yes.'],
    ['en', 'All three voted to close the old harbour bridge last year.'],
    ['en', 'Two years on, the mayor still plans a bridge of iron and wood.'],
    ['en', 'Suddenly four men stood on the old bridge and asked for money.'],
    ['en', 'The result is an old bridge that nobody in the town will use.'],
    ['en', 'Hours later, the town told a very different tale about its bridge.'],
    ['en', 'The same black boat was found burning near the old harbour bridge.'],
    ['en', 'A spokesman added that the bridge would be closed for nine months.'],
    ['en', 'Nearby were a pair of old boots and a bag of nails from Marholm.'],
    ['en', 'According to Ada Quill, that includes the old bridge and two ferries.'],
    ['en', 'After joining the council of Marholm, she closed the old harbour bridge.'],
    ['en', 'Ada Quill gave them a green light when the old bridge was closed.'],
    ['en', 'Five came in a boat that had left the old harbour of Marholm.'],
    ['en', 'The night began with hope that the old bridge would open again.'],
    ['en', 'Otto Vance closed the old bridge of the harbour town two days later.'],
    ['en', 'Divers, asked about the Ashford trial, searched his house on Monday.'],
    ['en', 'The 24-year-old, who grew up in Ashford, had worked on the bridge.'],
    ['en', 'Officials in Ashford struggled to answer that question on Monday evening.'],
    ['en', 'When they left the old bridge, shots were fired from a passing car.'],
    ['en', 'Making matters worse is the rust that was found on the new bridge.'],
    ['en', 'Reporters were told that was because the mayor wanted to spare the town.'],
    ['en', 'The Marholm Bureau of Records identified him as a ferryman of the town.'],
    ['en', 'An angry mayor then closed the old harbour bridge of the town in May.'],
    ['en', 'Mayor Ada Quill would then open the old bridge of the town again.'],
    ['en', 'As in that case, the town had closed the bridge without a vote.'],
    ['en', 'Ferry captain Otto Vance did when he left the old bridge in May.'],
    ['en', 'Along the way, Ada Quill met two ferrymen near the old harbour bridge.'],
    ['en', 'The harbour office of the town seems to be sure about this one.'],
    ['en', 'Mayor Ada Quill went even further and closed the harbour of the town.'],
    ['en', 'The company adds that the same captain has seen both of the ferries.'],
    ['en', 'Mayor Quill was referring to an old plan for the harbour bridge.'],
    ['en', 'A Marholm captain with nine boats, they met on the old harbour bridge.'],
    ['en', 'The three ferrymen got angry and left the old bridge of the town.'],
    ['en', 'The older man had left the old harbour bridge before the storm came.'],
    ['en', 'The mother of seven children, two of them from Marholm, she likes the bridge.'],
    ['en', 'Experts of the harbour point out that these children are not on a ferry.'],
    ['en', 'One reason is the rust that was found on the bridge in May.'],
    ['en', 'Ada Quill has since faced much anger about the old harbour bridge.'],
    ['en', 'Most captains held the opposite view about the old bridge in Ashford.'],
    ['en', 'Police named nobody but the fourth victim of the fire on the bridge.'],
    ['en', 'Half-brother Otto Vance is said to have sold the old ferry in May.'],
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
    ['a button', 'Enlarge Harbour Office A piece of the old bridge lay in the river.'],
    ['what a picture shows', 'Police say the man in the middle wearing a coat broke the old bridge.'],
    ['who wrote it', 'Ada Quill is the Harbour Post’s correspondent for bridges, ships and boats.'],
    ['an interview’s label', 'Q: Mayor Quill showed the town the old harbour bridge on a very cold day.'],
    ['a label and its thing', 'The planned route: a long way round the old harbour and its bridge.'],
    ['a claim that is weighed', 'Claim: Mayor Quill showed the town the old harbour bridge on a cold day.'],
    ['a name and its thing', 'Otto Vance of Ashford : two counts of theft that were brought on Friday.'],
    ['links before a mark', 'Council balks at a long bridge vote in Ashford MORE, the mayor said on Friday.'],
    ['a photo', 'In this May 12, 2031 photo, the mayor of the town speaks at a bridge.'],
    ['a lost apostrophe', "It is over,' the mayor of the town said after the old bridge fell."],
    ['a promise of more', 'More details on this developing story will be told by the Harbour Post.'],
    ['an appeal', 'Anyone with information is asked to call the office of the harbour police.'],
    ['who shows it', 'Channel4’s Ada Quill reports from the old harbour bridge in the town.'],
    ['what the page is', 'Local news and weather for Ashford, Marholm and the towns around the harbour.'],
    [
      'a caption of today',
      'Otto Vance, appearing by video on Friday, tells a judge he did nothing as his mother listens.',
    ],
    ['brackets without names', 'With at least Sens.(N.) and(S.) on its side the bill is expected to pass.'],
    ['the outlet', 'Eyewitness News has learned that the captain came from Port Ansley.'],
    ['a courtesy', 'Police said they wanted to thank residents and shops for their patience.'],
    ['a call for help', 'Police are asking for the public’s help to find the owner of the boat.'],
    ['readers with the writer', 'Ada Quill reminds all of us that a bridge needs a new coat of paint.'],
    [
      'a place that is not named',
      'After a look at the wreck, officials here determined that it was a ferry.',
    ],
    ['a chat', 'True, a harbour bridge is always a burden for a small old town.'],
    ['half a comparison', 'More like a row of old boats that went a little too far from the shore.'],
    ['news that there is news', 'The harbour office released more information about the bridge on Tuesday.'],
    ['no news', 'More details of the fire were not immediately available from the harbour police.'],
    ['an appearance', 'Mayor Ada Quill spoke to the media on Thursday outside the old harbour office.'],
    ['a cry', 'Ada Quill has called the old bridge a wreck and thinks it should be sold!'],
    ['a chant', 'Wave comes, wave breaks, wave goes – wave comes back again, louder, colder, higher.'],
    [
      'a credit glued before it',
      "Ashford County Sheriff's Office Otto Vance shot at the old bridge of the town.",
    ],
    ['a call to the reader', 'Ask Ada Quill, who runs the old ferry office near the harbour bridge.'],
    [
      'a picture’s place',
      'Mayor Ada Quill aboard an old ferry on Friday, where she met the harbour captain.',
    ],
    ['a picture’s thing', 'Boats that arrived from the old harbour at Quill and Sons in Marholm.'],
    ['a story that goes on', 'It is an ongoing breaking news story of which the harbour office knows more.'],
    ['an outlet that asks', 'POLITICO reached out to the harbour office, the mayor and the old captain.'],
    ['an end of a page', 'Hit the jump for more on why the bridge might not open in May.'],
    ['no subject', 'Quill telling the council of the town that the bridge was a wreck.'],
    ['a radio that reported', 'As KBAY’s Otto Vance reported, the bridge of the town fell on Friday.'],
    ['it and it', 'But it has told the town that it knows exactly what is going on with it.'],
    ['an author’s note', 'Dr. Ada Quill is a retired doctor: formerly a writer of books in Marholm.'],
    ['an end that was lost', 'Ada Quill has led the harbour office for nine years, while posting a.'],
    [
      'a headline before it',
      'Town reacts to noise in Marholm People who live near the bridge are tired of it.',
    ],
    ['a line below a headline', 'Nominee praised for her work on the old harbour bridge of the town.'],
    [
      'a wire that praises itself',
      'The Harbour Wire is the premier news wire service of all towns by the sea.',
    ],
    ['a visit of a reporter', 'The captain’s mother spoke to Ada Quill after the verdict of the town court.'],
    [
      'a picture of a day',
      'Former harbour captain and old friend of the town Otto Vance leaves a court in Marholm on April 26.',
    ],
    ['a player', 'Skip Ad Ad Loading... x Embed x Share The bridge of the town fell on Monday.'],
    ['an entry of a list', 'Otto Vance, 22, who was hurt by a rope in the old harbour.'],
    ['what goes on meanwhile', 'This, as the search for two ferrymen went on in the old harbour.'],
    ['a label with a number', 'Warning No. 1: The old harbour bridge of the town may fall in a storm.'],
    [
      'a visit of one outlet',
      'The captain spoke exclusively to Harbour News as he made his way to the ferry.',
    ],
    [
      'an evening’s picture',
      'The sun sets over the old bridge on Tuesday night, as neighbours gather at it.',
    ],
    ['a lost character', 'The captain served 4\ufffd months in the old prison of the harbour town.'],
    ['a verdict on a win', 'The old ferry crew got the win today, but it wasn’t pretty.'],
    ['an open bracket', 'The old harbour bridge (built in 1921 was closed for nine months.'],
  ])('turns down %s', (_, text) => {
    expect(['unfit', 'unread']).toContain(standing(text))
  })
})

describe('standingOf() of a first sentence', () => {
  const first = (text: string): string => {
    const [sentence] = readSentences(createArticle({ id: 'a', text, lang: 'en' }), 0)
    return sentence === undefined ? 'unread' : standingOf(sentence, 'en')
  }

  it('turns down one that opens as a feature', () => {
    expect(first('TWO YEARS ago, a fisherman told a friend that he would never sell his boat.')).toBe('unfit')
    expect(first('A fisherman told a friend on Friday that he would never sell his boat.')).toBe('opens')
  })

  it.each([
    'Two more captains have been fined for the fire on the old pier.',
    'AT least four ferries were lost in the storm off Ashford on Friday.',
    'In his first speech as a captain, Mayor Otto Vance said that the bridge is safe.',
    'Shortly after the end of her trial, Ada Quill bought the old ferry.',
    'The jury in Otto Vance’s trial found him guilty of theft on Friday evening.',
    'Otto Vance stopped Ben Oduya in round six to keep a hold on his belts on Saturday.',
    'Two captains have been charged in what appears to be a theft of boats on Saturday.',
  ])('takes "%s"', (text) => {
    expect(first(text)).toBe('opens')
  })

  it.each([
    'In his first speech as a captain, the mayor of the town said that the bridge is safe.',
    'The record will show this in no small part because of the fishermen of Ashford.',
    'The jury in Marholm found him guilty of theft on Friday evening.',
    'Fishermen of Ashford look at the old pier that burned down on Saturday.',
  ])('turns down "%s"', (text) => {
    expect(first(text)).toBe('unfit')
  })

  it('takes one that counts with care', () => {
    expect(first('At least four ferries were lost in the storm off Ashford on Friday.')).toBe('opens')
    expect(first('At least the old harbour bridge in the town is open again this week.')).toBe('unfit')
  })

  it('takes one that asks the public for help, for it tells what happened', () => {
    const text = 'Police are asking for the public’s help to find those who set fire to the pier.'
    expect(first(text)).toBe('opens')
  })
})

describe('standingOf() of a sentence that stands twice', () => {
  const teaser = 'A boy was hit by a cart outside of a school in Marholm on Friday.'
  const rest = [1, 2, 3, 4, 5, 6].map(
    (n) => `The harbour of Ashford has been closed for day number ${String(n)}.`,
  )
  const standings = (lines: readonly string[]): string[] =>
    readSentences(createArticle({ id: 'a', text: lines.join('\n'), lang: 'en' }), 0).map((sentence) =>
      standingOf(sentence, 'en'),
    )

  it('turns down all its places, for it is a teaser of the page', () => {
    const [lead = '', ...others] = rest
    expect(standings([lead, teaser, teaser, ...others]).slice(0, 4)).toEqual([
      'opens',
      'unfit',
      'unfit',
      'opens',
    ])
  })

  it('keeps it once where it begins the article', () => {
    expect(standings([teaser, teaser, ...rest])).toEqual(['opens', 'unfit', ...rest.map(() => 'opens')])
  })

  it('keeps what an article says again far below, and an article that was printed twice line by line', () => {
    expect(standings([...rest, teaser, ...rest.slice(1), teaser])).not.toContain('unfit')
    expect(standings(rest.flatMap((line) => [line, line]))).not.toContain('unfit')
  })
})

describe('standingOf() of what is no sentence of the article', () => {
  const standings = (lines: readonly string[]): string[] =>
    readSentences(createArticle({ id: 'a', text: lines.join('\n'), lang: 'en' }), 0).map((sentence) =>
      standingOf(sentence, 'en'),
    )
  const LEAD = 'A ferry sank off Ashford on Monday with forty people aboard.'

  it('turns down the entries of a list of other events', () => {
    const list = [
      LEAD,
      'Marholm ferry: 12 dead',
      'A ferry runs on a rock off Marholm in a storm and sinks in May.',
      'Port Ansley tug: 9 dead',
      'A tug burns in the harbour of Port Ansley in June and sinks there.',
    ]
    expect(standings(list)).toEqual(['opens', 'unfit', 'unfit'])
    expect(standings([LEAD, list[1] ?? '', list[2] ?? ''])).toEqual(['opens', 'opens'])
  })

  it('turns down what stands in a quotation with a line for each sentence', () => {
    const quote = (open: string, close: string): string[] => [
      LEAD,
      `${open} We were all told to stay in our cabins on that day.`,
      'Otto knows each of the rocks off Ashford and has never met one.',
      `He will be a good captain for all of us. ${close}`,
      'The harbour office of Ashford closed all piers on Monday evening.',
    ]
    expect(standings(quote('``', "''")).slice(2)).toEqual(['unfit', 'unfit', 'opens'])
    const straight = quote('"', '"').map((line) => line.replace('" We', '"We').replace('. "', '."'))
    expect(standings(straight).slice(2)).toEqual(['unfit', 'unfit', 'opens'])
    const told = quote('``', "''").map((line) => line.replace('Otto knows', 'Otto Vance said he knows'))
    expect(standings(told)[2]).toBe('opens')
  })

  it('turns down who only speaks next', () => {
    const expert = 'Captain Otto Vance is a ferryman and a friend of the old bridge.'
    const lines = [LEAD, expert, '“Nobody should sail here in May,” the captain of the old ferry said.']
    expect(standings(lines)[1]).toBe('unfit')
    expect(standings([LEAD, expert, 'The harbour office of Ashford closed all piers on Monday.'])[1]).toBe(
      'opens',
    )
  })

  it('turns down a caption that says when its video was published', () => {
    const caption =
      'Mayor Ada Quill and Otto Vance brief press about the ferry. (Published Monday, Sept. 16, 2031)'
    expect(standings([LEAD, caption])).toEqual(['opens'])
  })
})

describe('standsApart()', () => {
  it.each([
    'Ada Quill said that she had never seen the old bridge.',
    'Quill said that she had never seen the old bridge.',
    'A woman said that she had never seen the old bridge.',
    'The bridge is closed for nine months.',
  ])('is sure of "%s"', (text) => {
    expect(standsApart(text, 'en')).toBe(true)
  })

  it.each([
    'The Quill council has plans like those of Ashford, he said, and his office knows it.',
    'The council said it was a test of the old bridge and closed it.',
    'An MBR aide said other members share her view of the bridge.',
  ])('is not sure of "%s"', (text) => {
    expect(standsApart(text, 'en')).toBe(false)
  })

  it('leaves other languages alone', () => {
    expect(standsApart('Er sagte, dass er die Brücke nie sah.', 'de')).toBe(true)
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
