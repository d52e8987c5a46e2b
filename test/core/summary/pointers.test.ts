import { describe, expect, it } from 'vitest'
import { pointersIn } from '../../../src/core/summary/pointers.ts'

/** The first stem of each thing that a sentence points at. */
function pointedAt(text: string, lang: string): (string | undefined)[] {
  return pointersIn(text, lang).map(({ stems }) => stems[0])
}

describe('pointersIn()', () => {
  it.each([
    ['en', 'The town will build such a bridge in the autumn of next year.', 'bridg'],
    ['en', 'Mayor Ada Quill told the town that the council liked this plan.', 'plan'],
    ['en', 'Divers found another barge near the harbour of Marholm on Friday.', 'barg'],
    ['en', 'Ada Quill said in Marholm that decision was hers alone to take.', 'decis'],
    ['en', 'Two men left Marholm in the silver Oduya, according to Otto Vance.', 'oduya'],
    ['en', 'Mayor Ada Quill closed it on Monday despite Vance’s response.', 'respons'],
    ['en', 'Quill’s tweet comes nine months before the town votes for a mayor.', 'tweet'],
    ['en', 'Mr. Vance’s angry remarks followed nine months of noise in town.', 'remark'],
    ['en', 'The revelations were made nine hours before the mayor came to town.', 'revel'],
    ['en', 'His tweet was a response to nine members of the town council.', 'tweet'],
    ['en', 'Ada Quill, a spokeswoman for the hospital, said that nobody was hurt.', 'hospit'],
    ['en', 'Before buying that boat, Otto Vance had sold nine others in Marholm.', 'boat'],
    ['de', 'Bürgermeisterin Ada Quill lehnte diesen Vorschlag am Montag ab.', 'vorschlag'],
    ['de', 'Am Abend wurde der 24-Jährige in Marholm von der Polizei gefunden.', '24'],
    ['fr', 'La maire Ada Quill a refusé cette proposition lundi soir à Marholm.', 'proposit'],
    ['es', 'La alcaldesa Ada Quill rechazó esa propuesta el lunes en Marholm.', 'propuest'],
    ['it', 'La sindaca Ada Quill ha respinto questa proposta lunedì a Marholm.', 'propost'],
    ['pt', 'A prefeita Ada Quill recusou essa proposta na segunda em Marholm.', 'propost'],
    ['ru', 'Мэр Ада Квилл отклонила этот проект в понедельник вечером.', 'проект'],
  ])('sees what a sentence takes as said (%s): %s', (lang, text, stem) => {
    expect(pointedAt(text, lang)).toContain(stem)
  })

  it.each([
    ['en', 'Mayor Ada Quill said this week that those who use ferries pay less.'],
    ['en', 'Ada Quill has a plan for ferries, and Otto Vance likes this plan.'],
    ['en', 'Ada Quill wants a second term, and said that violence must end.'],
    ['en', 'Mayor Ada Quill told Marholm that remarks came from nine owners.'],
    ['en', 'Otto Vance answered, and Ada Quill laughed at Vance’s response.'],
    ['en', 'Mayor Ada Quill spoke of Vance’s response to her old letter.'],
    ['de', 'Bürgermeisterin Ada Quill reist diese Woche mit einem Boot nach Marholm.'],
    ['fr', 'La maire Ada Quill visitera Marholm cette semaine, ce qui est rare.'],
    ['es', 'La alcaldesa Ada Quill visitará Marholm esta semana en barco.'],
    ['it', 'La sindaca Ada Quill visita Marholm questa settimana in barca.'],
    ['pt', 'A prefeita Ada Quill visita Marholm nesta semana de barco.'],
    ['ru', 'Мэр Ада Квилл приедет в Мархольм на этой неделе на лодке.'],
    ['vi', 'Thị trưởng nói rằng cây cầu này sẽ được sửa trong năm nay.'],
  ])('sees nothing where a sentence stands alone (%s): %s', (lang, text) => {
    expect(pointedAt(text, lang)).toEqual([])
  })

  it('judges descriptions in English by their noun', () => {
    const [first] = pointersIn('The memo reached Ada Quill.', 'en')
    expect(first?.mention).toMatchObject({ noun: 'memo', form: 'bare' })
    expect(first?.stems).toContain('memo')
  })
})
