import type { DefiniteMention } from './definite-mentions.ts'
import model from './first-mentions-en.json' with { type: 'json' }
import { formOf } from './tokens.ts'

/** How a description is judged: strictly or not, and whether it stands in the first sentence of its article. */
export interface MentionForm {
  readonly strict: boolean
  readonly opens: boolean
}

/**
 * Scores (hundredths) below which a description leans on something said before: 0 takes all, 60 leaves hardly `the weekend`.
 *
 * Read on samples of 60 summaries: at 20 `the driver` of nobody's car passes, above 35 `the economy` is refused.
 */
const MIN_STRICT_SCORE = 29
/** The same for what a sentence begins with, and for nouns with a word before them: of that it speaks, so it was spoken of before. */
const MIN_SUBJECT_SCORE = 43
/** The same for the first sentence of an article: its writer took nothing as known but the headline. */
const MIN_OPENING_SCORE = 22
/** The same in texts of many words. On MultiLing up to 22 costs nothing, 29 costs .2 R-2 at 100 words and .35 at 250. */
const MIN_PLAIN_SCORE = 22

/** Whether a description is clear where nothing was said before, by how English articles use it (`bench/train-mentions.ts`). */
export function isFirstMention(mention: DefiniteMention, { strict, opens }: MentionForm): boolean {
  const { noun, word, form } = mention
  const { known, needy, deeds } = exceptions()
  const isFree = opens && !strict
  if (form === 'told') return isFree || !deeds.has(noun)
  if (form === 'named') return isFirstNamed(mention, strict) ?? (isFree || !exceptions().events.has(noun))
  if (isFree || known.has(noun)) return true
  if (/^\d+-year-old/u.test(word)) return !strict
  if (!opens && form !== 'placed' && needy.has(noun)) return false
  const scores: Readonly<Record<string, number>> = model.nouns[form]
  const score = scores[noun] ?? scores[''] ?? 0
  if (!strict) return score >= MIN_PLAIN_SCORE
  if (opens) return score >= MIN_OPENING_SCORE
  return score >= (mention.start === 0 || form === 'modified' ? MIN_SUBJECT_SCORE : MIN_STRICT_SCORE)
}

/** The same for `the Ashford NOUN`, where noun or name decide it; `undefined` where they do not. */
function isFirstNamed(mention: DefiniteMention, strict: boolean): boolean | undefined {
  const { known, papers } = exceptions()
  if (isNamedPerson(mention) || papers.has(mention.noun)) return !strict
  return known.has(mention.noun) || (mention.names ?? []).some(isKnownName) || undefined
}

/** Whether an English word (lower-case) is mostly a form of a verb. */
export function isVerb(word: string): boolean {
  return exceptions().verbs.has(word)
}

/** Whether an English noun (lower-case, singular) seldom stands without a word like `a` or `that`: behind `that` it is pointed at. */
export function isCounted(word: string): boolean {
  return exceptions().counted.has(word)
}

/** In so many first sentences of articles a surname stood alone: everybody knows its owner. */
const MIN_KNOWN_PERSON = 75

/** Whether an English reader knows whom or what a name alone means: people only where they are named so very often. */
export function isKnownName(name: string): boolean {
  const names: Readonly<Record<string, number>> = model.names
  const people: Readonly<Record<string, number>> = model.people
  return names[name] !== undefined || (people[name] ?? 0) >= MIN_KNOWN_PERSON
}

/** Whether a noun behind a name is a person who has that by the way: `the Ashford striker` needs somebody of Ashford. */
export function isNamedPerson({ noun, form }: DefiniteMention): boolean {
  return form === 'named' && exceptions().people.has(noun)
}

/** Whether a stem is oftener that of a verb (`police reported`): only the noun itself brings the thing up then. */
export function isVerbal(noun: string): boolean {
  return exceptions().verbal.has(noun)
}

/** Stems that bring up a thing, so that it may be spoken of: `shot` brings up `the gunman`. */
export function bridgesOf(noun: string): readonly string[] {
  return exceptions().bridges.get(noun) ?? NONE
}

