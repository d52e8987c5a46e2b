import type { Article } from '../../core/feed/article.ts'
import { parseArticleRow } from '../../core/feed/article-row.ts'
import { summarizeStory } from '../../core/summary/summarize-story.ts'
import type { SummaryOptions } from '../../core/summary/summary.ts'
import { identifyRow, problemOf, type RowResult } from './row-result.ts'

/**
 * `{id, docs: [{id?, title, text, source?, published?, lang?}], told?: [text]}` to `{id, headline, sentences: [{text, doc, start,
 * end}], note?, problem?}`: the contract of `tidings summarize`; `problem` says why there is no sentence. What is `told` is not told again. `explain` adds where else each sentence stands and what differs.
 */
export function summarizeRow(
  value: unknown,
  limit: SummaryOptions,
  options: { readonly explain: boolean },
): RowResult {
  const row = identifyRow(value)
  if (row.kind === 'problem') return row
  const docs = readDocs(row.fields['docs'])
  if (typeof docs === 'string') return problemOf(docs)
  const told = row.fields['told']
  if (told !== undefined && !isListOfTexts(told)) return problemOf('field "told" is not a list of texts')
  const summary = summarizeStory(docs, { ...limit, ...(told === undefined ? {} : { told }) })
  const sentences = summary.sentences.map(({ text, doc, start, end, ...more }) =>
    options.explain ? { text, doc, start, end, ...more } : { text, doc, start, end },
  )
  const { note, problem } = summary
  const answer = {
    ...{ id: row.id, headline: summary.headline, sentences },
    ...(note === undefined ? {} : { note }),
    ...(problem === undefined ? {} : { problem }),
  }
  return { kind: 'row', row: options.explain ? { ...answer, disagreements: summary.disagreements } : answer }
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

/** Documents without an id, or with one that came before, are told apart by their place. */
function readDocs(value: unknown): Article[] | string {
  if (!Array.isArray(value)) return 'field "docs" is not a list'
  const docs: Article[] = []
  const ids = new Set<string>()
  for (const [index, doc] of value.entries()) {
    const parsed = parseArticleRow(doc, `doc ${index}`)
    if (parsed.kind === 'problem') return `docs[${index}]: ${parsed.problem}`
    const id = ids.has(parsed.article.id) ? `doc ${index}` : parsed.article.id
    ids.add(id)
    docs.push({ ...parsed.article, id })
  }
  return docs
}
