import type { Article } from '../../src/core/feed/article.ts'
import { makeArticle } from './make-article.ts'

/** Three events told by fictional outlets: three reports each of a bridge and an election, two of a fire like another fire. */
const REPORTS: readonly (readonly [
  id: string,
  event: string,
  title: string,
  text: string,
  published: string,
])[] = [
  [
    'bridge-1',
    'bridge',
    'Old Varn bridge closed after cracks found',
    'The old bridge over the Varn in Tolmere was closed on Tuesday after divers found cracks in two of its piers. City engineer Ada Brandvik said the bridge would stay shut for at least six weeks. About 14,000 cars cross the bridge each day. Traffic is led over the ring road. The cracks were found during a routine inspection of the piers.',
    '2026-03-10T09:00:00Z',
  ],
  [
    'vote-1',
    'vote',
    'Lindholm wins Estmark election by narrow margin',
    'Greta Lindholm has won the presidential election in Estmark with 50.8 per cent of the vote, the election commission said. Her rival Pavel Oster conceded shortly before midnight. Lindholm promised to lower energy prices and to keep the country in the northern customs union. Turnout was 71 per cent, the highest in twenty years.',
    '2026-03-10T23:10:00Z',
  ],
  [
    'bridge-2',
    'bridge',
    'Tolmere shuts Varn bridge: cracks in piers',
    'Tolmere has shut its old bridge over the river Varn. Divers who inspected the piers found cracks in two of them, city engineer Ada Brandvik told reporters. Repairs will take six weeks or more, and the 14,000 cars that use the bridge every day must take the ring road.',
    '2026-03-10T11:30:00Z',
  ],
  [
    'fire-1',
    'fire-kesten',
    'Warehouse fire in Kesten: two firefighters hurt',
    'Two firefighters were hurt in a fire at a furniture warehouse in Kesten on Wednesday night. The roof of the building in Dock Street fell in. Fire chief Jonas Hale said the cause was not known. Forty people from houses nearby spent the night in a school.',
    '2026-03-11T06:00:00Z',
  ],
  [
    'vote-2',
    'vote',
    'Oster concedes as Lindholm takes presidency in Estmark',
    'Pavel Oster conceded defeat to Greta Lindholm in Estmark’s presidential election. The election commission put Lindholm at 50.8 per cent. She wants lower energy prices and says Estmark will stay in the northern customs union. The turnout of 71 per cent was the highest in two decades.',
    '2026-03-11T05:00:00Z',
  ],
  [
    'fire-2',
    'fire-orly',
    'Paint factory burns in Orlsund, one worker missing',
    'A worker was missing after a paint factory burned down in Orlsund on Wednesday. Black smoke hung over the harbour for hours, and the motorway was closed. The company said that a tank of solvent had exploded. Police asked people to keep their windows shut.',
    '2026-03-11T07:00:00Z',
  ],
  [
    'bridge-3',
    'bridge',
    'Six weeks of detours as Varn bridge in Tolmere is repaired',
    'Drivers in Tolmere face six weeks of detours: the old Varn bridge is closed because divers found cracks in two piers. City engineer Ada Brandvik said safety came first. The 14,000 cars a day that cross the bridge are sent over the ring road.',
    '2026-03-11T08:00:00Z',
  ],
  [
    'fire-3',
    'fire-kesten',
    'Kesten warehouse blaze injures two firefighters',
    'A blaze in a furniture warehouse in Dock Street, Kesten, injured two firefighters on Wednesday night. The roof fell in, and forty neighbours were taken to a school. Fire chief Jonas Hale said it was too early to name a cause.',
    '2026-03-11T08:30:00Z',
  ],
  [
    'vote-3',
    'vote',
    'Estmark elects Greta Lindholm president',
    'Voters in Estmark have elected Greta Lindholm president. She had 50.8 per cent, Pavel Oster 49.2, the election commission said after a count that lasted until midnight. Lindholm told supporters that she would bring energy prices down.',
    '2026-03-11T09:00:00Z',
  ],
]

/** The reports in order of arrival. */
export function fictionalEvents(): Article[] {
  return REPORTS.map(([id, , title, text, published]) =>
    makeArticle({ id, title, text, published, source: `Outlet of ${id}`, url: `https://${id}.example/news` }),
  )
}

/** The event that each report tells, by id. */
export const EVENT_OF: ReadonlyMap<string, string> = new Map(REPORTS.map(([id, event]) => [id, event]))
