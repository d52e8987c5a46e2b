import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startService } from '../support/run-service.ts'
import { scratchFolder } from '../support/scratch-folder.ts'

describe('tidings run', () => {
  it('serves pages beside its work, says where, and lets go of the port at the end', async () => {
    const folder = scratchFolder()
    const config = join(folder, 'tidings.yaml')
    writeFileSync(config, `database: sqlite:${join(folder, 'tidings.db')}\nweb: { port: 0, metrics: open }\n`)
    const service = await startService(config, '2026-03-10T08:00:00Z')
    const served = service.log().find(({ what }) => what === 'pages-served')
    const origin = `http://127.0.0.1:${String(served?.['port'])}`
    expect((await fetch(`${origin}/readyz`)).status).toBe(200)
    expect(await (await fetch(origin)).text()).toContain('There are no stories yet')
    const metrics = await (await fetch(`${origin}/metrics`)).text()
    expect(metrics).toContain('tidings_outcomes_total{what="pages-served",level="info"} 1')
    expect(await service.stop()).toBe(0)
    await expect(fetch(`${origin}/healthz`)).rejects.toThrow()
  }, 120_000)
})
