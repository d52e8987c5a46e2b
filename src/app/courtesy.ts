/** Longest that work stands back at once, ms: digests come a little later, but they come, however many people ask. Range 50-1,000. */
const MAX_STAND_BACK_MS = 250

/** Longest that an answer is waited for, ms: one that takes longer waits for the web or a platform itself. Range 500-5,000. */
const MAX_ATTENDED_MS = 1_500

/** Lets work that can wait stand back while somebody waits for an answer: both share one thread, one database and its connections. */
export interface Courtesy {
  /** Does what somebody waits for. */
  readonly attend: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** Resolves once nobody waits for an answer, and after a quarter of a second in any case. What came in meanwhile is heard first. */
  readonly giveWay: () => Promise<void>
}

/** A courtesy for one process. */
export function createCourtesy(): Courtesy {
  let attended = 0
  const standing = new Set<() => void>()
  const calm = () => {
    for (const goOn of standing) goOn()
  }
  return {
    async attend(work) {
      let isAttended = true
      const leave = () => {
        if (isAttended) attended -= 1
        isAttended = false
        if (attended === 0) calm()
      }
      attended += 1
      const patience = setTimeout(leave, MAX_ATTENDED_MS)
      try {
        return await work()
      } finally {
        clearTimeout(patience)
        leave()
      }
    },
    async giveWay() {
      await new Promise((resolve) => setImmediate(resolve))
      if (attended === 0) return
      const { promise, resolve } = Promise.withResolvers<undefined>()
      const goOn = () => {
        resolve(undefined)
      }
      const patience = setTimeout(goOn, MAX_STAND_BACK_MS)
      standing.add(goOn)
      await promise
      clearTimeout(patience)
      standing.delete(goOn)
    },
  }
}
