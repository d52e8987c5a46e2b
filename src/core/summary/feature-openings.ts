/**
 * Whether an English sentence opens as a feature or a comment does, without telling of the event: `Two years ago, a cellist …`,
 * `When a card is lost, …`, `Nobody knows …`, `Making matters worse, …`, `In other games, …`, `Compared with …`.
 *
 * Behind the sentence before it such a one may be good reading; alone it says nothing.
 */
export function opensAsFeature(text: string): boolean {
  return AGO.test(text) || GENERIC.test(text) || ANYONE.test(text) || ADDING.test(text)
}

/** Whether an English sentence says what anybody may do or what may be, of nobody and no day: `A harbour surveyor might review the roof.` */
export function givesAdvice(text: string): boolean {
  return ADVICE.test(text)
}

/**
 * Whether an English sentence only chats, or says that something was said: `True, a ferry is slow.`, `More like a row than a race.`,
 * `The sheriff released more information on Tuesday.`, `Her lawyer spoke out about the move.`, `More details were not available.`
 */
export function saysNothing(text: string): boolean {
  return CHAT.test(text) || isAllIt(text) || (text.length < MAX_EMPTY_CHARS && EMPTY.test(text))
}

/** `But it has told all that it knows what is going on with it.`: neither name nor number, and nothing but `it`. */
function isAllIt(text: string): boolean {
  return (
    text.length < MAX_EMPTY_CHARS &&
    !/\d|\s\p{Lu}/u.test(text) &&
    (text.match(/\bit\b/giu) ?? []).length >= MIN_ALL_IT
  )
}

const MIN_ALL_IT = 3
/** A longer sentence tells something beside (UTF-16 units). */
const MAX_EMPTY_CHARS = 130
const CHAT =
  /^(?:Well|True|Granted|Okay|OK|Alas|Hey|Look|Sure|Admittedly|Mind\syou),\s|^(?:More|Less|Much)\slike\s|^So\s(?:that|this|there)\b|^Meet\s\p{Lu}\p{Ll}+,|^(?:Ask|Consider|Imagine|Picture|Take)\s(?:\p{Lu}|the\scase\sof\b)|\bhave\s(?:revealed|released|learned)\s(?:more|new\sdetails)\s(?:details\s)?about\b/u
const EMPTY =
  /\bbut\sit\swas(?:n['’]t|\snot)\s(?:pretty|easy)\.$|\b(?:released|provided|offered|gave|shared|revealed)\s(?:\p{Lu}[\p{L}’'-]*\s|[\p{Ll}-]+\s){0,3}?(?:more|new|additional|further|no\snew|few|some)\s(?:information|details)\b(?![^.]*\b(?:that|including|saying)\b)|\b(?:spoke\sout|weighed\sin|opened\sup)\s(?:about|on)\sthe\s\p{Ll}+\.$|\baddressed\sthe\s(?:media|press)\s(?:at|in|during|on|outside)\b|\bspoke\s(?:to|with)\s(?:the\s)?(?:media|press|reporters)(?:\s(?:on\s)?\p{Lu}\p{Ll}+day\b[^.]*|\s(?:outside|at|in)\s[^.,]+)?\.$|\b(?:[Mm]ore|[Ff]urther|[Ff]ull|[Oo]ther|[Aa]dditional)\s(?:details|information)(?:\s(?:of|on|about)\s[^.]{3,40})?\s(?:was|were)\s(?:not|n['’]t)\s(?:immediately\s)?(?:available|released|known)\b|\bdetails\s(?:will|would)\sbe\s(?:released|available|announced)\b|\bno\s(?:further|other|more)\s(?:details|information)\s(?:was|were)\b|\b(?:mother|father|parents|family|sister|brother|wife|husband|son|daughter|neighbou?rs?|witness(?:es)?|friends?|relatives?|survivors?|residents?)\sspoke\s(?:to|with)\s\p{Lu}\p{Ll}+\s\p{Lu}|\bthere\sare\s(?:lots\sof|many|still\smany|a\slot\sof)\squestions\b/u

const AGO =
  /^(?:An?|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve|Fifteen|Twenty|Thirty|Forty|Fifty|A\sfew|Several|Some|\d{1,3}|\p{Lu}{3,6})\s(?:years?|YEARS?|months?|MONTHS?|weeks?|WEEKS?|decades?|DECADES?|generations?)\s(?:ago|AGO)\b(?!\stoday)/u
/** What always happens: `When a card is lost or stolen, …`. */
const GENERIC =
  /^(?:When|If|Whenever|Once)\s(?:an?\s|people\s|children\s|somebody\s|someone\s)(?![^,]*\p{L}\s\p{Lu})[^,]{3,80}?\b(?:is|are|gets?|goes|comes|becomes|has|have|makes?|dies|loses?|wants?|decides?)\b/u
/** `Everyone loves …`, `Nothing good comes …`. */
const ANYONE =
  /^(?:Everyone|Everybody|Nobody|No\sone|Nothing)\s(?:(?:really|else|quite|good|much)\s)?(?:is|has|wants|knows|loves|likes|agrees|thinks|seems|assumes|believes|says|comes|remembers|understands|expects|doubts|needs|beats|hates|talks|gets)\b/u
const ADVICE =
  /^An?\s(?:[\p{Ll}-][\p{L}-]*\s){1,7}(?:might|may|can|should)\s(?!have\b|be\sable\b|was\b|is\b)(?!.*(?:\p{N}|\s\p{Lu}))/u
const ADDING =
  /^(?:(?:To\smake|Making)\smatters\s|(?:To\sadd|Adding|Add)\s(?:(?:more\s)?insult\sto|(?:fuel\s)?to\sthe|to\sthat)\b|On\sthe\sundercard\b|In\s(?:other|related|unrelated)\s\p{Ll}+\b|Compared\s(?:to|with)\b)/u
