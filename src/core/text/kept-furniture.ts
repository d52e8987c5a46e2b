/** What the newsroom says about its article: rights, who wrote and who contributed, whose opinion it is. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  'copyright line',
  'agency credit',
  'about the author',
  'disclaimer',
])

/**
 * Whether furniture of this kind stays in a text that is taken from a page or cleaned. It is marked all the same, so nobody groups by it or
 * quotes it; but it is the source's own word on its article, and cutting it lowers as many texts as it raises
 * (`bench/quality-furniture.ts`).
 */
export function staysInText(why: string): boolean {
  return OWN_WORDS.has(why)
}
