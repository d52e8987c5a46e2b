import { describe, expect, it } from 'vitest'
import { isPageLeftover } from '../../../src/core/summary/page-leftovers.ts'

describe('isPageLeftover()', () => {
  it.each([
    'Anyone who saw the boat is asked to call the Ashford harbour police.',
    'Police ask people with information about the fire to come forward.',
    'The tip line of the harbour police is 555-0142.',
    'Letters can be sent to desk@harbour-post.example by Friday evening.',
    'Add Northland as an interest to stay up to date on the latest Northland news.',
    'Stay with Channel 12 for more on the storm.',
    'An earlier version of this story named the wrong bridge.',
    'Corrections and clarifications: The bridge was opened in May.',
    '*The Post does not know what the fund pays for.',
    '[Emphasis added] Ms. Quill has not resigned, the mayor said.',
    '...and the bridge of Ashford was closed again.',
    'Neighbours gathered outside a home in Ashford where they...',
    'The council said on Friday that the bridge would be [+123 chars]',
    'Best Places To See Boats In Ashford has been on since May.',
    'Mayor Ada Quill waves as she leaves the pier of Ashford, Friday, May 16, 2031, after a feast of the fishermen.',
    "Channel 12's Ada Quill speaks with families about the storm.",
    'AFP People look at the remains of a bridge near the village.',
    'Harbour talks Mayor sides with fishermen on the toll The council said it would wait.',
    'Films of the storm went round, like this one from the pier.',
    'The quay was closed at noon.{} Police told{} the Post so on Friday.',
    'Boating 101: The safe ways to leave the harbour.',
    'Get Breaking News First Receive Harbour News Each Morning.',
    'The council of Ashford declined to comment on Friday.',
    'The harbour office did not immediately respond to a message on Friday.',
    'The owner of the pier could not be reached on Sunday.',
    'A captain of the ferry did not return two calls.',
    'The mayor of Ashford was not available for comment.',
    'The authoritative record of the show is the audio record.',
    'Ada Quill / Coastwire The council of Ashford said that it would wait.',
    'Ada Quill, a columnist of the Harbour Post, has covered the council since 1982.',
    "The Life of a Harbour Queen, '' said in a talk of 1996 that she was well.",
    'Translation: There is a real chance that the bridge falls down.',
    'Captain Ada Quill joined us for more about the storm.',
    'Obituary Guest Book 4 entries The Guest Book of Ashford is expired.',
    'Ada Quill (left) and Otto Vance were fined for the fire on the pier.',
    'Mayor Ada Quill (N-AN) (C) is surrounded by fishermen as she leaves the pier.',
    'Captain Otto Vance, second from right, and his crew have left the harbour.',
    'Ada Quill, seen here on a ferry in May, said that the council would wait.',
    '1 of 2 Ada Quill shows the first page of the Harbour Post.',
    'Otto Vance, who lost his boat, reacts as Ada Quill speaks of the storm.',
    'Otto Vance (not pictured) was met by the fishermen of the town.',
    'Otto Vance reviews the plans of a pier in Ashford, U.S., May 14, 2031.',
    'The fire was reported at the end of Mill Street (see map below) on Friday.',
    'More Harbour Fire Photos Family members named the captain on Friday.',
  ])('knows "%s"', (text) => {
    expect(isPageLeftover(text, 'en')).toBe(true)
  })

  it.each([
    'Police asked the council for a new boat on Friday.',
    'The council called the plan "the best in years" on Friday.',
    'The council left the pact on May 16, 2031, after a vote.',
    'The song “Home Is where The heart rests” was played in Ashford.',
    'Quill added: “The bridge was closed for good on Friday.”',
    'Ada Quill tweeted Sunday: “The bridge was closed for good.”',
    'The council, whose members declined to comment on the sum last week, has bought the old ferry for three million, said two people who know of it.',
    "The play ''Harbour Queen'' was shown in Ashford.",
    "The mayor said ``the play was shown'' in Ashford.",
    'Harbour Post Editor Ada Quill has resigned, the paper said.',
    'About 555,000 people live along the river.',
    '$3 million was spent on the bridge in 2014-2015.',
    '"The bridge is safe," the mayor of Ashford said.',
    'Tapper said on Friday that the council would wait.',
    'Ada Quill (N-AN) said that the left and the right wing of the council agree.',
    'The papers had a (C) for confidential on the first page of each.',
    'Ada Quill left the harbour of Ashford, Northland, on May 14, 2031.',
    'The owner could not be reached, but his son says that the pier is sold.',
    'The ferry did not return to the harbour of Ashford on Friday.',
    'The old pier could not be saved on Sunday.',
    'Downloads of the harbour film rose by half in May.',
    'The 2014 Northland Film Festival opened “From Here To The Sea” on Friday.',
  ])('leaves "%s"', (text) => {
    expect(isPageLeftover(text, 'en')).toBe(false)
  })

  it('judges words in English only, marks everywhere', () => {
    expect(isPageLeftover('Read more boats liegen im Hafen von Ashford.', 'de')).toBe(false)
    expect(isPageLeftover('Die Brücke von Ashford ist wieder …', 'de')).toBe(true)
    expect(isPageLeftover('¿Quién dijo que el puente está cerrado? preguntó Quill.', 'es')).toBe(false)
    expect(isPageLeftover('ऐशफोर्ड का पुल शुक्रवार को बंद रहा।', 'hi')).toBe(false)
    expect(isPageLeftover('ऐशफोर्ड का पुल शुक्रवार को बंद रहा.......', 'hi')).toBe(false)
  })
})
