import type { Article } from '../feed/article.ts'

/** The headline of a story: the first title in the wanted language, else the first title at all; `''` where there is none. */
export function chooseHeadline(docs: readonly Article[], lang: string | null): string {
  const titled = docs.filter((doc) => doc.title !== '')
  return (titled.find((doc) => doc.lang === lang) ?? titled[0])?.title ?? ''
}
