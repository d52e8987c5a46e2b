/** What makes a sentence of one language lean on the one before it. */
export interface OpeningRules {
  /** First words that need an earlier sentence: pronouns, demonstratives, connectives. */
  readonly dangling: RegExp
  /** The writer speaks; matched outside quotations. */
  readonly firstPerson: RegExp
  /** Stands under pictures or points at other pages. */
  readonly caption: RegExp
  /** `he` and `she`, where the language has them apart from other words. */
  readonly pronoun?: RegExp
  /** Someone that such a word may mean, beside names. */
  readonly person?: RegExp
  /** `they` and `them`. */
  readonly plural?: RegExp
  /** Those that such a word may mean, beside names in `and`. */
  readonly several?: RegExp
  /** Says that something was said before, wherever in an article it stands. */
  readonly also?: RegExp
  /** Tells what had been before the news. */
  readonly background?: RegExp
  /** Paints a scene: says what a thing is, not what happened. */
  readonly description?: RegExp
  /** Weaker signs, judged on sentences that do not begin their article. */
  readonly pointsBack: readonly RegExp[]
}

/** The rules of a language (ISO 639-1), or `undefined` where there are none: then nothing is judged by words. */
export function openingRules(lang: string | null): OpeningRules | undefined {
  return lang === null ? undefined : RULES[lang]
}

