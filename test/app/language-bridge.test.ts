import { expect, it } from 'vitest'
import { openStore } from '../../src/adapters/storage/open-store.ts'
import { StoryGrouper } from '../../src/app/group-stories.ts'
import { LanguageBridge } from '../../src/app/language-bridge.ts'
import type { EmbeddingAnswer } from '../../src/app/ports/text-embedder.ts'
import { makeArticle } from '../support/make-article.ts'

const NOON_MS = Date.UTC(2031, 4, 5, 12)

const TEXTS = {
  en: 'The harbour town of Velm closed its old stone bridge after engineers found cracks in two pillars of it on Monday.',
  de: 'Die Hafenstadt Velm hat ihre alte Steinbrücke gesperrt, weil Ingenieure am Montag Risse in zwei Pfeilern fanden.',
  fr: 'Le musée de Trebin a perdu une horloge en argent pendant la nuit, et personne n’a entendu l’alarme du bâtiment.',
}

function told(id: string, lang: keyof typeof TEXTS, hours: number) {
  const text = `${TEXTS[lang]} ${id}.`
  const published = new Date(NOON_MS + hours * 3_600_000).toISOString()
  return makeArticle({
    id,
    url: `https://${id}.example/a`,
    source: id,
    lang,
    title: text.slice(0, 50),
    text,
    published,
  })
}

/** Bridges point one way in every language, clocks another. */
const byTopic = (texts: readonly string[]): Promise<EmbeddingAnswer> =>
  Promise.resolve({
    kind: 'vectors',
    vectors: texts.map((text) => Float32Array.from(/[Bb]r(?:idge|ücke)/.test(text) ? [1, 0] : [0, 1])),
  })

async function grouped(embed: ((texts: readonly string[]) => Promise<EmbeddingAnswer>) | null) {
  const store = await openStore('sqlite::memory:')
  let nowMs = NOON_MS + 86_400_000
  const problems: string[] = []
  const open = () => {
    const onProblem = (problem: string) => problems.push(problem)
    const bridge =
      embed === null
        ? {}
        : { bridge: new LanguageBridge({ embedder: { embed }, minLikeness: 0.8, onProblem }) }
    return StoryGrouper.open({ ...store, ...bridge, nowMs: () => nowMs++ })
  }
  const take = async (grouper: StoryGrouper, articles: readonly ReturnType<typeof told>[]) => {
    const added = articles.map((article) => ({ article, key: article.url ?? '', contentHash: article.id }))
    await store.articles.saveIngest({ feedId: null, atMs: nowMs, added, revised: [], unchanged: [] })
    await grouper.step()
  }
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
  const first = await open()
  await take(first, [told('en-1', 'en', 0), told('fr-1', 'fr', 1)])
  await take(first, [told('de-1', 'de', 2)])
  return { store, open, take, first, stories, problems }
}

const EACH = ['de-1', 'en-1', 'fr-1']

it('StoryGrouper joins stories of two languages with an embedding server, and keeps it in the history', async () => {
  const { store, stories, first, take, open, problems } = await grouped(byTopic)
  expect(await stories()).toEqual(['de-1 en-1', 'fr-1'])
  const [story] = await store.stories.stories({ limit: 1, lang: 'en' }, { tenant: null })
  const answer = await store.stories.story(story?.id ?? '', { tenant: null })
  const reasons = answer.kind === 'story' ? answer.history.map(({ reason }) => reason) : []
  expect(reasons).toContain('Tells the same in another language, by the embedding server.')
  await take(first, [told('de-2', 'de', 3)])
  await take(await open(), [told('en-2', 'en', 4), told('de-3', 'de', 5)])
  expect(await stories()).toEqual(['de-1 de-2 de-3 en-1 en-2', 'fr-1'])
  expect(problems).toEqual([])
  await store.close()
})

it('StoryGrouper keeps languages apart without a server, and with one that fails', async () => {
  const without = await grouped(null)
  expect(await without.stories()).toEqual(EACH)
  await without.store.close()
  const failing = await grouped(() => Promise.resolve({ kind: 'problem', problem: 'Cannot get vectors' }))
  expect(await failing.stories()).toEqual(EACH)
  expect(failing.problems).toEqual(['Cannot get vectors', 'Cannot get vectors'])
  await failing.store.close()
})

it('StoryGrouper keeps languages apart where the vectors differ', async () => {
  const { store, stories } = await grouped((texts) =>
    Promise.resolve({
      kind: 'vectors',
      vectors: texts.map((_, at) => Float32Array.from([at === 0 ? 0.7 : -0.7, 0.7])),
    }),
  )
  expect((await stories()).filter((ids) => ids.includes(' '))).toEqual(['de-1 en-1'])
  await store.close()
})
