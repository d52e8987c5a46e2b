/** What a full stop after a short form means, and which words open a sentence, for one language. Words are lower-case. */
export interface AbbreviationRules {
  /** A name follows: the sentence goes on (`Mr`, `Gen`). */
  readonly titles: ReadonlySet<string>
  /** A number follows: the sentence goes on only before one (`No`, `Nr`). */
  readonly numbered: ReadonlySet<string>
  /** May also end a sentence: it does before one of `openers` (`Inc`, `a.m`). */
  readonly shortened: ReadonlySet<string>
  /** The same, but only when capitalised: in lower case they are words (`Ill`, `Sat`). */
  readonly capitalised: ReadonlySet<string>
  /** Words that, capitalised, usually begin a sentence. */
  readonly openers: ReadonlySet<string>
  /** Stand behind the name of a street, where one of `openers` or `streetOpeners` begins the next sentence. */
  readonly streets: ReadonlySet<string>
  /** Words that begin a sentence behind an address, though elsewhere they may be a part of a name. */
  readonly streetOpeners: ReadonlySet<string>
  /** Whether `3.` before a word may be an ordinal (`am 3. Mai`). */
  readonly ordinals: boolean
}

/** The rules of a language (ISO 639-1); for a language without a list only a few titles and short forms that are used everywhere. */
export function abbreviationRules(lang: string): AbbreviationRules {
  let rules = cache.get(lang)
  if (rules === undefined) cache.set(lang, (rules = build(lang)))
  return rules
}

const cache = new Map<string, AbbreviationRules>()

/** Languages that write ordinals with a full stop. */
const ORDINAL_LANGUAGES = new Set('cs da de et fi hr hu is lv nb no pl sk sl sr'.split(' '))

function build(lang: string): AbbreviationRules {
  const own = LISTS[lang] ?? {}
  // Names of people and firms keep their short forms in every language; other English ones are words elsewhere (`ore`).
  const shared = lang === 'en' ? '' : 'inc corp ltd co jr u.s u.n u.k ph.d'
  const set = (list = ''): Set<string> => new Set(list.split(/\s+/u).filter((word) => word !== ''))
  return {
    titles: set(`${lang === 'en' ? '' : 'mr mrs ms dr prof st'} ${own.titles ?? ''}`),
    numbered: set(own.numbered),
    shortened: set(`${shared} ${own.shortened ?? ''}`),
    capitalised: set(own.capitalised),
    openers: set(own.openers),
    streets: set(own.streets),
    streetOpeners: set(own.streetOpeners),
    ordinals: ORDINAL_LANGUAGES.has(lang),
  }
}

interface Lists {
  readonly titles?: string
  readonly numbered?: string
  readonly shortened?: string
  readonly capitalised?: string
  readonly openers?: string
  readonly streets?: string
  readonly streetOpeners?: string
}

