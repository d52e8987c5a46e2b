import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    // Two cores are the smallest machine that we promise to test on.
    maxWorkers: 2,
    setupFiles: ['test/support/loopback-only.ts', 'test/support/steady-properties.ts'],
  },
})
