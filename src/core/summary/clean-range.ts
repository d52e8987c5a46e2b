import type { TextRange } from '../text/text-range.ts'

/**
 * A sentence without what wire services put around it: datelines, agency names, clock stamps, markup letters, footnote marks.
 *
 * Only moves the ends of the range; the text itself is never touched. `index` is the sentence's place in its article: datelines
 * are looked for in the first few only.
 */
export function cleanRange(text: string, range: TextRange, index: number): TextRange {
  let { start, end } = range
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const head = text.slice(start, Math.min(end, start + MAX_HEAD_CHARS))
    const length = leadLength(head, index)
    if (length === 0) break
    start += length
  }
  const tailAt = Math.max(start, end - MAX_TAIL_CHARS)
  const tail = TAIL.exec(text.slice(tailAt, end))
  if (tail !== null && tailAt + tail.index > start) end = tailAt + tail.index
  return { start, end }
}

/** A stamp, an agency and a dateline may stand one behind the other. */
const MAX_ROUNDS = 4
const MAX_HEAD_CHARS = 160
const MAX_TAIL_CHARS = 60
/** Sentences of an article that may carry a dateline. */
const DATELINE_SENTENCES = 4

const DASH = String.raw`(?:_+|-{1,2}|–|—|:|>>)`
const AGENCY = String.raw`\((?:[\p{Lu}\d]{2,}[\p{L}\d .,/&-]{0,24}|Reuters|Xinhua|dpa|epd|Kyodo|Bloomberg|Agencies|Agence[\p{L} -]{0,20}|Associated Press|\p{Lu}\p{L}{2,8}\.?\s\d{1,2},\s\d{4})\)`
const NEWS_FOLLOWS = String.raw`(?=["'“‘«„\p{Lu}\p{Lo}\p{N}]|${'``'})`

