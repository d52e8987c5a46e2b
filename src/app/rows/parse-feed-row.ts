import { parseFeed } from '../../core/feed/parse-feed.ts'
import { badField, bytesOfBase64, identifyRow, problemOf, textField, type RowResult } from './row-result.ts'

/** `{id, base64, content_type?, url?}` to `{id, feed, items, problems}`: the contract of `tidings parse-feed`, which has no pictures. */
export function parseFeedRow(value: unknown): RowResult {
  const row = identifyRow(value)
  if (row.kind === 'problem') return row
  const bad = badField(row.fields, ['base64', 'content_type', 'url'])
  if (bad !== null) return problemOf(bad)
  const base64 = textField(row.fields, 'base64')
  if (typeof base64 !== 'string') return problemOf('field "base64" is missing')
  const body = bytesOfBase64(base64)
  if (body === null) return problemOf('field "base64" is not base64')
  const contentType = textField(row.fields, 'content_type') ?? null
  const { feed, items, problems } = parseFeed({
    body,
    contentType,
    url: textField(row.fields, 'url') ?? null,
  })
  const rows = items.map((item) => ({ ...item, imageUrl: undefined }))
  return { kind: 'row', row: { id: row.id, feed, items: rows, problems } }
}
