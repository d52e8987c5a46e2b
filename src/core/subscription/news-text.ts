import type { Article } from '../feed/article.ts'

/** The text of an article without its furniture: a link to other articles must not answer for a topic. */
export function newsText({ text, furniture }: Pick<Article, 'text' | 'furniture'>): string {
  if (furniture.length === 0) return text
  const kept: string[] = []
  let from = 0
  for (const { start, end } of furniture) {
    kept.push(text.slice(from, start))
    from = end
  }
  kept.push(text.slice(from))
  return kept.join('\n')
}
