import type { Article } from '../feed/article.ts'
import { chooseHeadline } from '../story/headline.ts'
import { alsoSaidBy } from './also-in.ts'
import { besideStory } from './beside-story.ts'
import { chooseSentences, type Choice } from './choose-sentences.ts'
import { learnedWeights } from './concept-weights.ts'
import { findDisagreements } from './disagreements.ts'
import { lengthLimit } from './length-limit.ts'
import { knownSentences } from './novelty.ts'
import { onceEach } from './once-each.ts'
import { overtakenIn } from './overtaken.ts'
import { weakDocs } from './rank-leads.ts'
import { inReadingOrder } from './reading-order.ts'
import { referencesIn } from './references.ts'
import { resolveRelativeDay } from './relative-day.ts'
import { chooseLanguage } from './story-language.ts'
import { readStory, type StoryText } from './story-text.ts'
import type { Summary, SummaryOptions, SummarySentence } from './summary.ts'
import { chooseTimeline } from './timeline.ts'
import { isWritersVoice } from './writers-voice.ts'

/**
 * A story told in sentences of its articles, each a range of a text: `docs[doc].text.slice(start, end) === text`, always.
 *
 * Copies are removed first, then the sentences that stand alone are chosen to cover what independent articles say most and first,
 * within the limit. Same input, same summary; never throws: what cannot be told has a `problem`. About 10 ms for 10 articles at 100
 * words.
 */
export function summarizeStory(
  docs: readonly Article[],
  options: SummaryOptions,
  weigh: ConceptWeigher = learnedWeights,
): Summary {
  const { lang, note } = chooseLanguage(docs, options.lang ?? null)
  const story = readStory(docs, lang, options.copies)
  const known = knownSentences(story, options)
  const weights = weigh(story)
  known.fade(weights)
  const headline = chooseHeadline(docs, lang)
  const references = referencesIn(story, headline)
  const choice: Choice = {
    ...{ weights, headline, references },
    limit: lengthLimit(options),
    isAllowed: known.isNew,
  }
  const chosen =
    options.form === 'timeline'
      ? chooseTimeline(story, choice)
      : inReadingOrder(chooseCurrent(story, choice), story, references)
  const isAsked = options.sentences !== 0
  const problem = chosen.length === 0 && isAsked ? problemOf(story, options, known.hasNew) : undefined
  return {
    headline,
    lang,
    sentences: chosen.flatMap((i) => quote(story, i)),
    disagreements: findDisagreements(story.sentences, docs),
    ...(note === undefined ? {} : { note }),
    ...(problem === undefined ? {} : { problem }),
  }
}

/** The sentences that tell the story, as it now stands; where none is left, whatever there is. */
function chooseCurrent(story: StoryText, choice: Choice): readonly number[] {
  const isOvertaken = overtakenIn(story)
  const beside = besideStory(story)
  const isOpinion = onceEach((i) => isWritersVoice(story.sentences[i]?.text ?? '', story.lang))
  const current = chooseSentences(story, {
    ...choice,
    weakDocs: weakDocs(story, (i) => isOvertaken(i) || isOpinion(i)),
    isAllowed: (i) => choice.isAllowed(i) && !beside.has(i) && !isOpinion(i) && !isOvertaken(i),
  })
  return current.length > 0 ? current : chooseSentences(story, choice)
}

/** Gives each concept of a story its weight: one for each pair, then, where it likes, one for each word. */
export type ConceptWeigher = (story: StoryText) => Float64Array

function quote(story: StoryText, i: number): SummarySentence[] {
  const sentence = story.sentences[i]
  const article = sentence === undefined ? undefined : story.docs[sentence.doc]
  if (sentence === undefined || article === undefined) return []
  const { text, doc, start, end } = sentence
  const dateNote = resolveRelativeDay(text, story.lang, article.publishedAtMs)
  return [
    {
      text,
      doc,
      articleId: article.id,
      start,
      end,
      publisher: article.outlet === '' ? article.publisher : article.outlet,
      publishedAtMs: article.publishedAtMs,
      alsoIn: alsoSaidBy(i, story.sentences, story.content, story.docs),
      ...(dateNote === undefined ? {} : { dateNote }),
    },
  ]
}

function problemOf(story: StoryText, options: SummaryOptions, hasNew: boolean): string {
  if (story.docs.length === 0) return 'Cannot summarise story: it has no article'
  if (story.sentences.length === 0) return 'Cannot summarise story: its articles have no sentence'
  if (!hasNew && (options.sinceMs !== undefined || options.told !== undefined)) return 'Nothing new'
  return 'Cannot summarise story: no sentence fits the limit'
}
