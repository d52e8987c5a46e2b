/** Answers about sentences (by index): each is found when first asked for, and kept. */
export function onceEach<Value>(find: (sentence: number) => Value): (sentence: number) => Value {
  const found = new Map<number, Value>()
  return (sentence) => {
    const known = found.get(sentence)
    if (known !== undefined) return known
    const value = find(sentence)
    found.set(sentence, value)
    return value
  }
}
