import { findFurniture, stampedDateMs, type FurnitureSpan } from '../text/furniture.ts'
import { baseLanguage, detectLanguage } from '../text/language.ts'
import { pictureLink } from './picture-link.ts'
import { outletOf } from './publisher.ts'

/** One published text. `text` is kept as it came: every offset in the house counts in it, and nothing ever edits it. */
export interface Article {
  readonly id: string
  /** Absolute http(s) URL, or `null`. */
  readonly url: string | null
  /** Plain text on one line; `''` where the source gave none. */
  readonly title: string
  readonly text: string
  /** Stretches of `text` that are not news, ordered, not overlapping. Never grouped on, never quoted. */
  readonly furniture: readonly FurnitureSpan[]
  /** Name of the outlet as shown; `''` where unknown. */
  readonly outlet: string
  /** Key of the publisher that counts as one voice; `''` where unknown. */
  readonly publisher: string
  /** Epoch ms UTC, or `null` where the source gave no date that can be read. */
  readonly publishedAtMs: number | null
  /** ISO 639-1, as told by the source, else detected, else `null`. */
  readonly lang: string | null
  /** Absolute http(s) URL of its picture; absent where the source names none. No part of keys, hashes or grouping. */
  readonly imageUrl?: string
}

/** What a source says about an article, before it is cleaned. */
export interface ArticleDraft {
  readonly id: string
  readonly url?: string | null
  readonly title?: string | null
  readonly text?: string | null
  readonly source?: string | null
  /** ISO 8601 or anything that `Date.parse` reads. */
  readonly published?: string | null
  readonly lang?: string | null
  readonly imageUrl?: string | null
}

/** Cleans a draft: furniture marked, language and outlet told, a date stamp read. Cost: linear in the text. */
export function createArticle(draft: ArticleDraft): Article {
  const title = (draft.title ?? '').replace(/\s+/g, ' ').trim()
  const text = draft.text ?? ''
  const url = draft.url && /^https?:\/\//i.test(draft.url) ? draft.url : null
  const lang = baseLanguage(draft.lang) ?? detectLanguage(`${title}\n${text}`)
  const imageUrl = pictureLink(draft.imageUrl)
  const published = draft.published ? Date.parse(draft.published) : Number.NaN
  return {
    id: draft.id,
    url,
    title,
    text,
    furniture: findFurniture(text, { lang }),
    ...outletOf(draft.source, url),
    publishedAtMs: Number.isNaN(published) ? stampedDateMs(text) : published,
    lang,
    ...(imageUrl === null ? {} : { imageUrl }),
  }
}
