import { describe, expect, it } from 'vitest'
import { titleFaults } from '../../../src/core/story/title-faults.ts'

describe('titleFaults()', () => {
  it.each([
    ['en', 'Ferry runs aground off Marholm in fog'],
    ['en', 'Police: Ferry captain of Marholm was asleep'],
    ['en', 'Mayor Quill: We will rebuild the harbour'],
    ['en', 'Mayor says "we should not have waited" for the ferry'],
    ['en', 'US and Westland agree on ferries'],
    ['en', 'Captain asks: "Who was at the wheel?"'],
    ['en', 'Captain Quill should pay for ferry, judge rules'],
    ['de', 'Fähre vor Marholm im Nebel auf Grund gelaufen'],
    ['fr', 'Un ferry échoue au large de Marholm dans le brouillard'],
    ['es', 'Un ferry encalla frente a Marholm por la niebla'],
    ['ru', 'Паром сел на мель у Мархольма в тумане'],
    ['es', 'Remo. Odo Quill gana la regata de Marholm'],
    [null, 'Ferry runs aground off Marholm in fog'],
  ])('finds none in a plain report (%s): %s', (lang, title) => {
    expect(titleFaults(title, lang)).toBe(0)
  })

  it.each([
    ['en', 'Is the ferry off Marholm safe to travel on?'],
    ['en', 'Ferry aground off Marholm? Captain denies it'],
    ['en', 'Opinion: the ferry off Marholm was too old'],
    ['en', 'Why the ferry off Marholm ran aground again'],
    ['en', 'Marholm ferry: what we know about the captain'],
    ['en', 'Five key takeaways from the Marholm ferry report'],
    ['en', 'Ferry aground off Marholm – here’s what that means'],
    ['en', 'Captain of Marholm ferry is right about the fog'],
    ['en', 'A heroic captain saved the ferry off Marholm'],
    ['en', 'The captain of the ferry should not resign now'],
    ['en', 'What your ferry ticket pays for in Marholm'],
    ['en', 'After the ferry – we owe it to the harbour to act'],
    ['en', 'The ferry is aground off Marholm. The mayor is away.'],
    ['en', 'Officer Ada Marie Quill'],
    ['en', 'Odo Quill of the town of Marholm Obituary'],
    ['en', 'FERRY RUNS AGROUND OFF MARHOLM IN FOG'],
    ['en', 'Marholm holds vigil for the sailors of the ferry'],
    ['de', 'Warum die Fähre vor Marholm auf Grund lief'],
    ['de', 'Wir brauchen endlich neue Fähren in Marholm'],
    ['fr', 'Pourquoi le ferry a échoué au large de Marholm'],
    ['es', 'Cómo encalló el ferry frente a la costa de Marholm'],
    ['pt', 'O que se sabe sobre o ferry encalhado em Marholm'],
    ['it', 'Perché il traghetto si è arenato davanti a Marholm'],
    ['ru', 'Почему паром сел на мель у Мархольма'],
    [null, 'Ferry'],
  ])('finds one (%s): %s', (lang, title) => {
    expect(titleFaults(title, lang)).toBeGreaterThan(0)
  })

  it('adds up', () => {
    const question = titleFaults('Is the ferry off Marholm safe to travel on?', 'en')
    expect(titleFaults('Opinion: is the ferry off Marholm safe to travel on?', 'en')).toBeGreaterThan(
      question,
    )
  })
})
