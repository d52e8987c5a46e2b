import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { referencesIn, type References } from '../../../src/core/summary/references.ts'
import { readStory } from '../../../src/core/summary/story-text.ts'
import { summarizeStory } from '../../../src/core/summary/summarize-story.ts'

const LEAD = 'Mayor Ada Quill closed the old harbour bridge for nine months on Monday.'

function references(sentences: readonly string[], headline = ''): References {
  const doc = createArticle({ id: 'a', text: sentences.join('\n'), lang: 'en' })
  return referencesIn(readStory([doc], 'en', undefined), headline)
}

/** The first key of each need of the second sentence of an article. */
function needsOf(text: string, headline = '', strict = true): (string | undefined)[] {
  return references([LEAD, text], headline)
    .needs(1, strict)
    .map(([key]) => key)
}

describe('referencesIn()', () => {
  it.each([
    ['The memo was read by all of the town council in Marholm.', ['t memo']],
    ['Otto Vance of Marholm read the memo to all his friends.', ['t memo']],
    ['The younger son sold one of his old boats to Otto Vance.', ['t son']],
    ['Otto Vance of Marholm thinks that Quill will never come.', ['n Quill']],
    ['Otto Vance of Marholm bought a boat from the 24-year-old.', ['t 24']],
    ['Otto Vance of Marholm has read both letters to his friends.', ['t letter']],
    ['Otto Vance of Marholm stepped aside from that inquiry on Monday.', ['t inquiri']],
    ['A boat of Otto Vance was at the Ashford shooting on Monday.', ['t shoot']],
    ['Otto Vance of Marholm met the Ashford striker on Monday evening.', ['t ashford']],
    ['Mara Fenn met the Ashford couple on Monday evening at noon.', ['t ashford']],
    ['Mara Fenn read the Reuters report to all of her friends.', ['t report']],
  ])('needs what another sentence must say: %s', (text, needs) => {
    expect(needsOf(text)).toEqual(needs)
  })

  it.each([
    'The weekend brought rain and much wind to Marholm and Ashford.',
    'Otto Vance told the police that nobody had been on the internet.',
    'Otto Vance read a memo and gave the memo to all of his friends.',
    'A gunman fled from Marholm on Monday, and the shooter is wanted.',
    'Otto Vance of Marholm says that Trump will never come to Ashford.',
  ])('needs nothing where a reader understands: %s', (text) => {
    expect(needsOf(text)).toEqual([])
  })

  it('needs the long form of a short one that the story explains', () => {
    const found = references([
      'The Harbour Bridge Trust (HBT) closed the old bridge on Monday.',
      'Mara Fenn of the HBT said that nine months would do for repairs.',
      'Mara Fenn told the FBI that nine months would be enough.',
    ])
    expect(found.needs(1, true)).toEqual([['n HBT']])
    expect(found.gives(0, new Set(['n HBT']))).toEqual(['n HBT'])
    expect(found.needs(2, true)).toEqual([])
  })

  it('takes what the headline says as known', () => {
    expect(needsOf('The memo told of Quill and her plans for ferries.', 'Memo by Quill read')).toEqual([])
  })

  it('is less strict where many words are wanted', () => {
    const text = 'The driver spoke of much rain and wind in Marholm and Ashford.'
    const parcel = 'Otto Vance of Marholm lost the parcel, to the surprise of all.'
    expect(needsOf(text, '', false)).toEqual(['w driver'])
    expect(needsOf(parcel)).toEqual(['t parcel'])
    expect(needsOf(parcel, '', false)).toEqual([])
  })

  it('wants what an article opens with to be in the headline', () => {
    const opening = 'The memo is only the second one of Mara Fenn to the council of Marholm.'
    expect(references([opening]).needs(0, true).flat()).toContain('w memo')
    expect(references([opening], 'Second memo of Fenn found').needs(0, true)).toEqual([])
  })

  it('wants a lone name that an article opens with to be told, unless the summary opens with it', () => {
    const opening = 'Fenn has not revealed what the new bridge of Marholm will cost the town.'
    expect(references([opening]).needs(0, true)).toEqual([])
    expect(references([opening]).needsBehind(0)).toEqual([['m Fenn']])
    expect(references([opening], 'Fenn builds bridge').needsBehind(0)).toEqual([])
    expect(references(['Nine ferries of Mara Fenn were sold.']).gives(0, new Set(['m Fenn']))).toEqual([
      'm Fenn',
    ])
    expect(references(['Divers have searched it. All divers left the bridge.']).needsBehind(0)).toEqual([])
    expect(references([LEAD, opening]).needsBehind(1)).toEqual([])
  })

  it('tells people of one surname apart by whom the article named last', () => {
    const texts = [
      LEAD,
      'Her nephew Otto Quill owns the old ferry of Marholm.',
      'A court fined Quill twice last year over the ferry.',
    ]
    expect(references(texts).needs(2, true)).toContainEqual(['n Quill O'])
    expect(references(texts, 'Mayor Ada Quill closes bridge').needs(2, true)).toContainEqual(['n Quill O'])
    expect(references(texts, 'Otto Quill fined').needs(2, true)).not.toContainEqual(['n Quill O'])
    expect(references(texts).gives(0, new Set(['n Quill', 'n Quill A', 'n Quill O']))).toEqual([
      'n Quill',
      'n Quill A',
    ])
    expect(references([LEAD, texts[2] ?? '']).needs(1, true)).toContainEqual(['n Quill'])
  })

  it('asks for the bearer named before, where a sentence names another one behind the surname', () => {
    const texts = [
      LEAD,
      'Her nephew Otto Quill owns the old ferry of Marholm.',
      'A court said that Quill lived in the house of his aunt Ada Quill.',
    ]
    expect(references(texts).needs(2, true)).toContainEqual(['n Quill O'])
  })

  it('strictly wants the one that the victim is, and the one who spoke', () => {
    const several = 'Nine ferrymen were hurt in Marholm on Monday by a storm.'
    const texts = [several, 'The victim told a station of Marholm that nobody helped.']
    expect(references(texts).needs(1, true)).toContainEqual(['one person'])
    expect(references(texts, 'A ferryman was hurt, 34-year-old dies').needs(1, true)).not.toContainEqual([
      'one person',
    ])
    expect(references([LEAD]).gives(0, new Set(['one person']))).toEqual([])
    expect(references(['A woman was hurt.']).gives(0, new Set(['one person']))).toEqual(['one person'])
    const spoken = [
      LEAD,
      'Captain Otto Vance said that the bridge was old.',
      'It was built of iron.',
      'There were letters and pictures of the rust as well, he said.',
    ]
    expect(references(spoken).needs(3, true)).toContainEqual(['s 1'])
  })

  it('lets the sentence before it do where the article never said the thing', () => {
    const found = references([LEAD, 'A letter came to Otto Vance.', 'The envelope was opened by all.'])
    expect(found.needs(2, true)).toEqual([['t envelop', 's 1']])
  })

  it('strictly wants one of many people or papers to be brought up', () => {
    const found = references([LEAD, 'A letter came to Otto Vance.', 'The memo was read by all.'])
    expect(found.needs(2, true)).toEqual([['t memo']])
    expect(found.needs(2, false)).toEqual([['w memo', 's 1']])
  })

  it('strictly wants the first or the nearest sentence that says the thing, or a top', () => {
    const found = references([
      LEAD,
      'Otto Vance wrote a memo.',
      'A memo came.',
      'Rain fell.',
      'The memo was read by all.',
    ])
    expect(found.needs(4, true)).toEqual([['t memo', 's 2', 's 1']])
    expect(found.needs(4, false)).toEqual([['w memo']])
  })

  it('gives words and names that a sentence does not need itself', () => {
    const found = references([LEAD, 'The memo was read by all of the town in Marholm.'])
    const wanted = new Set(['w bridg', 't bridg', 't memo', 'n Quill', 's 0', 's 1'])
    expect(found.gives(0, wanted)).toEqual(['w bridg', 't bridg', 'n Quill', 's 0'])
    expect(found.gives(1, wanted)).toEqual(['s 1'])
  })

  it('needs one boy for a boy, and an officer for an officer', () => {
    const found = references([LEAD, 'Two children fell into the water.', 'The boy was found by Otto Vance.'])
    expect(found.needs(2, true)).toEqual([['t +boy']])
    expect(needsOf('The officer found Otto Vance at his old boat.', 'Police find boat')).toEqual([
      't +officer',
    ])
    expect(needsOf('The boy fell into the water of Marholm.', 'Boy, 6, falls from bridge')).toEqual([])
    expect(needsOf('A boy of Marholm fell, and the boy was found by Otto Vance.')).toEqual([])
  })

  it('lets a shooting bring up its gun, but no handgun', () => {
    const shooting = 'Two men of Marholm were hurt in a shooting.'
    const keysOf = (text: string): (string | undefined)[] =>
      references([LEAD, shooting, text]).needs(2, true).flat()
    expect(keysOf('Otto Vance of Marholm found the gun in an old boat.')).toContain('t shoot')
    expect(keysOf('Otto Vance of Marholm found the handgun in an old boat.')).not.toContain('t shoot')
  })

  it('needs the sentence that may say who speaks under a full name', () => {
    const found = references([
      LEAD,
      'The owner of a boat is angry at the town of Marholm.',
      'Otto Vance told Ada Quill that he needs all of his boats.',
      'A new one is far too low for boats of his kind, Vance said.',
      'Boat owner Otto Vance told the town that he will go to court.',
    ])
    expect(found.needs(2, true)).toEqual([['r Vance', 's 1']])
    expect(found.needs(2, false)).toEqual([])
    expect(found.gives(2, new Set(['n Vance', 'r Vance']))).toEqual(['n Vance'])
    expect(found.gives(4, new Set(['n Vance', 'r Vance']))).toEqual(['n Vance', 'r Vance'])
    expect(found.needs(4, true)).toEqual([])
  })

  it('needs the owner of a first name, of a name behind a rank and of one that speaks', () => {
    const owner = 'Detective Otto Vance and Mara Fenn of Ashford found an old boat.'
    const found = (text: string): (string | undefined)[] =>
      references([owner, text])
        .needs(1, true)
        .map(([key]) => key)
    expect(found('A letter that Mara wrote came to Ashford on Monday.')).toEqual(['n Mara'])
    expect(found('A letter to Sgt. Vance came from Ashford on Monday.')).toEqual(['n Vance'])
    expect(found('A letter came to Ashford on Monday, Oduya said.')).toEqual(['n Oduya'])
  })
})

