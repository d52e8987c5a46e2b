import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const FILE = new URL('../../config/starter-feeds.yaml', import.meta.url)

const packs = z.array(
  z.strictObject({
    topic: z.string().min(1),
    /** ISO 639-1. */
    lang: z.string().length(2),
    feeds: z.array(z.strictObject({ name: z.string().min(1), url: z.url({ protocol: /^https$/ }) })).min(1),
  }),
)

/** Feeds of one topic in one language, for a first start. */
export type StarterPack = z.infer<typeof packs>[number]

/** The packs of `config/starter-feeds.yaml`, in its order. A file with faults is a bug and throws. */
export function loadStarterPacks(): readonly StarterPack[] {
  return packs.parse(parse(readFileSync(FILE, 'utf8')))
}
