import { hashText } from './hash-text.ts'

/** In how many articles of a large general news sample words stand: facts of the language before the stream tells its own. */
export interface BackgroundCounts {
  /** Articles that were counted. */
  readonly articles: number
  /** Visits each word: its term hash, the articles it stands in, and the share of its mentions with a capital (0..1). */
  readonly forEach: (visit: (hash: number, articles: number, capitalShare: number) => void) => void
}

/** The stored form: stems in falling order of `articles`, one space between; runs keep it small. */
export interface StoredBackground {
  readonly articles: number
  /** `"stem stem …"` for each pair of article count and capital share in tenths. */
  readonly words: Readonly<Record<string, string>>
}

/** Reads stored counts; cost is paid when they are visited (about 10 ms for 16,000 words). */
export function readBackground(stored: StoredBackground): BackgroundCounts {
  return {
    articles: stored.articles,
    forEach(visit) {
      for (const [key, stems] of Object.entries(stored.words)) {
        const [articles = '1', tenths = '0'] = key.split(':')
        for (const stem of stems.split(' ')) visit(hashText(stem), Number(articles), Number(tenths) / 10)
      }
    },
  }
}
