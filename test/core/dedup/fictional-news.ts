import { createArticle, type Article, type ArticleDraft } from '../../../src/core/feed/article.ts'

/** An article with a text of its own, in English. */
export function articleOf(draft: ArticleDraft): Article {
  return createArticle({ lang: 'en', ...draft })
}

/** A wire story about a storm that never was. */
export const WIRE = [
  'The island council of Tarnholm closed its only bridge on Monday after a night of storm waves tore eleven metres of railing from the western span.',
  'Engineers from the mainland will arrive by boat on Wednesday to inspect the pillars, which were last repaired in 1987, council leader Marit Osk said.',
  'About 2,400 people live on Tarnholm, most of them families of herring fishers who sell their catch at the mainland market in Brevik.',
  '"Nobody crosses until we know what the water did down there," Osk told reporters outside the old customs house.',
  'The storm, named Ulla by the weather office, brought gusts of 143 kilometres an hour and flooded the cellars of forty houses along the quay.',
  'School will be held in the parish hall until Friday because the school bus cannot reach the northern villages.',
  'A ferry that normally carries tourists to the bird cliffs will take doctors, post and milk to the island twice a day.',
  'The regional government in Brevik has promised nine million crowns for a new railing but has not said when the money will be paid.',
]

/** The same content as {@link WIRE} in other words, with nothing of its own. */
export const REWRITE = [
  'Families on Tarnholm are cut off from the mainland after the island council closed the bridge, where storm waves tore railing from the western span during the night.',
  'Council leader Marit Osk announced that engineers from the mainland would come by boat on Wednesday and inspect the pillars of the bridge, repaired for the last time in 1987.',
  'The closure on Monday affects the 2,400 people who live on the island, mostly herring fishers and their families, who depend on the Brevik market to sell their catch.',
  'Outside the old customs house she told reporters that crossing is for nobody until it is known what the water did there.',
  'Gusts of 143 kilometres an hour came with the storm, to which the weather office gave the name Ulla, and along the quay forty houses had flooded cellars.',
  'Because the northern villages cannot be reached by the school bus, pupils will have school in the parish hall until Friday.',
  'Twice a day doctors, milk and post will travel on the ferry which normally carries tourists to see the bird cliffs of the island.',
  'A new railing is to be paid by the regional government, which promised nine million crowns in Brevik without saying when the money comes.',
]

/** An own report of another paper on the same event: other people, other facts. */
export const REPORT = [
  'Grocer Henrik Dalby counted his last loaves on Monday morning and shrugged: no lorry will come to Tarnholm this week.',
  'His shop is the only one between the harbour and the lighthouse, and by noon the shelves for bread and candles were empty.',
  'Neighbours carried sandbags to the cellar of widow Tove Lindqvist, 81, whose piano floated in half a metre of brine.',
  '"We have seen worse in the winter of 1962, but then there was no bridge to miss," she said and laughed.',
  'Volunteers of the rowing club offer to bring medicine across the sound, although the harbour master warned them against it.',
  'A petition for a tunnel, first drawn up by teacher Jonas Aker, gathered three hundred names in one afternoon.',
  'Insurers in the capital expect claims of some twenty million, mostly for boats that broke loose in the marina.',
]

/** A story about something else. */
export const OTHER = [
  'The museum of clocks in Ostrava Nova has found a pocket watch that it had listed as stolen since the spring of 1974.',
  'Curator Pavla Hronek discovered it behind a drawer while moving a cabinet to the new reading room on the second floor.',
  'The silver watch belonged to the astronomer Imre Valk, who carried it on three voyages to measure the transit of Venus.',
  'Police closed the case the same afternoon, forty-nine years after a guard had reported the empty display.',
  'Visitors can see the watch from Saturday on, next to the letters that Valk wrote to his sister in Trebin.',
  'The museum will also restore its great tower clock, which has been silent since lightning struck the roof in May.',
]

/** Sentences as a text of paragraphs. */
export function textOf(...sentences: readonly (readonly string[])[]): string {
  return sentences.flat().join('\n')
}
