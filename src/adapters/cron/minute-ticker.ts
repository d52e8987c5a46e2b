import { createTask, type ScheduledTask } from 'node-cron'
import type { Ticker } from '../../app/ports/ticker.ts'

/**
 * The minutes of UTC. What people call a schedule is decided elsewhere (core/schedule): node-cron leaves hours out when clocks
 * change, and forgets what it missed.
 */
export function minuteTicker(): Ticker {
  let task: ScheduledTask | undefined
  return {
    start(onTick) {
      const tick = () => {
        onTick()
      }
      task = createTask('* * * * *', tick, { timezone: 'UTC', name: 'minute', suppressMissedWarning: true })
      // The machine slept, or was too busy: one tick now does for all that were missed.
      task.on('execution:missed', tick)
      void task.start()
    },
    stop() {
      void task?.destroy()
      task = undefined
    },
  }
}
