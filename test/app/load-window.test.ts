import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadWindow } from '../../src/app/load-window.ts'
import type { Correction } from '../../src/app/ports/subscription-store.ts'
import { NOW, openCommandNewsroom, type CommandNewsroom } from '../support/command-newsroom.ts'
import { makeArticle } from '../support/make-article.ts'

let room: CommandNewsroom
beforeEach(async () => {
  room = await openCommandNewsroom()
  const article = makeArticle({ id: 'late-1', title: 'Ferry pulled free', source: 'Brackwater Herald' })
  const added = [{ article, key: 'late-1', contentHash: 'late-1' }]
  await room.store.articles.saveIngest({ feedId: 'open', atMs: NOW, added, revised: [], unchanged: [] })
  await room.store.stories.saveStep({
    id: 'step-2',
    atMs: NOW + 1_000,
    stories: [],
    placements: [{ articleId: 'late-1', storyId: 'ferryaground', reason: 'same event' }],
    copies: [],
    redirects: [],
  })
})
afterEach(() => room.close())

async function correct(
  kind: Correction['kind'],
  tenant: string | null,
  ...articleIds: string[]
): Promise<void> {
  const correction = { id: `k-${kind}`, tenant, kind, articleIds, madeBy: 'm1', madeAtMs: NOW }
  await room.store.subscriptions.addCorrection(correction)
}

async function load(tenant: string | null): Promise<Record<string, string[]>> {
  const stories = await loadWindow(room.store, { fromMs: NOW, toMs: NOW + 2_000 }, { tenant })
  return Object.fromEntries(stories.map(({ id, members }) => [id, members.map(({ article }) => article.id)]))
}

const FERRY = ['ferry-1', 'ferry-2', 'ferry-3', 'late-1']

describe('loadWindow()', () => {
  it('gives stories with something new, with all their members', async () => {
    const { ferryaground = [], ...others } = await load('t1')
    expect([...ferryaground].sort()).toEqual(FERRY)
    expect(others).toEqual({})
  })

  it('brings along what a correction of the tenant joins, for that tenant alone', async () => {
    await correct('must-link', 't1', 'trial-1', 'ferry-1')
    const { mayortrial = [] } = await load('t1')
    expect([...mayortrial].sort()).toEqual([...FERRY, 'trial-1'])
    expect(Object.keys(await load('t2'))).toEqual(['ferryaground'])
    expect(Object.keys(await load(null))).toEqual(['ferryaground'])
  })

  it('parts what a correction of the tenant parts', async () => {
    await correct('cannot-link', 't1', 'ferry-1', 'late-1')
    const stories = await load('t1')
    expect(stories['cut-k-cannot-link']).toEqual(['late-1'])
    expect([...(stories['ferryaground'] ?? [])].sort()).toEqual(FERRY.slice(0, 3))
  })

  it('leaves corrections out that were undone, and those of the operator, which the stories hold already', async () => {
    await correct('must-link', 't1', 'trial-1', 'ferry-1')
    await room.store.subscriptions.undoCorrection('k-must-link', 't1', { by: 'm1', atMs: NOW })
    await correct('cannot-link', null, 'ferry-1', 'late-1')
    expect(Object.keys(await load('t1'))).toEqual(['ferryaground'])
  })
})