/** `WASHINGTON (AP) _`, `BEIJING, May 14 (AFP) -`. */
const CITY_AGENCY = new RegExp(
  String.raw`^\p{Lu}[\p{L}\p{M}.,'’/ \d-]{1,60}?\s*${AGENCY}\s*(?:${DASH}\s*|\.\s+)?${NEWS_FOLLOWS}`,
  'u',
)
/** `PORT ANSLEY, Northland (Coast Wire) -`: any name may stand in brackets where city and dash leave no doubt. */
const CITY_NAME = new RegExp(
  String.raw`^\p{Lu}{2}[\p{Lu}\p{M}.'’ -]{0,30}(?:,\s[\p{L}.\s\d]{2,30}){0,3}\s*\(\p{Lu}[\p{L}\p{N} .&'’-]{1,30}\)\s*${DASH}\s*${NEWS_FOLLOWS}`,
  'u',
)
/** `CITY, State _`, the city in capitals. */
const CITY_DASH = new RegExp(
  String.raw`^\p{Lu}{2}[\p{Lu}\p{M}.'’& -]{0,30}(?:,\s[\p{L}.\s\d]{2,30}){0,3}\s*(?:_+\s*|--\s*|–\s*|—\s*|\s-\s+|\s\|\s+|\s•\s+|(?<=\p{Lu}{4})-\s+|>>\s*|:\s+)${NEWS_FOLLOWS}`,
  'u',
)
/** `ASHFORD >> A ferry …`: nothing else is written so. */
const CITY_ARROWS = /^\p{Lu}{2}[\p{Lu}.'’ -]{1,30}\s*>>\s+/u
/** `ASHFORD, Northland A ferry …`: the dash was lost. */
const CITY_ONLY =
  /^\p{Lu}{2}[\p{Lu}.'’ -]{1,30},\s(?:\p{Lu}[\p{L}.]{2,20}\s+(?=(?:A|An|The|Two|Three|Four|At|In|On|Police|Authorities)\s)|\p{Lu}\p{Ll}{1,4}\.\s+(?=\p{Lu}\p{Ll}+\s))/u
/** `ASHFORD —`, `PORT ANSLEY, NL -`: a city in so many capitals that it is no acronym. */
const LONG_CITY =
  /^(?!ORIGINAL|EARLIER|PREVIOUS)\p{Lu}(?:\p{Lu}{5,}|\p{Lu}{2,}\s\p{Lu}{3,})(?:\s\p{Lu}{3,}){0,2}(?:,\s\p{Lu}[\p{L}.]{1,15})?\s(?:--|–|—|-)\s+(?=["“]?\p{Lu})/u
/** `BROKEN WINDOWS SEEN The pier is`: a sub-head in capitals that stands before the first word of a sentence. */
const SHOUTED_HEAD = /^(?:\p{Lu}{3,}\s){2,6}(?=(?:The|An?|It|In|On|At|Police)\s\p{Ll})/u
/** `Ashford, Northland —`. */
const PLACE_DASH =
  /^\p{Lu}[\p{L}.'’ -]{1,30},\s(?:\p{Lu}[\p{L}. ]{1,25}\s+(?:_+|--|–|—)|\p{Lu}\p{L}{1,5}\.\s-)\s+(?=["“\p{Lu}])/u
/** `Ashford: The mayor …`, `Exclusive: …`; in the first sentence only, where it is no speaker yet. */
const PLACE_COLON =
  /^(?!Photos?:|Videos?:|Watch:|Pictures?:|Gallery:|Image:)(?:\p{Lu}[\p{L}-]{2,20}:\s+)(?=\p{Lu}\p{L}*\s)/u
/** `Ashford — The mayor …`, in the first sentence only. */
const CITY_FIRST = /^\p{Lu}\p{Ll}{3,}(?:\s\p{Lu}\p{Ll}+)?(?:\s(?:—|–|--)|—)\s(?=\p{Lu})/u
/** `(AP) --`, `TTO -`, `(CNN)`. */
const AGENCY_DASH = new RegExp(
  String.raw`^(?:${AGENCY}\s*[–—](?=\p{Lu})|(?:${AGENCY}\s*${DASH}?|\(\p{Lu}[\p{L} .]{1,20}\)\s*${DASH}|\p{Lu}{2,6}\s*(?:_+|-{1,2}|–|—|>>))\s+${NEWS_FOLLOWS})`,
  'u',
)
/** `МОСКВА, 14 мая. /ТАСС/.` */
const SLASHED_AGENCY = /^[\p{Lu}][\p{L}.,\s\d-]{1,40}[./]?\s*\/[\p{Lu}][\p{L} -]{1,20}\/\.?\s+/u
/** `UPDATE 11/30 5:04 p.m.: `, `UPDATE @ 7 a.m.: `, `Update at 10:18 a.m. on 8-31-2015: `. */
const UPDATE =
  /^(?:UPDATED?|Updated?),?\s(?:[\d/:.,@()\s-]|[ap]\.?m\b|[AP]\.?M\b|at\b|on\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{Ll}*|\p{Lu}\p{Ll}+day\b){2,40}(?::|—|–|\|)\s?(?=["“]?\p{Lu})/u
/** Markup letters of wire texts, a station's name, bullets, list numbers, clock times, `UPDATE 8:30 PM, Jan. 3 -`. */
const STAMP =
  /^(?:&[A-Z]{2};\s*|[WK]\p{Lu}{2,3}(?:-TV)?\s(?:\d{1,2}\s)?News\s(?=\p{Lu}\p{Ll}*\s\p{Ll})|CLOSE\s+(?=\p{Lu}\p{Ll})|(?:Exclusive|EXCLUSIVE|Breaking|BREAKING)\s?[—–-]+\s?(?=\p{Lu})|[•*·▪►●‣◦]\s*(?=[\p{L}\p{N}"“])|(?:_|--|–|—|-)\s+|\d{1,2}[.)]\s+(?=\p{Lu})|\d{1,2}:\d{2}\s?[ap]\.?m\.?(?:\s\p{Lu}{2,4})?(?:\s(?:UPDATE|Update))?\s*(?::|--|–|—)\s*(?=["“]?\p{Lu})|\d{1,2}[:.]\d{2}(?:\s?(?:am|pm|Uhr|h))?\s+[-–—|]?\s*(?=\p{Lu})|Updated?(?:\sat)?\s\d{1,2}:\d{2}[^:!?]{0,14}:\s+(?=\p{Lu})|Updated?\s\|\s(?=\p{Lu})|UPDATED?\b[^!?]{0,30}?\s[-–—:]\s+(?=\p{Lu})|UPDATED?,?\s[\p{L}\d .]{2,14}:\s+(?=\p{Lu})|\u200b?(?:UPDATE|Update)\s?(?:#\d+)?\s?(?:--|\()[^!?:]{0,30}(?::\d\d[^!?:]{0,8})?:\s+(?=\p{Lu})|(?:\p{Lu}\p{L}+day,\s\p{Lu}\p{L}+|January|February|March|April|May|June|July|August|September|October|November|December)\s\d{1,2},\s\d{4}\s?(?=\p{Lu}))+/u
/** `&UR; …`, `(gb)`, `(jl/twx)`, `[12]`, `_ NYT`. */
const TAIL = /\s*(?:&[A-Z]{2};.*|\([a-z]{1,4}(?:\/[a-z-]{1,6})*\)|(?:\[\d{1,3}\])+)\s*$/su

function leadLength(head: string, index: number): number {
  const stamp = STAMP.exec(head) ?? UPDATE.exec(head) ?? SHOUTED_HEAD.exec(head)
  if (stamp !== null) return stamp[0].length
  // Pages of many short reports have a dateline in the middle too; with its agency, arrows or many capitals it is nothing else.
  if (index >= DATELINE_SENTENCES)
    return (CITY_AGENCY.exec(head) ?? CITY_ARROWS.exec(head) ?? LONG_CITY.exec(head))?.[0].length ?? 0
  const patterns = [CITY_AGENCY, CITY_NAME, AGENCY_DASH, CITY_DASH, PLACE_DASH, SLASHED_AGENCY, CITY_ONLY]
  for (const pattern of index === 0 ? [...patterns, PLACE_COLON, CITY_FIRST] : patterns) {
    const match = pattern.exec(head)
    if (match !== null) return match[0].length
  }
  return 0
}
