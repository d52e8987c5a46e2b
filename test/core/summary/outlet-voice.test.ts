import { describe, expect, it } from 'vitest'
import { asksForHelp, isOutletVoice } from '../../../src/core/summary/outlet-voice.ts'

describe('isOutletVoice()', () => {
  it.each([
    'Eyewitness News has learned that the captain came from Port Ansley.',
    'Much of the smoke CBS 11 saw from the pier came out of one old boat.',
    'Divers still look for the boat, but Channel 2 has learned that it was empty.',
    'News-5 has learned that the pier of Ashford was sold.',
    'KBAY 9 News asked the captain if he felt bad about the bridge.',
    'KWIN-TV reached out to the owner of the pier, but he has not answered.',
    'The Harbour Times spoke with more than ten fishermen about the bridge.',
    'NBC 9 has confirmed the name of the captain.',
    'A viewer sent a picture of the fire on the pier.',
    'FOX10 News will continue to look into the matter.',
    'Some CBS 11 viewers, like Ada Quill, were outraged at once.',
    'Harbour9.com has long reported on the captain.',
    'Harbour Post reporter Otto Vance recaps the crimes of the night.',
    'KBAY9’s Mara Fenn is live outside the harbour hospital.',
    'HARBOUR News 10’s Ada Fenn spoke to the mother of the captain on Monday.',
    'The affiliate confirmed the fire through Otto Vance, the head of a fishermen’s club.',
    'The council has sold the old bridge, member station WHRB reports.',
    'Police said they wanted to thank residents and shops for their patience.',
    'The mayor of Ashford thanked the community for its help.',
    'The owner of the boat said his thoughts were with the fishermen.',
  ])('hears it in "%s"', (text) => {
    expect(isOutletVoice(text)).toBe(true)
  })

  it.each([
    'The captain told FOX 4 that the boat was empty.',
    'The council has sold the old bridge, the Harbour Post has learned.',
    'The bridge was empty, according to a letter the Harbour Times obtained on Friday.',
    'CBS affiliate KBAY reports that the captain was fined.',
    'The owner who spoke with The Harbour Times asked for a new bridge.',
    'The WHO asked the council for a list of the ferries.',
    'Prosecutor Otto Post asked the captain to leave the boat.',
    'Ashford’s Mayor Ada Fenn closed the bridge and spoke to nobody.',
    'The bridge that FOX 4 sold will continue to stand.',
    'KBAY has sold its old pier to the council of Ashford.',
    'The fishermen want to leave the harbour before the storm.',
    'The council is working hard to restore the trust of the town in its media.',
  ])('leaves "%s"', (text) => {
    expect(isOutletVoice(text)).toBe(false)
  })
})

describe('asksForHelp()', () => {
  it.each([
    'Police are asking for the public’s help to find the boat.',
    'The harbour office is asking for help identifying the captain.',
    'Police were still looking for witnesses on Friday.',
    'The mayor is asking the community to help the fishermen.',
  ])('sees an appeal in "%s"', (text) => {
    expect(asksForHelp(text)).toBe(true)
  })

  it.each([
    'The council asked witnesses about the loan for the bridge.',
    'The town sought help from Northland and Marholm after the storm.',
    'Police are asking for the public’s help to find the two men who set fire to the old pier of Ashford on Friday night and fled in a boat.',
    'The captain was looking for information on the old pier.',
  ])('leaves "%s"', (text) => {
    expect(asksForHelp(text)).toBe(false)
  })
})
