import type { Counts } from './digest.ts'

/** `9 articles · 5 publishers · 4 copies`. */
export function countsWords({ articles, publishers, copies }: Counts): string {
  return [
    plural(articles, 'article'),
    plural(publishers, 'publisher'),
    plural(copies, 'copy', 'copies'),
  ].join(' · ')
}

/** `1 story`, `2 stories`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