describe('summarizeStory()', () => {
  const docs = [
    createArticle({
      id: 'post',
      title: 'Harbour bridge closed in Ellmstadt',
      lang: 'en',
      text: `The old harbour bridge of Ellmstadt was closed on Monday after engineers found cracks in its iron piers.
Mayor Ada Quill received a memo on the cracks in the harbour bridge from engineers in the spring.
The memo said that the harbour bridge of Ellmstadt could fall in strong wind, engineers told reporters.`,
    }),
    createArticle({
      id: 'coast',
      title: 'Ellmstadt closes its harbour bridge',
      lang: 'en',
      text: `Engineers closed the harbour bridge of Ellmstadt on Monday and found cracks in its piers.
The memo said that the harbour bridge of Ellmstadt could fall in strong wind and heavy traffic.`,
    }),
  ]

  it('tells of a thing only behind the sentence that brings it up', () => {
    for (const sentences of [2, 3, 4, 6]) {
      const texts = summarizeStory(docs, { sentences }).sentences.map(({ text }) => text)
      const at = texts.findIndex((text) => text.startsWith('The memo'))
      if (at >= 0) expect(texts.findIndex((text) => text.includes('a memo'))).toBeLessThan(at)
      if (at >= 0) expect(texts.some((text) => text.includes('a memo'))).toBe(true)
    }
    expect(summarizeStory([docs[1] ?? fail()], { sentences: 2 }).sentences).toHaveLength(1)
  })
})

function fail(): never {
  throw new Error('no article')
}
