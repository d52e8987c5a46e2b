import { isFirstMention } from './first-mentions.ts'
import { onceEach } from './once-each.ts'
import { findNameUse } from './person-names.ts'
import { peopleIn } from './people.ts'
import { pointersIn, saysThing, stemsOf } from './pointers.ts'
import { TOP_SENTENCES } from './story-core.ts'
import type { StoryText } from './story-text.ts'
import { formOf } from './tokens.ts'

/** Keys of which one must be given before a sentence: a word, a name, or the sentence right before it in its article. */
export type Need = readonly string[]

/** What the sentences of a story (by index) point at outside themselves, and what they give to others. */
export interface References {
  /** What a sentence needs that the headline does not give; `strict` also counts weak signs. */
  readonly needs: (sentence: number, strict: boolean) => readonly Need[]
  /** What the first sentence of an article needs where it does not open the summary: its title, which nobody sees, may have brought it up. */
  readonly needsBehind: (sentence: number) => readonly Need[]
  /** The keys among `wanted` that a sentence gives. */
  readonly gives: (sentence: number, wanted: ReadonlySet<string>) => readonly string[]
}

/**
 * Finds what sentences point at: `the bill`, `that decision`, `Quill said`.
 *
 * A description needs a sentence before it with its noun (or a word that brings it up, as `shot` brings up `the gunman`), unless such
 * descriptions are first mentions often enough (`first-mentions.ts`); where its own article has none before it, the sentence right
 * before it will do. A surname needs its owner. The headline gives what it says. Descriptions are judged in English only; each
 * sentence is looked at once, when first asked for.
 */
export function referencesIn(story: StoryText, headline: string): References {
  const { sentences, lang } = story
  const names = findNameUse(sentences, lang)
  const headlineStems = new Set([...stemsOf(headline, lang), ...(lang === 'en' ? peopleIn(headline) : [])])
  const headlineNames = new Set(headline.match(NAME) ?? [])
  const words = onceEach((i: number) => {
    const { text = '' } = sentences[i] ?? {}
    const said = wordsOf(story, i).filter((stem) => saysThing(text, stem, lang))
    return new Set(lang === 'en' ? [...said, ...peopleIn(text)] : said)
  })
  const pointers = onceEach((i: number) => pointersIn(sentences[i]?.text ?? '', lang))
  const nounNeeds = (i: number, strict: boolean): Need[] => {
    const opens = sentences[i]?.position === 0
    return pointers(i)
      .filter(({ mention }) => {
        // An article that opens with `The meeting is …` says what its title told.
        const isStrict = strict || (opens && mention?.start === 0 && mention.form === 'bare')
        return mention === undefined || !isFirstMention(mention, { strict: isStrict, opens })
      })
      .flatMap(({ stems, mention }) => {
        if (stems.some((stem) => headlineStems.has(stem))) return []
        const before = earlierIn(story, i).filter((j) => stems.some((stem) => words(j).has(stem)))
        const isUntold = opens || (strict && mention?.start === 0 && ONE_OF_MANY.has(mention.noun))
        const nearest = before.length > 0 ? [before[0], before.at(-1)] : isUntold ? [] : [i - 1]
        const own = strict ? nearest : before.length > 0 ? [] : nearest
        const anywhere = stems.map(strict ? topKey : wordKey)
        return [[...anywhere, ...own.map((j = -1) => sentenceKey(j))]]
      })
  }
  const nameNeeds = (i: number, strict: boolean): Need[] => {
    if (!strict && sentences[i]?.position === 0) return []
    const { needs = [], weak = [], strangers = [], later = [] } = names[i] ?? {}
    const unknown = (name: string): boolean => !isInHeadline(headline, headlineNames, name)
    return [
      ...[...needs, ...weak].filter(unknown).map((name) => [nameKey(name)]),
      ...(strict ? later : []).filter(unknown).map((name) => [mentionKey(name)]),
      ...(strict ? strangers : []).filter(unknown).map((name) => [roleKey(name), sentenceKey(i - 1)]),
    ]
  }
  const isOneTold = ONE_PERSON.test(headline)
  /** `The victim …` among several, `…, he said.`: who that is, another sentence says. */
  const personNeeds = (i: number): Need[] => {
    const text = sentences[i]?.text ?? ''
    if (lang !== 'en' || sentences[i]?.position === 0) return []
    const speaker = SPEAKER_BEHIND.test(text)
      ? earlierIn(story, i).find((j) => SAYS.test(sentences[j]?.text ?? ''))
      : undefined
    const [, noun = ''] = THE_PERSON.exec(text) ?? []
    const isNew =
      noun !== '' &&
      new RegExp(`\\b(?:An?|One|Another|an?|one|another)\\s(?:[\\p{L}-]+\\s){0,3}${noun}\\b`, 'u').test(
        sentences[i - 1]?.text ?? '',
      )
    return [
      ...(isNew ? [[sentenceKey(i - 1)]] : []),
      ...(!isOneTold && THE_VICTIM.test(text) ? [[ONE_PERSON_KEY]] : []),
      ...(speaker === undefined ? [] : [[sentenceKey(speaker)]]),
    ]
  }
  const needsBehind = (i: number): Need[] => {
    const opener = sentences[i]?.position === 0 ? (names[i]?.opener ?? null) : null
    return opener === null || isInHeadline(headline, headlineNames, opener) ? [] : [[mentionKey(opener)]]
  }
  const strictNeeds = onceEach((i: number) => [
    ...nounNeeds(i, true),
    ...nameNeeds(i, true),
    ...personNeeds(i),
  ])
  const plainNeeds = onceEach((i: number) => [...nounNeeds(i, false), ...nameNeeds(i, false)])
  return {
    needs: (i, strict) => (strict && (sentences[i]?.position ?? 0) > 0 ? strictNeeds : plainNeeds)(i),
    needsBehind,
    gives: (i, wanted) => {
      const own = new Set(strictNeeds(i).flat())
      const keys = [
        ...Array.from(words(i), wordKey).filter((key) => !own.has(key)),
        ...((sentences[i]?.position ?? 0) < TOP_SENTENCES
          ? Array.from(words(i), topKey).filter((key) => !own.has(key))
          : []),
        ...(names[i]?.gives ?? []).flatMap((name) =>
          names[i]?.strangers.includes(name) === true ? [nameKey(name)] : [nameKey(name), roleKey(name)],
        ),
        ...(names[i]?.mentions ?? []).map(mentionKey),
        ...(wanted.has(ONE_PERSON_KEY) && ONE_PERSON.test(sentences[i]?.text ?? '') ? [ONE_PERSON_KEY] : []),
        sentenceKey(i),
      ]
      return keys.filter((key) => wanted.has(key))
    },
  }
}

