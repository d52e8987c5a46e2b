import { describe } from 'vitest'
import { inProcessQueue } from '../../../src/adapters/queue/in-process-queue.ts'
import { queueContract } from './queue-contract.ts'

describe('inProcessQueue()', () => {
  queueContract(() => Promise.resolve(inProcessQueue()))
})