const LISTS: Readonly<Record<string, Lists>> = {
  en: {
    titles: `spc spec pfc ssgt msgt cpt comdr cmdr ens pte cllr mr mrs ms mx messrs dr prof gen sen sens rep reps gov govs lt col sgt capt cpl pvt maj cmdr adm brig st ste mt ft rev
      hon pres supt insp det sr fr msgr amb atty v vs gens cols lts drs profs`,
    numbered: `no nos nr p pp vol vols art arts fig figs sec ch para cf ca approx pct prec dist twp hwy rte rt apt ste bldg rm ext`,
    shortened: `inc corp ltd co cos bros plc jr esq etc dept univ inst assn bldg ave blvd rd hwy al eg ie a.m p.m u.s u.s.a u.n u.k e.u d.c
      l.a e.g i.e ph.d b.a m.a m.d n.y n.j n.c s.c n.h n.m n.d s.d r.i w.va max min avg vs approx est`,
    capitalised: `jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun ala ariz ark calif colo conn
      del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex vt va wash wis wyo ont que`,
    openers: `the a an he she it they we i you this that these those in on at for but and as if when while after before since there
      what who why how however meanwhile his her their its our my your some many most more all several both one two three not no
      so then now according police officials with by from about during despite although though under over until because yet still
      only even nearly such another each here earlier later last next to of or nor between among within without against
      it's he's she's they're we're i'm that's there's yes perhaps maybe also once where which whether authorities critics`,
    streets: `st ave blvd rd dr ln ct pl hwy pkwy ter cir sq`,
    streetOpeners: `four five six seven eight nine ten dozens hundreds thousands around outside inside upon just nobody none everyone
      someone anyone somebody officers investigators detectives deputies witnesses neighbors neighbours residents firefighters paramedics
      members shots officer`,
  },
  de: {
    titles: `hr fr frl dr prof dipl ing med phil jur gen st bf`,
    numbered: `gem nr nrn abs art bd bde kap s str tel`,
    shortened: `z.b z.bsp u.a d.h u.s.w usw etc bzw ca evtl ggf inkl exkl max min mio mrd tsd vgl jh jhd jh sog geb gest verh zzgl
      i.d.r o.ä u.ä v.a z.t z b u a d h i r o ä e.v gmbh co kg ag univ inst jan feb mär apr jun jul aug sep sept okt nov dez mo di mi do
      fr sa so n.chr v.chr`,
    openers: `der die das den dem des ein eine einer eines einem einen er sie es wir ihr ich du und aber doch denn dann da dort
      in im am an auf aus bei beim mit nach vom von vor zu zum zur für über unter um durch gegen ohne seit bis während trotz
      wegen als wenn weil obwohl nachdem bevor ob was wer wie wo warum diese dieser dieses dies man auch so nun nur noch
      schon zudem außerdem danach später sein seine ihre unser viele einige alle mehrere laut sobald damit dabei dazu hier heute
      gestern morgen nicht kein keine jetzt bereits insgesamt`,
  },
  fr: {
    titles: `m mm mme mmes mlle mlles dr pr me mgr st ste gén col lt cap`,
    numbered: `n art p pp vol chap al fig`,
    shortened: `etc env ex cf c.-à-d av apr j.-c janv févr avr juil sept oct nov déc éd bd boul tél hab`,
    openers: `le la les l un une des du de il elle ils elles on nous vous je tu ce cet cette ces c' mais et ou or donc car si quand
      lorsque comme après avant depuis pendant dans en au aux sur sous avec sans pour par contre selon entre chez vers malgré
      son sa ses leur leurs notre nos votre vos plusieurs certains tous toutes aucun ainsi alors cependant toutefois pourtant
      puis enfin d'après a à`,
  },
  es: {
    titles: `sr sra sres sras srta d dña dr dra prof profa lic ing gral cnel sto sta fr mons excmo excma ud uds arq`,
    numbered: `s núm no n art p pp pág págs vol cap fig tel`,
    shortened: `etc ej aprox av avda c cía s.a ee.uu ee uu ff.aa a.c d.c ene feb mar abr may jun jul ago sept set oct nov dic hab
      máx mín p.ej`,
    openers: `el la los las un una unos unas él ella ellos ellas yo tú usted nosotros lo al del de en con sin por para según entre
      sobre desde hasta tras durante ante bajo contra pero y o si cuando como donde porque aunque mientras después antes este esta
      estos estas ese esa eso esto aquel su sus mi nuestro muchos varios algunos todos ningún además también así entonces no ya
      ahora hoy ayer a`,
  },
  it: {
    titles: `sig sigg sig.ra dott dr dott.ssa prof prof.ssa ing avv arch on sen gen col cap ten mons s san egr geom rag`,
    numbered: `n nn art p pp pag vol cap fig tel`,
    shortened: `ecc es ca s.p.a spa s.r.l srl a.c d.c gen feb mar apr mag giu lug ago set ott nov dic cfr min max`,
    openers: `il lo la i gli le l un uno una egli ella lui lei loro essi io tu noi voi si di del della dei in nel nella a al alla da
      dal dalla con su sul sulla per tra fra senza secondo dopo prima durante contro verso ma e o se quando come dove perché
      mentre anche poi così questo questa questi queste quello quella suo sua molti alcuni tutti non già oggi ieri`,
  },
  pt: {
    titles: `sr sra srs sras srta sta sto dr dra prof profa eng gen cel cap pe d exmo exma`,
    numbered: `n nº no art p pp pág págs vol cap fig tel`,
    shortened: `etc ex aprox av s.a ltda cia a.c d.c jan fev mar abr mai jun jul ago set out nov dez máx mín hab`,
    openers: `o a os as um uma uns umas ele ela eles elas eu você nós de do da dos das em no na nos nas com sem por pelo pela para
      segundo entre sobre desde até após durante ante sob contra mas e ou se quando como onde porque embora enquanto depois antes
      este esta esse essa isso isto aquele seu sua muitos vários alguns todos nenhum além também assim então não já agora hoje
      ontem ao à`,
  },
  ru: {
    titles: `дж гр г проф акад доц ген полк им ул пл пр просп пос дер с д т тов св о`,
    numbered: `№ стр ст гл п пп рис табл т`,
    shortened: `т.е т.д т.п т.к т.н и.о см напр др пр млн млрд трлн тыс руб коп долл кв км см мм кг гг вв в н.э янв февр фев мар
      апр авг сент окт нояб дек ок тел изд ред обл`,
    openers: `в во на с со из у о об от до по за под над при для к ко но и а или он она оно они мы вы я ты это этот эта эти тот та те
      что кто как где когда почему если хотя пока после перед через между однако также тем так там тогда потом его её их наш все
      многие некоторые не ни уже ещё только лишь согласно сегодня вчера`,
  },
  cs: {
    titles: `p pí pan ing mgr bc dr judr mudr phdr doc prof gen plk sv`,
    numbered: `č čl str odst obr tab tel`,
    shortened: `tj tzn např apod atd atp resp cca mj min max mil mld tis kč s.r.o a.s hod r st`,
    openers: `v ve na s se z ze u o od do po za pod nad při pro k ke ale a i nebo on ona ono oni my vy já ty to ten ta ti tento tato
      toto co kdo jak kde když proč pokud protože po před podle také tak tam potom jeho její jejich všichni někteří ne už ještě
      jen podle dnes včera`,
  },
  pl: {
    titles: `p pan pani dr prof inż mgr gen płk św ks hab`,
    numbered: `nr art str ust pkt rys tab tel`,
    shortened: `tj tzn np itd itp m.in min max ok mln mld tys zł r w wg`,
    openers: `w we na z ze u o od do po za pod nad przy dla ale a i lub on ona ono oni my wy ja ty to ten ta ci jak gdzie kiedy
      jeśli choć po przed według także tak tam potem jego jej ich wszyscy niektórzy nie już jeszcze tylko`,
  },
  nl: {
    titles: `dhr mevr mw dr prof ir ing mr drs ds gen kol st`,
    numbered: `nr art blz p pag`,
    shortened: `bijv bv enz etc ca o.a m.n d.w.z z.o.z incl excl max min jan feb mrt apr jun jul aug sep sept okt nov dec`,
    openers: `de het een hij zij ze wij we ik jij u dit dat deze die maar en of want dus als toen nadat voordat terwijl in op aan bij
      met na van voor te door over onder om tegen zonder sinds tot volgens tijdens ook nu nog al er daar hier veel`,
  },
  vi: {
    titles: `ts ths gs pgs bs ks tp tt q p`,
    numbered: `số`,
    shortened: `v.v vv`,
    openers: ``,
  },
}
