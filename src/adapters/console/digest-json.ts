import type { Digest } from '../../core/digest/digest.ts'
import { digestDocument } from '../../core/digest/digest-document.ts'

/** A digest as the JSON document of DESIGN.md section 3. */
export function digestToJson(digest: Digest): string {
  return `${JSON.stringify(digestDocument(digest), null, 2)}\n`
}
