import type { Ask } from './command-family.ts'

/** Remembers what a manager changed: who, when, what. */
export async function audit(
  { asker, view, ports, nowMs }: Ask,
  action: string,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await ports.subscriptions.audit({ tenant: view.tenant, atMs: nowMs, actor: asker.person, action, details })
}
