import { BODIES, DEEDS, PLACES, THINGS } from './town-words.ts'
/** A page as the web wrote them before stylesheets, and the words of it that are its text. */
export interface OldPage {
  readonly name: string
  readonly html: string | Uint8Array
  readonly contentType?: string
  /** Blocks of its text in order. */
  readonly body: readonly string[]
}

function pick(list: readonly string[], seed: number): string {
  return list[((seed * 7_919 + 104_729) % 1_009) % list.length] ?? ''
}

function sentence(seed: number): string {
  const [place, body, deed, thing] = [PLACES, BODIES, DEEDS, THINGS].map((list, i) =>
    pick(list, seed * 5 + i * 3),
  )
  const count = (seed * 37) % 90
  return `The ${body} of ${place} ${deed} the ${thing} after ${count + 2} people had written to number ${seed}.`
}

/** Paragraphs of some sentences each; other seeds, other words. */
function prose(seed: number, paragraphs = 5, sentences = 3): string[] {
  return Array.from({ length: paragraphs }, (_, p) =>
    Array.from({ length: sentences }, (_, s) => sentence(seed * 100 + p * 10 + s)).join(' '),
  )
}

const LINKS = [
  'Home',
  'News',
  'Sports',
  'Weather',
  'Classifieds',
  'About us',
  'Contact',
  'Archive',
  'Search',
  'Help',
]
const bar = LINKS.map((name, i) => `<A HREF="/${i}.html">${name}</A>`).join(' | ')
const column = LINKS.map((name, i) => `<A HREF="/${i}.html"><FONT SIZE=1>${name}</FONT></A><BR>`).join('\n')
const headlines = Array.from(
  { length: 8 },
  (_, i) => `<LI><A HREF="/n${i}.html">${pick(PLACES, i)} ${pick(DEEDS, i)} ${pick(THINGS, i)}</A>`,
).join('\n')
const foot = `<HR><CENTER><FONT SIZE=1>Copyright 1999 The Veldmoor Post. All rights reserved. <A HREF="/p.html">Privacy</A> <A HREF="/t.html">Terms</A></FONT></CENTER>`

function page(
  inner: string,
  title = 'Bridge repair - The Veldmoor Post',
  bodyTag = '<BODY BGCOLOR="#FFFFFF">',
): string {
  return `<HTML><HEAD><TITLE>${title}</TITLE></HEAD>${bodyTag}\n${inner}\n</BODY></HTML>`
}

function table(...cells: readonly string[]): string {
  return `<TABLE BORDER=0 WIDTH=760 CELLPADDING=4><TR>${cells.map((cell) => `<TD VALIGN=top>${cell}</TD>`).join('')}</TR></TABLE>`
}

function nested(depth: number, inner: string): string {
  return `${'<table><tr><td>'.repeat(depth)}${inner}${'</td></tr></table>'.repeat(depth)}`
}

const ps = (texts: readonly string[]) => texts.map((text) => `<P>${text}</P>`).join('\n')
const open = (texts: readonly string[]) => texts.map((text) => `<P>${text}`).join('\n')
const brs = (texts: readonly string[]) => texts.join('<BR><BR>\n')

