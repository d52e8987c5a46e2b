import { describe, expect, it } from 'vitest'
import { inProcessQueue } from '../../src/adapters/queue/in-process-queue.ts'
import type { Outcome } from '../../src/app/ports/outcome-log.ts'
import {
  ALL_ROLES,
  runService,
  type GroupingPart,
  type Role,
  type ServiceRooms,
} from '../../src/app/run-service.ts'

const NOTHING = { added: 0, revised: 0, feeds: [], more: false }
const IDLE = { placed: 0, stories: 0, more: false }

/** A service of rooms that only write down what they are asked for. */
function startService(
  { owner, openGrouper, ...more }: Partial<ServiceRooms> & Partial<GroupingPart> = {},
  roles: readonly Role[] = ALL_ROLES,
) {
  const done: string[] = []
  const said: Outcome[] = []
  const stop = new AbortController()
  const queue = inProcessQueue()
  let onTick = (): void => undefined
  const note = <T>(what: string, answer: T): Promise<T> => {
    done.push(what)
    return Promise.resolve(answer)
  }
  const ended = runService(
    {
      ticker: { start: (tick) => (onTick = tick), stop: () => done.push('no more ticks') },
      queue,
      parts: [
        {
          name: 'all',
          owner: owner ?? { hold: () => Promise.resolve(true), release: () => note('released', undefined) },
          openGrouper: openGrouper ?? (() => note('open', { step: () => note('step', IDLE) })),
        },
      ],
      collect: () => note('collect', NOTHING),
      retain: () => Promise.resolve(0),
      send: () => note('send', { planned: 0, skipped: 0, failed: 0 }),
      servers: [],
      log: (outcome) => said.push(outcome),
      ...more,
    },
    { roles, stop: stop.signal },
  )
  const rest = async () => {
    for (let calm = 0; calm < 10; calm += 1) {
      await queue.idle()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return {
    ended,
    done,
    said: (what: string) => said.filter((one) => one.what === what),
    rest,
    tick: async () => {
      onTick()
      await rest()
    },
    end: async () => {
      stop.abort()
      await ended
    },
  }
}

describe('runService()', () => {
  it('does a round of each beat at once and with every minute, and lets go in the end', async () => {
    const service = startService()
    await service.rest()
    expect(service.done.toSorted()).toEqual(['collect', 'open', 'send', 'step'])
    await service.tick()
    expect(service.done.filter((what) => what === 'collect')).toHaveLength(2)
    await service.end()
    expect(service.done.slice(-2)).toEqual(['no more ticks', 'released'])
  })

  it('ends with the reason where nothing is left to do without a server, and goes on where something is', async () => {
    const serve = () => Promise.reject(new Error('Cannot serve Discord: it does not take the token'))
    const servers = [{ role: 'gateway' as const, name: 'discord', serve }]
    const lost: string[] = []
    const failing = (ends: boolean) =>
      startService({
        servers,
        onServerFailed: (name) => {
          lost.push(name)
          return ends
        },
      })
    const service = failing(true)
    expect(await service.ended).toBe('Cannot serve Discord: it does not take the token')
    expect(service.done.slice(-2)).toEqual(['no more ticks', 'released'])
    const other = failing(false)
    await other.tick()
    expect(other.said('server-failed')).toHaveLength(1)
    await other.end()
    expect(await other.ended).toBeNull()
    expect(lost).toEqual(['discord', 'discord'])
  })

  it('does only what its roles ask for', async () => {
    const service = startService({}, ['send'])
    await service.tick()
    expect(new Set(service.done)).toEqual(new Set(['send']))
    await service.end()
  })

  it('collects on where more is due', async () => {
    let rounds = 0
    const service = startService({
      collect: () => Promise.resolve({ ...NOTHING, more: (rounds += 1) < 3 }),
    })
    await service.rest()
    expect(rounds).toBe(3)
    await service.end()
  })

  it('goes on after rounds that failed: a database may go and come back', async () => {
    let isGone = true
    const fail = () => Promise.reject(new Error('Cannot reach database'))
    const service = startService({
      collect: () => (isGone ? fail() : Promise.resolve(NOTHING)),
      send: () => (isGone ? fail() : Promise.resolve({ planned: 2, skipped: 0, failed: 0 })),
      owner: { hold: () => (isGone ? fail() : Promise.resolve(true)), release: fail },
    })
    await service.rest()
    expect(service.said('round-failed').map(({ facts }) => facts['round'])).toEqual([
      'own',
      'collect',
      'send',
    ])
    isGone = false
    await service.tick()
    expect(service.said('digests-due')).toHaveLength(1)
    expect(service.said('grouping-taken')).toHaveLength(1)
    await service.end()
  })

  it('reads the stories again after a step that failed', async () => {
    let opened = 0
    const service = startService({
      openGrouper: () => {
        opened += 1
        const step = () => (opened === 1 ? Promise.reject(new Error('disk is full')) : Promise.resolve(IDLE))
        return Promise.resolve({ step })
      },
    })
    await service.rest()
    await service.tick()
    await service.tick()
    expect(opened).toBe(2)
    await service.end()
  })

  it('lets another process group, and reads the stories again when it owns them again', async () => {
    let owns = true
    const service = startService({
      owner: { hold: () => Promise.resolve(owns), release: () => Promise.resolve() },
    })
    await service.rest()
    owns = false
    await service.tick()
    const steps = service.done.filter((what) => what === 'step').length
    await service.tick()
    expect(service.done.filter((what) => what === 'step')).toHaveLength(steps)
    owns = true
    await service.tick()
    expect(service.done.filter((what) => what === 'open')).toHaveLength(2)
    expect(service.said('grouping-lost')).toHaveLength(1)
    await service.end()
  })

  it('drops old texts only where it owns the stories, and tells how many', async () => {
    const rooms = { retain: () => Promise.resolve(3) }
    const owner = startService(rooms)
    await owner.rest()
    expect(owner.said('texts-dropped')).toMatchObject([{ facts: { articles: 3 } }])
    await owner.end()
    const other = startService({
      ...rooms,
      owner: { hold: () => Promise.resolve(false), release: () => Promise.resolve() },
    })
    await other.tick()
    expect(other.said('texts-dropped')).toEqual([])
    await other.end()
  })

  it('ends only when what is under way has ended', async () => {
    let goOn: (() => void) | undefined
    const service = startService({
      send: async () => {
        await new Promise<void>((resolve) => (goOn = resolve))
        service.done.push('sent')
        return { planned: 1, skipped: 0, failed: 0 }
      },
    })
    while (goOn === undefined) await new Promise((resolve) => setImmediate(resolve))
    const end = service.end()
    goOn()
    await end
    expect(service.done).toContain('sent')
    expect(service.done.at(-1)).toBe('released')
  })

  it('runs its servers until it stops; one that cannot serve stops nothing', async () => {
    const served: string[] = []
    const service = startService(
      {
        servers: [
          {
            role: 'gateway',
            name: 'good',
            serve: (stop) =>
              new Promise((resolve) => {
                stop.addEventListener('abort', () => {
                  served.push('good')
                  resolve()
                })
              }),
          },
          { role: 'gateway', name: 'bad', serve: () => Promise.reject(new Error('token is wrong')) },
          { role: 'web', name: 'other', serve: () => Promise.resolve(void served.push('other')) },
        ],
      },
      ['gateway'],
    )
    await service.rest()
    expect(service.said('server-failed')).toMatchObject([
      { facts: { server: 'bad', problem: 'token is wrong' } },
    ])
    await service.end()
    expect(served).toEqual(['good'])
  })
})
