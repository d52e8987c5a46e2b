import { readNumber } from '../text/number-words.ts'

/** The numbers of people and the measures of a sentence, each under one name (`people 60`, `30 cm`). Linear in the text. */
export function measuresIn(text: string, lang: string | null): string[] {
  const people = Array.from(text.matchAll(PEOPLE), ([, count = '']) => {
    return `people ${readNumber(count, lang) ?? count}`
  })
  return [
    ...people,
    ...Array.from(text.matchAll(MEASURE), ([, value = '', unit = '']) => `${value} ${unitOf(unit)}`),
  ]
}

/** Numbers of people from ten on; smaller ones are those of any report. */
const PEOPLE =
  /(?<![\p{L}\d.,:$€£¥-])(\d{1,3}(?:,\d{3})+|\d{2,}|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\s(?:people|residents|persons|inhabitants|villagers|families|guests|passengers|firefighters)(?!\p{L})/giu

/** `30 centimetres`, `30cm-diameter`, `5.2 magnitude`: no fraction of a time or a sum. */
const MEASURE =
  /(?<![\p{L}\d.,:$€£¥-])(\d+(?:[.,]\d+)?)[\s-]?(cm|centimet\p{L}+|km|kilomet\p{L}+|met(?:er|re)s?|feet|foot|ft|inch(?:es)?|miles?|kg|kilogram\p{L}*|tonn?e?s?|mph|km\/h|magnitude)(?!\p{L})/giu

/** One name for the ways to write a unit. */
function unitOf(written: string): string {
  const unit = written.toLowerCase()
  if (/^(?:feet|foot|ft)$/u.test(unit)) return 'ft'
  return unit
    .replace(/^centim.*$/u, 'cm')
    .replace(/^kilom.*$/u, 'km')
    .replace(/^kilog.*$/u, 'kg')
    .slice(0, 3)
}
