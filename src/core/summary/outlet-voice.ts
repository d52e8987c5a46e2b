/**
 * Whether an outlet speaks of itself in an English sentence, or a body only says something kind: `Action News has learned that …`,
 * `the smoke that KBAY 9 saw`, `A viewer sent us a picture`, `member station WHRB reports`, `Police wanted to thank residents`.
 *
 * Who said something to an outlet (`told KBAY 9`), and a source behind the statement (`…, the Post reported`), are left alone.
 */
export function isOutletVoice(text: string): boolean {
  return (
    (DONE.test(text) && SELF.test(text)) ||
    SENT_IN.test(text) ||
    CREW.test(text) ||
    BOAST.test(text) ||
    FAMILY.test(text) ||
    COURTESY.test(text)
  )
}

/** Whether an English sentence only asks the public for help; a long one tells what for. */
export function asksForHelp(text: string): boolean {
  return text.length < HELP_CHARS && HELP.test(text)
}

/** Longer sentences say something beside (UTF-16 units). */
const HELP_CHARS = 130

const R = String.raw

/** Stations and networks; `\d` is their channel. */
const STATION = R`(?:(?:(?:Eyewitness|Action|Local|Live)\sNews|News\s?(?:Channel|Center|[Cc]hannel)|News(?=[\s-]?\d)|Channel|Local|FOX|Fox|NBC|CBS|ABC|PBS|CNN|NPR|MSNBC|CTV|ITV|(?!WHO\b|WTO\b|WFP\b|WWE\b|WBA\b|WBC\b|WBO\b|KGB\b|KKK\b|KSP\b|KPD\b|KCNA\b)[KW]\p{Lu}{2,3}(?:-?TV)?|\p{Lu}{3,4}-TV)(?:-?\d{1,2})?(?:\s\d{1,2})?(?:\s(?:Action\s|Eyewitness\s|Investigative\s)?News)?(?:\s\d{1,2})?)(?<!Local|Channel)`
const PAPER = R`[Tt]he\s(?:\p{Lu}[\p{L}-]+\s){0,3}(?:News|Post|Times|Tribune|Journal|Herald|Globe|Register|Gazette|Chronicle|Observer|Guardian|Beast|Examiner|Caller|Associated\sPress|AP|Enquirer|Dispatch|Intercept|Hill)|POLITICO|Politico|HuffPost|BuzzFeed(?:\sNews)?|Newsweek|TheBlaze|Mediaite|Axios|TMZ`
/** What an outlet does, not what it reports; `has confirmed` only at the beginning, for others confirm too. */
const DOES = R`(?:(?:has|have|had)\s)?(?:(?:also|since|first|independently|exclusively)\s)?(?:learned|learnt|obtained|reached\sout|spoke|contacted|asked|reviewed|saw(?=\s(?:from|on|at|in|near|outside|of)\b|[.,])|was\stold)\b`
/** One of those verbs: most sentences have none, and {@link SELF} takes long. */
const DONE =
  /\b(?:learn(?:ed|t)|obtained|reached|spoke|contacted|asked|reviewed|saw|told|confirmed|received)\b/u
/** Those who work for it, or watch it; and what it will do. */
const CREW = new RegExp(
  R`(?<![\p{L}\d])(?:${STATION}|\d{1,2}News)\s(?:cameras?|crews?|viewers?|will\scontinue|will\s(?:have|bring)|is\s(?:working|following|reaching))\b`,
  'u',
)
const SELF = new RegExp(
  R`(?=[\p{Lu}t])(?<!\baccording\sto\s[^,.]{0,60}|\b(?:with|to|by|of|from|for|at|told|tells|the)\s|,\s|[–—-]\s|\p{Lu}\p{Ll}+\s)(?:${STATION}|${PAPER})\s${DOES}` +
    R`|^(?:${STATION})\s(?:has\s|have\s)(?:also\s|not\s)?(?:confirmed|received)\b`,
  'u',
)
const SENT_IN =
  /\breporter\s(?:\p{Lu}[\p{L}.'’-]*\s){1,3}(?:recaps|explains|reports|has\s(?:the|more))\b|^[\p{L}\d]{2,20}\.(?:com|org|net|tv|news|co\.uk)\s(?:has|have|had|is|was|will|spoke|learned|obtained|asked)\b|^\p{Lu}[\p{L}\d .-]{2,24}['’]s\s(?:\p{Lu}[\p{L}.'’-]+\s){1,3}(?:(?:spoke|sat\sdown|caught\sup|talked|met)\s(?:to|with)|is\slive)\b|^An?\s(?:viewer|listener|reader)\s\p{Ll}|^The\s(?:affiliate|station)\s(?:also\s)?(?:confirmed|learned|obtained|reported|spoke|said)\b/u
/** Praise for its own work. */
const BOAST =
  /\bspoke\sexclusively\s(?:to|with)\b|\bis\s(?:the|an?)\s(?:premier|leading|largest|top)\s[^.]*\b(?:news|wire)\s(?:service|site|source|outlet)\b/u
/** `As KBAY's Ada Quill reported, …`; `member station`: a member of what, only the outlet's own readers know. */
const FAMILY =
  /^As\s[\p{Lu}\d][^,]{2,40}\sreported,|\b(?:[Mm]ember|[Ss]ister|[Pp]artner)\sstations?\b|\b[Oo]ur\s(?:affiliate|sister)\b/u
const COURTESY =
  /\b(?:wants?|wanted|wish(?:es|ed)?|would\slike|hopes?)\sto\s(?:\p{Ll}+ly\s)?(?:thank|express\s(?:his|her|its|their|our)\s(?:\p{Ll}+\s)?(?:thanks|gratitude|sympath|condolence|appreciation))|\bthanked\s(?:the\s)?(?:\p{Ll}+\s){0,2}(?:residents|public|community|neighbou?rs|businesses|motorists)\b|\bthoughts(?:\sand\sprayers)?\s(?:are|is|were|go|goes|went|remain)\s(?:out\s)?(?:with|to)\b/u
const HELP =
  /\b(?:ask|asks|asked|asking|seek|seeks|seeking|sought|appeal|appeals|appealed|appealing)\s(?:to\s|for\s)?(?:(?:the\s)?(?:public|community)(?:['’]?s)?\s(?:help|assistance)|(?:the\s)?(?:help|assistance)\s(?:from\s(?:the\s)?(?:public|community|residents)|identifying|locating|finding|to\s(?:find|identify|locate))|to\switnesses|(?:to\s)?the\s(?:public|community)\s(?:for\s(?:help|information|tips)|to\s(?:help|provide|report)))\b|\b[Pp]olice\s(?:are|were)\s(?:still\s)?(?:looking|asking)\sfor\s(?:witnesses|information|tips)\b/u
