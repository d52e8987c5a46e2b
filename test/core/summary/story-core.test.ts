import { describe, expect, it } from 'vitest'
import { createArticle } from '../../../src/core/feed/article.ts'
import { carries, coreOf } from '../../../src/core/summary/story-core.ts'
import { readStory } from '../../../src/core/summary/story-text.ts'

interface Told {
  readonly title: string
  readonly text: string
}

const FERRY: readonly Told[] = [
  {
    title: 'Ferry sinks off Ellmstadt',
    text: 'A ferry sank in the bay of Ellmstadt with forty people on board on Monday.',
  },
  {
    title: 'Boats save passengers',
    text: 'Fishing boats saved all passengers of a ferry that sank in the bay of Ellmstadt.',
  },
  {
    title: 'Ellmstadt ferry lost',
    text: 'Nobody was hurt as the old ferry of Ellmstadt sank in a storm on Monday evening.',
  },
  {
    title: 'Captain blames storm',
    text: 'The captain of the ferry that sank off Ellmstadt blamed a storm and an open gate.',
  },
  {
    title: 'Ferry had been checked',
    text: 'The ferry that sank with forty passengers had been checked in Ellmstadt last year.',
  },
]
const OTHER: Told = {
  title: 'Choir of Marholm wins golden harp',
  text: 'The choir of Marholm won the golden harp for its seven songs about shepherds. Judges praised the choir of Marholm and its songs about shepherds most.',
}

/** Whether the first sentence of the last article is about the story. */
function carriesLast(told: readonly Told[]): boolean {
  const docs = told.map((article, i) => createArticle({ ...article, id: `a${i}`, lang: 'en' }))
  const story = readStory(docs, 'en', undefined)
  const at = story.sentences.findIndex(({ doc, position }) => doc === told.length - 1 && position === 0)
  return carries(story, at, coreOf(story), 5)
}

describe('carries()', () => {
  it('refuses an article that only its own title and top are about', () => {
    expect(carriesLast([...FERRY, OTHER])).toBe(false)
    expect(carriesLast([...FERRY.slice(1), FERRY[0] ?? OTHER])).toBe(true)
  })

  it('asks for three words of the others where there are many, for one where there are few', () => {
    const text = OTHER.text.replace('golden harp', 'golden harp of Ellmstadt')
    expect(carriesLast([...FERRY, { ...OTHER, text }])).toBe(false)
    expect(carriesLast([...FERRY.slice(0, 2), { ...OTHER, text }])).toBe(true)
    expect(carriesLast([...FERRY.slice(0, 2), OTHER])).toBe(false)
  })

  it('trusts an article that has one other beside it', () => {
    expect(carriesLast([...FERRY.slice(0, 1), OTHER])).toBe(true)
  })
})
