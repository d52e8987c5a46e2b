import type { DateNote } from './summary.ts'

/**
 * The first relative day of a sentence (`on Tuesday`, `gestern`) with the day it means, or `undefined`.
 *
 * Counted in UTC from the day the article was published. A weekday means the last one, the day itself included; after words of the
 * future the next one. A day that is named with its date, or with `last` or `next`, is left alone: it says enough, or too little.
 */
export function resolveRelativeDay(
  text: string,
  lang: string | null,
  publishedAtMs: number | null,
): DateNote | undefined {
  const rules = lang === null ? undefined : RULES[lang]
  if (rules === undefined || publishedAtMs === null) return undefined
  const match = rules.days.exec(text)
  if (match === null) return undefined
  const days = offsetOf(match[0], text.slice(0, match.index), rules, publishedAtMs)
  if (days === null) return undefined
  return { words: match[0].trim(), date: new Date(publishedAtMs + days * DAY_MS).toISOString().slice(0, 10) }
}

const DAY_MS = 86_400_000

function offsetOf(words: string, before: string, rules: DayRules, publishedAtMs: number): number | null {
  const day = words.toLowerCase()
  for (const [word, offset] of rules.near) if (hasWord(day, word)) return offset
  const weekday = rules.weekdays.findIndex((names) => names.some((name) => hasWord(day, name)))
  if (weekday < 0) return null
  const back = (new Date(publishedAtMs).getUTCDay() - weekday + 7) % 7
  // The day after the article's is most likely that day in another time zone.
  if (!rules.future.test(before)) return back === 6 ? null : back === 0 ? 0 : -back
  return back === 0 ? 0 : 7 - back
}

function hasWord(text: string, word: string): boolean {
  const at = text.indexOf(word)
  return at >= 0 && !/\p{L}/u.test(text.charAt(at - 1)) && !/\p{L}/u.test(text.charAt(at + word.length))
}

interface DayRules {
  readonly days: RegExp
  readonly near: readonly (readonly [string, number])[]
  /** Sunday first; forms of one day together. */
  readonly weekdays: readonly (readonly string[])[]
  readonly future: RegExp
}

interface DayWords {
  /** Words before the day that belong to it. */
  readonly lead: string
  readonly near: string
  readonly weekdays: string
  /** Words before or after that make a weekday unclear. */
  readonly vague: string
  readonly future: string
  readonly months: string
}

function build({ lead, near, weekdays, vague, future, months }: DayWords): DayRules {
  const nearPairs = near.split('|').map((pair) => {
    const [word = '', offset = '0'] = pair.split('=')
    return [word, Number(offset)] as const
  })
  const days = weekdays.split('|').map((names) => names.split('/'))
  const all = [...nearPairs.map(([word]) => word), ...days.flat()].sort((a, b) => b.length - a.length)
  return {
    days: new RegExp(
      `(?<![\\p{L}\\p{N}-])(?<!(?:${vague})\\s)(?:(?:${lead})\\s)?(?:${all.join('|')})(?![\\p{L}\\p{N}’'-])` +
        `(?!\\s(?:${vague})(?!\\p{L}))(?!,?\\s(?:(?:${months})(?!\\p{L}))|,?\\s(?:\\p{L}{2,4}\\s)?\\d)`,
      'iu',
    ),
    near: nearPairs,
    weekdays: days,
    future: new RegExp(`(?<!\\p{L})(?:${future})(?!\\p{L})`, 'iu'),
  }
}

const RULES: Readonly<Record<string, DayRules>> = {
  en: build({
    lead: 'on|late on|early on|since|until|by',
    near: 'the day before yesterday=-2|yesterday=-1|last night=-1|today=0|tonight=0|this morning=0|this afternoon=0|this evening=0|tomorrow=1',
    weekdays: 'sunday|monday|tuesday|wednesday|thursday|friday|saturday',
    vague:
      'last|next|every|each|past|following|previous|that|one|a|good|black|super|ash|easter|on weekdays|on the',
    future:
      "will|would|is to|are to|was to|were to|is set|are set|is due|are due|scheduled|expected|plans?|planned|to be held|until|by|'ll",
    months:
      'jan\\p{L}*|feb\\p{L}*|mar\\p{L}*|apr\\p{L}*|may|jun\\p{L}*|jul\\p{L}*|aug\\p{L}*|sep\\p{L}*|oct\\p{L}*|nov\\p{L}*|dec\\p{L}*',
  }),
  de: build({
    lead: 'am|seit|bis',
    near: 'vorgestern=-2|gestern=-1|heute=0|übermorgen=2',
    weekdays: 'sonntag|montag|dienstag|mittwoch|donnerstag|freitag|samstag/sonnabend',
    vague: 'letzten|vergangenen|nächsten|kommenden|jeden|vorigen|einem|diesem',
    future: 'wird|werden|soll|sollen|will|wollen|geplant|bis',
    months:
      'jan\\p{L}*|feb\\p{L}*|mär\\p{L}*|apr\\p{L}*|mai|jun\\p{L}*|jul\\p{L}*|aug\\p{L}*|sep\\p{L}*|okt\\p{L}*|nov\\p{L}*|dez\\p{L}*|den',
  }),
  fr: build({
    lead: 'ce|depuis',
    near: "avant-hier=-2|hier=-1|aujourd’hui=0|aujourd'hui=0|ce matin=0|ce soir=0|demain=1",
    weekdays: 'dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi',
    vague: 'dernier|prochain|chaque|un|le|suivant|tous les',
    future: 'sera|seront|devra|devrait|devraient|va|vont|prévue?s?|doit|doivent',
    months: 'janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre',
  }),
  es: build({
    lead: 'el|este|desde el',
    near: 'anteayer=-2|ayer=-1|anoche=-1|hoy=0',
    weekdays: 'domingo|lunes|martes|miércoles|jueves|viernes|sábado',
    vague: 'pasado|próximo|siguiente|cada|un|anterior|que viene',
    future: 'será|serán|va a|van a|deberá|previsto|prevista|prevé|tendrá|hasta',
    months: 'de|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre',
  }),
  it: build({
    lead: 'di',
    near: "l'altro ieri=-2|ieri sera=-1|ieri=-1|oggi=0|stamattina=0|stasera=0|domani=1",
    weekdays: 'domenica|lunedì|martedì|mercoledì|giovedì|venerdì|sabato',
    vague: 'scorso|scorsa|prossimo|prossima|ogni|un|una|seguente|il|la',
    future: 'sarà|saranno|dovrà|dovrebbe|previsto|prevista|entro',
    months: 'gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre',
  }),
  pt: build({
    lead: 'na|no|nesta|neste|desta|deste',
    near: 'anteontem=-2|ontem=-1|hoje=0|amanhã=1',
    weekdays: 'domingo|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado',
    vague: 'passado|passada|próximo|próxima|cada|um|uma|seguinte',
    future: 'será|serão|vai|vão|deve|deverá|deverão|previsto|prevista|até',
    months: 'de|janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro',
  }),
  ru: build({
    lead: 'в|во|с',
    near: 'позавчера=-2|вчера=-1|накануне=-1|сегодня=0|завтра=1',
    weekdays: 'воскресенье|понедельник|вторник|среду|четверг|пятницу|субботу',
    vague: 'прошлое|прошлый|прошлую|следующий|следующее|следующую|каждый|каждую|каждое|минувший|минувшую',
    future:
      'будет|будут|должен|должна|должны|состоится|пройдёт|пройдет|планирует|планируют|намечен\\p{L}*|ожидается',
    months: 'января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря',
  }),
}
