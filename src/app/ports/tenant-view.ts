/**
 * Whose eyes a query answers for (DESIGN.md section 6): a tenant sees the operator's feeds, published feeds and its own;
 * `null` sees what everybody may see. A feed of another tenant is never shown, counted or linked.
 */
export interface TenantView {
  readonly tenant: string | null
}
