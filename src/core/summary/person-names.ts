import { abbreviationRules } from '../text/abbreviations.ts'
import { isKnownName } from './first-mentions.ts'
import type { StorySentence } from './story-sentence.ts'

/** Which surnames a sentence uses alone, as if the reader knew their owner, and which it gives in full. */
export interface NameUse {
  readonly needs: readonly string[]
  readonly gives: readonly string[]
  /** Names that may be a person's: first names alone, names behind a rank, names that nothing in the story explains and that speak. */
  readonly weak: readonly string[]
  /** Surnames of people who speak under their full name without a word of who they are, and whom later sentences name alone. */
  readonly strangers: readonly string[]
  /** Lone names of what does something here, as if known, and which the article brought up earlier: a beast, a firm, a ship. */
  readonly later: readonly string[]
  /** A lone name that the sentence begins with and that does something or speaks, as if a title above had brought it up. */
  readonly opener: string | null
  /** All names of the sentence. */
  readonly mentions: readonly string[]
}

/**
 * How each sentence of a story uses the surnames of its people; indexed as the sentences are.
 *
 * A surname is a capitalised word that stands behind another one somewhere (`Ada Quill`), and seldom behind `in` or `the` as places
 * and houses do. Names that every reader knows need no owner. Judged in languages with capitals whose names have no cases. Linear in the text.
 */
export function findNameUse(sentences: readonly StorySentence[], lang: string | null): NameUse[] {
  if (lang === null || !CASED.has(lang))
    return sentences.map(() => ({
      needs: [],
      gives: [],
      weak: [],
      strangers: [],
      later: [],
      opener: null,
      mentions: [],
    }))
  const openers = abbreviationRules(lang).openers
  const uses = sentences.map(({ text }) => wordsOf(text, openers))
  const surnames = surnamesOf(uses)
  const firstNames = firstNamesOf(uses, surnames)
  const isKnown = (name: string): boolean =>
    lang === 'en' && isKnownName(name) && !(PLACE_SURNAMES.has(name) && surnames.has(name))
  const times = new Map<string, number>()
  for (const { name } of uses.flat()) times.set(name, (times.get(name) ?? 0) + 1)
  const acronyms = lang === 'en' ? acronymUse(sentences) : []
  const bearerOf = bearersIn(sentences, uses, surnames)
  const plain = plainWords(sentences)
  const isPlain = (name: string): boolean => plain.has(name.toLowerCase()) || GROUPS.test(name)
  const speakers = new Set(
    uses.flat().flatMap(({ use, name, speaks }) => (use === 'alone' && speaks ? [name] : [])),
  )
  const firstAt = firstMentions(sentences, uses)
  return uses.map((words, i) => {
    const gives = unique(words.filter((word) => word.use === 'named' && surnames.has(word.name)))
    const weak = words.filter(
      ({ use, name, place, speaks, owns }) =>
        (use === 'ranked' && surnames.has(name)) ||
        (use === 'alone' && firstNames.has(name)) ||
        (use === 'alone' &&
          (speaks || (owns && (times.get(name) ?? 0) <= MAX_RARE_USES)) &&
          !place &&
          !surnames.has(name) &&
          !isPlain(name)),
    )
    return {
      needs: [
        ...unique(
          words.filter(({ use, name }) => use === 'alone' && surnames.has(name) && !isKnown(name)),
        ).map((name) => bearerOf(name, i) ?? name),
        ...familiesIn(sentences[i]?.text ?? '').filter((name) => surnames.has(name) && !isKnown(name)),
      ],
      gives: [
        ...gives,
        ...gives.flatMap((name) => bearerOf(name, i) ?? []),
        ...unique(words.filter(({ use, name }) => use === 'first' && firstNames.has(name))),
        ...(acronyms[i]?.gives ?? []),
      ],
      weak: [
        ...unique(weak).filter((name) => !gives.includes(name) && !isKnown(name)),
        ...(acronyms[i]?.weak ?? []),
      ],
      strangers:
        lang === 'en'
          ? strangersIn(sentences[i]?.text ?? '', gives).filter(
              (name) => speakers.has(name) && !isKnown(name),
            )
          : [],
      later: unique(
        words.filter(
          ({ name, use, acts, owns, place }) =>
            (acts || owns) &&
            use === 'alone' &&
            !place &&
            !surnames.has(name) &&
            !isPlain(name) &&
            !isKnown(name) &&
            firstAt(i, name) < i,
        ),
      ),
      opener: openerOf(words[0], (name) => isKnown(name) || isPlain(name)),
      mentions: unique(words),
    }
  })
}

