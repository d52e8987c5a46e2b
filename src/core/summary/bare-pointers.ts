/**
 * Whether an English text says `here` and no place stands by it: `officials here`, `hopes here and in the West`. It means the town of the
 * reporter, whose name stood above the article. Give it the text outside its quotations. `here in Ashford` is left alone.
 */
export function hasBareHere(text: string): boolean {
  return HERE.test(text)
}

/** Whether an English text says `that` or `this` for something told before: `was told that was because`, `the papers show this`. */
export function hasBareThat(text: string): boolean {
  return THAT.test(text)
}

const HERE =
  /(?<![\p{L}’'-])here(?![\p{L}-])(?!\s(?:in|at|on|near|outside|inside|from|to|illegally|legally|and\sthere|for)\b)/iu
const THAT =
  /\b(?:said|says|say)\s(?:that\s)?this\s(?:is|was|does|did|will|would|has|could)\b|\b(?:said|says|say|told)\sthat\s(?:was|is|would|will|could|might)\s(?!the\s\p{L}+\s(?:of|that|to)\b)|\b(?:show|shows|showed|proves?|does|did|do|knows?|knew|sees?|saw|explains?|explained|changed?|confirm|confirmed)\sthis(?:[.,;]|\s(?:and|but|in|to|as|by|because|when|while|is|was)\b)/u
