import { describe, expect, it } from 'vitest'
import { givesAdvice, opensAsFeature } from '../../../src/core/summary/feature-openings.ts'

describe('opensAsFeature()', () => {
  it.each([
    'TWO YEARS ago, a fisherman told a friend that he would never sell his boat.',
    'A few months ago, Ada Quill walked into the office of the ferry company.',
    'When a boat is lost or stolen, the harbour office makes it easy for its owner.',
    'Nobody knows what the fishermen of Ashford will do with the pier.',
    'Everyone loves a good storm, but a captain of Ashford has had enough.',
    'Nothing good comes from a bridge that nobody wants.',
    'Making matters worse is the rust that was found on the new bridge.',
    'To make matters worse, the ferry broke down on Friday.',
    'In other games, Marholm beat Ashford by two goals on Friday.',
    'On the undercard, Otto Vance beat a boxer from Marholm in five rounds.',
    'Compared with the storm of May, the fire was small.',
  ])('sees one in "%s"', (text) => {
    expect(opensAsFeature(text)).toBe(true)
  })

  it.each([
    'Two years ago today a ferry sank off Ashford with forty people aboard.',
    'Two years after the fire the pier of Ashford was opened again.',
    'When Ada Quill is sworn in on Friday, the council will have nine members.',
    'When a captain lost his ferry in May, the council paid for a new one.',
    'Everyone on the ferry was brought to land.',
    'No one was hurt when the pier of Ashford burned down.',
  ])('leaves "%s"', (text) => {
    expect(opensAsFeature(text)).toBe(false)
  })
})

describe('givesAdvice()', () => {
  it.each([
    'A harbour surveyor might review the roof and suggest a new one.',
    'A roll - on ferry may be taken for an example of old rust.',
  ])('hears it in "%s"', (text) => {
    expect(givesAdvice(text)).toBe(true)
  })

  it.each([
    'A harbour surveyor might review the roof on Monday, Ada Quill said.',
    'A garbage can was found in the river.',
  ])('leaves "%s"', (text) => {
    expect(givesAdvice(text)).toBe(false)
  })
})