function openerOf(first: NameWord | undefined, isKnown: (name: string) => boolean): string | null {
  if (first?.starts !== true || first.use !== 'alone' || !(first.acts || first.speaks)) return null
  return isKnown(first.name) ? null : first.name
}

/** Where the article of a sentence first has a name. */
function firstMentions(
  sentences: readonly StorySentence[],
  uses: readonly (readonly NameWord[])[],
): (sentence: number, name: string) => number {
  const first = new Map<string, number>()
  uses.forEach((words, i) => {
    for (const { name } of words) {
      const key = `${sentences[i]?.doc ?? -1} ${name}`
      if (!first.has(key)) first.set(key, i)
    }
  })
  return (sentence, name) => first.get(`${sentences[sentence]?.doc ?? -1} ${name}`) ?? Infinity
}

/** Places that everybody knows, and surnames: somebody whom the story names in full is meant, if it seldom stands behind `in`. */
const PLACE_SURNAMES = new Set(
  'Washington Jackson Houston Dallas Cleveland Lincoln Boston Richmond Columbus Phoenix Jordan Austin London Madison Paris Berlin'.split(
    ' ',
  ),
)

/** `the Quills` speaks of a Quill. */
function familiesIn(text: string): string[] {
  return [...text.matchAll(/\b[Tt]he\s(\p{Lu}\p{Ll}{2,})s(?![\p{L}’'-]|\s\p{Lu})/gu)].map(
    ([, name = '']) => name,
  )
}

/**
 * Whose surname it is where several people of a story bear it (`Quill O`, by the initial of the first name): that of the last one whom the
 * article named in full; `undefined` where one alone bears it, or the article named none.
 */
function bearersIn(
  sentences: readonly StorySentence[],
  uses: readonly (readonly NameWord[])[],
  surnames: ReadonlySet<string>,
): (surname: string, sentence: number) => string | undefined {
  const initials = new Map<string, Set<string>>()
  const named = uses.map((words) =>
    words.flatMap(({ name, use }, k) => {
      const surname = words[k + 1]
      const isFirst = use !== 'alone' && surname?.use === 'named' && surnames.has(surname.name)
      return isFirst && !TITLE.test(name) && !RANK.test(name)
        ? [{ surname: surname.name, initial: name.slice(0, 1) }]
        : []
    }),
  )
  for (const { surname, initial } of named.flat())
    initials.set(surname, (initials.get(surname) ?? new Set()).add(initial))
  return (surname, sentence) => {
    if ((initials.get(surname)?.size ?? 0) < 2) return undefined
    const usesFirst = uses[sentence]?.find(({ name }) => name === surname)?.use === 'alone'
    const from = usesFirst ? sentence - 1 : sentence
    for (let i = from; i >= 0 && sentences[i]?.doc === sentences[sentence]?.doc; i--) {
      const bearer = named[i]?.findLast((one) => one.surname === surname)
      if (bearer !== undefined) return `${surname} ${bearer.initial}`
    }
    return undefined
  }
}

/** `Ada Quill told a judge …`: the sentence before says that she is a lawyer. */
const STRANGER =
  /^((?:\p{Lu}[\p{L}.’'-]*\s){1,3})(\p{Lu}[\p{L}’'-]+)(?:,\s\d{1,3},)?\s(?:said|says|told|tells|argued|argues|thinks|believes|believed|insisted|claimed|testified|noted|had|knew|wanted|hopes)\s/u
/** Says whose relative somebody is. */
const RELATED =
  /\b(?:his|her)\s(?:\p{L}+\s)?(?:son|daughter|husband|wife|mother|father|brother|sister|grandson|granddaughter|niece|nephew|cousin|boyfriend|girlfriend|home|house)\b/u
/** Says before a name who somebody is: a title, or a body whose initials or whose owner stands there. */
const TITLE =
  /^(?:\p{Lu}{2,}|.*['’]s?|Sens?|Senators?|Reps?|Gov|Governor|Mayor|President|Premier|Chancellor|Minister|Secretary|Ambassador|Speaker|Leader|Chair\p{L}*|Judge|Justice|Attorney|Prosecutor|Lawyer|Chief|Commander|Commissioner|Superintendent|Trooper|General|Director|Manager|Owner|Spokes\p{L}+|Neighbou?r|Resident|Witness|Council\p{L}*|Congress\p{L}*|King|Queen|Pope|Prince|Princess|Lord|Lady|Sir|Pastor|Bishop|Police|Republicans?|Democrats?|Actor|Actress|Singer|Comedian|Investigator|Coroner|Principal|Mr|Mrs|Ms)\.?$/u

function strangersIn(text: string, gives: readonly string[]): string[] {
  const [, before = '', surname = ''] = STRANGER.exec(text) ?? []
  const isTold = RELATED.test(text) || before.split(' ').some((word) => TITLE.test(word) || RANK.test(word))
  return gives.includes(surname) && !isTold ? [surname] : []
}

/** Words that a story also writes small: `Investigators said` speaks of no Mr Investigators. */
function plainWords(sentences: readonly StorySentence[]): Set<string> {
  return new Set(sentences.flatMap(({ text }) => text.match(/(?<![\p{L}\p{M}'’-])\p{Ll}{3,}/gu) ?? []))
}

/** The same where they only begin sentences. */
const GROUPS =
  /^(?:Investigators|Detectives|Witnesses|Neighbou?rs|Officers|Deputies|Prosecutors|Paramedics|Firefighters|Residents|Sources|Experts|Critics|Supporters|Lawmakers|Analysts|Relatives|Friends|Parents|Students|Women|Men|Few|Many|Some|Most|Today|Department|Office|Government|Assistant)$/u

/** A name that stands so often in the story is one of its own; one that owns something and is rarer comes from nowhere. */
const MAX_RARE_USES = 2

/** Short forms that nobody explained in a sentence, and those that it explains: `the Harbour Trust (HBT)`. */
function acronymUse(sentences: readonly StorySentence[]): { weak: string[]; gives: string[] }[] {
  const explained = new Set(sentences.flatMap(({ text }) => explainedIn(text)))
  return sentences.map(({ text }) => {
    const gives = explainedIn(text)
    const used = [...text.matchAll(ACRONYM)].map(([, acronym = '']) => acronym)
    const weak = new Set(
      used.filter((one) => explained.has(one) && !gives.includes(one) && !isKnownName(one)),
    )
    return { weak: [...weak], gives }
  })
}

function explainedIn(text: string): string[] {
  return [...text.matchAll(EXPLAINED)].map(([, acronym = '']) => acronym)
}

const ACRONYM = /(?<![\p{L}(.-])(\p{Lu}{3,6})(?![\p{L})])/gu
const EXPLAINED = /\((?:the\s|or\s)?["“]?(\p{Lu}{3,6})["”]?\)/gu

const CASED = new Set('en de fr es it pt nl sv da no'.split(' '))
const WORD = /\p{L}[\p{L}\p{M}'’-]*\.?/gu
/** Before a place, a body or a thing; hardly ever before a person. */
const BEFORE_PLACES = new Set(
  'in at the from across near inside outside into within im ins aus nach en à au aux dans en desde hasta a em no na nos nas в из на'.split(
    ' ',
  ),
)
const COURTESY =
  /^(?:mr|mrs|ms|miss|herr|frau|m|mme|mlle|sr|sra|sig|signor|signora|senhor|senhora|г-н|г-жа)\.?$/iu
/** Says what somebody is, not who. */
const RANK =
  /^(?:Dr|Prof|Rev|Sgt|Det|Capt|Lt|Cpl|Maj|Col|Officer|Detective|Inspector|Sheriff|Deputy|Sister|Father|Coach|Professor|Doctor|Captain|Sergeant|Lieutenant)\.?$/u
/** Behind a person: a verb of saying, what courts and police do, or a relative. */
const SPEAKS =
  /^(?:['’]s\s(?:father|mother|parents|brother|sister|wife|husband|son|daughter|family|friends?|girlfriend|boyfriend|uncle|aunt|cousin|grandmother|grandfather|lawyers?|attorneys?|death|body)|\s(?:said|says|told|added|wrote|tweeted|explained|recalled|noted|insisted|argued|testified|thinks|believes|replied|asked|admitted|claimed|denied|pleaded|faces|questioned|warned|urged|responded|suggested|acknowledged|predicted|vowed|joked|conceded|countered|complained|stressed|describes?|described|recalls|recounts|recounted|(?:is|was)\s(?:charged|arrested|accused|booked|convicted|sentenced|jailed|shot|stabbed|being\sheld)))\b/u
const ACTS =
  /^\s(?:was|is|has|had|will|would|could|can|may|might|did|does|must|should|\p{Ll}{2,}ed|took|went|fell|died|made|got|came|left|began|won|lost|(?:was|is|has|had|would|could|did|does)n['’]t|won['’]t|can['’]t)\b/u
/** Capitalised, and often behind a name (`Quill Monday said`), but nobody. */
const DAYS = new Set(
  `Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October
  November December`.split(/\s+/u),
)

interface NameWord {
  readonly name: string
  /** Behind a first name or a title, behind a rank only, before another name, or alone. */
  readonly use: 'named' | 'ranked' | 'first' | 'alone'
  readonly place: boolean
  /** Whether something of its follows: `Quill’s boat`. */
  readonly owns: boolean
  /** Whether a verb of saying follows, or a relative. */
  readonly speaks: boolean
  /** Whether the sentence begins with it. */
  readonly starts: boolean
  /** Whether a verb follows that has it for its subject. */
  readonly acts: boolean
}

function wordsOf(text: string, openers: ReadonlySet<string>): NameWord[] {
  const found = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, at: index }))
  const names: NameWord[] = []
  found.forEach(({ word, at }, i) => {
    const name = word.replace(/['’]s?$|\.$/u, '')
    if (
      name.length < (COURTESY.test(found[i - 1]?.word ?? '') || isShortName(name, text, at) ? 2 : 3) ||
      (DAYS.has(name) && !isPersonMay(name, text, at)) ||
      !/^\p{Lu}['’]?\p{L}*\p{Ll}/u.test(name) ||
      openers.has(name.toLowerCase())
    )
      return
    const before = found[i - 1]
    const adjoins = before !== undefined && /^\s+$/u.test(text.slice(before.at + before.word.length, at))
    const after = found[i + 1]?.word ?? ''
    const isBehindPart =
      adjoins && isNamePart(before.word, openers) && !(before.at === 0 && DOING.test(before.word))
    const isNamed = adjoins && /^(?:named|called)$/u.test(before.word) && !/^\p{Lu}/u.test(after)
    const behindName =
      isNamed || isBehindPart || NICKNAME_BEFORE.test(text.slice(Math.max(0, at - MAX_NICKNAME_CHARS), at))
    // In `Ada Quill`, `Ada` is no surname.
    const first =
      /^\p{Lu}/u.test(after) &&
      !DAYS.has(after) &&
      !BASED.test(after) &&
      text.slice(at + word.length).startsWith(' ')
    const isRanked = isBehindPart && RANK.test(before.word) && !/^\p{Lu}/u.test(found[i - 2]?.word ?? '')
    const use = isRanked && !first ? 'ranked' : behindName && !first ? 'named' : first ? 'first' : 'alone'
    // Only of lone names it is asked what they do.
    const verb =
      use === 'alone' && before?.word !== 'of'
        ? text.slice(at + name.length, at + name.length + MAX_VERB_CHARS)
        : ''
    names.push({
      name,
      use,
      // `in Quill's house` speaks of a person.
      place:
        adjoins &&
        !/['’]s$/u.test(word) &&
        (BEFORE_PLACES.has(before.word.toLowerCase()) ||
          OF_PLACE.test(text.slice(Math.max(0, at - MAX_OF_CHARS), at))),
      owns: /^['’]s\s/u.test(text.slice(at + name.length, at + name.length + 3)),
      speaks: SPEAKS.test(verb),
      acts: ACTS.test(verb),
      starts: at === 0,
    })
  })
  return names
}

/** `Ri was`, `Xi said`: of so short a word only its verb shows that it is a name. */
function isShortName(name: string, text: string, at: number): boolean {
  if (!/^\p{Lu}\p{Ll}$/u.test(name) || SHORT_WORDS.has(name)) return false
  const behind = text.slice(at + name.length, at + name.length + MAX_VERB_CHARS)
  return ACTS.test(behind) || SPEAKS.test(behind) || /^\s\p{Lu}\p{Ll}/u.test(behind)
}

const SHORT_WORDS = new Set(
  'It He We If In On At So No My As Is Be To Of Or An Up By Do Go Us Am Me Mr Ms Dr St Mt Ft Lt Co La Le El De Da Du Di Al'.split(
    ' ',
  ),
)

/** `Otto Vance, 17, of Ashford`, `Otto Vance, 17 of Ashford`: where somebody lives. */
const OF_PLACE = /(?:,|\d)\sof\s$/u
const MAX_OF_CHARS = 6

/** `Otto (Lanky) Quill`, `Ada "Ace" Quill`. */
const NICKNAME_BEFORE = /\p{Lu}[\p{L}.’'-]+\s[("“‘]\p{Lu}[\p{L} .’'-]{1,24}[)"”’]\s$/u
const MAX_NICKNAME_CHARS = 60

/** `May said`, `next to May`: the month stands behind other words, or before a number. */
function isPersonMay(name: string, text: string, at: number): boolean {
  if (name !== 'May') return false
  const before = text.slice(Math.max(0, at - MAX_BEFORE_CHARS), at)
  return (
    /\p{L}\s$/u.test(before) &&
    !/\b(?:in|on|last|this|since|by|until|early|late|mid|next|of|from|through|between|before|after|and|or|for|every|each|[Tt]he)\s$/u.test(
      before,
    ) &&
    !/^\s\d/u.test(text.slice(at + name.length, at + name.length + 2))
  )
}

const MAX_BEFORE_CHARS = 12

const MAX_VERB_CHARS = 20

function isNamePart(word: string, openers: ReadonlySet<string>): boolean {
  return /^\p{Lu}/u.test(word) && !COURTESY.test(word) && !openers.has(word.toLowerCase())
}

/** `Quill’s Ashford-based firm`: what follows is no part of the name. */
const BASED = /-\p{Ll}/u
/** `Calling Quill a liar …`: no first name. */
const DOING = /^\p{Lu}\p{Ll}{2,}ing$/u

/** A name that stands so often behind such a word, of the times it stands alone, is a place (0..1); `ran from Quill` happens once. */
const MIN_PLACE_SHARE = 0.25

function surnamesOf(uses: readonly (readonly NameWord[])[]): Set<string> {
  const surnames = new Set<string>()
  const alone = new Map<string, number>()
  const places = new Map<string, number>()
  const count = (counts: Map<string, number>, name: string): void => {
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  for (const words of uses) {
    for (const { name, use, place } of words) {
      if (use === 'first') continue
      if (use !== 'alone') surnames.add(name)
      else count(alone, name)
      if (place) count(places, name)
    }
  }
  for (const [name, times] of places)
    if (times >= (alone.get(name) ?? 0) * MIN_PLACE_SHARE) surnames.delete(name)
  return surnames
}

/** Words that stand before a surname somewhere, and alone elsewhere: `Ada Quill`, later `Ada`. Those of places and houses are none. */
function firstNamesOf(uses: readonly (readonly NameWord[])[], surnames: ReadonlySet<string>): Set<string> {
  const names = new Set<string>()
  for (const words of uses)
    for (const [k, { name, use }] of words.entries()) {
      const next = words[k + 1]
      if (use === 'first' && next?.use === 'named' && surnames.has(next.name) && !surnames.has(name))
        names.add(name)
    }
  const places = new Set(uses.flat().flatMap(({ name, place }) => (place ? [name] : [])))
  for (const name of places) names.delete(name)
  return names
}

function unique(words: readonly NameWord[]): string[] {
  return [...new Set(words.map(({ name }) => name))]
}
