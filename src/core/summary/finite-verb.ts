/**
 * Whether an English sentence holds a word that may be its finite verb; without one it is a caption, a label or a list.
 *
 * Careful on purpose: any form that is a verb somewhere counts, and a form in -s counts before an article or the like (`carries a`). Other
 * languages than English always hold one here.
 */
export function mayHaveVerb(text: string, lang: string | null): boolean {
  if (lang !== 'en') return true
  if (BEARER.test(text) && !BEHIND_COMMA.test(text)) return false
  for (const [word] of text.toLowerCase().matchAll(WORD))
    if (FINITE.has(word) || PAST.test(word) || CONTRACTED.test(word)) return true
  return BEFORE_OBJECT.test(text)
}

/** `Quill, 33, with a name for long nights, …`: the verb stands behind a comma. */
const BEARER = /^(?:\p{Lu}[\p{L}.'’-]*\s?){1,3},\s\d{1,3},\swith\s/u
const BEHIND_COMMA =
  /,\s(?:(?:\p{Ll}+ly|also|then|later|now|still)\s)?(?:\p{Ll}{2,}ed|is|was|has|had|will|would|can|could|says?|said|told|went|got|took|made|came|won|lost|fled|shot|left|ran|fell|died|held|met|told|became)\b/u
const WORD = /[a-z]+(?:['’][a-z]+)?/gu
/** Longer words in -ed; `red` and `bed` are none. */
const PAST = /^[a-z]{2,}ed$/u
const CONTRACTED = /n['’]t$|^(?:i|you|he|she|it|we|they|that|there|who|what)['’](?:s|m|re|ve|ll|d)$/u
/** `conviction carries a`, `law prevents the`, `police identify the`. */
const BEFORE_OBJECT =
  /\p{Ll}{2,}(?:(?<![su])s|fy)\s(?:an?|the|his|her|its|their|no|any|one|this|him|them|us)\s/u

const FINITE: ReadonlySet<string> = new Set(
  `is are was were am be been has have had do does did will would can cannot could may might must shall should says said say tells told
  tell gets got goes went go comes came come takes took take makes made make sees saw see knows knew know gives gave give finds found
  thinks thought think leaves left become becomes became begins began begin keeps kept keep holds held hold brings brought bring writes
  wrote write stands stood stand hears heard hear lets let means meant mean meets met runs ran pays paid sits sat sit speaks spoke speak
  leads led grows grew grow loses lost lose falls fell sends sent send builds built draws drew breaks broke spends spent rises rose drives
  drove buys bought wears wore wear chooses chose choose seeks sought seek throws threw throw catches caught deals dealt wins won win
  shoots shot hits hit puts put reads beats beat lies lay strikes struck sweeps swept fights fought flees fled flew flies shakes shook
  sells sold sell feels felt feel slept sang rang swears swore tore wound hung sticks stuck steals stole sank shuts shut splits split spreads
  quits quit costs hurts hurt sets taught teaches bears bore bids bends bent binds bound bled blew dug drank eats ate fed forbids forbade forgot
  forgave froze hides hid laid lent lit rode sped spun sprang strode stung swam swung woke wove withdraws withdrew undertook overcame
  upholds upheld withheld foresaw remains remain seems seem appears appear wants want needs need includes include expects expect calls
  shows shown show asks ask works lives believes believe hopes follows follow happens happen helps looks continues continue alleges allege
  claims claim argues argue adds reports offers faces waits urges urge died dies die underwent undergoes cast casts
  allows allow agrees agree accuses accuse warns warn threatens blames blame supports oppose opposes carries carry marks removes raises
  covers recognizes recognize recognise identifies identify encourages encourage investigate investigates bars cherish tries try plans plan meet leave
  extend extends expand expands arrive arrives receive receives provide provides require requires suggest suggests indicate indicates impose imposes confirm confirms deny denies reveal reveals refuse refuses describe describes explain explains serve serves depend depends rely relies suffer suffers prevent prevents protect protects reflect reflects prove proves occur occurs exist exists belong belongs concern concerns appeals seize seizes destroy destroys save saves join joins enter enters reach reaches receive`.split(
    /\s+/u,
  ),
)
