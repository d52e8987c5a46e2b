import { describe, expect, it } from 'vitest'
import { digestToHtml } from '../../src/adapters/console/digest-html.ts'
import { digestToJson } from '../../src/adapters/console/digest-json.ts'
import { digestToMarkdown } from '../../src/adapters/console/digest-markdown.ts'
import { digestToText } from '../../src/adapters/console/digest-text.ts'
import { makeDigest } from '../../src/app/make-digest.ts'
import { createArticle } from '../../src/core/feed/article.ts'

const bridge = createArticle({
  id: 'bote',
  title: 'Brücke in Ellmstadt eingestürzt',
  source: 'Stadtbote',
  lang: 'de',
  text: 'In Ellmstadt ist am Dienstag die alte Hafenbrücke in den Fluss gestürzt und hat zwölf Menschen verletzt.',
})
const bare = createArticle({
  id: 'bare',
  title: 'Circus comes to Ash',
  source: 'Ash Times',
  lang: 'en',
  text: '',
})
const request = { maxStories: 3, maxSentences: 2, sinceMs: null, topic: null }

function forms(digest: ReturnType<typeof makeDigest>): string[] {
  return [
    digestToText(digest, { columns: 90, color: false }),
    digestToMarkdown(digest),
    digestToHtml(digest),
    digestToJson(digest),
  ]
}

describe('makeDigest()', () => {
  it('says in every form in which language a story is told, where it is another than asked for', () => {
    for (const form of forms(makeDigest([bridge], { ...request, lang: 'en' })))
      expect(form).toContain('Told in German; no source in English')
  })

  it('says nothing of it where no language was asked for', () => {
    for (const form of forms(makeDigest([bridge], request))) expect(form).not.toContain('Told in')
  })

  it('says in every form why a story has no sentence', () => {
    for (const form of forms(makeDigest([bare], request)))
      expect(form).toContain('Cannot summarise story: its articles have no sentence')
  })

  it('says nothing of it where only headlines are wanted', () => {
    for (const form of forms(makeDigest([bare, bridge], { ...request, maxSentences: 0 })))
      expect(form).not.toContain('Cannot')
  })
})
