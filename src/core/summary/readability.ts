import { isQuoteClosed } from '../text/sentences.ts'
import { hasBareHere, hasBareThat } from './bare-pointers.ts'
import { givesAdvice, opensAsFeature, saysNothing } from './feature-openings.ts'
import { mayHaveVerb } from './finite-verb.ts'
import { asksForHelp, isOutletVoice } from './outlet-voice.ts'
import { isPageLeftover } from './page-leftovers.ts'
import { hasEndMark, type StorySentence } from './story-sentence.ts'
import { openingRules, type OpeningRules } from './opening-rules.ts'

/** How well a sentence stands alone: `opens` does, `follows` leans on the one before it, `unfit` must not be shown. */
export type Standing = 'opens' | 'follows' | 'unfit'

/** Fewer words tell no fact. */
export const MIN_SENTENCE_WORDS = 8
/** More words are no sentence that one reads in a chat. Lower costs recall (40: -.3 to -.9 R-2). */
export const MAX_SENTENCE_WORDS = 60
/** The same for the first sentence of an article, where there is room: it may tell the whole story (Arabic, Hindi). */
export const MAX_LEAD_WORDS = 75

/**
 * How a sentence stands when nothing of its article goes before it.
 *
 * `maxWords` is the length above which it is unfit. Marks and shapes are judged in every language, words only by the rules of `lang`: an English rule reads Vietnamese wrong.
 */
export function standingOf(
  sentence: StorySentence,
  lang: string | null,
  maxWords = MAX_SENTENCE_WORDS,
): Standing {
  const { text, length } = sentence
  if (length.words < MIN_SENTENCE_WORDS || length.words > maxWords) return 'unfit'
  if (sentence.isSpoken === true || !isWhole(text) || OPEN_QUOTE.test(text) || isResidue(text)) return 'unfit'
  if (isApostropheLost(text) || sentence.isGlued === true) return 'unfit'
  if (isPageLeftover(text, lang) || !mayHaveVerb(text, lang)) return 'unfit'
  const rules = openingRules(lang)
  if (rules === undefined) return 'opens'
  const spoken = withoutQuotes(text)
  if (rules.caption.test(text) || rules.firstPerson.test(spoken)) return 'unfit'
  const english = lang === 'en' ? englishStanding(sentence, spoken) : 'opens'
  if (english !== 'opens') return english
  const isCount = sentence.position === 0 && COUNTED.test(text)
  if (
    (!isCount && (rules.dangling.test(text) || rules.also?.test(text) === true)) ||
    (lacksPerson(spoken, rules) && !(sentence.position === 0 && OWNER_NEXT.test(spoken))) ||
    lacksSeveral(spoken, rules)
  )
    return sentence.position === 0 ? 'unfit' : 'follows'
  return sentence.position === 0 || !pointsBack(text, rules.pointsBack) ? 'opens' : 'follows'
}

/** What an outlet, a feature and a reporter's place do to an English sentence. `spoken` is its text outside quotations. */
function englishStanding({ text, position, isTeaser }: StorySentence, spoken: string): Standing {
  if (
    isTeaser === true ||
    (!JOINT.test(text) && THRICE.test(text)) ||
    isOutletVoice(text) ||
    hasBareHere(spoken) ||
    OURS.test(spoken)
  )
    return 'unfit'
  if (givesAdvice(text) || saysNothing(text) || text.endsWith('!')) return 'unfit'
  if (opensAsFeature(text) || hasBareThat(spoken)) return position === 0 ? 'unfit' : 'follows'
  return position > 0 && asksForHelp(text) ? 'unfit' : 'opens'
}

/** Whether a sentence tells what had been before the news: such a one opens a summary only where none else does. */
export function isBackground(text: string, lang: string | null): boolean {
  return openingRules(lang)?.background?.test(text) === true
}

/** Whether a sentence only says what something is: a scene, which a summary of few sentences has no room for. */
export function isDescription(text: string, lang: string | null): boolean {
  return openingRules(lang)?.description?.test(text) === true
}

