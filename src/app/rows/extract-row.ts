import { findFurniture } from '../../core/text/furniture.ts'
import { staysInText } from '../../core/text/kept-furniture.ts'
import { baseLanguage, detectLanguage } from '../../core/text/language.ts'
import type { PageReader } from '../ports/page-reader.ts'
import { badField, bytesOfBase64, identifyRow, problemOf, textField, type RowResult } from './row-result.ts'

/**
 * `{id, url?, content_type?, html | html_base64 | text}` to `{id, url, title, byline, published, lang, outlet, text,
 * removed}`: the contract of `tidings extract`. A row with `text` only loses its furniture, but for what the newsroom says of its article.
 */
export async function extractRow(value: unknown, pages: PageReader): Promise<RowResult> {
  const row = identifyRow(value)
  if (row.kind === 'problem') return row
  const { id, fields } = row
  const bad = badField(fields, ['url', 'content_type', 'html', 'html_base64', 'text', 'lang'])
  if (bad !== null) return problemOf(bad)
  const url = textField(fields, 'url') ?? null
  const html = htmlOf(fields)
  if (html !== null && typeof html !== 'string' && 'problem' in html) return problemOf(html.problem)
  if (html !== null) {
    const page = await pages.extract({ html, url, contentType: textField(fields, 'content_type') ?? null })
    const { title, byline, published, lang, outlet, text, removed, access, problems } = page
    return {
      kind: 'row',
      row: {
        id,
        url: page.url ?? url,
        title,
        byline,
        published,
        lang,
        outlet,
        text,
        removed,
        access,
        problems,
      },
    }
  }
  const text = textField(fields, 'text')
  if (typeof text !== 'string') return problemOf('field "html", "html_base64" or "text" is missing')
  return { kind: 'row', row: { id, url, ...cleanText(text, textField(fields, 'lang') ?? null) } }
}

function htmlOf(fields: Readonly<Record<string, unknown>>): string | Uint8Array | { problem: string } | null {
  const html = textField(fields, 'html')
  if (typeof html === 'string') return html
  const base64 = textField(fields, 'html_base64')
  if (typeof base64 !== 'string') return null
  return bytesOfBase64(base64) ?? { problem: 'field "html_base64" is not base64' }
}

function cleanText(text: string, declaredLang: string | null) {
  const lang = baseLanguage(declaredLang) ?? detectLanguage(text)
  const removed: { text: string; why: string }[] = []
  const kept: string[] = []
  let from = 0
  for (const { start, end, why } of findFurniture(text, { lang })) {
    if (staysInText(why)) continue
    kept.push(text.slice(from, start))
    removed.push({ text: text.slice(start, end), why })
    from = end
  }
  kept.push(text.slice(from))
  const paragraphs = kept
    .join('\n')
    .split(/\n\s*/)
    .filter((paragraph) => paragraph.trim() !== '')
  const body = paragraphs.map((paragraph) => paragraph.trim()).join('\n\n')
  return { title: null, byline: null, published: null, lang, outlet: null, text: body, removed }
}
