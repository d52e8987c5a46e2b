/** Places of the table: over twice as many as an article has terms or word pairs. */
export const PROBE_PLACES = 1 << 11
export const PROBE_MASK = PROBE_PLACES - 1

/**
 * A small hash table from keys to places, made anew for each article and asked for thousands of keys that it mostly lacks: it
 * stays in the processor's nearest memory. Hot loops read `keys` and `places` (0: free; else the place plus one) themselves.
 */
export interface ProbeTable {
  readonly keys: Int32Array
  readonly places: Uint16Array
  readonly clear: () => void
  /** Adds a key that is not there. At most half of {@link PROBE_PLACES} keys fit. */
  readonly add: (key: number, place: number) => void
}

/** An empty table. */
export function createProbeTable(): ProbeTable {
  const keys = new Int32Array(PROBE_PLACES)
  const places = new Uint16Array(PROBE_PLACES)
  return {
    keys,
    places,
    clear() {
      places.fill(0)
    },
    add(key, place) {
      let at = key & PROBE_MASK
      while (places[at] !== 0) at = (at + 1) & PROBE_MASK
      keys[at] = key
      places[at] = place + 1
    },
  }
}