/** Whether a text is one whole statement: begins as one, ends as one, is no question, and closes what it opens. */
export function isWhole(text: string): boolean {
  return (
    !/^\p{Ll}/u.test(text) &&
    hasEndMark(text) &&
    !QUESTION.test(text.slice(-MAX_END_CHARS)) &&
    isQuoteClosed(text) &&
    isQuoteOpened(text) &&
    areBracketsClosed(text)
  )
}

/** `Wave comes, wave breaks, wave goes`: one word three times, and none of those that join. */
const THRICE = /(?<!\p{L})(\p{L}{4,})(?!\p{L}).*(?<!\p{L})\1(?!\p{L}).*(?<!\p{L})\1(?!\p{L})/iu
const JOINT =
  /\b(?:the|an?|of|to|in|on|at|for|and|or|is|was|are|were|be|been|has|had|have|that|by|with|from|as|it|he|she|they|his|her|its|their|will|would|not|after|into|over)\b/iu
/** The writer and the readers; `US` is a country. */
const OURS = /(?<![\p{L}.’'-])us(?![\p{L}’'-])/u

/** A mark and what closes behind it (UTF-16 units). */
const MAX_END_CHARS = 12
const QUESTION = /[?？؟;](?:["'”’»」』)]|\s»)*$/u
const OPEN_QUOTE = /^(?:[("“”«»„‚「『‘']|``|'')/u
/** Fewer capitals in a row are a name or an abbreviation. */
const SHOUTING = /(?:(?<![\p{L}\p{N}])\p{Lu}{2,}[\p{Lu}\p{N}'’-]*[\s,:;.]+){3}\p{Lu}{2}/u
/** What only stands under pictures, whatever the language. */
const CAPTION =
  /\b(?:Getty Images|AP Photo|AFP Photo|Reuters Photo|EPA Photo)\b|\/(?:Getty|AP|AFP|Reuters|EPA|dpa)\b|\bImage \d+ of \d+/iu
/** `Ada Quill/for Harbour Post …`: who took the picture; `Ada Quill hosts NEWS NOW`: who shows it. */
const CREDIT = /^\p{Lu}\p{L}+ \p{Lu}\p{L}+(?:\/(?:for\s)?\p{Lu}| hosts \p{Lu}{2})/u
/** `Ashford County Sheriff's Office Otto Vance shot at a house …`: who gave the picture stands before what it shows. */
const GIVEN_BY =
  /\b[Ss]heriff['’]s\s(?:[Oo]ffice|[Dd]epartment)\s(?!Deput|Lt|Sgt|Capt|Spokes|Detective|Chief|Major|Maj|Investigator|Public|Inspector|Commander|Cpl|Corporal|Captain|Lieutenant|Sergeant|Col|Assistant|Emergency|Homicide|SWAT|K-9)(?:\p{Lu}[\p{L}.’'-]+\s){2,3}(?:\p{Ll}|was\b)|\sEnlarge\s\p{Lu}/u
/** `Nominee praised for her work.`: a line below a headline, without its article. */
const DECK =
  /^(?:Nominee|Man|Woman|Teen|Teenager|Boy|Girl|Suspect|Driver|Victim|Student|Toddler|Child|Mother|Father|Couple|Officer|Deputy|Gunman|Shooter|Actor|Actress|Singer|Mayor|Senator|Judge)\s(?:\p{Ll}{2,}ed|shot|held|found|hurt|hit|is|was)\s/u
/** Markup letters, links, copyright lines, list leftovers, a character that was lost. */
const RESIDUE =
  /&[A-Z]{2};|https?:\/\/|www\.|©|<\/?[a-z]+[ >]|(?:^|\s)@\w{3}|\bMUST WATCH\b|^(?:PREVIOUS|EARLIER|ORIGINAL|RELATED|PREVIOUSLY|Previous|Earlier|Original|Related)\s(?:STORY|REPORT|COVERAGE|[Ss]tory|[Rr]eport|[Cc]overage):|\b[Pp]osted in \p{Lu}|\||\bfile photo\b|_{3,}|\ufffd|\bSkip Ad\b|\bAd Loading\b|\bx (?:Embed|Share)\b/iu
/** `Dr. Ada Quill is a retired editor …`, `Ada Quill is the Post's editor`, `Ada Quill covers courts for the Post`: who wrote, not what happened. */
const BYLINE =
  /^(?:Dr\. |Prof\. )?(?:\p{Lu}[\p{L}.'’-]*\s){2,4}(?:(?:is|was)\s(?:an?|the|\p{Lu}[\p{L}.]*(?:\s\p{Lu}[\p{L}.]*){0,3}['’]s?|(?:senior|chief|managing|deputy|staff|contributing)\b)\s?[^.]{0,60}\b(?:formerly|columnist|writer|journalist|author|contributor|fellow|editor|correspondent|blogger|reporter|anchor|producer)\b|(?:covers|writes|reports)\s[^.]{0,80}\bfor\s(?:the\s)?\p{Lu})/u
/** `QUILL: They showed …`, `Q: …`, `Claim: …`: what somebody says in an interview, what is weighed. */
const TRANSCRIPT = /^(?:\p{Lu}{2}[\p{Lu}.'’ -]{0,40}|Q|A|Claim|Fact|Verdict|Rating):\s/u
/** `The planned route: a long way round.`, `Otto Vance of Ashford : two counts`: a label and what it names, no statement. */
const LABELLED =
  /^(?:\p{Lu}\p{Ll}+\sNo\.\s\d+|(?:Perhaps\s[Tt]|T)he\s[\p{Ll}\s]{3,40}|(?:\p{Lu}[\p{L}.]*\s){2,4}of\s\p{Lu}\p{L}+\s?):\s/u
/** What is glued into a sentence: a link's text before `MORE`, the number of a picture. */
const GLUED = /\p{L}\.?\(\p{Lu}|\p{L}\sMORE(?:[.,\]]|\s[\p{Ll}(])|^\d{1,3}\/\d{1,3}\s/u

/** `we won,' she said`: a quotation between apostrophes closes that no earlier one opened. */
function isApostropheLost(text: string): boolean {
  const closes = text.search(/\p{L}[,.!?]['’](?=\s|$)/u)
  return closes >= 0 && !/(?:^|[\s(—–-])['‘]\p{L}/u.test(text.slice(0, closes))
}

/** Whether every quotation that a text closes was opened in it. */
function isQuoteOpened(text: string): boolean {
  if (!text.includes('”')) return true
  const counts = (mark: string): number => text.split(mark).length - 1
  return counts('„') > 0 || counts('”') <= counts('“')
}

function isResidue(text: string): boolean {
  return (
    RESIDUE.test(text) ||
    CAPTION.test(text) ||
    CREDIT.test(text) ||
    GIVEN_BY.test(text) ||
    DECK.test(text) ||
    SHOUTING.test(text) ||
    GLUED.test(text) ||
    TRANSCRIPT.test(text) ||
    LABELLED.test(text) ||
    BYLINE.test(text)
  )
}

/** `At least four people were shot`, `Two more men were arrested`: an article may begin so; later it corrects or adds to a number. */
const COUNTED =
  /^(?:at least (?:\p{N}|an? |one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds)|(?:one|two|three|four|five|six|seven|eight|nine|ten|\p{N}{1,3}) more \p{Ll}{3})/iu

/** Capitalised, but nobody. */
const DAY_NAMES =
  /(?<!\p{L})(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|November|December)(?!\p{L})/gu

/** `the Ashford trial`, `in Marholm`: nobody either; `in Otto Vance’s trial` is about somebody. */
const PLACED_NAMES =
  /(?<!\p{L})(?:the|in|at|near)(?:\s\p{Lu}[\p{L}\p{M}’'-]*)+(?<!\p{Lu}\p{L}+\s\p{Lu}\p{L}+['’]s)(?=\s\p{Ll}|[,;])/gu

/** `The Marholm Bureau of Records`, `The MBR`: a body; `The Ashford striker`, `The President` is a person. */
const BODIES =
  /(?<!\p{L})The(?!\sRev)(?:\s\p{Lu}{2,}|(?:\s\p{Lu}[\p{L}\p{M}-]*){2,}(?:\s(?:of|for|and)(?:\sthe)?(?:\s\p{Lu}[\p{L}\p{M}-]*)+)?|\s\p{Lu}[\p{L}\p{M}-]*\s(?:of|for)(?:\sthe)?(?:\s\p{Lu}[\p{L}\p{M}-]*)+)(?=\s\p{Ll})/gu

/** `In his first speech, Mayor Ada Quill`: whom the pronoun of the first clause means is named right behind it. */
const OWNER_NEXT =
  /^(?:(?:[Dd]ays|[Ww]eeks|[Hh]ours|[Ss]hortly|[Ee]ver|[Ii]mmediately|[Jj]ust)\s)?(?:[Ii]n|[Aa]t|[Oo]n|[Ff]or|[Ww]ith|[Aa]fter|[Bb]efore|[Ss]ince|[Dd]uring|[Dd]espite|[Ff]ollowing|[Aa]s|[Ww]hile)\s[^,]{0,110}?\b(?:his|her|he|she)\b[^,]{0,110},\s(?:\p{Ll}[\p{L}-]*\s){0,3}\p{Lu}[\p{L}.]+\s\p{L}/u

/** `A 9-year-old is well, his mother said`: somebody; `the 9-year-old` was told of before. */
const AGED = /(?<!\b[Tt]he\s\p{N}{0,2})\p{N}[- ]year[- ]olds?\b/u

/** Whether the first `he` or `she` of a sentence comes before anyone it could mean. */
function lacksPerson(text: string, { pronoun, person }: OpeningRules): boolean {
  const at = pronoun === undefined ? -1 : text.search(pronoun)
  if (at < 0) return false
  const before = withoutBodies(text.slice(0, at))
  if (AGED.test(before)) return false
  return !/[^\s"“‘«„([]\s+[("“]?\p{Lu}/u.test(before) && person?.test(before) !== true
}

/**
 * Whether an English sentence that `opens` may stand where the one before it does not: somebody in it is its `he` or `she` beyond doubt (a full
 * name, a name that does something, `a woman`), and nobody in it says what `it` was. Behind its own article the reader knows what is meant;
 * elsewhere any capital may mislead.
 */
export function standsApart(text: string, lang: string | null): boolean {
  const { pronoun, person } = openingRules(lang) ?? {}
  if (lang !== 'en' || pronoun === undefined) return true
  const spoken = withoutQuotes(text)
  if (SAID_IT.test(spoken)) return false
  const at = spoken.search(pronoun)
  if (at < 0) return true
  const before = withoutBodies(spoken.slice(0, at))
  return AGED.test(before) || person?.test(before) === true || SOMEBODY.test(before)
}

/** `The council said it was a test of …`. */
const SAID_IT =
  /\b(?:said|says|called|confirmed|believes?)\s(?:that\s)?(?:it|they|this|those|these)\s(?:was|were|is|are|had)\s(?:an?|the|one|not)\s/u

/** `Ada Quill`, `Quill said`; no `The Quill council`. */
const SOMEBODY =
  /(?<!\p{L})(?!(?:The|An?|In|On|At|For|From|But|And|As|If|When|After|Before|While|Since|Some|Many|Most|All|Both|Two|Three|Four|Five|Of|By|With)\s)\p{Lu}[\p{L}.'’-]+\s(?:\p{Lu}\.\s)?\p{Lu}[\p{L}'’-]+(?=,|['’]s|\s\p{Ll}|\s?$)|(?<!\p{L})\p{Lu}\p{Ll}+\s(?:said|says|told|was|is|had|has|who|will|would|could|can|did|\p{Ll}+ed)\b/u

function withoutBodies(text: string): string {
  return text.replace(DAY_NAMES, ' ').replace(PLACED_NAMES, ' ').replace(BODIES, ' ')
}

/** Whether the first `they` or `them` of a sentence comes before anything it could mean. */
function lacksSeveral(text: string, { plural, several }: OpeningRules): boolean {
  const at = plural === undefined ? -1 : text.search(plural)
  return at >= 0 && several?.test(text.slice(0, at)) !== true
}

function areBracketsClosed(text: string): boolean {
  let open = 0
  for (const mark of text.match(/[()（）[\]]/gu) ?? []) {
    open += '(（['.includes(mark) ? 1 : -1
    if (open < 0) return false
  }
  return open === 0
}

/** The text outside its quotations: who speaks inside is named outside. */
export function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"|“[^”]*”|``.*?''|«[^»]*»|„[^“”]*[“”]/gu, ' ')
}

function pointsBack(text: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => pattern.test(text))
}
