/** Work under one name is done one after the other, in the order in which it was given; work under different names side by side. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Does `work` once all that was given under this name before has ended, well or not. */
  async take<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(name) ?? Promise.resolve()
    const done = before.then(work)
    const ended = done.catch(() => undefined)
    this.#last.set(name, ended)
    try {
      return await done
    } finally {
      if (this.#last.get(name) === ended) this.#last.delete(name)
    }
  }
}
