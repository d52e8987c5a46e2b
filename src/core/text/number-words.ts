/** The number that a word or figure of a text stands for (`12`, `1,200`, `1.200,5`, `twelve`), or `null`. */
export function readNumber(word: string, lang: string | null): number | null {
  if (/^\d/u.test(word)) return readFigure(word)
  const value = lang === null ? undefined : WORDS[lang]?.get(word.toLowerCase())
  return value ?? null
}

function readFigure(figure: string): number | null {
  if (/^\d{1,3}(?:[.,\u00a0\u202f']\d{3})+$/u.test(figure)) return Number(figure.replaceAll(/\D/gu, ''))
  if (/^\d+(?:[.,]\d+)?$/u.test(figure)) return Number(figure.replace(',', '.'))
  return null
}

/** Number words from `first` on, one each; forms of one number stand together (`two/both`). */
function from(first: number, list: string): Map<string, number> {
  const words = list
    .split(' ')
    .flatMap((forms, i) => forms.split('/').map((form) => [form, first + i] as const))
  return new Map(words)
}

/** The tens from 30 on; those between them are written with a hyphen, which no reader of numbers looks into. */
const ENGLISH_TENS = 'thirty forty fifty sixty seventy eighty ninety'
  .split(' ')
  .map((word, i) => [word, 30 + 10 * i] as const)

/** 2 to 20, as far as the language writes them as one word, and tens in English; `one` is left out, it is an article too often. */
const WORDS: Readonly<Record<string, ReadonlyMap<string, number>>> = {
  en: new Map([
    ...from(
      2,
      'two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
    ),
    ...ENGLISH_TENS,
  ]),
  de: from(
    2,
    'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig',
  ),
  fr: from(
    2,
    'deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt',
  ),
  es: from(
    2,
    'dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte',
  ),
  it: from(
    2,
    'due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti',
  ),
  pt: from(
    2,
    'dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove vinte',
  ),
  ru: from(
    2,
    'два/две/двое/двух три/трое/трёх/трех четыре/четверо/четырёх/четырех пять/пятеро/пяти шесть/шестеро/шести семь/семеро/семи восемь/восьми девять/девяти десять/десяти',
  ),
}
