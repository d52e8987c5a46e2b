/**
 * Whether a sentence is what a page says to its readers, not what an article tells: an appeal to witnesses with a number to call, a prompt,
 * a correction, a mark of a list, an end that was cut off. Shapes are judged in every language, words in English only.
 */
export function isPageLeftover(text: string, lang: string | null): boolean {
  if (
    ODD_START.test(text) ||
    isCutOff(text) ||
    isQuoteLost(text) ||
    CREDIT_BEFORE.test(text) ||
    (text.includes('@') && ADDRESS.test(text))
  )
    return true
  if (lang !== 'en') return false
  return (
    BROKEN_OFF.test(text) ||
    TELEPHONE.test(text) ||
    isDatedCaption(text) ||
    SCENE_ON_DAY.test(text) ||
    PICTURED.test(text) ||
    isShownWithoutVerb(text) ||
    APPEAL.test(text) ||
    PROMPT.test(text) ||
    NOTE.test(text) ||
    isSilence(text) ||
    isHeadlineGlued(text)
  )
}

/** No sentence begins with a mark of a list, a bracket or an ellipsis. */
const ODD_START = /^[^\p{L}\p{N}\p{M}"'“”‘’«»„‚「『（(¿¡$€£¥`]/u
/** `Ada Quill / Coast Wire The council said`: who took the picture that stood above. */
const CREDIT_BEFORE = /^(?:\p{Lu}[\p{L}.'’-]+\s){1,4}\/\s\p{Lu}/u
/** `… Continue`, `gathered outside a home where they…`: the rest stands on another page. */
const CUT_END = /(?:…|\.{3,}|\[\s?\+?\d*\s?(?:chars|words)?\s?\]\.?|\[\s?(?:…|\.\.\.)\s?\])["'”’»)]*$/u
/** `Pier, '' said in May`: a quotation between typewriter marks closes that no earlier one opened. */
function isQuoteLost(text: string): boolean {
  return text.includes("''") && !text.includes('``') && text.split("''").length % 2 === 0
}

/** In scripts without small letters dots often stand for a full stop. */
function isCutOff(text: string): boolean {
  return CUT_END.test(text) && /\p{Ll}/u.test(text)
}

/** `…, while posting a.`: the rest was lost. */
const BROKEN_OFF = /\s(?:an?|the|my|our|their)\.$/u
const ADDRESS = /[\p{L}\p{N}._-]+@[\p{L}\p{N}-]+\.\p{L}{2,}/u
const TELEPHONE = /(?<![\d.,$€£-])(?:\(?\d{3}\)?[\s.-]\s?)?\d{3}[-.]\d{4}(?!\d)|\b1-8\d\d-/u
/** Witnesses are asked to come forward. */
const APPEAL =
  /\b(?:asks?|asked|asking|urges?|urged|urging|encouraged?|encouraging|invited?|requested)\b[^.]{0,90}\b(?:to\s)?(?:call|contact|come\sforward|e-?mail)\b|\b(?:anyone|anybody|those|people|witnesses|tipsters|persons?)\s(?:with|who\s(?:may\s)?(?:has|have|had|witnessed|saw)|having)\b[^.]{0,60}\b(?:information|tips?|knowledge|video|footage)\b|\b(?:[Tt]ipsters|[Cc]allers)\b|\b(?:call|contact)\s(?:the\s)?(?:\p{Lu}\p{L}+\s){0,4}(?:Crime\s?Stoppers|Crime\sSolvers|Silent\sWitness|911\b)/u
const FULL_DATE = /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},\s(?:19|20)\d\d\b/u
/** What a picture shows happens now. */
const SHOWN_NOW =
  /^(?:\S+\s){1,9}?(?:waves?|speaks?|walks?|arrives?|leaves?|holds?|stands?|sits?|listens?|looks?|talks?|gestures?|reacts?|attends?|smiles?|greets?|poses?|delivers?|addresses|points?|boards?|departs?|gathers?|rides?|appears?|testif(?:y|ies)|participates?|watch(?:es)?|hugs?|kneels?|carr(?:y|ies)|march(?:es)?|cheers?|displays?|prays?|embraces?|patrols?|inspects?|hangs?|flies|enters?|exits?|meets?|tosses|throws?|signs?|laughs?|cries)\s/u

/** Whether a sentence tells in the present what happened on a day it names in full: what stands under a picture. */
function isDatedCaption(text: string): boolean {
  return FULL_DATE.test(text) && SHOWN_NOW.test(text) && !/\b(?:said|told|says)\b/u.test(text)
}

/** `… expert Ada Quill leaves a court house in Marholm on April 26.` */
const SCENE_ON_DAY =
  /^(?!.*\b(?:said|says|told|will|was|were|had|has|have)\b).*\b(?:leaves?|arrives?|walks?|enters?|exits?|departs?|speaks?|stands?|waits?)\s[^.]*\bon\s(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2}\.$/u

/** Who stands where in a picture, what it shows, and where it was taken: `Ada Quill (left)`, `Ada Quill (R-NL) (C) is greeted`, `… in Ashford, U.S., May 14, 2031.` */
const PICTURED =
  /(?<=\p{L}\)?\s)\((?:(?:far|top|bottom|upper|lower|second\sfrom)\s)?(?:left|right|center|centre)\)|(?<=(?:\p{Lu}[\p{L}.]+|\))\s)\([LC]\)\s\p{Ll}|(?<=(?<!\p{L})(?!Right|Left)\p{Lu}[\p{L}.-]+),\s(?:(?:far|second\sfrom|top|bottom)\s)?(?:left|right|center|centre),\s|,\sseen\shere\b|^The\ssun\s(?:sets|rises)\sover\s|^(?:The|A)\s(?:scene|site|view)\s(?:at|in|of|on|near|outside|from)\s[^,.]*\bwhere\s(?:police|officials|authorities|investigators|deputies|an?\s)|\((?:not\s)?pictured\b|\b(?:is|are)\spictured\b|^\d{1,3}\sof\s\d{1,3}\s\p{Lu}|\breacts\s(?:as|while)\s\p{Lu}|^In\sthis\s[^.]{0,45}\b(?:photo|image|picture|still|frame|video)\b|\bU\.S\.,?\s\p{Lu}[\p{L}.]{2,9}\s\d{1,2},\s(?:19|20)\d\d\.$|\b(?:map|video|tweets?|clip|photos?|chart|graphic)\s(?:above|below)\b/u

/** `Mayor Ada Quill aboard a ferry on Friday, where she …`, `Boats that came from Marholm.`: what a picture shows, without a verb of its own. */
function isShownWithoutVerb(text: string): boolean {
  if (NO_SUBJECT.test(text) || NO_PREDICATE.test(text)) return true
  const [, main] = SOMEWHERE.exec(text) ?? []
  if (main !== undefined) return !VERBISH.test(main)
  const [, clause] = THAT_DID.exec(text) ?? []
  return clause !== undefined && (clause.match(VERBS) ?? []).length === 1
}

/** `Quill telling the jury that …`, `In a statement from the harbour said that …`. */
const NO_SUBJECT =
  /^(?!(?:In|On|Of|By|For|From|After|Before|While|When|Since|Upon|Without|Besides|Despite|Instead|Rather|About|Now|Not|Just)\s)\p{Lu}[\p{L}’'-]+\s(?:telling|saying|adding|asking)\s|^In\san?\s(?:\p{Ll}+\s){0,2}statement\s(?:from|by)\s[^,]{2,40}\ssaid\b/u
/** `Ada Quill, 22, who was shot in the leg.`, an entry of a list; `This, as the search went on.` */
const NO_PREDICATE =
  /^(?:\p{Lu}[\p{L}.’'-]+\s?){2,4},\s(?:\d{1,3},\s)?(?:who|whom|whose)\s[^,]*\.$|^(?:This|That|All\s(?:of\s)?this),\s(?:as|after|while|amid|despite)\s/u
const SOMEWHERE =
  /^(?:\p{Lu}[\p{L}.’'-]+\s){2,5}(?:aboard|outside|inside|during|at|in|on|with|near|alongside)\s([^,.;]*)(?:,\s(?:where|who|as|when)\b|\.$)/u
/** A plural may be a verb as well: such sentences are kept. */
const VERBISH =
  /\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|said|told|\p{Ll}{2,}ed|\p{Ll}{3,}(?<!s)s|went|came|took|made|got|left|won|lost|ran|met|gave|began|shot|fell|held|led|saw|kept|put|set|became|spoke|stood|sat|drew|won|broke|brought|found|sent|cut|hit|knew|thought|felt|wrote|grew|rose|paid|lost|built|bought|spent|taught|caught|fought|sought|hurt|quit|read|shut|spread|struck|swept|threw|wore)\b/u
const THAT_DID = /^(?:The\s)?\p{L}\p{Ll}+s?\s(?:that|who|which)\s([^,;:]*)\.$/u
const VERBS =
  /\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|did|does|do|said|says|told|\p{Ll}{2,}ed|went|came|took|made|got|left|won|lost|ran|met|gave|began|shot|fell|held|led|saw|kept|put|set|became|spoke|stood|face|faces|want|wants|need|needs|say|get|gets|go|goes|make|makes|remain|remains|live|lives|know|knows|include|includes)\b/gu

const R = String.raw

/** What a sentence may begin with, and what may stand anywhere in it. */
function patternOf(starts: readonly string[], anywhere: readonly string[]): RegExp {
  const first = starts.length > 0 ? [`^(?:${starts.join('|')})`] : []
  return new RegExp([...first, ...anywhere].join('|'), 'u')
}

/** What readers are asked to do. */
const PROMPT = patternOf(
  [
    R`Add\s.{2,60}\sas\san\sinterest`,
    R`Get\s(?:[Bb]reaking|the\slatest|more|our|news|alerts)`,
    R`Stay\s(?:with|tuned|connected|up\sto\sdate|informed)`,
    R`Be\sthe\sfirst\sto`,
    R`Read\s(?:on|more|the\sfull|also|our)`,
    R`See\s(?:\p{L}+\s){0,3}(?:photos|video|more|below|also)`,
    R`Check\s(?:out|back)`,
    R`(?:Click|Tap|Download|Subscribe|Scroll|Swipe)\b`,
    R`Sign\s(?:up|in)`,
    R`Log\sin`,
    R`Follow\s(?:us|\p{Lu})`,
    R`Like\sus`,
    R`Join\s(?:us|the\sconversation|our)`,
    R`Thank(?:s|\syou)\sfor\s(?:reading|watching|visiting)`,
    R`Email\snotifications`,
    R`Contact\s\p{Lu}`,
    R`Tune\sin`,
    R`Hit\sthe\sjump`,
    R`Never\sMiss`,
    R`Keep\sup\swith\s`,
    R`(?:Hide|Show)\s[Cc]aption`,
    R`Have\sa\s(?:tip|story|question)`,
    R`Want\s(?:more|to)`,
    R`Share\sthis`,
    R`Enlarge\s\p{Lu}`,
    R`Submit\s`,
    R`(?:Reuters|AFP|AP|EPA|Getty)\s\p{Lu}\p{Ll}`,
    R`\p{Lu}[\p{L}\d ]{1,20}['’]\s?s\s\p{Lu}\p{L}+\s\p{Lu}\p{L}+\s(?:speaks|talks|reports|explains)\b`,
    R`Send\s(?:us|your)`,
    R`Watch\s(?:the|live|more|below|above)`,
    R`Listen\sto\s`,
    R`For\s(?:[\p{Ll}]+,?\s){1,4}(?:download|visit|call|click|go\sto|contact|please)`,
  ],
  [
    R`\bdownload\s(?:the|our)\s(?:\S+\s){0,4}app\b`,
    R`\bplease\s(?:contact|call|visit|click|e-?mail|see|check)\b`,
    R`\bmore\sdetails\sas\sthey\sbecome\b`,
    R`\bin\sthe\smiddle\swearing\b|\bis\sshown\s(?:left|right|above|below|at\s(?:left|right))\b|\(no\s(?:mugshot|photo|picture)\)`,
    R`\bmore\son\s(?:[Ll]ive\sat|[Nn]ews\sat)\s\d`,
    R`\blive\sat\s\d\s(?:and|on)\s`,
  ],
)
/** What the page says about itself. */
const NOTE = patternOf(
  [
    R`Editor['’]?s?['’]?\s[Nn]ote`,
    R`Corrections?\b.{0,40}:`,
    R`Clarifications?\b.{0,30}:`,
    R`Updated?\sto\s(?:clarify|correct|add|include|reflect)`,
    R`Information\s(?:for|from|in)\s`,
  ],
  [
    R`\b(?:[Aa]n\s)?earlier\sversion\sof\s(?:this|the)\s(?:story|article|post|report|headline|column)`,
    R`\b(?:story|article|post|report|column|item|headline|caption)\s(?:(?:has|was|have|originally|first|previously)\s){1,3}(?:been\s)?(?:last\s)?(?:updated|corrected|appeared|published|posted|misstated|misidentified)\b`,
    R`\b[Cc]opyright\s(?:©\s)?(?:19|20)\d\d\b`,
    R`\blike\sthis\sone\b`,
    R`\{\}`,
    R`\bTM\sand\sCopyright\b`,
    R`\bwas\scontributed\sby\b`,
    R`\bhas\s(?:covered|written\sabout|been\scovering|reported\son)\b[^.]{0,60}\bsince\s(?:19|20)\d\d\b`,
    R`\bsentence\swas\sadded\sto\b`,
    R`\bin\sthis\s(?:article|story|post|column)\b`,
    R`\b(?:joins?|joined|tells?|told)\sus\b`,
    R`^(?!(?:\S+\s){0,3}(?:said|says|added|adds|wrote|writes|tweeted|tweets|continued|asked|replied|responded|concluded|explained)\b)\p{Lu}\p{L}+(?:\s[\p{L}\d]*[\p{L}\d]{2}){0,2}:\s`,
    R`\bthe\saudio\srecord\b`,
    R`\bGuest\s?[Bb]ook\b`,
  ],
)

/** `The office declined to comment.`: a short sentence that only says that nothing was said. */
function isSilence(text: string): boolean {
  return text.length < SILENCE_CHARS && !/,\sbut\b/u.test(text) && SILENCE.test(text)
}

/** Longer sentences say something beside (UTF-16 units). */
const SILENCE_CHARS = 130
const SILENCE = patternOf(
  [],
  [
    R`\b(?:declined|refused)\sto\scomment\b`,
    R`\b(?:requests?|available)\sfor\s(?:immediate\s)?comment\b`,
    R`\b(?:seeking|reached\sfor|had\sno|did\snot|no\simmediate)\scomment\b`,
    R`\bnot\s(?:immediately|yet|publicly)\s(?:comment|respon|repl|answer|return)`,
    R`\b(?:not|n[’']t)\s(?:respond|reply)\sto\s[^.]*\b(?:questions?|e-?mails?|calls?|messages?|inquir(?:y|ies)|requests?)\b`,
    R`\b(?:not|n[’']t)\sreturn\s[^.]*\b(?:calls?|e-?mails?|messages?)\b`,
    R`\bnot\s(?:immediately\s)?be\sreached\b`,
  ],
)

/** A headline stays glued to a sentence where a small word of its first words has a capital between capitals. */
function isHeadlineGlued(text: string): boolean {
  const head = text.slice(0, HEADLINE_CHARS)
  return (!/["“”]/u.test(head) && HEADLINE.test(head)) || SECOND_START.test(withoutTitles(text))
}

/** A text without quotations and titles between marks, whose words have capitals of their own. */
function withoutTitles(text: string): string {
  return text.replace(/["“][^"”]*["”]|(?<!\p{L})['‘][^'’]{3,80}['’]|``.*?''/gu, ', ')
}

/** `on election interference The president said`: a second sentence begins where no first one ended. */
const SECOND_START =
  /\p{L}\sPeople\s(?:who|in|living)\s|\p{Ll}{2}\)?\s(?:The|An|This|They|He|She|It|But|And|When|After|There|Anyone|In|On|At|As|For|With|If|While|What|Is|Are|Was)\s\p{Ll}/u

/** Of a sentence, so many UTF-16 units may be a headline. */
const HEADLINE_CHARS = 90
const HEADLINE =
  /(?:^|\s)\p{Lu}[\p{L}\p{N}.'’-]*\s(?:Photos?|Videos?|After|When|Who|Is|Are|Was|Were|Has|Have|Get|Says|Killed|Kills|Shot|Dies|Arrested|Charged|Amid|Injured|Wounded|Sentenced|From|Into|Over|To|In|With|And)\s\p{Lu}/u
