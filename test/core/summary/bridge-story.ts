import { createArticle, type Article } from '../../../src/core/feed/article.ts'

/** A fictional story of five publishers; the fourth article copies the first, and two differ about the injured. */
export function bridgeStory(): Article[] {
  return [
    createArticle({
      id: 'post',
      title: 'Harbour bridge collapses in Ellmstadt',
      source: 'Harbour Post',
      published: '2031-05-13T18:00:00Z',
      lang: 'en',
      text: `ELLMSTADT, May 13 (CNA) - The old harbour bridge in Ellmstadt collapsed into the river on Tuesday, injuring 12 people, the fire brigade said.

Rescue boats pulled four drivers from the water within an hour of the collapse, according to fire chief Mara Fenn.

She said that nobody was missing.

Fenn told reporters that divers would search the river again in the morning.

The bridge was built in 1921 and carried about 9,000 cars a day.

"It sounded like thunder," said Otto Vance, a baker who works beside the bridge.

Is the northern bridge safe?`,
    }),
    createArticle({
      id: 'coast',
      title: 'Fifteen hurt as bridge falls into river | Coast Radio',
      source: 'Coast Radio',
      published: '2031-05-13T17:30:00Z',
      lang: 'en',
      text: `At least 15 people were injured when the harbour bridge in Ellmstadt fell into the river on Tuesday evening, rescuers said.

Mayor Ada Quill closed all other bridges in the city until engineers have inspected them.

Ferries will carry commuters across the river free of charge from Wednesday morning, the city transport office announced.

However, the ferries cannot take lorries.`,
    }),
    createArticle({
      id: 'north',
      title: 'Inspectors had warned of rust at Ellmstadt bridge',
      source: 'Northern Courier',
      published: '2031-05-14T07:00:00Z',
      lang: 'en',
      text: `Inspectors had warned the city of Ellmstadt of rust in the harbour bridge two years before the bridge collapsed into the river.

Their report, seen by the Northern Courier, asked for repairs that would have cost 3.2 million crowns.

Mayor Ada Quill said on Wednesday that the city had planned to start the repairs of the harbour bridge in September.

READ MORE: Ten bridges to love`,
    }),
    createArticle({
      id: 'copy',
      title: 'Bridge collapses',
      source: 'Evening Sheet',
      published: '2031-05-13T19:00:00Z',
      lang: 'en',
      text: `The old harbour bridge in Ellmstadt collapsed into the river on Tuesday, injuring 12 people, the fire brigade said.

Rescue boats pulled four drivers from the water within an hour of the collapse, according to fire chief Mara Fenn.

She said that nobody was missing.

Fenn told reporters that divers would search the river again in the morning.`,
    }),
    createArticle({
      id: 'bote',
      title: 'Brücke in Ellmstadt eingestürzt',
      source: 'Stadtbote',
      published: '2031-05-13T21:00:00Z',
      lang: 'de',
      text: `In Ellmstadt ist am Dienstag die alte Hafenbrücke in den Fluss gestürzt und hat zwölf Menschen verletzt.

Die Feuerwehr rettete vier Fahrer aus dem Wasser, wie ihre Leiterin Mara Fenn am Abend mitteilte.`,
    }),
  ]
}
