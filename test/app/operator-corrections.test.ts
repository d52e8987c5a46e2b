import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/adapters/storage/open-store.ts'
import { StoryGrouper } from '../../src/app/group-stories.ts'
import { makeArticle } from '../support/make-article.ts'

const DAY_MS = 86_400_000
const NOON_MS = Date.UTC(2031, 4, 5, 12)

const BRIDGE = [
  'The harbour town of Velm closed its old stone bridge after engineers found cracks in two of its pillars.',
  'Mayor Ada Holm said that buses will go round by the northern road until the pillars of the bridge are mended in autumn.',
]
const MUSEUM = [
  'Thieves took a silver clock from the museum of Trebin during the night, and nobody heard the alarm of the eastern wing.',
  'Director Jon Falk asked dealers to look out for the silver clock, which was made for a queen in the year 1711.',
]

function told(id: string, [lead = '', more = '']: readonly string[], atMs: number, turn = false) {
  return makeArticle({
    id,
    url: `https://${id}.example/${id}`,
    source: id,
    lang: 'en',
    title: (turn ? more : lead).slice(0, 60),
    text: turn ? `${more} ${lead}` : `${lead} ${more} Reported by ${id}.`,
    published: new Date(atMs).toISOString(),
  })
}

const first = [
  told('bridge-1', BRIDGE, NOON_MS),
  told('bridge-2', BRIDGE, NOON_MS + 1_000, true),
  told('museum-1', MUSEUM, NOON_MS + 2_000),
  told('museum-2', MUSEUM, NOON_MS + 3_000, true),
]

async function newsroom() {
  const store = await openStore('sqlite::memory:')
  let nowMs = NOON_MS + 3_600_000
  const ports = { ...store, nowMs: () => nowMs++ }
  const ingest = async (articles: readonly ReturnType<typeof told>[]) => {
    const added = articles.map((article) => ({ article, key: article.url ?? '', contentHash: article.id }))
    await store.articles.saveIngest({ feedId: null, atMs: nowMs, added, revised: [], unchanged: [] })
  }
  const correct = (
    id: string,
    kind: 'must-link' | 'cannot-link',
    articleIds: readonly string[],
    tenant = null as string | null,
  ) => store.subscriptions.addCorrection({ id, tenant, kind, articleIds, madeBy: 'op', madeAtMs: nowMs })
  const undo = (id: string) => store.subscriptions.undoCorrection(id, null, { by: 'op', atMs: nowMs })
  /** Which articles stand together, as the store has it. */
  const stories = async () => {
    const all = await store.stories.stories({ limit: 100 }, { tenant: null })
    return all
      .map(({ members }) =>
        members
          .map(({ id }) => id)
          .sort()
          .join(' '),
      )
      .sort()
  }
  await ingest(first)
  return { store, ingest, correct, undo, stories, open: () => StoryGrouper.open(ports) }
}

const APART = ['bridge-1 bridge-2', 'museum-1 museum-2']

describe('StoryGrouper', () => {
  it('joins stories as the operator says, tells why in the history, and parts them again when it is taken back', async () => {
    const { store, correct, undo, stories, open } = await newsroom()
    const grouper = await open()
    await grouper.step()
    expect(await stories()).toEqual(APART)
    await correct('c1', 'must-link', ['bridge-1', 'museum-1'])
    expect(await grouper.step()).toMatchObject({ placed: 0, more: false })
    expect(await stories()).toEqual(['bridge-1 bridge-2 museum-1 museum-2'])
    const [story] = await store.stories.stories({ limit: 1 }, { tenant: null })
    const answer = await store.stories.story(story?.id ?? '', { tenant: null })
    const reasons = answer.kind === 'story' ? answer.history.map(({ reason }) => reason) : []
    expect(reasons).toContain('A manager made one story of two.')
    expect(await grouper.step()).toEqual({ placed: 0, stories: 0, more: false })
    await undo('c1')
    await grouper.step()
    expect(await stories()).toEqual(APART)
    await store.close()
  })

  it('keeps a correction for later articles and after a restart', async () => {
    const { store, ingest, correct, stories, open } = await newsroom()
    await (await open()).step()
    await correct('c1', 'cannot-link', ['bridge-1', 'bridge-2'])
    await (await open()).step()
    expect(await stories()).toEqual(['bridge-1', 'bridge-2', 'museum-1 museum-2'])
    const again = await open()
    await again.step()
    await ingest([
      told('bridge-3', BRIDGE, NOON_MS + DAY_MS / 2),
      told('museum-3', MUSEUM, NOON_MS + DAY_MS / 2),
    ])
    await again.step()
    const now = await stories()
    expect(now.some((ids) => ids.includes('bridge-1') && ids.includes('bridge-2'))).toBe(false)
    expect(now).toContain('museum-1 museum-2 museum-3')
    await store.close()
  })

  it('makes a correction of articles that are still to come hold when they come', async () => {
    const { store, ingest, correct, stories, open } = await newsroom()
    const grouper = await open()
    await correct('c1', 'must-link', ['museum-1', 'bridge-9'])
    await grouper.step()
    await ingest([told('bridge-9', BRIDGE, NOON_MS + 5_000)])
    await grouper.step()
    expect((await stories()).find((ids) => ids.includes('bridge-9'))).toContain('museum-1')
    await store.close()
  })

  it('puts nothing back that a correction did not move, and keeps the other corrections', async () => {
    const { store, correct, undo, stories, open } = await newsroom()
    const grouper = await open()
    await grouper.step()
    await correct('idle', 'must-link', ['bridge-1', 'bridge-2'])
    await correct('joins', 'must-link', ['bridge-1', 'museum-1'])
    await correct('joins-too', 'must-link', ['bridge-2', 'museum-2'])
    await grouper.step()
    await undo('joins')
    await grouper.step()
    expect(await stories()).toEqual(['bridge-1 bridge-2 museum-1 museum-2'])
    await undo('joins-too')
    await grouper.step()
    await undo('idle')
    await grouper.step()
    expect((await stories()).find((ids) => ids.includes('bridge-1'))).toContain('bridge-2')
    await store.close()
  })

  it("leaves a tenant's corrections to its own view", async () => {
    const { store, correct, stories, open } = await newsroom()
    const grouper = await open()
    await grouper.step()
    await store.subscriptions.saveTenant({ id: 't1', platform: 'discord', name: 'T', atMs: 1 })
    await correct('c1', 'must-link', ['bridge-1', 'museum-1'], 't1')
    await grouper.step()
    expect(await stories()).toEqual(APART)
    await store.close()
  })
})
