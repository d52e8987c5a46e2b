/** How to part tasks into lanes. */
export interface LaneOptions<T> {
  /** Tasks of one lane run after each other, those of different lanes side by side. */
  readonly laneOf: (task: T) => string
  readonly maxLanes: number
  /** Tasks of one lane that run side by side after all. */
  readonly maxPerLane: number
}

/** Runs all tasks, within a lane in their order. Rejects with the first rejection of `run`; the tasks under way end first. */
export async function inLanes<T>(
  tasks: readonly T[],
  { laneOf, maxLanes, maxPerLane }: LaneOptions<T>,
  run: (task: T) => Promise<void>,
): Promise<void> {
  const lanes = Map.groupBy(tasks, laneOf).values()
  await side(maxLanes, lanes, async (lane) => side(maxPerLane, lane.values(), run))
}

/** Takes from `source` with `width` takers. They share it, so each task is taken once. */
async function side<T>(width: number, source: Iterator<T>, run: (task: T) => Promise<void>): Promise<void> {
  const take = async () => {
    for (let next = source.next(); next.done !== true; next = source.next()) await run(next.value)
  }
  const ends = await Promise.allSettled(Array.from({ length: width }, take))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
