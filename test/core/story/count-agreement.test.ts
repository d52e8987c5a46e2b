import { describe, expect, it } from 'vitest'
import { bearsOut, titleCounts } from '../../../src/core/story/count-agreement.ts'

const bears = (title: string, other: string) => bearsOut(titleCounts(title, 'en'), titleCounts(other, 'en'))

describe('bearsOut()', () => {
  it.each([
    ['Ferry fire kills 11', 'Eleven people died in the ferry fire.', true],
    ['Ferry fire kills 11', 'The ferry fire killed 17 people.', false],
    ['1 dead, 3 injured in Marholm', 'Three people were injured and one died.', true],
    ['2 dead, 3 injured in Marholm', 'Two people died and five were wounded.', false],
    ['Ferry fire kills 11', 'The ferry burned off Marholm.', null],
    ['Ferry fire injures 4', 'Fires of this year injured 60 people.', null],
    ['Ferry burns off Marholm', 'The fire killed 17 people.', null],
  ])('%s | %s', (title, other, verdict) => {
    expect(bears(title, other)).toBe(verdict)
  })

  it.each([
    ['4 shot in Marholm', 'Four people were shot.', true],
    ['4 shot in Marholm', 'Two were killed and two injured.', true],
    ['4 shot in Marholm', 'One man is dead and 3 were injured.', true],
    ['5 shot in Marholm', 'The gunman injured four.', false],
    ['Gunman injures four in Marholm', 'Five people were shot.', false],
  ])('counts the shot as the dead and the hurt: %s | %s', (title, other, verdict) => {
    expect(bears(title, other)).toBe(verdict)
  })
})
