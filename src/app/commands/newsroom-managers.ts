import type { CommandReply, Completion, Line } from '../ports/chat.ts'
import { audit } from './audit.ts'
import type { Ask, CommandFamily } from './command-family.ts'
import { needs, newsroomShape } from './option-shapes.ts'
import { choice, echo, reply, say } from './reply-words.ts'

/** People that a tenant may name. */
const MAX_MANAGERS = 50

/** `/newsroom managers list|add|remove`: people who may use /newsroom although the platform does not make them managers. */
export const newsroomManagers: CommandFamily = {
  commands: [
    { shape: newsroomShape('managers list', 'People who may manage the news besides the admins'), run: list },
    {
      shape: newsroomShape('managers add', 'Let a person manage the news', [
        needs('person', 'Who', { kind: 'person' }),
      ]),
      run: (ask, given) => change(ask, given['person'] ?? '', true),
    },
    {
      shape: newsroomShape('managers remove', 'No longer let a person manage the news', [
        needs('person', 'Who', { kind: 'person', completes: true }),
      ]),
      run: (ask, given) => change(ask, given['person'] ?? '', false),
      complete: completeManager,
    },
  ],
}

/** Ids of the people whom a tenant named. */
export async function namedManagers({
  ports,
  view,
}: Pick<Ask, 'ports' | 'view'>): Promise<readonly string[]> {
  if (view.tenant === null) return []
  return managersIn((await ports.subscriptions.tenant(view.tenant))?.settings)
}

function managersIn(settings: unknown): string[] {
  const fields: Record<string, unknown> =
    typeof settings === 'object' && settings !== null ? { ...settings } : {}
  const listed: unknown[] = Array.isArray(fields['managers']) ? fields['managers'] : []
  return listed.filter((one): one is string => typeof one === 'string')
}

async function list(ask: Ask): Promise<CommandReply> {
  const managers = await namedManagers(ask)
  if (managers.length === 0)
    return say('Only the admins manage the news. /newsroom managers add names others.')
  return reply([
    {
      heading: [{ text: 'They manage the news besides the admins' }],
      lines: managers.map((id): Line => [{ text: id }]),
    },
  ])
}

async function change(ask: Ask, given: string, isAdded: boolean): Promise<CommandReply> {
  const { asker, ports, view } = ask
  if (!asker.isManager) return say('Only admins say who manages the news. Nothing was changed.')
  const person = /^(?:<@!?)?(\w{1,40})(?:\|[^>]*)?>?$/.exec(given.trim())?.[1]
  if (person === undefined) return say(`${echo(given)} is not a person: choose one, or give an id.`)
  const tenant = view.tenant === null ? null : await ports.subscriptions.tenant(view.tenant)
  if (tenant === null) return say('This server or workspace is not known yet. Use /newsroom setup first.')
  const managers = managersIn(tenant.settings)
  const others = managers.filter((one) => one !== person)
  if (isAdded === others.length < managers.length) {
    return say(isAdded ? 'That person manages the news already.' : 'That person does not manage the news.')
  }
  if (isAdded && managers.length >= MAX_MANAGERS) return say(`There are ${MAX_MANAGERS}, which is the most.`)
  const settings = typeof tenant.settings === 'object' && tenant.settings !== null ? tenant.settings : {}
  await ports.subscriptions.saveTenantSettings(tenant.id, {
    ...settings,
    managers: isAdded ? [...others, person] : others,
  })
  await audit(ask, isAdded ? 'manager added' : 'manager removed')
  return say(isAdded ? 'That person can use /newsroom now.' : 'That person can no longer use /newsroom.')
}

/** Takes a person out of those whom the tenant named: part of forgetting them. */
export async function forgetManager({ asker, ports, view }: Ask): Promise<void> {
  const tenant = view.tenant === null ? null : await ports.subscriptions.tenant(view.tenant)
  if (tenant === null) return
  const managers = managersIn(tenant.settings)
  if (!managers.includes(asker.person)) return
  const settings = typeof tenant.settings === 'object' && tenant.settings !== null ? tenant.settings : {}
  const others = managers.filter((one) => one !== asker.person)
  await ports.subscriptions.saveTenantSettings(tenant.id, { ...settings, managers: others })
}

async function completeManager(ask: Ask, _option: string, typed: string): Promise<readonly Completion[]> {
  const managers = await namedManagers(ask)
  return managers.filter((id) => id.includes(typed.trim())).flatMap((id) => choice(id, id))
}
