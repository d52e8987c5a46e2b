import { stopWords } from '../text/stop-words.ts'
import { formOf } from './tokens.ts'

/**
 * Whether a word (lower-case, stemmed where {@link tokenIds} stems) carries grammar rather than news.
 *
 * English has its own short list: the public one also names `million`, `home` and `world`, which are news.
 */
export function isFunctionWord(word: string, lang: string | null): boolean {
  return lang === 'en' || lang === null ? ENGLISH.has(word) : functionForms(lang).has(word)
}

const sets = new Map<string, ReadonlySet<string>>()

/** The function words of a language under the forms that words count by. */
function functionForms(lang: string): ReadonlySet<string> {
  let set = sets.get(lang)
  if (set === undefined)
    sets.set(lang, (set = new Set(Array.from(stopWords(lang), (word) => formOf(word, lang)))))
  return set
}

const ENGLISH: ReadonlySet<string> = new Set(
  `a about abov after again against all also although am among an and ani anoth are around as at be becaus becom been befor be
  before because being below between both but by can could d did do doe does done down dure during each either even ever everi
  few for from further get go had ha has hav have he her here hers herself hi him himself his how howev i if in instead into is
  it its itself just last least less like ll m made make mani many may me might more most much must my n neither new next no nor
  not now o of off often on onc once one onli only or other our out over own per put rather re s said same say sai see sever
  shall she should sinc since so some still such t than that the their them then there these thei they this those though three
  through thu thus to too toward two under until up upon us use ve veri very via wa was we were what when where whether which
  while who whom whose whi why will with within without would yet you your year`.split(/\s+/),
)
