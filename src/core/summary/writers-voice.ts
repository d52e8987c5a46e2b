import { withoutQuotes } from './readability.ts'

/**
 * Whether the writer of an English sentence values or argues (`is truly impressive`, `must have felt`) and names nobody who does: that is
 * opinion told as fact. Other languages have no rule.
 */
export function isWritersVoice(text: string, lang: string | null): boolean {
  if (lang !== 'en') return false
  const plain = withoutQuotes(text)
  return VALUES.test(plain) && !SPEAKER.test(plain)
}

const VALUES =
  /\b(?:really|truly|(?<!almost\s)[Cc]ertainly|(?<!so\s|more\s)[Cc]learly|plainly|[Oo]bviously|[Ss]urely|[Oo]f\scourse|[Aa]fter\sall|[Ff]rankly|proven\strack\srecord|must\shave\sfelt|(?:is|are|was|were)\s(?:right|wrong)\s(?:when|that|about)|(?:no|further)\s(?:evidence|proof|wonder)\sthat|to\shave\sforgotten|[Tt]he\s(?:truth|fact)\sis)\b/u

/** Somebody says so, or a court or a study found it. */
const SPEAKER =
  /\b(?:sa(?:id|ys?|ying)|told|according\sto|tweeted|wrote|writes|argu\w+|claim\w+|believ\w+|thinks?|thought|calls?|called|insist\w+|add(?:ed|s)|warn\w+|testif\w+|predict\w+|notes?|noted|suggest\w+|critics|supporters|report\w*|experts|views?|accus\w+|announc\w+|ask\w*|explain\w*|acknowledg\w+|feels?|vow\w*|hop(?:es?|ed|ing)|want\w*|declar\w+|stat(?:es|ed)|admit\w*|conced\w+|describ\w+|maintain\w+|recall\w+|ruled|found|poll\w*|wonder(?:s|ed)?)\b/iu