/** Whether all that a sentence points at, by weak signs too, is told by the headline or by the sentences before it (by index). */
export function isClear(references: References, sentence: number, told: readonly number[]): boolean {
  const needs = [...references.needs(sentence, true), ...references.needsBehind(sentence)]
  const wanted = new Set(needs.flat())
  const given = new Set(told.flatMap((i) => references.gives(i, wanted)))
  return needs.every((keys) => keys.some((key) => given.has(key)))
}

/** People and papers of which there are many: a sentence about one that was never brought up follows from no other. */
const ONE_OF_MANY: ReadonlySet<string> = new Set(
  'memo letter statement document email video boy girl man woman child children teen teenager officer deputy suspect driver'
    .split(' ')
    .map((noun) => formOf(noun, 'en')),
)

/** `The woman said …` right behind `One woman came …` is that woman and no other. */
const THE_PERSON =
  /^The\s(victim|man|woman|witness|officer|suspect|driver|student|teacher|neighbou?r|resident|friend)\b/u
const THE_VICTIM = /^The\svictim\b(?!\s(?:was|is)\sidentified\b)/u
const ONE_PERSON_KEY = 'one person'
/** One person whom `the victim` may mean; many victims have none. */
const ONE_PERSON =
  /\b(?:[Aa]n?|[Oo]ne|[Aa]nother)\s(?:[\p{L}\d-]+\s){0,4}?(?:man|woman|boy|girl|person|victim|teen|teenager|student|pupil|driver|child|toddler|infant|baby|employee|worker|clerk|guard|officer|deputy|passenger|resident|customer|mother|father|son|daughter|brother|sister|player|male|female)\b|\b\d{1,3}[- ]year[- ]old\b|\p{Lu}\p{Ll}+,\s\d{1,2}\b|\b(?:[Hh]is|[Hh]er)\s\p{Ll}/u
/** `…, he said.`, and no name before it. */
const SPEAKER_BEHIND =
  /^.[^\p{Lu}]*,\s(?:he|she)\s(?:said|says|added|told)\b|,\s(?:he|she)\s(?:said|says|added)\.$/u
const SAYS =
  /\b(?:said|says|saying|told|tells|according|added|testified|wrote|announced|argued|tweeted|stated|explained|noted|reported)\b/u

/** Whether a headline has a surname; one that several people bear (`Quill O`) alone, or behind that first name. */
function isInHeadline(headline: string, names: ReadonlySet<string>, name: string): boolean {
  const [surname = '', initial] = name.split(' ')
  if (initial === undefined || !names.has(surname)) return names.has(name)
  const [, first] = new RegExp(`(?:(\\p{Lu})[\\p{L}.]*\\s)?${surname}`, 'u').exec(headline) ?? []
  return first === undefined || first === initial
}

const NAME = /\p{Lu}[\p{L}\p{M}-]+/gu

function wordKey(stem: string): string {
  return `w ${stem}`
}

/** The key of a word in one of the first sentences of an article: what stands there is what the story is about. */
function topKey(stem: string): string {
  return `t ${stem}`
}

function nameKey(name: string): string {
  return `n ${name}`
}

function mentionKey(name: string): string {
  return `m ${name}`
}

/** The key of a name in a sentence that may say who its owner is. */
function roleKey(name: string): string {
  return `r ${name}`
}

/** The key of a sentence by its index: what leans on it needs it. */
export function sentenceKey(sentence: number): string {
  return `s ${sentence}`
}

function wordsOf({ content, vocabulary }: StoryText, i: number): string[] {
  return Array.from(content[i] ?? [], (id) => vocabulary.words[id] ?? '')
}

/** The sentences before one in its article. */
function earlierIn({ sentences }: StoryText, i: number): number[] {
  const position = sentences[i]?.position ?? 0
  return Array.from({ length: position }, (_, k) => i - 1 - k)
}
