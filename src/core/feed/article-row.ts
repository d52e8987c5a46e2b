import { createArticle, type Article, type ArticleDraft } from './article.ts'

/** An article read from a row of foreign data, or why it cannot be one. */
export type ArticleRow =
  | { readonly kind: 'article'; readonly article: Article }
  | { readonly kind: 'problem'; readonly problem: string }

/**
 * Reads one row `{id, title, text, url?, source?, published?, lang?}` of foreign data. `id` may be a number; without one
 * `fallbackId` is taken. A field of the wrong kind is a problem that names the field; never throws.
 */
export function parseArticleRow(value: unknown, fallbackId?: string): ArticleRow {
  const draft = parseArticleDraft(value, fallbackId)
  return typeof draft === 'string'
    ? { kind: 'problem', problem: draft }
    : { kind: 'article', article: createArticle(draft) }
}

const TEXT_FIELDS = ['title', 'text', 'url', 'source', 'published', 'lang'] as const

function parseArticleDraft(value: unknown, fallbackId?: string): ArticleDraft | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'row is not an object'
  const row = value as Readonly<Record<string, unknown>>
  const id = row['id'] ?? fallbackId
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '') return 'field "id" is missing'
  const draft: Record<string, string> = {}
  for (const field of TEXT_FIELDS) {
    const content = row[field]
    if (content === undefined || content === null) continue
    if (typeof content !== 'string') return `field "${field}" is not a string`
    draft[field] = content
  }
  return { ...draft, id: String(id) }
}
