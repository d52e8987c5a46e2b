import type { Article } from '../src/core/feed/article.ts'
import { groupArticles, type GroupOptions } from '../src/core/story/group-articles.ts'
import { seededRandom } from './seeded-random.ts'

/** Tries of one kind, and in how many of them the seeds came out right. */
export interface SeedTries {
  readonly name: string
  readonly right: number
  readonly tries: number
  /** What came out instead: the story of each seed, numbered by first mention; `+` where a stranger is among them. */
  readonly wrong: readonly string[]
}

/** How the seeds are shown. */
interface Disguise {
  readonly sources: boolean
  readonly dated: boolean
}

/** Articles that the seeds are hidden among. */
const OTHERS = 300

const DISGUISES: readonly Disguise[] = [true, false].flatMap((sources) =>
  [true, false].map((dated) => ({ sources, dated })),
)

/**
 * The seeds alone in all orders, with and without sources and dates. Ids are given by place, so that undated articles are read in
 * that order too.
 */
export function seedsAlone(seeds: readonly Article[], options: GroupOptions): SeedTries[] {
  return DISGUISES.map((disguise) =>
    counted(
      `alone, ${told(disguise)}`,
      permutations(seeds.map((_, i) => i)).map((order) =>
        outcome(
          order.map((seed, place) => shown(seeds[seed]!, seed, `id ${place}`, disguise)),
          seeds.length,
          options,
        ),
      ),
    ),
  )
}

/**
 * The seeds hidden among 300 others, dated as they are and undated, with random ids at random places; every other try takes a
 * stretch of the others, the rest one from each part. Others keep their sources.
 */
export function seedsHidden(
  seeds: readonly Article[],
  name: string,
  others: readonly Article[],
  tries: number,
  options: GroupOptions,
): SeedTries[] {
  const random = seededRandom(3)
  return [true, false].flatMap((othersDated) =>
    DISGUISES.map((disguise) =>
      counted(
        `among ${OTHERS} of ${name} ${othersDated ? 'as dated' : 'undated'}, ${told(disguise)}`,
        Array.from({ length: tries }, (_, t) => {
          const articles = stretch(others, t % 2 === 0, random).map((article) => ({
            ...article,
            id: randomId(random),
            publishedAtMs: othersDated ? article.publishedAtMs : null,
          }))
          seeds.forEach((seed, i) => {
            const at = Math.floor(random() * (articles.length + 1))
            articles.splice(at, 0, shown(seed, i, randomId(random), disguise))
          })
          return outcome(articles, seeds.length, options)
        }),
      ),
    ),
  )
}

function told({ sources, dated }: Disguise): string {
  return `seeds ${sources ? 'with sources' : 'without sources'}, ${dated ? 'dated as they are' : 'undated'}`
}

function counted(name: string, outcomes: readonly string[]): SeedTries {
  const wrong = outcomes.filter((one) => one !== RIGHT)
  return { name, right: outcomes.length - wrong.length, tries: outcomes.length, wrong }
}

/** Stories of 000, 001, 002, 003, 004. */
const RIGHT = '00100'
const SEED_URL = 'https://seed.example/'

function shown(seed: Article, place: number, id: string, { sources, dated }: Disguise): Article {
  return {
    ...seed,
    id,
    url: `${SEED_URL}${place}`,
    publisher: sources ? `paper ${place}` : '',
    publishedAtMs: dated ? seed.publishedAtMs : null,
  }
}

/** The stories that the seeds came out in, numbered in order of the seeds. */
function outcome(articles: readonly Article[], seeds: number, options: GroupOptions): string {
  const grouped = groupArticles(articles, options)
  const storyOf = new Map<number, string>()
  articles.forEach(({ url }, i) => {
    if (url?.startsWith(SEED_URL) === true) storyOf.set(Number(url.slice(SEED_URL.length)), grouped[i]!.story)
  })
  const stories = [...new Set(Array.from({ length: seeds }, (_, i) => storyOf.get(i)!))]
  const inStories = grouped.filter(({ story }) => stories.includes(story)).length
  const numbers = Array.from({ length: seeds }, (_, i) => stories.indexOf(storyOf.get(i)!)).join('')
  return inStories > seeds ? `${numbers}+` : numbers
}

/** Articles one after another, as a window holds them, or from all over the set. */
function stretch(articles: readonly Article[], together: boolean, random: () => number): Article[] {
  if (together || articles.length <= OTHERS) {
    const from = Math.floor(random() * Math.max(0, articles.length - OTHERS))
    return articles.slice(from, from + OTHERS)
  }
  const step = articles.length / OTHERS
  const shift = random() * step
  return Array.from({ length: OTHERS }, (_, i) => articles[Math.floor(shift + i * step)]!)
}

function randomId(random: () => number): string {
  return Math.floor(random() * 2 ** 40).toString(36)
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((one, i) =>
    permutations(items.filter((_, k) => k !== i)).map((rest) => [one, ...rest]),
  )
}
