import { countsOf } from './disagreements.ts'
import { onceEach } from './once-each.ts'
import { resolveRelativeDay } from './relative-day.ts'
import type { StorySentence } from './story-sentence.ts'
import { TOP_SENTENCES } from './story-core.ts'
import type { StoryText } from './story-text.ts'

/**
 * Tells of each sentence of a story (by index) whether it is out of date: it tells a state that another article tells the end of
 * (`are searching for the gunman`, where one was arrested), plans for a day that has passed, or fewer dead than a later article.
 *
 * An article is never overtaken by an older one; where days are equal or unknown, the words decide. English only: elsewhere nothing is
 * overtaken. Titles and tops are read once, each sentence when first asked for.
 */
export function overtakenIn(story: StoryText): (sentence: number) => boolean {
  if (story.lang !== 'en') return () => false
  const ends = STATES.map((state) => endsOf(story, state))
  const tolls = tollsOf(story)
  return onceEach((i) => {
    const sentence = story.sentences[i]
    if (sentence === undefined) return false
    return (
      STATES.some((state, k) => isEnded(story, sentence, state, ends[k] ?? NO_ENDS)) ||
      isPastDue(story, sentence) ||
      isLowToll(story, sentence, tolls)
    )
  })
}

/** A state of things, and what ends it. */
interface State {
  readonly state: RegExp
  readonly end: RegExp
  /** Of other things than the one that ended: such a sentence holds. */
  readonly except?: RegExp
  /** Whether the end must be that of the same kind of person. */
  readonly ofPerson?: boolean
}

