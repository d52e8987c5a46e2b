import { formOf, type Vocabulary } from './tokens.ts'

/**
 * Words of a story as facts count them: words that tell one kind of event, or one kind of person, are one.
 *
 * Two papers tell one fact in words of their own (`was shot dead`, `killed in gunfire`); their words alone look unlike. English only:
 * other languages keep their words. Only repetition is judged by this, never what is told.
 */
export interface FactWords {
  /** For each word of the vocabulary the number its fact has; words beside the table keep their own. */
  readonly ofWord: Int32Array
  /** Whether a fact is a kind of event. */
  readonly isEvent: (fact: number) => boolean
}

/** Looks up each word of a vocabulary. Linear in its size. */
export function factWords({ words }: Vocabulary, lang: string | null): FactWords {
  const ofWord = Int32Array.from(words.keys())
  if (lang !== 'en') return { ofWord, isEvent: () => false }
  const { kinds, events } = forms()
  words.forEach((word, id) => {
    const kind = kinds.get(word)
    if (kind !== undefined) ofWord[id] = words.length + kind
  })
  return { ofWord, isEvent: (fact) => fact >= words.length && fact < words.length + events }
}

/** A sentence's words as facts, each once, ascending. */
export function factsOf(content: Int32Array, { ofWord }: FactWords): Int32Array {
  return Int32Array.from(new Set(content.map((word) => ofWord[word] ?? word))).sort()
}

/** The kind of event that an English word (lower-case) tells, as a number, or -1. */
export function eventOf(word: string): number {
  const { kinds, events } = forms()
  const kind = kinds.get(formOf(word, 'en'))
  return kind !== undefined && kind < events ? kind : -1
}

/** Whether a kind of event (as {@link eventOf} gives it) is that somebody is killed, shot or hurt. */
export function isHarm(event: number): boolean {
  return event >= 0 && event < HARM_KINDS
}

/** The first lines of {@link EVENTS}. */
const HARM_KINDS = 3

/** One kind of event a line. */
const EVENTS = `
kill killed killing killer dead die died dying death deadly fatal fatally fatality slain slay slaying murder murdered homicide massacre massacred perish perished deceased
shoot shot shooting gunfire gunshot gunned shooter gunman gunmen crossfire discharge discharged misfire misfired
injure injured injury wound wounded hurt
fall fell fallen plunge plunged plummet plummeted tumble tumbled land landed landing splash splashed
crash crashed collide collision plow plowed plough ploughed ram rammed mow mowed derail derailed overturned wreck smash smashed
arrest arrested detain detained custody apprehended nabbed
charge charged indict indicted indictment arraign arraigned arraignment
convict convicted guilty conviction
sentence sentenced
resign resigned resignation quit oust ousted sack sacked dismiss dismissed axe axed terminated dump dumped
reject rejected block blocked deny denied veto vetoed overturn overturned defeat defeated
approve approved pass passed adopt adopted
vote voted voter ballot referendum
win won winner victory victorious triumph clinch clinched
marry married wed wedding marriage
launch launched
rescue rescued rescuer
search searched searching hunt manhunt
explode exploded explosion blast bomb bombed bombing detonated
blaze flames inferno wildfire burn burned burnt
earthquake quake tremor temblor
hurricane cyclone typhoon storm
flood flooded flooding floodwaters
steal stole stolen robbery robbed robber rob thief thieves theft heist burglary
attack attacked attacker assault assaulted
protest protested protester demonstrate demonstrator demonstration rally rallied
announce announced unveil unveiled declare declared
investigate investigated investigation investigator probe inquiry
sue sued lawsuit suing
ban banned banning prohibit prohibited outlawed
nominate nominated nominee nomination pick picked choose chose chosen choice tapped select selected appoint appointed
acquire acquired acquisition purchase purchased buy bought takeover
elect elected election
postpone postponed delay delayed
halt halted suspend suspended stop stopped
accuse accused allege alleged allegation
sign signed signing
warn warned warning
apologize apologized apologise apologised apology sorry
surrender surrendered
escape escaped fled flee fleeing ran duck ducked scatter scattered scramble scrambled
visit visited visiting
meet met meeting summit
release released freed free
agree agreed agreement deal pact accord
repeal repealed scrap scrapped undo dismantle dismantled end ended ending rescind rescinded revoke revoked abolish abolished
cancel canceled cancelled cancellation
close closed closing closure shut shutter shuttered disband disbanded dissolve dissolved
evacuate evacuated evacuation displaced
condemn condemned criticise criticised criticize criticized criticism slam slammed denounce denounced denunciation lambasted
praise praised laud lauded
hack hacked hacker breach breached
collapse collapsed cave caved
pardon pardoned commute commuted clemency
threaten threatened threat
endorse endorsed endorsement
withdraw withdrew withdrawn withdrawal exit abandon abandoned
argue argument dispute altercation quarrel brawl
kidnap kidnapped abduct abducted abduction
raid raided
drown drowned
tamper tampered tampering influence
hire hired
introduce introduced sponsor sponsored propose proposed
hit struck
deport deported deportation
`

/** Other words that stand for one thing. */
const OTHERS = `
father dad daddy
mother mom mum mommy
child children kid toddler boy girl teen teenager youngster
firefighter firefighters fireman
police cop officer deputy deputies
attorney lawyer counsel
doctor physician
car vehicle suv truck
plane aircraft jet airplane airliner
home house residence apartment
store shop boutique
film movie picture
ten 10
eleven 11
twelve 12
thirteen 13
fourteen 14
fifteen 15
sixteen 16
seventeen 17
eighteen 18
nineteen 19
twenty 20
thirty 30
forty 40
fifty 50
sixty 60
seventy 70
eighty 80
ninety 90
plan proposal blueprint
sequel installment instalment
firm company
baby infant newborn
smell odor odour scent
excavator digger bulldozer
weapon gun handgun pistol rifle firearm
marijuana pot cannabis
immigrant migrant
vulnerability flaw bug
bill legislation measure law
program programme scheme
client customer consumer
ocean sea
student pupil
girlfriend boyfriend partner
spouse wife husband
increase rise hike
patch fix update
club nightclub bar tavern
bullet round
lawmaker congressman congresswoman legislator
competition contest tournament
resident inhabitant
newspaper paper
china chinese
russia russian
germany german
france french
britain british uk
japan japanese
israel israeli
iran iranian
iraq iraqi
syria syrian
turkey turkish
korea korean
spain spanish
italy italian
india indian
mexico mexican
canada canadian
europe european
america american
ukraine ukrainian
palestine palestinian
`

interface Forms {
  readonly kinds: ReadonlyMap<string, number>
  /** Kinds below this number are events. */
  readonly events: number
}

let known: Forms | undefined

function forms(): Forms {
  if (known !== undefined) return known
  const events = linesOf(EVENTS)
  const kinds = new Map<string, number>()
  for (const [kind, line] of [...events, ...linesOf(OTHERS)].entries())
    for (const word of line.split(' ')) kinds.set(formOf(word, 'en'), kind)
  known = { kinds, events: events.length }
  return known
}

function linesOf(table: string): string[] {
  return table.trim().split('\n')
}