/** Whole words at the start, in any case; what follows must be no letter (`\b` breaks inside accented words). */
function opening(words: string): RegExp {
  const list = words
    .trim()
    .split(/\s*[,\n]\s*/u)
    .map((word) => word.replaceAll(' ', '\\s+'))
  return new RegExp(`^(?:${list.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'iu')
}

function anywhere(words: string): RegExp {
  const list = words
    .trim()
    .split(/\s*[,\n]\s*/u)
    .map((word) => word.replaceAll(' ', '\\s+'))
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}’'-])(?:${list.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'iu')
}

const NEVER = /(?!)/u

const MONTHS =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)'
/** Verbs of captions: what the picture shows happens now. */
const SHOWN = `(?:is|are)\\s+(?:seen|pictured|shown)|lands?|speaks?|holds?|hold\\s+up|cries|waves?|walks?|looks?|arrives?|leaves?|attends?|gestures?|poses?|stands?|sits?|reacts?|listens?|talks?|addresses|delivers?|shakes?|celebrates?|gathers?|watch(?:es)?|carry|carries|smiles?|greets?|protests?|lies?|works?`
const ENGLISH_CAPTION = new RegExp(
  `^[\\w.]{2,20}['’]s\\s[a-z]+\\s[a-z]+\\s(?:(?:talks?|speaks?|interviews?)\\s(?:to|with|about)|reports?|joins|explains|breaks\\sdown|takes\\sa\\slook)\\b|^(?:photos?|images?|video|watch|buy photo|file|pictured|caption|gallery|slideshow|listen|advertisement|related|click|story continues|see also|read more)\\b[:\\s]` +
    `|^(?:(?:an?|the)\\s)?(?:\\w+\\s)?(?:images?|photos?|photographs?|pictures?|view|map|screenshot|screengrab|illustration|rendering|still)\\s(?:of|from|shows?|showing|taken|by)\\b` +
    `|^a\\sshot\\s(?:inside|outside)\\b|\\bas\\sshared\\son\\b|\\btalks?\\s(?:to|with)\\s(?:channel|fox|nbc|abc|cbs|cnn|news)\\b|\\bwas\\soverhead\\b` +
    `|\\bhas\\s(?:the|this|more|his|her)\\s(?:full\\s)?(?:story|details|latest)\\b` +
    `|\\b(?:is|are) (?:seen|pictured|shown) (?:in|on|at|here|from|during|after|before|outside|inside|near)\\b` +
    `|\\b(?:photo|picture|image) (?:issued|taken|provided|released|courtesy|shows)\\b|\\bfile photo\\b|\\bin this (?:\\w+ ){0,3}(?:photo|picture|image)\\b` +
    `|\\b(?:${SHOWN})\\b[^.]*,?\\s(?:on\\s)?(?:\\w+day,?\\s)?${MONTHS}\\.?\\s\\d{1,2},?\\s(?:19|20)\\d\\d\\.$` +
    `|^(?!.*\\b(?:was|were|had|has|have|said|says|will|would|told)\\b|(?:\\S+\\s){1,4}\\w{2,}ed\\s(?!by\\b))[^.]*\\b(?:${SHOWN}|tells?|meets?|arrive|leave|mourns?|embraces?|hugs?|appears?|comforts?|prays?|embrace|hug|comfort|pray|investigates?|searches|search|kneels?|marches|chants?)\\b[^.]*\\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\\b[^.]{0,60}\\.$` +
    `|^\\p{Lu}[^,.]{2,40},\\s[^,.]{3,80},\\s(?:tells?|${SHOWN})\\b[^.]*\\b(?:as|while)\\s[^.]*s\\.$` +
    `|\\b(?:was|were)\\s(?:on|at)\\s(?:the\\s)?scene\\b[^.]*\\b${MONTHS}\\.?\\s\\d{1,2},?\\s(?:19|20)\\d\\d\\b` +
    `|\\banyone with (?:any |more )?information\\b|\\bwoke up\\b[^.]{0,30}\\bto (?:the )?news\\b|^(?:local|breaking|latest|the latest)\\s(?:\\w+,?\\s){0,4}news\\b(?!.*\\b(?:said|says|was|were|has|have)\\b)` +
    `|\\battends? the scene\\b|^(?!.*\\b(?:was|were|had|has|have|said|will|would|\\w+ed)\\b).*\\b${MONTHS}\\.?\\s\\d{1,2},?\\s(?:19|20)\\d\\d(?:,\\sin\\s[^.,]{3,30})?\\.$` +
    `|\\b(?:(?:writers?|reporters?|correspondents?|staff|editors?)\\b[^.]{0,120}\\bcontribut\\w+ (?:to|from)\\b|contributed (?:to this (?:report|story|article|post)|reporting)|all rights reserved|sign up for|subscribe to|follow (?:us|him|her|them) on|for more information|(?:for|with) (?:more |the latest )?(?:updates?|details|news) on this|(?:ongoing|developing|breaking) (?:breaking )?(?:news )?story)\\b`,
  'iu',
)

/** `Will be told`, `On Tuesday, he …`, `Speaking outside, she …`: the one it speaks of stands before it. */
const ENGLISH_LEANING = new RegExp(
  `^.{0,60}\\b(?:also|however)\\b|^[^,.]{0,40}\\b(?:had|has|have|did|does)\\s(?:done\\s)?so(?:,|\\.|\\sand)|\\b(?:said|says|confirmed|believes?|told)\\s(?:\\p{L}+day\\s)?that\\s(?:aspect|issue|matter|point|question|part|incident|case|claim|decision|report|account)\\s(?:is|was|will|has|had|would)\\b|^(?:Soon|Shortly|Not\\slong|Just|Right|Immediately)\\s(?:after|before|thereafter|afterwards?),|^The\\s(?:second|third|fourth|fifth|other|remaining)\\s\\p{Ll}+\\s(?!of\\b|in\\b)|^.{3,60}\\s(?:was|were|is|had|has|have|would)\\slater\\s(?!(?:on|in|this)\\b)|^Will\\s\\p{Ll}|^To\\s(?:recap|sum\\sup|be\\sclear)\\b` +
    `|^(?:Some|Many)\\sof\\sthe\\s\\p{Ll}|^(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Several|Some|Many|\\d{1,2})\\s(?:of\\s(?:them|those|these)|others?|more\\s\\p{Ll}+)\\b|^All\\s(?:were|are|had|have)\\b|^An?\\s\\p{L}[^,]{3,80},\\s(?:he|she|it|they)(?:['’]s)?\\s|^(?:One|Another)\\s\\p{Ll}+(?<![siu])s\\s|^(?:Except|Besides|Including)\\s|,\\s(?:yes|no)\\.$|^(?:A|Another)\\s(?:related|second|further)\\s(?:issue|question|problem|concern)\\b|^All\\s(?:of\\sthe\\s)?(?:two|three|four|five|six|seven|eight|nine|ten)\\b` +
    `|^(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Several|Some|Many|Both|None)\\s(?:would|could|was|were|is|are|had|has|have|managed|remains?|remained|died|escaped|fled|later|also|came|went|arrived|followed|ended|scored|live|lived|made|got|took|\\p{Ll}+ed(?=\\s(?:to|for|the|an?|his|her|their|in|on|at|from|that|with|not|by|into|after|before|off|out|up)\\b))\\b` +
    `|^The\\s(?:e-?mails|messages|letters|documents|photos|images|videos?|posts?|tweets?|texts?)\\s(?:from|to|of|in)\\sthe\\s\\p{Ll}` +
    `|^(?:(?:An?|Half\\san|Some|Several|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|\\d+|Many|Just|About|Around)\\s){0,2}(?:few\\s)?(?:[Ss]econds|[Mm]oments|[Mm]inutes|[Hh]ours?|[Dd]ays?|[Ww]eeks?|[Mm]onths?|[Yy]ears?)\\s(?:later|earlier|afterwards?|on,)(?!\\p{L})|^The\\s(?:next|following|same|previous)\\s(?:day|night|morning|evening|week|month|year)\\b` +
    `|^(?:When|After|As|While|Before|Once|If|Since|Because|Until|Although|Though)\\s(?:they|it|their|its|that|this)\\b` +
    `|^[^,]{0,60}\\b(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ss]ome|[Mm]any|[Mm]ost|[Aa]ll|[Nn]one|[Bb]oth|[Ee]ach|[Ss]everal)\\sof\\s(?:them|those|these)\\b|^According\\sto\\s[^,]{2,60},\\s(?:it|they|he|she|that|this|these|those)\\b` +
    `|^(?:After|Before|Since|While|When|By|Despite|Without|Upon)\\s\\p{Ll}+ing\\s[^,]{1,90}(?:,[^,]{1,60})?,\\s(?:he|she|they|it)\\s|\\b(?:say|said|says|believe|told\\s\\p{L}+)\\sthey\\s(?:were|took|ran|fled|went|got|left)\\b` +
    `|\\b(?:to|of|about|with|for|on|do|did|like|than|after|before|tell\\s\\p{Ll}+|told\\s\\p{Ll}+)\\sthat(?:[.,]|\\soriginally\\b)` +
    `|^[^,]{0,60}\\b(?:since|by|until|from)\\sthen\\b` +
    `|^An?\\s(?:spokes\\p{L}+|source|witness|resident|neighbou?r|official)\\s(?:added|also|then)\\b|\\bthat\\s(?:new|old|earlier|latest|particular|very|kind)\\s\\p{Ll}` +
    `|^The\\ssame\\s\\p{Ll}` +
    `|^[^,;:“”"]{3,70}(?<!\\b(?:since|by|until|till|from|just|back|even|and|but|only|if|or|than))\\sthen\\s(?:\\p{Ll}+ed|went|took|threw|ran|shot|drove|fled|came|left|began|got|made|gave|told|said|put|set|hit|fell|sent|held|cut|met|found|won|lost|led)\\b|^[^,;:“”"]{3,60}\\b(?:would|could|will|must|should)\\sthen\\s\\p{Ll}` +
    `|^(?:As|Like|Unlike)\\sin\\s(?:that|this|those|these)\\b|^(?:[\\p{L}\\d.’'-]+\\s){1,7}(?:did|does|do)\\s(?:when|because|if|so|too)\\b|^(?:Along|On)\\sthe\\sway,|^[^,]{3,60}\\b(?:points?\\sout|says?|said|notes?|noted|argues?|argued|believes?)\\s(?:that\\s)?(?:these|those)\\s\\p{Ll}|^The\\s(?:older|younger|elder|taller|surviving)\\s\\p{Ll}|^The\\s\\p{Ll}+\\sof\\s[^,]{3,60}(?:,[^,]{3,80}){0,2},\\s(?:he|she|they)\\s|^The\\s(?:three|four|five|six|seven|eight|nine|ten)\\s\\p{Ll}*(?:s|men|women|people|children)\\s|^The\\s\\p{Ll}+(?:\\s\\p{Ll}+)?\\s(?:adds|added)\\s(?:that\\s)?|^(?:\\p{Lu}[\\p{L}.’'-]+\\s){1,3}(?:was|were|appeared\\sto\\sbe)\\s(?:referring|responding|reacting|alluding)\\s|\\b(?:this|that)\\sone[.;]|\\bthis\\sone\\s(?:has|is|was|will|would)\\b|\\bwent\\s(?:even\\s)?further\\b|(?<!\\bplans?\\s)\\bto\\sdo\\sso\\.$|^One\\s(?:reason|problem|answer|example|explanation|possibility|exception)\\s` +
    `|^[^,]{2,60}\\s(?:has|have|had)\\ssince\\s(?:been\\s)?\\p{Ll}+(?:ed|n)\\b|\\bthe\\s(?:opposite|same)\\s(?:view|opinion|position|approach|conclusion|reason|argument|problem|thing)\\b|\\bthe\\s(?:third|fourth|fifth|sixth)\\s(?:victim|suspect|man|woman|person|officer|child)\\b` +
    `|^(?:Half\\s?-\\s?(?:brother|sister)|Stepfather|Stepmother|Wife|Husband|Girlfriend|Boyfriend|Son|Daughter|Mother|Widow|Grandmother|Grandfather)\\s\\p{Lu}` +
    `|\\b[Tt](?:his|hese|hose)\\s\\d|\\b(?:seconds|moments|minutes|hours?|days?)\\searlier\\b(?<!(?:\\b(?:after|when|before|but|and|then|since|from)\\b|,|\\d{4}|day\\b).*)` +
    `|^(?:Inside|Outside),|^\\p{Lu}[\\p{L}’'-]+\\s(?:added|continued|concluded):?\\s` +
    `|^The\\s(?:night|evening|morning|day|afternoon)\\s(?:began|started|ended|turned|was|had)\\b|\\b[Tt]he\\s(?:elder|younger)\\s(?:M[rs]s?\\.?\\s)?\\p{Lu}|['’]s\\s(?:earlier|previous)\\s\\p{Ll}` +
    `|^(?:In|On|At|During|For|Over)\\s[^,]{1,40}\\s(?:he|she|they|it)\\s(?:has|had|have|was|were|is|are|will|would)\\b` +
    `|^(?!The\\s)(?:\\p{Lu}\\p{Ll}+\\s)?\\p{L}\\p{Ll}+s\\sinclude[sd]?\\s(?!in\\b)|,\\s(?:he|she|they)\\s(?:also\\s)?(?:added|continued)[,.]` +
    `|\\b(?:[Dd]uring|[Aa]round|[Tt]hroughout|[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Ww]ithin|[Ii]n)\\s(?:this|that)\\s(?:time|period|point|span)\\b(?!\\s(?:of|that|in|when)\\b)` +
    `|\\b(?:shows?|deserved?|like|such\\sas|all\\sof|because\\sof|followed)\\sthis(?:[.,;](?!["”])|\\s(?:in|by|with|when|because|and|but|as)\\b)` +
    `|,\\stoo\\.$|,\\s(?:it|they|he|she)\\s(?:said|says|added)\\.$|^.[^\\p{Lu}]*,\\s(?:he|she)\\s(?:said|says|added),|^[^,]{1,60},\\s(?:such|these|those)\\s\\p{Ll}` +
    `|^(?:In|On|At|By|For|Among|After|Since|Until|Today|Now|Yesterday|Last)\\b[^“”"]{0,60},\\sthat\\s\\p{Ll}+\\s(?:was|is|has|had|were|will|would|on|of)\\b` +
    `|^(?:In|On|At|During|Speaking|Writing|Talking|Appearing|Addressing|Asked|Along|Unlike|Like|Besides|Together)\\b[^,]{1,80}(?:,[^,]{1,60})?,\\s(?:he|she|they|it)\\s|\\b(?:seconds|moments|minutes|hours?|days?|weeks?|months?|years?)\\slater\\b(?<!(?:\\b(?:after|when|before|but|and|then|since)\\b|,|\\d{4}|day\\b).*)`,
  'u',
)

const RULES: Readonly<Record<string, OpeningRules>> = {
  en: {
    dangling:
      opening(`he, she, it, they, his, her, its, their, him, them, hers, theirs, himself, herself, itself, themselves,
      this, that, these, those, such, there, here, it's, he's, she's, they're, that's, there's, it’s, he’s, she’s, they’re, that’s,
      there’s, but, and, or, nor, so, yet, however, meanwhile, also, moreover, furthermore, nevertheless, nonetheless, still,
      instead, otherwise, therefore, thus, hence, then, besides, likewise, similarly, consequently, accordingly, indeed, plus,
      in addition, in contrast, by contrast, in turn, in fact, in short, in particular, in the meantime, in response, in that case,
      on the other hand, on the contrary, as a result, as such, at the same time, at the time, at that time, at that point,
      at least, after that, after this, before that, prior to that, prior to this, back then, even then, nearby, in any case, in any event, either way, because of this, because of that, for example, for instance, for this,
      for that, for his part, for her part, for its part, for their part, like that, like this, rather, what's more, what is more,
      both, neither, either, another, other, others, the others, one of them, some of them, many of them, most of them, all of them,
      none of them, even so, of course, again, too, yes, no, well, now, perhaps, maybe, because, which, who, whose, where, why,
      how, what, that said, the latter, the former, under that, under this, with that, with this, to that end, to do so,
      doing so, in this, in that, in these, in those, of those, of these, on that, on this, from there, from this, from that,
      among them, among those, along with that, along with this, suddenly, moments later, the result is, the result was, the upshot is, asked, elsewhere, similarly, finally, firstly, first, secondly,
      second, third, thirdly, lastly, last, later, earlier, additionally, additional, worse, better, more than that, not only that, apparently,
      would, is, are, was, were, has, have, had, can, could, should, do, does, did, been, being, going, got, not,
      clearly, evidently, obviously, shortly thereafter, thereafter, afterwards, afterward, unfortunately, fortunately, interestingly, surprisingly, ironically, sadly, overall, in other words, all this,
      all that, all of this, all of that, much of that, despite this, despite that, only then, not so, so far, until then,
      since then, by then, until now, this time, that way`),
    firstPerson: anywhere(
      `i, we, our, my, me, mine, ours, you, your, yours, i'm, we're, you're, i’m, we’re, you’re, i've, we've, i’ve, we’ve, let's, let’s`,
    ),
    caption: ENGLISH_CAPTION,
    pronoun: anywhere("he, she, him, his, her, hers, himself, herself, he’s, she’s, he's, she's"),
    person:
      anywhere(`man, woman, boy, girl, father, mother, dad, mom, mum, son, daughter, brother, sister, husband, wife, child, baby, teen,
      teenager, toddler, infant, driver, officer, suspect, victim, student, teacher, actor, actress, singer, player, leader, minister, president,
      king, queen, prince, princess, pope, judge, lawyer, doctor, soldier, attacker, gunman, shooter, candidate, senator, mayor, governor, chief,
      one, someone, everyone, anyone, who, worker, employee, resident, patient, pilot, coach, star, author, director, founder, boss, secretary,
      chancellor, pensioner, passenger, friend, neighbour, neighbor, spokesman, spokeswoman, year-old, champion, captain, striker, winner, owner,
      climber, hunter, native, defendant, inmate, survivor, witness, motorist, cyclist, pedestrian, homeowner, deputy, trooper,
      professor, nominee, journalist, reporter, businessman, immigrant, refugee, veteran, lawmaker, congressman, congresswoman, rapper`),
    plural: anywhere(
      "they, them, themselves, they’re, they’ve, they’d, they’ll, they're, they've, they'd, they'll",
    ),
    several:
      /\b(?!(?:was|is|has|does|this|his|its|as|says|us|plus|less|across|perhaps|besides|versus|always|sometimes|yes|ours|hers|whereas|news|politics|unless|others)\b)[\p{L}\d-]{3,}s\b|[\p{L}]['’]s\b|\b(?:and|people|police|men|women|children|staff|crew|team|couple|family|public|everyone|anyone|someone|nobody|one|whoever|media|majority|band|group|pair|trio|duo|who|party|company|government|administration|campaign|firm|army|military|department|agency|committee|council|board|jury|press)\b/iu,
    also: ENGLISH_LEANING,
    description:
      /^(?:The|A|An)\s\p{Ll}[^,]{2,60}?\s(?:is|are)\san?\s(?!.*(?:\d|\b(?:said|says|told|accused|charged|suspect|suspected|wanted|expected)\b))/u,
    background:
      /^[^,]{3,90}(?<!\b(?:who|that|which|after|said|says|it|he|she|they))\shad\s(?:\w+ed|been|\w+wn|\w+en|set|put|made|told|said)\b/u,
    pointsBack: [
      /^According\s+to\s+[^,]{2,60},\s+(?:it|they)\b/u,
      /\bhad\s+(?:just|already|earlier)\b/u,
      /^The\s+(?:contents|details|results?|outcome|rest|start|end|cause|reason|reasons|text|tone|timing|status)\s+of\s+(?:the|this|that)\s+\p{Ll}/u,
      /^The\s+\d{1,3}-year-olds?(?:,\s|\s+(?!\p{Ll}*\s?\p{Lu}))/u,
      /\bthat\s(?:person|man|woman|boy|girl|child)\s(?:was|is|had|has|said|died|did|will|would)\b/u,
      /\b(?:that|those|these|such)\s(?:questions?|claims?|moves?|decisions?|requests?|proposals?|arguments?|reports?|remarks?|comments?|allegations?|accusations?|incidents?|issues?|points?|efforts?|attacks?|ideas?|meetings?|calls?|cases?|statements?|measures?|charges?)\b/u,
      /^(?:At|After|During|Before|Following|In|By|From)\s+the\s+(?:meeting|end|close|trial|hearing|speech|event|interview|call|statement|letter|report|article|video|process|vote|ruling|decision|trip|visit|debate|exchange|footage|post|tweet|email|document|documents|complaint|lawsuit|memo|book|study)(?:['’]s\s\p{Ll}+)?,/u,
      /^The\s+(?:second|third|fourth|fifth|sixth|last|remaining|initial|first|other)\s+(?:victims?|suspects?|man|men|woman|women|person|people|officers?|child|children|boy|girl|shooting|attack|body|shots?|bomb|blast|vehicle|car)\b/u,
      /\b(?:received|bought|used|with|from|of|in|at|for)\s+that\s+(?:person|gun|weapon|money|car|vehicle|house|home|area|building|room|deal|bill|program|role|position|job|fight|crime|night|vote|process|effort)\b/u,
      /\b(?:whether|if|how|why|of|with|to|about|on)\s+this\s+(?:is|was|will|would|could|theory|claim|idea|issue|matter|case|way|point|question|view)\b/u,
      /^A\s+(?:second|third|fourth|fifth|sixth|seventh)\s+\p{Ll}/u,
      /\b(?:that\s+(?:year|day|month|week|night|time)|the\s+(?:former|latter)|the\s+(?:two|pair)|aforementioned|as\s+well\s+as\s+that)\b/iu,
    ],
  },
  de: {
    dangling:
      opening(`er, sie, es, ihr, ihre, ihren, ihrem, ihm, ihn, ihnen, sein, seine, seinen, seinem, seiner, dies, dieser, diese, dieses, diesen,
      diesem, das ist, das war, das sei, das hat, das sind, das habe, da, dabei, dadurch, dafür, dagegen, daher, damit, danach, daneben, daran,
      darauf, daraus, darin, darüber, darum, darunter, davon, davor, dazu, dann, dort, deshalb, deswegen, doch, denn, aber, und,
      oder, jedoch, allerdings, außerdem, zudem, dennoch, trotzdem, hingegen, hierbei, hierzu, hier, indes, indessen, inzwischen,
      währenddessen, unterdessen, derweil, gleichzeitig, zugleich, ferner, weiterhin, weiter, ebenso, ebenfalls, auch, so, somit,
      folglich, schließlich, zuvor, zunächst, später, stattdessen, vielmehr, beide, beides, jene, jener, jenes, solche, man,
      anschließend, letztlich, immerhin, zwar, nun, vor allem, im gegensatz dazu, zum beispiel, im übrigen`),
    firstPerson: anywhere(`ich, wir, uns, unser, unsere, mein, meine, mir, mich`),
    caption: NEVER,
    pointsBack: [],
  },
  fr: {
    dangling:
      opening(`il, elle, ils, elles, on, ce, cet, cette, ces, cela, ceci, ça, c'est, c’est, c'était, c’était, celui-ci, celle-ci,
      ceux-ci, celles-ci, celui, celle, ceux, son, sa, ses, leur, leurs, lui, eux, y, en effet, en outre, en revanche, en conséquence,
      de plus, de même, de son côté, de leur côté, mais, et, ou, or, donc, car, ainsi, alors, aussi, cependant, toutefois, néanmoins, pourtant,
      puis, ensuite, enfin, par ailleurs, par conséquent, par contre, par exemple, pour sa part, pour leur part, d'autre part, d’autre part,
      d'ailleurs, d’ailleurs, d'abord, d’abord, au contraire, au même moment, pendant ce temps, dans ce cas, dans ce contexte, dès lors, là,
      selon lui, selon elle, selon eux, après cela, à ce sujet, à cet égard, l'un, l’un, les deux, tous deux, voilà, voici, entre-temps`),
    firstPerson: anywhere(`je, nous, notre, nos, mon, ma, mes, j'ai, j’ai`),
    caption: NEVER,
    pointsBack: [],
  },
  es: {
    dangling:
      opening(`él, ella, ellos, ellas, ello, este, esta, estos, estas, esto, ese, esa, esos, esas, eso, aquel, aquella, aquello, su, sus,
      le, les, lo cual, pero, y, e, o, sin embargo, no obstante, además, también, asimismo, así, así que, entonces, luego, después, mientras tanto,
      por otra parte, por otro lado, por su parte, por lo tanto, por tanto, por eso, por ello, por ejemplo, en cambio, en consecuencia,
      en efecto, de hecho, de este modo, de esta manera, de esa forma, al contrario, al mismo tiempo, ahí, allí, ambos, ambas,
      finalmente, por último, incluso, aun así, aunque, pues, según él, según ella, tampoco, en ese momento, en este sentido, ya`),
    firstPerson: anywhere(`yo, nosotros, nuestro, nuestra, nuestros, nuestras, mi, mis`),
    caption: NEVER,
    pointsBack: [],
  },
  it: {
    dangling:
      opening(`egli, ella, esso, essa, essi, esse, lui, lei, loro, questo, questa, questi, queste, quello, quella, quelli, quelle, ciò, suo, sua,
      suoi, sue, ma, e, ed, o, però, tuttavia, inoltre, anche, quindi, dunque, perciò, così, allora, poi, infatti, invece, intanto, nel frattempo,
      mentre, infine, dopo, per questo, per esempio, ad esempio, a sua volta, da parte sua, d'altra parte, d’altra parte, in effetti,
      al contrario, comunque, eppure, oltretutto, lì, là, qui, entrambi, entrambe, secondo lui, secondo lei, è stato`),
    firstPerson: anywhere(`io, noi, nostro, nostra, nostri, nostre, mio, mia`),
    caption: NEVER,
    pointsBack: [],
  },
  pt: {
    dangling:
      opening(`ele, ela, eles, elas, este, esta, estes, estas, isto, esse, essa, esses, essas, isso, aquele, aquela, aquilo, seu, sua, seus,
      suas, lhe, mas, e, ou, porém, contudo, todavia, no entanto, entretanto, além disso, também, assim, então, depois, portanto, por isso, por exemplo,
      por outro lado, por sua vez, enquanto isso, em vez disso, de fato, de facto, na verdade, ao mesmo tempo, ali, lá, ambos, ambas,
      finalmente, por fim, ainda, mesmo assim, segundo ele, segundo ela, já, nesse, nessa, neste, nesta`),
    firstPerson: anywhere(`eu, nós, nosso, nossa, nossos, nossas, meu, minha`),
    caption: NEVER,
    pointsBack: [],
  },
  ru: {
    dangling:
      opening(`он, она, оно, они, его, её, ее, их, ему, ей, им, это, этот, эта, эти, этого, этому, этой, этих, тот, та, те, того, такой, такая,
      такие, так, также, тоже, там, туда, тогда, затем, потом, поэтому, однако, но, а, и, или, зато, при этом, кроме того, между тем, тем временем,
      тем не менее, в то же время, в свою очередь, например, таким образом, впрочем, наконец, ещё, еще, оба, обе, по его словам, по её словам,
      по ее словам, по их словам, об этом, ранее, позже, после этого, до этого, в результате, напротив, здесь, вместе с тем, более того, к тому же`),
    firstPerson: anywhere(`я, мы, наш, наша, наши, нас, нам, мне, меня, мой, моя`),
    caption: NEVER,
    pointsBack: [],
  },
  nl: {
    dangling:
      opening(`hij, zij, ze, het is, het was, dit, dat, deze, die, zijn, haar, hun, maar, en, of, want, dus, echter, ook, daarnaast, daarom, daarna, daardoor,
      daarbij, daarvoor, toch, toen, dan, intussen, ondertussen, bovendien, verder, vervolgens, tenslotte, ten slotte, hierdoor, hierbij, hier, daar, er,
      zo, zelfs, beide, wel, nu, niettemin, desondanks, bijvoorbeeld, tegelijkertijd`),
    firstPerson: anywhere(`ik, wij, we, ons, onze, mijn`),
    caption: NEVER,
    pointsBack: [],
  },
  cs: {
    dangling:
      opening(`on, ona, ono, oni, ony, jeho, její, jejich, jemu, jim, to, ten, ta, tento, tato, toto, tito, tyto, tím, tomu, tam, tak, také, proto, potom, pak,
      poté, však, ale, a, i, nebo, avšak, nicméně, přesto, navíc, mezitím, zatímco, dále, tedy, naopak, například, zároveň, přitom, kromě toho,
      naproti tomu, podle něj, podle ní, podle nich, oba, obě, nakonec, později, zde`),
    firstPerson: anywhere(`já, my, náš, naše, nás, nám, můj, moje`),
    caption: NEVER,
    pointsBack: [],
  },
  zh: {
    dangling:
      /^(?:他|她|它|这|那|但|而|然而|不过|同时|此外|另外|因此|所以|于是|其中|对此|此前|此后|随后|并且|而且|該|该|這|對此|此外|因為|因为)/u,
    firstPerson: NEVER,
    caption: NEVER,
    pointsBack: [],
  },
  ja: {
    dangling:
      /^(?:彼|彼女|これ|それ|この|その|あの|しかし|だが|ただ|また|さらに|そして|一方|そこで|このため|そのため|同氏|同社|同日|なお|ところが|でも|つまり|例えば)/u,
    firstPerson: NEVER,
    caption: NEVER,
    pointsBack: [],
  },
  el: {
    dangling:
      opening(`αυτός, αυτή, αυτό, αυτοί, αυτές, αυτά, εκείνος, εκείνη, εκείνο, ωστόσο, όμως, αλλά, και, επίσης, ακόμη, επιπλέον, εντούτοις, έτσι, τότε, εκεί, εδώ,
      μετά(?!\\s+από), ύστερα(?!\\s+από), παράλληλα, εν τω μεταξύ, στο μεταξύ, παρόλα αυτά, για παράδειγμα, αντίθετα, τέλος, επομένως, άλλωστε`),
    firstPerson: anywhere(`εγώ, εμείς, μας`),
    caption: NEVER,
    pointsBack: [],
  },
}
