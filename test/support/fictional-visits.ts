import type { Article } from '../../src/core/feed/article.ts'
import { makeArticle } from './make-article.ts'

/** Four reports of one visit, and one (`earlier`) of another visit of the same two people a year before. None has a date. */
const VISITS: readonly (readonly [id: string, text: string])[] = [
  [
    'visit-1',
    'Norland’s president Mira Solveig will fly to Port Anselm on Thursday for two days of talks with chancellor Teodor Vask, her office said. It is her first trip abroad since she was sworn in for a second term in April. Solveig and Vask are to sign an agreement on the herring quota and to open the cable between Norland and Vaskaria. On Friday she will travel on to the northern city of Tarn, where a fair of shipbuilders is held. The two countries have called each other sister nations since the sea treaty. Norland sells most of its herring to Vaskaria after southern states closed their markets.',
  ],
  [
    'visit-2',
    'President Mira Solveig praised Vaskaria’s patience over the herring dispute in an interview before her journey to Port Anselm. The two-day visit, the first abroad of her second term, will take Solveig to chancellor Teodor Vask and then to the shipbuilders’ fair in Tarn. She told the paper Anselm Courier that the agreement on the herring quota was ready to be signed, and that the cable would be opened on Thursday. Since southern states closed their markets Norland depends on buyers in Vaskaria. Both call each other sister nations.',
  ],
  [
    'visit-3',
    'Port Anselm: Mira Solveig arrived in Vaskaria on Thursday for a two-day state visit that her government hopes will settle the herring dispute. Chancellor Teodor Vask received the Norland president at the airport. By choosing Vaskaria for the first foreign trip after her inauguration in April, Solveig shows what the sister nations mean to her. A signing of the herring quota agreement and the opening of the sea cable are planned, then a day at the fair of shipbuilders in the northern city of Tarn. Critics in Norland say the country leans on a single buyer.',
  ],
  [
    'visit-4',
    'The chancellery in Port Anselm announced on Tuesday that president Mira Solveig of Norland comes for two days at the invitation of Teodor Vask. The leaders will exchange views on the herring quota, open the cable between the two countries and sign several documents, it said. Solveig will be in Port Anselm from Thursday and visit Tarn and its shipbuilders’ fair on Friday. It is the first journey of the president since she began her second term. Southern states closed their markets to herring from Norland, which has since turned to Vaskaria.',
  ],
  [
    'earlier',
    'Teodor Vask and Mira Solveig spoke of an unbroken friendship on Monday as the chancellor of Vaskaria set out for Halden, the capital of Norland. Vask called his voyage a pilgrimage of neighbours in an article for the Halden Gazette. Southern states accuse Vaskaria of sheltering smugglers along the strait. Only days before, a court of the southern league had ordered fines against ministers of Solveig over the sinking of a patrol boat. Vask, who was confirmed in office last month, wants to offer mediation and brought a paper of twelve points that asks all sides to respect the frontiers. Norland and Vaskaria have called each other sister nations since the sea treaty.',
  ],
]

const PLACES = ['Tolmere', 'Kesten', 'Marholm', 'Ostvik', 'Lindau Bay', 'Garsk', 'Pellham', 'Rond', 'Sarnow']
const HAPPENINGS = [
  'A lorry with {n} barrels of paint overturned near {place} and blocked the ring road for {n} hours. Police sergeant {name} said nobody was hurt. Divers of the fire brigade looked for barrels in the canal until dusk.',
  'The museum of {place} shows {n} clocks that the watchmaker {name} left to the town. The oldest was made for a lighthouse. Visitors may wind three of them on Sundays, said the curator.',
  'Bakers in {place} baked a loaf of {n} metres on the market square. Guild master {name} cut it with a saw. The money goes to a new roof of the swimming hall.',
  'Goalkeeper {name} saved {n} penalties when {place} drew in the second round of the cup. The coach praised the defence. A replay is due next week in the old stadium.',
  'Engineers found {n} leaks in the water mains of {place}. Works director {name} asked households to boil water. Repairs last until the end of the month and cost more than was planned.',
  'A jury in {place} convicted the accountant {name} of taking {n} thousand crowns from a hospital fund. The defence will appeal. The judge spoke of a careful plan over many years.',
]

/** The visits with sources, hidden among 36 undated articles about other things. */
export function fictionalVisits(): Article[] {
  const others = PLACES.flatMap((place, p) =>
    HAPPENINGS.filter((_, h) => (p + h) % 3 !== 0).map((text, h) => ({
      id: `other-${p}-${h}`,
      text: text
        .replaceAll('{place}', place)
        .replaceAll('{n}', `${7 + 5 * p + h}`)
        .replaceAll('{name}', `${'ABCDEFGHI'[p]}. ${place.slice(0, 3)}${['berg', 'holt', 'sen', 'mark'][h]}`),
    })),
  )
  return [...VISITS.map(([id, text]) => ({ id, text })), ...others].map((one) =>
    makeArticle({ ...one, title: '', published: null, source: `${one.id} paper`, url: null }),
  )
}