const NONE: readonly string[] = []

/** Clear without a mention, though often mentioned again. */
const KNOWN = `government police president people election elections border market markets media military senate economy public law
  authorities country nation state world war case scene investigation incident situation time way right left party city campaign court
  political truth future hospital police end fact case administration area race day days coronavirus pandemic virus hour`

/** Always someone or something that was spoken of. */
const NEEDY = `man men woman women boy boys girl girls child children kid kids teen teens teenager teenagers couple pair trio duo foursome shooter gunman
  driver perpetrator player players body weapon measure website site newspaper magazine brothers sisters father mother parents son sons daughter
  daughters husband wife room building bus trip match crowd network island provision provisions seat seats author suspect suspects victim victims
  project business team teams club company firm agency organization organisation group paper show list panel board process person persons regime
  chamber phrase headline headlines picture pictures names name third second two three four five six seven eight nine ten`

/** What somebody did or said before, also with its kind behind it: `the act of kindness`. */
const DEEDS = `act acts gesture feat remark remarks stunt outburst tirade footage`

/** Behind a name they are an event of its own that was told: `the Ashford incident`. */
const NAMED_EVENTS = `incident attack shooting case crash fire killing bombing blast murder accident raid affair scandal leak dossier disaster massacre
  scene payment settlement resolution firing appointment nomination trial hearing deal controversy allegations claims emails documents papers rally march match game
  comments remarks`

/** Behind any name, also one that everybody knows, they are a text that was told: `the White House statement`. */
const NAMED_PAPERS = `report story article piece editorial study survey excerpt statement memo letter email interview poll`

/** Behind a name they are a person who was named: `the Ashford striker`. */
const NAMED_PEOPLE = `driver striker player star senator congressman congresswoman singer actor actress lawmaker coach captain defender quarterback midfielder
  pitcher goalkeeper host anchor native businessman billionaire mogul resident officer executive founder rapper comedian author
  man woman boy girl teen teenager couple`

/** Nouns whose stem verbs have too, oftener than not. */
const VERBAL = `report plan act move claim call order fire name show list note effort place offer cut visit hope need fund tweet post`

/** Past forms without `-ed` that are no nouns. */
const PAST_FORMS = `arose ate became began bent bit bled blew bought broke brought built burst came caught chose clung crept dealt did drank drew drove
  dug fed fell felt fled flew forbade forgot fought found froze gave gone got grew had heard held hid hung kept knelt knew laid led lent
  made meant met paid ran rang rode rose sang sank sat saw sent shone shook sought sold spent spoke sprang stole stood
  struck stuck stung swam swept swore swung taught tore thought threw told took went wept woke won wore wove wrote`