/** Forty pages of the old web: tables for layout, no paragraphs, no end tags, frames, letters of another code. */
export function oldPages(): OldPage[] {
  const pages: OldPage[] = []
  const add = (
    name: string,
    make: (texts: string[]) => string | Uint8Array,
    more: Partial<OldPage> & { texts?: string[] } = {},
  ) => {
    const texts = more.texts ?? prose(pages.length + 1)
    pages.push({
      name,
      html: make(texts),
      body: more.body ?? texts,
      ...(more.contentType ? { contentType: more.contentType } : {}),
    })
  }
  add('three columns of a table', (t) => page(`${bar}<HR>${table(column, ps(t), headlines)}${foot}`))
  add('paragraphs that are never closed', (t) => page(`${bar}<HR>${open(t)}${foot}`))
  add('paragraphs parted by breaks in a cell', (t) => page(`${table(column, brs(t))}${foot}`))
  add('paragraphs parted by breaks in the body', (t) => page(`${bar}<HR>\n${brs(t)}\n${foot}`))
  add('text in font tags', (t) =>
    page(
      `${bar}<HR><FONT FACE="Arial" SIZE=2>${t.map((x) => `<FONT COLOR="#000000">${x}</FONT><P>`).join('\n')}</FONT>${foot}`,
    ),
  )
  add('text in a centre tag', (t) => page(`<CENTER>${bar}<HR>${brs(t)}</CENTER>${foot}`))
  add('text in pre', (t) => page(`<PRE>\n${t.map(wrapped).join('\n\n')}\n</PRE>`))
  add('text in pre below a bar of links', (t) =>
    page(`${bar}<HR><PRE>\n${t.map(wrapped).join('\n\n')}\n</PRE>${foot}`),
  )
  add('tables thirty deep', (t) => page(nested(30, ps(t))))
  add('tables thirty deep beside columns', (t) => page(table(column, nested(30, brs(t)), headlines)))
  add('no html, head or body tag', (t) => `<TITLE>Tides</TITLE>${bar}<P>${open(t)}`)
  add('cells without ends', (t) => page(`<TABLE><TR><TD>${column}<TD>${open(t)}<TD>${headlines}</TABLE>`))
  add('one row a paragraph', (t) =>
    page(`${bar}<TABLE>${t.map((x) => `<TR><TD>${x}</TD></TR>`).join('')}</TABLE>${foot}`),
  )
  add('one table a paragraph', (t) => page(`${bar}${t.map((x) => table(x)).join('<BR>')}${foot}`))
  add('bold and italic without ends', (t) => page(`${bar}<HR><B><I>${open(t)}${foot}`))
  add('list items as paragraphs', (t) =>
    page(`${bar}<HR><UL>${t.map((x) => `<LI>${x}`).join('\n')}</UL>${foot}`),
  )
  add(
    'definition list',
    (t) =>
      page(
        `${bar}<HR><DL>${t.map((x, i) => `<DT>${pick(PLACES, i)} in the year ${1990 + i}<DD>${x}`).join('\n')}</DL>${foot}`,
      ),
    {
      texts: prose(17),
      body: prose(17).flatMap((x, i) => [`${pick(PLACES, i)} in the year ${1990 + i}`, x]),
    },
  )
  add('blockquote for an indent', (t) => page(`${bar}<HR><BLOCKQUOTE>${ps(t)}</BLOCKQUOTE>${foot}`))
  add('div align', (t) =>
    page(`<DIV ALIGN=center>${bar}</DIV>${t.map((x) => `<DIV ALIGN=justify>${x}</DIV>`).join('')}${foot}`),
  )
  add(
    'frameset with a noframes text',
    (t) =>
      `<HTML><HEAD><TITLE>Tides</TITLE></HEAD><FRAMESET COLS="20%,80%"><FRAME SRC="nav.html"><FRAME SRC="main.html"><NOFRAMES><BODY>${open(t)}</BODY></NOFRAMES></FRAMESET></HTML>`,
  )
  add('windows-1252 that says nothing', (t) => latin1(page(`${bar}<HR>${ps(t)}${foot}`)), {
    texts: prose(21).map((x) => `Café “Zum Löwen” – ${x}`),
  })
  add(
    'windows-1252 that calls itself iso-8859-1',
    (t) =>
      latin1(
        page(`<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1">${bar}<HR>${ps(t)}`),
      ),
    {
      texts: prose(22).map((x) => `Straße der Übung’s – ${x}`),
    },
  )
  add('koi8-r by header', (t) => koi8(page(`${bar}<HR>${ps(t)}`)), {
    contentType: 'text/html; charset=koi8-r',
    texts: prose(23).map((x, i) => `Новости города номер ${i}. Совет порта решил вопрос о мосте. ${x}`),
  })
  add(
    'entities without semicolons',
    (t) => page(`${bar}<HR>${t.map((x) => `<P>Caf&eacute de la Mer &amp Bar &copy ${x}`).join('')}`),
    {
      texts: prose(24),
      body: prose(24).map((x) => `Café de la Mer & Bar © ${x}`),
    },
  )
  add('tags in the wrong order', (t) =>
    page(`${bar}<HR>${t.map((x) => `<P><B><I>${x}</B></I></P></FONT></CENTER>`).join('')}${foot}`),
  )
  add(
    'two bodies and two heads',
    (t) =>
      `<HTML><HEAD><TITLE>Tides</TITLE></HEAD><BODY>${bar}<HEAD><TITLE>Again</TITLE></HEAD><BODY>${open(t)}</BODY></BODY></HTML>`,
  )
  add('comments that hide tags', (t) => page(`<!-- <TABLE><TR> --> ${bar} <!--- x --->${brs(t)}<!-- </TD>`))
  add('script that writes markup', (t) =>
    page(
      `<SCRIPT>document.write("<P>not this</P>")</SCRIPT>${bar}<HR>${ps(t)}<SCRIPT>//<!--\nvar a="</P>"\n//--></SCRIPT>${foot}`,
    ),
  )
  add(
    'headings between paragraphs',
    (t) =>
      page(`${bar}<HR>${t.map((x, i) => `<H3>Part ${i} of the bridge report</H3>${x}`).join('')}${foot}`),
    {
      texts: prose(29),
      body: prose(29).flatMap((x, i) => [`Part ${i} of the bridge report`, x]),
    },
  )
  add('short paragraphs of minutes', (t) => page(`${bar}<HR>${t.map((x) => `<P>${x}`).join('')}${foot}`), {
    texts: prose(30, 20, 1),
  })
  add('very long without a mark-up inside', (t) => page(`${bar}<HR>${t.join('\n\n')}${foot}`), {
    texts: [prose(31, 12, 6).join(' ')],
  })
  add(
    'digest of headlines with a line each',
    (t) =>
      page(
        `${bar}<HR><DL>${t.map((x, i) => `<DT><A HREF="/s${i}.html"><B>${pick(THINGS, i)} in ${pick(PLACES, i)}</B></A><DD>${x}`).join('')}</DL>${foot}`,
      ),
    {
      texts: prose(32, 9, 1),
      body: prose(32, 9, 1).flatMap((x, i) => [`${pick(THINGS, i)} in ${pick(PLACES, i)}`, x]),
    },
  )
  add(
    'questions and answers',
    (t) =>
      page(
        `${bar}<HR>${t.map((x, i) => `<P><B>Q. What did the board of ${pick(PLACES, i)} decide?</B><P>A. ${x}`).join('')}${foot}`,
      ),
    {
      texts: prose(33),
      body: prose(33).flatMap((x, i) => [`Q. What did the board of ${pick(PLACES, i)} decide?`, `A. ${x}`]),
    },
  )
  add(
    'posts of a forum in rows',
    (t) =>
      page(
        `${bar}<TABLE>${t.map((x, i) => `<TR><TD><B>reader${i}</B></TD><TD>${x}</TD></TR>`).join('')}</TABLE>${foot}`,
      ),
    {
      texts: prose(34),
      body: prose(34).flatMap((x, i) => [`reader${i}`, x]),
    },
  )
  add('image map and spacer pictures', (t) =>
    page(
      `<MAP NAME=m><AREA HREF="/a"></MAP><IMG USEMAP="#m" SRC=x.gif ALT="Home News Sports">${table('<IMG SRC=s.gif WIDTH=1>', t.map((x) => `${x}<BR><IMG SRC=s.gif HEIGHT=8><BR>`).join(''))}${foot}`,
    ),
  )
  add('drop capitals', (t) =>
    page(`${bar}<HR>${t.map((x) => `<P><FONT SIZE=6>${x.slice(0, 1)}</FONT>${x.slice(1)}`).join('')}${foot}`),
  )
  add('links in every sentence', (t) =>
    page(
      `${bar}<HR>${t.map((x) => `<P>${x.replace(/the (\w+ \w+) after/g, 'the <A HREF="/x">$1</A> after')}`).join('')}${foot}`,
    ),
  )
  add('one frame inside a page', (t) =>
    page(`<IFRAME SRC="ad.html"></IFRAME>${bar}<HR>${ps(t)}<ILAYER>${foot}</ILAYER>`),
  )
  add('marquee, blink and layers', (t) =>
    page(`<MARQUEE>Welcome to our page</MARQUEE><LAYER>${bar}</LAYER><HR><BLINK>${open(t)}</BLINK>${foot}`),
  )
  add('carriage returns alone', (t) =>
    page(`${bar}<HR>\r${t.map((x) => `<P>\r${x}\r`).join('')}${foot}`).replaceAll('\n', '\r'),
  )
  add('plain words without any tag', (t) => t.join('\r\n\r\n'))
  add('form with a long choice', (t) =>
    page(
      `<FORM><SELECT>${LINKS.map((name) => `<OPTION>Go to ${name}`).join('')}</SELECT><INPUT TYPE=submit VALUE=Go></FORM>${bar}<HR>${ps(t)}<FORM>Your name: <INPUT NAME=n><TEXTAREA>Write here</TEXTAREA></FORM>${foot}`,
    ),
  )
  add('counter and web ring', (t) =>
    page(
      `${bar}<HR>${ps(t)}<HR><CENTER>You are visitor <IMG SRC=/count.cgi ALT="00417"><BR>[ <A HREF=/r1>Prev</A> | <A HREF=/r2>Random</A> | <A HREF=/r3>Next</A> ]</CENTER>`,
    ),
  )
  add('calendar of links at the side', (t) =>
    page(
      table(
        `<TABLE BORDER=1>${[0, 1, 2, 3].map((week) => `<TR>${[1, 2, 3, 4, 5, 6, 7].map((day) => `<TD><A HREF="/d${week * 7 + day}">${week * 7 + day}</A></TD>`).join('')}</TR>`).join('')}</TABLE>${column}`,
        brs(t),
      ),
    ),
  )
  add('headline, name and day above', (t) => page(`${bar}<HR><H1>Bridge repair</H1>${ps(t)}${foot}`), {
    texts: prose(45),
    body: ['Bridge repair', ...prose(45)],
  })
  add('column of links on both sides of a nested table', (t) =>
    page(
      table(
        column,
        table(`${brs(t.slice(0, 2))}<BR><BR>${table(brs(t.slice(2)))}`),
        `<B>Headlines</B><UL>${headlines}</UL>`,
      ),
    ),
  )
  add(
    'rules between the parts of a long page',
    (t) => page(`${bar}${t.map((x) => `<HR>${x}`).join('')}${foot}`),
    { texts: prose(47, 14, 4) },
  )
  add('cells of one row as columns of the text', (t) =>
    page(`${bar}<TABLE><TR>${t.map((x) => `<TD WIDTH=20%>${x}</TD>`).join('')}</TR></TABLE>${foot}`),
  )
  add('address and cite', (t) =>
    page(
      `${bar}<HR>${t.map((x) => `<P><CITE>${x}</CITE>`).join('')}<ADDRESS><A HREF="mailto:web@veldmoor.example">Webmaster</A></ADDRESS>`,
    ),
  )
  add('two thousand divs deep', (t) => page(`${'<div>'.repeat(2_000)}${open(t)}`))
  return pages
}

function wrapped(text: string): string {
  return text.replace(/(.{60}\S*) /g, '$1\n')
}

const WINDOWS_1252: Readonly<Record<string, number>> = { '“': 0x93, '”': 0x94, '–': 0x96, '’': 0x92 }

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => WINDOWS_1252[letter] ?? letter.charCodeAt(0))
}

const KOI8 = 'юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ'

function koi8(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const at = KOI8.indexOf(letter)
    return at < 0 ? letter.charCodeAt(0) : 0xc0 + at
  })
}
