/**
 * The door for programs: `import { groupArticles, summarizeStory } from 'tidings'`.
 *
 * Both are pure and decide as the service does: no clock, no network, no disk, the same input gives the same answer. Articles are made
 * by {@link createArticle} from what a source says (`id`, `title`, `text`, and where known `url`, `source`, `published`, `lang`).
 */
export { createArticle } from './core/feed/article.ts'
export type { Article, ArticleDraft } from './core/feed/article.ts'
export type { CopyKind } from './core/dedup/copy.ts'
export { groupArticles } from './core/story/group-articles.ts'
export type { GroupedArticle, GroupOptions } from './core/story/group-articles.ts'
export { summarizeStory } from './core/summary/summarize-story.ts'
export type { Summary, SummaryOptions, SummarySentence } from './core/summary/summary.ts'
