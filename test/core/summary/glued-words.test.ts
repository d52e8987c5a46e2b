import { describe, expect, it } from 'vitest'
import { hasGluedWord } from '../../../src/core/summary/glued-words.ts'

const once = (): boolean => false
const often = (): boolean => true

describe('hasGluedWord()', () => {
  it.each([
    'The captain of the ferry is unknownAnyone with a boat may help.',
    'Police are looking forAda Quill of Port Ansley.',
    'The best boats in AshfordAshford has a long pier.',
    'Mayor Ada Quill Ada Jane QuillHarbour watchdog opens an inquiry said no.',
    'Divers baNorthland mayor Ada Quill said the pier was lost.',
    'The pier was sold byThe Harbour Post in May.',
    'The bridge was closed on MondayThe council meets again in May.',
  ])('sees two texts in "%s"', (text) => {
    expect(hasGluedWord(text, once)).toBe(true)
  })

  it.each([
    'MacAllister and McCoy told NewsHarbour that the iPhone of DeVane, diMarco and deVere was lost.',
    'Users of #BlueHarbour wrote to BoatFeed about LinkedOut.',
    'The site HarbourNews.example said so.',
    'НовыйМост и ВестиПорт сообщили об этом.',
    '港口周五关闭了。',
  ])('leaves names as "%s"', (text) => {
    expect(hasGluedWord(text, once)).toBe(false)
  })

  it('leaves a name that begins small where it is written more than once', () => {
    expect(hasGluedWord('The boats of harbourLine stayed in port.', often)).toBe(false)
    expect(hasGluedWord('The boats of harbourLine stayed in port.', once)).toBe(true)
  })
})
