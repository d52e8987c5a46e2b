import type { CommandReply, Completion } from '../ports/chat.ts'
import type { Ask } from './command-family.ts'
import { choice, echo, reply, say } from './reply-words.ts'
import { storyMenu } from './story-card.ts'
import { StoryReader, type SeenStory } from './story-reader.ts'

/** One story, or the reply that says why there is not exactly one. */
export type OneStory =
  | { readonly kind: 'story'; readonly story: SeenStory; readonly reader: StoryReader }
  | { readonly kind: 'reply'; readonly reply: CommandReply }

/** Looks for the one story that an id or words mean. */
export async function findOneStory(ask: Ask, target: string): Promise<OneStory> {
  const reader = new StoryReader(ask)
  const found = await reader.find(target)
  switch (found.kind) {
    case 'story':
      return { kind: 'story', story: found.story, reader }
    case 'several':
      return {
        kind: 'reply',
        reply: reply([
          {
            heading: [{ text: `Several stories fit ${echo(target)}` }],
            lines: found.stories.map(({ id, headline }) => [
              { text: headline },
              { text: ` ${id}`, quiet: true },
            ]),
            ...storyMenu(found.stories),
          },
        ]),
      }
    case 'none':
      return {
        kind: 'reply',
        reply: say(
          `No story fits ${echo(target)}. Try other words, or /news search to look through all articles.`,
        ),
      }
  }
}

/** Latest stories whose headline is looked at while somebody types. */
const OFFERED_STORIES = 60

/** Offers of stories for what is typed so far: an id, the beginning of one, or a part of the headline. */
export async function completeStory(ask: Ask, typed: string): Promise<Completion[]> {
  const reader = new StoryReader(ask)
  const wanted = typed.trim().toLowerCase()
  const latest = await reader.list({ limit: OFFERED_STORIES })
  const fitting = latest.filter(
    ({ id, headline }) => id.startsWith(wanted) || headline.toLowerCase().includes(wanted),
  )
  const found = fitting.length > 0 || wanted.length < 3 ? fitting : await foundByWords(reader, wanted)
  return found.flatMap(({ id, headline }) => choice(headline, id))
}

async function foundByWords(reader: StoryReader, words: string): Promise<readonly SeenStory[]> {
  const found = await reader.find(words)
  if (found.kind === 'none') return []
  return found.kind === 'story' ? [found.story] : found.stories
}
