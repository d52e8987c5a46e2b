/** A process that dies at a chosen step: with it, everything that it asks of the street. */
export class DyingProcess {
  #steps = 0
  #isDead = false
  readonly #diesAt: number
  readonly #diesAfter: boolean

  /** @param diesAfter it dies when the step is done, and never hears of it; else before it */
  constructor(diesAt: number, diesAfter: boolean) {
    this.#diesAt = diesAt
    this.#diesAfter = diesAfter
  }

  /** Whether it came so far. */
  get isDead(): boolean {
    return this.#isDead
  }

  /** The same object; each call of an async method is a step. Calls named in `free` are none, but fail after death. */
  watch<T extends object>(target: T, free: readonly string[] = []): T {
    return new Proxy(target, {
      get: (object, name) => {
        const value: unknown = Reflect.get(object, name)
        if (typeof value !== 'function') return value
        return (...args: unknown[]): unknown => {
          const call = (): unknown => Reflect.apply(value as () => unknown, object, args)
          return free.includes(String(name)) ? call() : this.#step(call)
        }
      },
    })
  }

  async #step(call: () => unknown): Promise<unknown> {
    if (this.#isDead) throw new Error('the process is dead')
    this.#steps += 1
    const isLast = this.#steps === this.#diesAt
    if (isLast && !this.#diesAfter) this.#die()
    const answer = await call()
    if (isLast) this.#die()
    return answer
  }

  #die(): never {
    this.#isDead = true
    throw new Error('the process is dead')
  }
}