/** A line says: each of the words before \`<\` is brought up by any word of the line. */
const BRIDGES = `
suspect suspects gunman gunmen shooter shooters attacker attackers assailant assailants killer < arrested charged accused shot shooting gunfire opened killed killing attack stabbed man detained custody robbery robbed
victim victims deceased < killed kill shot died death dead injured wounded stabbed murdered slain murder killing hit struck injuring assaulted assault
driver < drove driving truck car crash vehicle bus plowed struck van
pilot crew < plane helicopter jet flight aircraft pilot crew airliner
passengers passenger < flight plane bus train tram ferry airline passenger aboard crash
judge court justices ruling jury verdict < judge court ruled ruling sentenced trial jury justice lawsuit convicted guilty
father mother parents dad mom < father mother parents dad mom
son daughter child children boy girl toddler infant baby kid kids teen teenager youngster < son daughter child boy girl toddler infant baby kid teen teenager old
couple pair < couple husband wife parents
officer officers deputy deputies trooper < police officer deputy trooper sheriff cop
bill legislation measure proposal < bill legislation measure proposal repeal
chamber < chamber senate house congress parliament
deal agreement accord pact treaty < deal agreement agreed accord pact treaty
ban order < ban order banned
decision ruling move < decision decided decide ruled ruling rejected approved announced ordered refused
attack assault bombing blast explosion < attack attacked assault bombing bomb blast explosion exploded
crash accident collision wreck < crash crashed accident collision collided wreck derailed
fire blaze flames < fire blaze flames burned
storm hurricane typhoon cyclone < storm hurricane typhoon cyclone
quake earthquake tremor < quake earthquake tremor
game match < game match beat won win defeated victory defeat
film movie sequel < film movie sequel
book novel memoir < book novel memoir
plane aircraft jet flight airliner < plane aircraft jet flight airliner
ship boat vessel ferry < ship boat vessel ferry
car vehicle truck suv van < car vehicle truck suv van
home house residence apartment < home house residence apartment
gun weapon rifle handgun pistol firearm revolver < gun weapon rifle handgun pistol firearm revolver
gun weapon firearm < shot shooting gunfire gunshot fired gunman shooter
team club players < team club coach season game beat win won
talks negotiations meeting summit conference < talks negotiations meeting summit meet met
killing murder slaying death shooting deaths homicide killings shootings < killed kill died dead death shot shooting murder slain murdered homicide fatal fatally
gunfire shots bullet bullets < shot shooting gunfire shots fired
protest demonstration rally march protesters demonstrators riot riots unrest < protest protester demonstration demonstrator rally riot
missile rocket launch test projectile < missile rocket launch test tested launched
virus outbreak disease epidemic < virus outbreak disease epidemic
company firm maker < company firm maker
study research researchers survey findings < study research researcher survey findings
website site < website site
charge charges indictment < charged charge indicted indictment accused
arrest < arrested arrest
vote referendum ballot < vote voted referendum ballot election
winner victory defeat < won win beat victory defeated
flood flooding floods < flood flooding
hearing testimony < hearing testify testified testimony
leak documents document papers < leak leaked documents document papers file
sanctions < sanctions sanction
announcement < announced announcement
candidate candidates nominee < candidate nominee nominated election campaign presidential nomination
resignation < resigned resign resignation
ceremony wedding < ceremony wedding married marry
climber climbers < climber climbing
storm damage < storm hurricane damage
email emails message messages < email message
agency department < agency department
speech address remarks < speech address remarks spoke
report < report study survey
investigator investigators probe inquiry < investigation investigate investigating investigator probe inquiry police
`

interface Exceptions {
  readonly known: ReadonlySet<string>
  readonly needy: ReadonlySet<string>
  readonly papers: ReadonlySet<string>
  readonly people: ReadonlySet<string>
  readonly deeds: ReadonlySet<string>
  readonly events: ReadonlySet<string>
  readonly verbal: ReadonlySet<string>
  readonly verbs: ReadonlySet<string>
  readonly counted: ReadonlySet<string>
  readonly bridges: ReadonlyMap<string, readonly string[]>
}

let read: Exceptions | undefined

function exceptions(): Exceptions {
  read ??= {
    known: stemsOf(KNOWN),
    needy: stemsOf(NEEDY),
    papers: stemsOf(NAMED_PAPERS),
    people: stemsOf(NAMED_PEOPLE),
    deeds: stemsOf(DEEDS),
    events: stemsOf(NAMED_EVENTS),
    verbs: new Set([...model.verbs, ...PAST_FORMS.trim().split(/\s+/u)]),
    counted: new Set(model.counted),
    verbal: stemsOf(VERBAL),
    bridges: bridgeTable(),
  }
  return read
}

function stemsOf(list: string): Set<string> {
  return new Set(
    list
      .trim()
      .split(/\s+/u)
      .map((word) => formOf(word, 'en')),
  )
}

function bridgeTable(): Map<string, readonly string[]> {
  const table = new Map<string, readonly string[]>()
  for (const line of BRIDGES.trim().split('\n')) {
    const [things = '', givers = ''] = line.split(' < ')
    const all = [...stemsOf(`${things} ${givers}`)]
    for (const noun of stemsOf(things)) table.set(noun, [...new Set([...(table.get(noun) ?? []), ...all])])
  }
  return table
}
