import { splitSentences } from '../text/sentences.ts'
import { words } from '../text/words.ts'

/**
 * How much worse a title stands as a headline than a plain report would, 0 for none: the sum of what is set for each fault.
 *
 * Questions, lists, explainers, opinion, first and second persons, two sentences in one, names alone, shouting, labelled pieces and what
 * only follows an event. Marks are judged in every language, words where the language has a list. Linear in the title.
 * @param lang ISO 639-1 of the title
 */
export function titleFaults(title: string, lang: string | null): number {
  const own = title.replace(QUOTED, '“”')
  const checks: readonly (readonly [number, boolean])[] = [
    [LENGTH, title.length < MIN_CHARS || title.length > MAX_CHARS],
    [BARE_NAME, isBareName(title)],
    [QUESTION, /[?？؟](?!\s?["'”’»])/u.test(title)],
    [NO_REPORT, NOT_PLAIN.test(title) || matches(NO_NEWS, lang, title)],
    [EXPLAINER, matches(EXPLAINS, lang, title)],
    [OPINION, matches(VALUES, lang, own) || matches(SPEAKS, lang, withoutSpeech(own))],
    [AFTERMATH, matches(FOLLOWS, lang, title)],
    [TWO_SENTENCES, isTwoSentences(title, lang)],
    [SHOUTING, title === title.toUpperCase() && title !== title.toLowerCase()],
  ]
  return checks.reduce((sum, [weight, isFault]) => (isFault ? sum + weight : sum), 0)
}

/*
 * What each fault costs, in shares of the words that the titles of a story have in common (0..1): two plain titles of one story lie some .1 apart.
 * Set by reading the headlines of the dev stories before and after.
 */
const LENGTH = 0.15
const BARE_NAME = 0.15
const QUESTION = 0.3
const NO_REPORT = 0.3
const EXPLAINER = 0.25
const OPINION = 0.2
const TWO_SENTENCES = 0.15
const AFTERMATH = 0.08
const SHOUTING = 0.1

/** Headlines of this length say what happened and fit a line (characters). */
const MIN_CHARS = 25
const MAX_CHARS = 130

/** Fewer words, all with capitals, are a name or a label more often than not: `Officer Ada Marie Quill`. */
const MIN_WORDS = 5

/** `Rowing. Quill wins in Marholm`: fewer words before a full stop are a topic. */
const MIN_SENTENCE_WORDS = 4

function isTwoSentences(title: string, lang: string | null): boolean {
  if (!/[.!?…]\S?\s/u.test(title)) return false
  const [first, second] = splitSentences(title, { lang, keepQuotations: true })
  return (
    first !== undefined &&
    second !== undefined &&
    words(title.slice(first.start, first.end)).length >= MIN_SENTENCE_WORDS
  )
}

/** Only scripts with capitals show names. */
function isBareName(title: string): boolean {
  return words(title).length < MIN_WORDS && /\p{Lu}/u.test(title) && !/(?<!\p{L})\p{Ll}{4,}/u.test(title)
}

/** A quotation says what somebody else thinks; an apostrophe inside a word does not end it. */
const QUOTED =
  /(?<![\p{L}\p{N}])["'“‘„«](?:[^"'“”‘’»]|(?<=\p{L})['’](?=\p{L})){3,}?["'”’“»](?![\p{L}\p{N}])/gu

/** `Mayor Quill: We will rebuild`: whoever stands in front says what follows. */
function withoutSpeech(title: string): string {
  return title.replace(/^([^:]{3,50}:)\s.*$/u, '$1')
}

type ByLanguage = Readonly<Record<string, RegExp>>

function matches(rules: ByLanguage, lang: string | null, title: string): boolean {
  return (lang === null ? undefined : rules[lang])?.test(title) === true
}

/** Labels of pieces that are no plain report. */
const NOT_PLAIN =
  /^(?:opinion|editorial|commentary|op-?ed|analysis|column|letters?|explainer|explained|interview|review|feature|quiz|timeline|(?:reality|fact)[ -]?(?:check|sheet)|the memo|kommentar|meinung|analyse|faktencheck|opini[oó]n|an[aá]lisis|an[aá]lise|opinião|opinione|analisi|tribune|édito(?:rial)?|décryptage|мнение|анализ|комментарий)\b\s*(?:[:|]|\s[–—-]\s)/iu

/** Obituary pages, round-ups of many items, pages of a paper. */
const NO_NEWS: ByLanguage = {
  en: /\bobituary$|^obituary\b|\bguest book\b|\bin memoriam\b|\b(?:news|crime|police|sports?|evening|morning) (?:briefs?|roundup|briefing|blotter|log)\b|\b(?:week|year|month|day)['’]?s? (?:in review|top stories)\b|\btop stories\b|\bby the numbers\b|\bin (?:pictures|photos)\b|\bpage ?\d+$|^(?:mon|tues|wednes|thurs|fri|satur|sun)day,? \p{L}+ \d+\b/iu,
  de: /\b(?:nachruf|presseschau|wochenrückblick|in bildern)\b/iu,
  fr: /\b(?:nécrologie|revue de presse|en images|en photos)\b/iu,
  es: /\b(?:obituario|en fotos|en imágenes|resumen de (?:noticias|la semana))\b/iu,
  pt: /\b(?:obituário|em fotos|em imagens)\b/iu,
  it: /\b(?:necrologio|rassegna stampa|in foto)\b/iu,
}

/** What comes after the event: told as a headline where nothing else is. */
const FOLLOWS: ByLanguage = {
  en: /\b(?:vigil|mourn(?:s|ed|ing)?|remember(?:s|ed|ing)|speaks? out|reacts?|prayers?|tributes?|fundrais(?:er|ing)|funeral (?:held|set|service)|(?:names?|victims?) (?:\p{L}+ ){0,5}released)\b/iu,
}

/** Lists, guides and explanations: they stand beside the news. */
const EXPLAINS: ByLanguage = {
  en: /(?:^|[:–—]\s)(?:why|how|what|who|where|when|here['’]?s?)\b(?!['’])|\bhere(?:['’]s| is| are) (?:what|why|how|the)\b|\bwhat (?:you|we|to|it|that|this)\b|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten) (?:\p{L}+ ){0,2}(?:things|takeaways|questions|reasons|ways|facts|lessons|moments|charts|numbers|quotes|myths|tips)\b|\b(?:everything|all|things) (?:you|to) (?:need|know|want|watch)\b|\bthe (?:real|inside) story\b|\bthe case (?:for|against|of)\b|\ba (?:closer|look) (?:look|back|ahead|at)\b|\bexplained$|\bfor dummies$|^(?:is|are|was|were|does|do|did|can|could|will|would|should|has|have) \p{Lu}/iu,
  de: /(?:^|[:–—]\s)(?:warum|wieso|weshalb|wie|was|wer|wo)\s|\bdas (?:müssen|sollten) sie wissen\b|\b(?:was|das) wir wissen\b|\b\d+ (?:dinge|fragen|gründe|tipps)\b|\bfragen und antworten\b/iu,
  fr: /(?:^|:\s)(?:pourquoi|comment|qui est|quels?|quelles?|où)\s|\bce que l['’]on sait\b|\bce qu['’]il faut savoir\b|\b\d+ (?:choses|questions|raisons|conseils)\b/iu,
  es: /(?:^|:\s)¿?(?:por qué|cómo|qué|quién(?:es)?|cuándo|cuáles?|dónde)\s|\blo que (?:sabemos|se sabe|hay que saber|debes saber)\b|\b\d+ (?:cosas|claves|preguntas|razones|consejos)\b|\b(?:guía|claves) de\b/iu,
  pt: /(?:^|:\s)(?:por que|como|o que|quem|quando|onde|saiba|veja|confira|entenda)\s|\bo que (?:sabemos|se sabe)\b|\b\d+ (?:coisas|perguntas|razões|dicas)\b/iu,
  it: /(?:^|:\s)(?:perché|come|cosa|chi|quando|dove)\s|\b(?:cosa|quello che) sappiamo\b|\b\d+ (?:cose|domande|motivi|consigli)\b/iu,
  ru: /(?:^|[:—]\s)(?:почему|зачем|как|что|кто|где)\s|что известно\b/iu,
}

/** Words that value: a writer's, not a reporter's, where they stand outside quotation marks. */
const VALUES: ByLanguage = {
  en: /\b(?:heroic(?:ally)?|shameful(?:ly)?|disgrace(?:ful)?|pathetic|ridiculous|absurd|stupid|idiotic|insane|crazy|nuts|outrageous|despicable|disgusting|hilarious|awesome|embarrassing|hypocri(?:sy|tes?|tical)|propaganda|liars?|cowardly|farce|sordid|meritless|indefensible|spineless|sickest|shadiest|grossest|dumbest|wildest|trainwreck|obviously|really|actually|literally|so-called|supposedly|thankfully|sadly|damn|big deal)\b|^(?:please|hey|sorry)\b|\bplease$|\b(?:is|are|was|were) (?:dead |so |absolutely |totally )?(?:right|wrong)\b|\b(?:should|must|ought|need)(?:n['’]t| not)\b|^[^:,]*\bshould\b(?!.*\b(?:says?|said|urges?|rules?|tells?|told|argues?|asks?|poll|report)\b)(?<!\b(?:says?|said|urges?|rules?|tells?|told|argues?|asks?|poll|report)\b.*)|\bdon['’]t (?:get|care|count|let|be|trust|believe|look|expect)\b/iu,
}

/** First and second persons: the paper speaks to its readers. `US` is a country. */
const SPEAKS: ByLanguage = {
  en: /\b(?:[Ww]e(?:['’](?:re|ve|ll))?|us|[Oo]ur|[Yy]ou(?:['’](?:re|ve|ll))?|[Yy]our|[Mm]y|[Ll]et['’]s|I(?:['’](?:m|ve|ll|d))?)(?![\p{L}.]|['’]\p{L})/u,
  de: /(?:^|\s)(?:[Ww]ir|[Uu]nser\p{Ll}*|uns|[Ii]ch|mein\p{Ll}*)(?!\p{L})/u,
  fr: /(?:^|\s)(?:[Nn]ous|[Nn]otre|nos|[Vv]ous|[Vv]otre|vos|[Jj]e|mon)\s/u,
  es: /(?:^|\s)(?:[Nn]osotros|[Nn]uestr[oa]s?|usted|mi)\s/u,
  pt: /(?:^|\s)(?:[Nn]ós|[Nn]oss[oa]s?|você|meu|minha)\s/u,
  it: /(?:^|\s)(?:[Nn]oi|[Nn]ostr[oaie]|vostr[oaie]|[Ii]l mio)\s/u,
  ru: /(?:^|\s)(?:[Мм]ы|[Нн]аш\p{Ll}*|[Вв]ы|[Вв]аш\p{Ll}*|[Яя])\s/u,
}
