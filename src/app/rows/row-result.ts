/** What becomes of one row of foreign data: an output row, or why there is none. */
export type RowResult =
  { readonly kind: 'row'; readonly row: unknown } | { readonly kind: 'problem'; readonly problem: string }

/** A row as an object with an id, or what is wrong with it. */
export type IdentifiedRow =
  | { readonly kind: 'object'; readonly id: string; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: 'problem'; readonly problem: string }

/** Reads the outside of a row: it must be an object with an `id` that is a string or a number. */
export function identifyRow(value: unknown): IdentifiedRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return problemOf('row is not an object')
  const fields = value as Readonly<Record<string, unknown>>
  const id = fields['id']
  if ((typeof id !== 'string' && typeof id !== 'number') || id === '')
    return problemOf('field "id" is missing')
  return { kind: 'object', id: String(id), fields }
}

/** A field that is a string or absent; anything else is `undefined` as a value and told by {@link badField}. */
export function textField(
  fields: Readonly<Record<string, unknown>>,
  name: string,
): string | null | undefined {
  const value = fields[name]
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : undefined
}

/** The first of the named fields that is neither a string nor absent, as a problem; `null` where all are fine. */
export function badField(fields: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
  const name = names.find((field) => textField(fields, field) === undefined)
  return name === undefined ? null : `field "${name}" is not a string`
}

/** A problem as a result. */
export function problemOf(problem: string): { readonly kind: 'problem'; readonly problem: string } {
  return { kind: 'problem', problem }
}

/** The bytes of a base64 text, or `null` where it is not base64 (RFC 4648, white space and missing padding allowed). */
export function bytesOfBase64(text: string): Uint8Array | null {
  const packed = text.replace(/\s+/g, '')
  if (!/^[\w+/-]*={0,2}$/.test(packed)) return null
  return Buffer.from(packed, 'base64')
}
