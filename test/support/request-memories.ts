import type { RequestMemory } from '../../src/app/ports/request-memory.ts'

/** A memory that takes every request for new, as one does that is out of reach. */
export const FORGETFUL: RequestMemory = { isNew: () => Promise.resolve(true) }

/** A memory as one process has it, or several that share it. */
export function rememberRequests(): RequestMemory {
  const seen = new Set<string>()
  return {
    isNew(id) {
      const isNew = !seen.has(id)
      seen.add(id)
      return Promise.resolve(isNew)
    },
  }
}