const STATES: readonly State[] = [
  {
    state:
      /\b(?:(?:is|are|were|was|been|still|continued?|continues)\s(?:to\s)?(?:still\s|now\s|actively\s)?(?:search(?:ing)?|look(?:ing)?|hunt(?:ing)?)\sfor\b|(?:remain(?:s|ed)?|still)\s(?:at\slarge|on\sthe\s(?:loose|run))|(?:has|have|had)\snot\s(?:yet\s)?(?:been\s(?:arrested|caught|captured)|made\s(?:any|an)\sarrests?)|\b[Nn]o\s(?:arrests?|suspects?|one)\b[^.]{0,20}\b(?:made|arrested|identified|custody|named)\b)/u,
    end: /\b(?:arrested|(?:in|into)\scustody|captured|caught|apprehended|surrender(?:s|ed)|turned\s(?:him|her|them)sel(?:f|ves)\sin|charged|indicted|arraigned|convicted|guilty|sentenced)\b/iu,
    except:
      /\b(?:other|another|more|second|third|fourth|additional|remaining|accomplices?|missing|motive|clues)\b/iu,
  },
  {
    state:
      /\b(?:possible\scharges|review(?:s|ing)?\sthe\scase|(?<!additional\s)[Cc]harges?\s(?:are|is|remain)\s(?:still\s)?(?:pending|expected|possible)|pending\scharges|[Nn]o\scharges|(?:not|yet\sto)\s(?:yet\s)?(?:been\s|be\s)?charged|whether\s(?:to\s(?:file|press|bring|charge)|(?:any\s)?charges)|(?:case|shooting|death|incident|crash|fire|killing|attack)\s(?:remains?|is|was)\s(?:still\s)?(?:under\sinvestigation|being\sinvestigated)|[Ii]nvestigation\s(?:is|was|remains)\s(?:still\s)?(?:ongoing|continuing|underway))/u,
    end: /\b(?:charged|indicted|arraigned|convicted|pleads?\sguilty|pleaded\sguilty|sentenced|charges\sfiled)\b/iu,
    except: /\bwho\s(?:has|have|had)\snot\b/iu,
  },
  {
    state:
      /\b(?:[Ii]f\s(?:he\sis\s|she\sis\s)?(?:convicted|found\sguilty)|will\s(?:be\s(?:tried|arraigned)|stand\strial|face\strial|go\son\strial)|(?:scheduled|expected|due|set)\s(?:to\s(?:appear|be\sarraigned|stand\strial|go\son\strial|be\stried|return\sto\scourt)|for\s(?:a\s|an\s)?(?:trial|arraign\w+|prelim\w+))|(?:pleaded|pleads|pled)\snot\sguilty|trial\s(?:is|was)\s(?:set|scheduled|expected|due)|trial\s[^.]{0,80}\b(?:starts|begins)\b|(?:is|are)\s(?:being\s)?(?:held|jailed)\b[^.]{0,60}\b(?:bail|bond|charges))/u,
    end: /\b(?:(?:was|were|been|jury|juror|judge)\b[^.]{0,40}\bconvicted|convicted\s(?:of|in)|found\sguilty|(?:pleads?|pleaded|pled)\sguilty|acquitted|sentenced)\b/iu,
  },
  {
    state:
      /\b(?:[Ss]entencing\s(?:is|was|has\sbeen)\s(?:set|scheduled)|(?:will|to)\sbe\ssentenced|awaits?\ssentenc\w+|awaiting\ssentenc\w+)\b/u,
    end: /\b(?:(?:was|is|were|been|judge)\ssentenced|sentenced\s(?:to|on|for)|gets\s(?:\d|life))\b/iu,
  },
  {
    state:
      /\b(?:(?:in|remains?\sin)\s(?:very\s)?(?:critical|serious|grave)\scondition|fighting\sfor\s(?:his|her)\slife|(?:has|have)\sbeen\s(?:trapped|missing)|(?:is|remains)\s(?:still\s)?(?:trapped|missing|unaccounted)|(?:is|was)\sexpected\sto\s(?:survive|recover|live)|on\slife\ssupport|in\sintensive\scare|in\sa\scoma)\b/u,
    end: /\b(?:dies|died|found\sdead|fatal(?:ly)?|manslaughter|has\sdied|(?:found|was)\s(?:alive|rescued))\b/iu,
    except: /\b(?:two|three|four|five|six|seven|eight|nine|ten|others?|both|all|several|one\sof)\b/iu,
    ofPerson: true,
  },
  {
    state:
      /\b(?:[Nn]ames?|[Ii]dentit(?:y|ies))\b[^.]*\b(?:ha(?:s|ve|d)(?:\snot|n[’']t)\s(?:yet\s)?|yet\sto\s)(?:be|been)\s(?:publicly\s)?(?:released|disclosed|revealed)|\bnot\s(?:yet\s)?(?:publicly\s)?(?:been\s)?(?:released?|identif(?:y|ied)|disclosed?)\b[^.]*\b(?:names?|identit(?:y|ies)|victims?)\b|\b[Nn]o\snames\b[^.]{0,20}\breleased/u,
    end: /\b(?:[Ii]dentif(?:y|ies|ied)|[Nn]ames?\s(?:victims?|suspects?)|[Vv]ictims?[’']?s?\s(?:name[ds]?|identified)|(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine)-year-old\s\p{Lu}\p{L}+\s\p{Lu}\p{Ll}|\p{Lu}\p{Ll}+\s\p{Lu}\p{Ll}+,\s\d{1,2},)/u,
    except: /\b(?:suspects?|gunman|shooter|motive|cause|weapon)\b/iu,
  },
  {
    state:
      /\b(?:(?:will|would|(?:is|are)\s(?:expected|set|scheduled|due)\sto|plans?\sto)\s(?:\p{L}+\s)?(?:vote|be\svoted|be\sdebated|pass|sign|approve)\b|unclear\s(?:whether|if)\b[^.]*\bvotes?\b|enough\s(?:\p{L}+\s){0,3}votes)/u,
    end: /\b(?:pass(?:es|ed)|approv(?:es|ed)|reject(?:s|ed)|sign(?:s|ed)|repeal(?:s|ed)|vot(?:es|ed)\s(?:to|down|against|\d))\b/iu,
  },
]

/** Before what did not happen, or not yet. */
const UNSURE =
  /\b(?:no|not|nobody|never|none|without|yet|if|could|would|may|might|will|until|before|to|be|search\w*|hunt\w*|wanted|sought)\b/iu
/** UTF-16 units before an end in which such a word counts. */
const UNSURE_CHARS = 25

/** Articles (by index) whose title or top tells the end of a state, with the words. */
type Ends = ReadonlyMap<number, string>

const NO_ENDS: Ends = new Map()

function endsOf({ docs, sentences }: StoryText, { state, end }: State): Ends {
  const tops = sentences.filter(({ position }) => position < TOP_SENTENCES)
  const texts = [...docs.map(({ title }, doc) => ({ doc, text: title })), ...tops]
  const ends = new Map<number, string>()
  for (const { doc, text } of texts) {
    const at = text.search(end)
    if (ends.has(doc) || at < 0 || state.test(text)) continue
    if (!UNSURE.test(text.slice(Math.max(0, at - UNSURE_CHARS), at))) ends.set(doc, text)
  }
  return ends
}

/**
 * Whether a sentence tells a state whose end another article tells that is no older, of the same people as far as words show it; an
 * article that tells the end knows both.
 */
function isEnded(
  story: StoryText,
  { doc, text }: StorySentence,
  { state, except, ofPerson = false }: State,
  ends: Ends,
): boolean {
  const at = ends.size === 0 || ends.has(doc) ? -1 : text.search(state)
  if (at < 0 || except?.test(text) === true) return false
  const people = ofPerson ? kindsOfPeople(text) : []
  const names = ofPerson ? [] : (text.slice(0, at).match(NAME) ?? [])
  return [...ends].some(
    ([other, end]) =>
      !isOlder(story, other, doc) &&
      (!ofPerson || kindsOfPeople(end).some((kind) => people.includes(kind))) &&
      (names.length === 0 || names.some((name) => isNamed(story, other, name))),
  )
}

/** Two words with capitals. */
const NAME = /\p{Lu}[\p{L}.’'-]+\s\p{Lu}[\p{L}’'-]+/gu
/** UTF-16 units of an article in which those that it is about are named. */
const NAMED_CHARS = 3000

/** Whether an article has one of the words of a name near its top. */
function isNamed({ docs }: StoryText, doc: number, name: string): boolean {
  const { title = '', text = '' } = docs[doc] ?? {}
  const top = `${title} ${text.slice(0, NAMED_CHARS)}`
  return name.split(/\s/u).some((word) => top.includes(word))
}

/** Kinds of people by the words for them. */
const PEOPLE: readonly RegExp[] = [
  /\b(?:boy|girl|child|toddler|baby|infant|kid|teen(?:ager)?|son|daughter|(?:\d|1\d|\p{L}+)-year-old)\b/iu,
  /\b(?:man|father|husband|grandfather|gunman|suspect)\b/iu,
  /\b(?:woman|mother|wife|grandmother|mom)\b/iu,
  /\b(?:officer|deputy|trooper|policeman)\b/iu,
]

function kindsOfPeople(text: string): number[] {
  return PEOPLE.flatMap((kind, k) => (kind.test(text) ? [k] : []))
}

/** Whether an article is surely older than another. */
function isOlder({ docs }: StoryText, doc: number, other: number): boolean {
  const [time, otherTime] = [docs[doc]?.publishedAtMs ?? null, docs[other]?.publishedAtMs ?? null]
  return time !== null && otherTime !== null && time < otherTime
}

const DAY_MS = 86_400_000
const PLANNED =
  /\b(?:will|(?:is|are|was|were)\s(?:\p{L}+\s)?(?:expected|scheduled|due|set|slated|planned)|plans?\sto)\b/u

/** Whether a sentence plans something for a day that was over when the story's last article came. */
function isPastDue({ docs, lang }: StoryText, { doc, text }: StorySentence): boolean {
  const publishedAtMs = docs[doc]?.publishedAtMs ?? null
  const planned = text.search(PLANNED)
  if (publishedAtMs === null || planned < 0) return false
  const note = resolveRelativeDay(text, lang, publishedAtMs)
  if (note === undefined || text.indexOf(note.words) < planned) return false
  const dayMs = Date.parse(note.date)
  const lastMs = Math.max(...docs.map((article) => article.publishedAtMs ?? 0))
  return dayMs + DAY_MS > publishedAtMs && dayMs + DAY_MS <= lastMs
}

/** The first number of dead near the top of each article (by index). */
type Tolls = ReadonlyMap<number, number>

/** Sentences of an article that tell its toll, if any do. */
const TOLL_SENTENCES = 4
/** A number so many times another counts something else. */
const MAX_TOLL_RATIO = 5
/** Some count the one who did it among the dead, others do not: only more dead are more. */
const MIN_TOLL_GAP = 2
/** Where no days are known, so many articles with a higher toll overtake one. */
const MIN_HIGHER_TOLLS = 2

function tollsOf({ sentences, lang }: StoryText): Tolls {
  const tolls = new Map<number, number>()
  for (const sentence of sentences) {
    if (sentence.position >= TOLL_SENTENCES || tolls.has(sentence.doc)) continue
    const toll = tollIn(sentence, lang)
    if (toll !== undefined) tolls.set(sentence.doc, toll)
  }
  return tolls
}

function tollIn(sentence: StorySentence, lang: string | null): number | undefined {
  return countsOf(sentence, lang).find(({ kind }) => kind === 'killed')?.value
}

/** Whether a sentence tells its article's toll, and a later article, or several of unknown days, tell a higher one. */
function isLowToll(story: StoryText, sentence: StorySentence, tolls: Tolls): boolean {
  const { doc } = sentence
  const own = tolls.get(doc)
  if (own === undefined || tollIn(sentence, story.lang) !== own) return false
  const higher = [...tolls].filter(
    ([other, toll]) =>
      toll >= own + MIN_TOLL_GAP && toll <= own * MAX_TOLL_RATIO && !isOlder(story, other, doc),
  )
  return higher.length >= MIN_HIGHER_TOLLS || higher.some(([other]) => isOlder(story, doc, other))
}
