/**
 * What an English sentence asserts: its text without who said it, clock times and dates, and names of places behind `in`, `at` and the like.
 *
 * Two papers tell one fact with another source, another hour and another street; what is left of such a sentence is told already. Only
 * repetition is judged by this. Other languages keep their text. Linear in the text.
 */
export function assertionOf(text: string, lang: string | null): string {
  return lang === 'en' ? without(statementOf(text, lang), [CLOCK, PLACE]) : text
}

/** An English sentence without who says so: `…, the Post reported on Friday`. */
export function statementOf(text: string, lang: string | null): string {
  return lang === 'en' ? without(text, [ACCORDING, SAID_BEHIND, SAID_BEFORE]) : text
}

function without(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((rest, pattern) => rest.replace(pattern, ' '), text)
}

/** Whether a word (English, under its form) tells only when, where or by whom: it is nothing new by itself. */
export function isCircumstance(form: string): boolean {
  return CIRCUMSTANCES.has(form)
}

const NAME = String.raw`(?:\p{L}[\p{L}.'’-]*\s)`
const SAYS = 'said|says|told|confirmed|reported|reports|announced|added|tweeted|wrote'
const ACCORDING = /(?:^|,?\s)[Aa]ccording\sto\s[^,]*(?:,|$)/gu
/** `…, police spokesman Ada Quill told reporters on Friday.` */
const SAID_BEHIND = new RegExp(
  String.raw`,\s${NAME}{0,9}(?:${SAYS})(?:\s(?![^,.]*\bthat\b)[^,.]{0,40})?\.?$`,
  'u',
)
/** `Police believe that …`, `Ada Quill, a member of the council, told the Post …`: at the beginning. */
const SAID_BEFORE = new RegExp(
  String.raw`^(?:${NAME}{0,7}?|[^,]{3,40},\s[^,]{3,80},\s)(?:said|says|say|believe|confirmed|reported|reports|announced|(?:told|tells?)\s(?:[Tt]he\s)?(?:(?:\p{Lu}[\p{L}\d.'’-]*\s?){1,4}|${NAME}?(?:reporters|investigators|police|officers|detectives)))\s(?:that\s)?`,
  'u',
)
/** `about 9:30 p.m.`, `Jan. 12`, `2014`. */
const CLOCK =
  /\b\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\b\d{1,2}:\d\d\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}(?:th|st|nd|rd)?\b|\b(?:19|20)\d\d\b/gu
const PROPER = String.raw`(?:\p{Lu}[\p{L}.'’-]*|\d+(?:th|nd|rd|st))`
/** `in the 400 block of Mill Street`, `at Ashford Park and Ninth Avenue`. */
const PLACE = new RegExp(
  String.raw`\s(?:in|at|on|near|of|from|outside|along|around)\s(?:the\s)?(?:(?:\d[\d-]*|\p{L}+)(?:th|nd|st|rd)?\s)?(?:block\sof\s)?${PROPER}(?:(?:,|\sand|\sof)?\s${PROPER})*`,
  'gu',
)

/** Stems, as `formOf` gives them. */
const CIRCUMSTANCES: ReadonlySet<string> = new Set(
  `polic offic author investig detect sheriff spokesman spokeswoman spokesperson statement accord report news told tell said add confirm state
  depart counti citi street block area road avenu morn night even afternoon monday tuesdai wednesdai thursdai fridai saturdai sundai januari
  februari march april may june juli august septemb octob novemb decemb jan feb mar apr jun jul aug sept oct nov dec p m am pm around time dai
  week month year old hour minut ago last late earli later local near about man woman men women peopl person two three four scene happen occur incid
  incident took place took locat intersect call continu ongo respond announc believ`.split(/\s+/u),
)
