/** A value inside of parsed JSON, or `undefined` where the way does not lead to one. */
export function at(value: unknown, ...way: readonly (string | number)[]): unknown {
  let found: unknown = value
  for (const key of way) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Readonly<Record<string | number, unknown>>)[key]
  }
  return found
}

/** The string there, or `''`. */
export function textAt(value: unknown, ...way: readonly (string | number)[]): string {
  const found = at(value, ...way)
  return typeof found === 'string' ? found : ''
}

/** The array there, or an empty one. */
export function listAt(value: unknown, ...way: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...way)
  return Array.isArray(found) ? found : []
}
