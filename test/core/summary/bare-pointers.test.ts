import { describe, expect, it } from 'vitest'
import { hasBareHere, hasBareThat } from '../../../src/core/summary/bare-pointers.ts'

describe('hasBareHere()', () => {
  it.each([
    'After a look at the wreck, officials here determined that it was a ferry.',
    'The vote has kindled hopes here and in the West.',
    'A captain went to court here Tuesday morning.',
    'Here are five things to know about the bridge.',
  ])('misses the place in "%s"', (text) => {
    expect(hasBareHere(text)).toBe(true)
  })

  it.each([
    'The mayor spoke here in Ashford about the bridge.',
    'The captain met fishermen here at the Harbour Hotel on Friday.',
    'There is a pier in Ashford where the ferry lands.',
  ])('leaves "%s"', (text) => {
    expect(hasBareHere(text)).toBe(false)
  })
})

describe('hasBareThat()', () => {
  it.each([
    'Reporters were told that was because the mayor wanted to spare the town.',
    'The captain’s lawyers say that is not the case.',
    'The record will show this in no small part because of the fishermen.',
    'The town counts on the police to find out who did this.',
  ])('misses what it means in "%s"', (text) => {
    expect(hasBareThat(text)).toBe(true)
  })

  it.each([
    'The mayor said that the bridge was closed for good.',
    'The papers show this bridge to be older than the town.',
    'The captain had never seen a storm like this.',
  ])('leaves "%s"', (text) => {
    expect(hasBareThat(text)).toBe(false)
  })
})
