/** The answers that were asked for last, so many of them; what failed is asked again. */
export class Remembered<Answer> {
  readonly #max: number
  readonly #answers = new Map<string, Promise<Answer>>()

  /** @param max answers that are kept */
  constructor(max: number) {
    this.#max = max
  }

  /** What was found for `key`, or is being found; else what `find` gives. What was not asked for longest is forgotten first. */
  get(key: string, find: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(key)
    if (known !== undefined) {
      this.#answers.delete(key)
      this.#answers.set(key, known)
      return known
    }
    const oldest = this.#answers.size >= this.#max ? this.#answers.keys().next().value : undefined
    if (oldest !== undefined) this.#answers.delete(oldest)
    const finding = find()
    this.#answers.set(key, finding)
    finding.catch(() => this.#answers.delete(key))
    return finding
  }
}
