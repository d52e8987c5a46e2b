import { createArticle, type Article, type ArticleDraft } from '../../src/core/feed/article.ts'

/** An article of a fictional outlet; what a test does not name has a plain default. */
export function makeArticle(draft: Partial<ArticleDraft> & { id: string }): Article {
  return createArticle({
    title: 'Ferry runs aground off Marholm',
    text: 'A ferry ran aground off Marholm on Monday. All passengers were taken ashore.',
    source: 'Harbour Post',
    url: `https://harbourpost.example/${draft.id}`,
    published: '2026-03-09T08:00:00Z',
    lang: 'en',
    ...draft,
  })
}
