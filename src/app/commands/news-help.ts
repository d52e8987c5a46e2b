import type { CommandReply, CommandShape, Line, ReplyBlock } from '../ports/chat.ts'
import { actionText } from './action-text.ts'
import type { Ask, CommandFamily } from './command-family.ts'
import { forgetManager } from './newsroom-managers.ts'
import { newsShape } from './option-shapes.ts'
import { plural } from '../../core/digest/count-words.ts'
import { button, reply, say } from './reply-words.ts'

/** `/news help` and `/news forget-me`; help tells of all these commands. */
export function newsHelp(shapes: () => readonly CommandShape[]): CommandFamily {
  return {
    commands: [
      {
        shape: newsShape('help', 'What you can ask for'),
        run: (ask) => Promise.resolve(help(ask, shapes())),
      },
      {
        shape: newsShape('forget-me', 'Delete what is kept of you'),
        run: () => Promise.resolve(askBeforeForgetting()),
      },
    ],
    actions: [{ verb: 'forget-me', managersOnly: false, run: forget }],
  }
}

function help({ asker }: Ask, shapes: readonly CommandShape[]): CommandReply {
  const shown = shapes.filter(({ managersOnly }) => asker.isManager || !managersOnly)
  const blocks = [...Map.groupBy(shown, ({ managersOnly }) => managersOnly)].flatMap(
    ([forManagers, commands]) => commandBlocks(forManagers ? 'For managers' : 'For everyone', commands),
  )
  const privacy: ReplyBlock = {
    lines: [
      [
        {
          text: 'Of you only your id is kept, with what you follow. /news forget-me deletes it.',
          quiet: true,
        },
      ],
    ],
  }
  return reply([...blocks, privacy], { fallback: 'What you can ask for' })
}

/** Commands of one block: what stays together must fit into one message. */
const BLOCK_COMMANDS = 12

function commandBlocks(heading: string, commands: readonly CommandShape[]): ReplyBlock[] {
  const count = Math.ceil(commands.length / BLOCK_COMMANDS)
  return Array.from({ length: count }, (_, at) => ({
    ...(at === 0 ? { heading: [{ text: heading }] } : {}),
    lines: commands.slice(at * BLOCK_COMMANDS, (at + 1) * BLOCK_COMMANDS).map(helpLine),
  }))
}

function helpLine({ path, options, description }: CommandShape): Line {
  const words = options.map(({ name, required }) => (required ? `<${name}>` : `[${name}]`))
  return [{ text: `/${[...path, ...words].join(' ')}`, strong: true }, { text: ` ${description}` }]
}

function askBeforeForgetting(): CommandReply {
  return reply([
    {
      lines: [
        [
          {
            text: 'Kept of you: your id with the stories and words that you follow, and where you are a manager with your corrections and changes.',
          },
        ],
        [
          {
            text: 'Deleting ends everything that you follow here, and takes your id out of the rest. It cannot be undone.',
          },
        ],
      ],
      buttons: button('Delete it', actionText('forget-me'), 'danger'),
    },
  ])
}

async function forget(ask: Ask): Promise<CommandReply> {
  const { asker, ports, view } = ask
  if (view.tenant === null)
    return say('Use /news forget-me in a channel of each server or workspace where you used the bot.')
  const { tenant, platform, person } = asker
  const followed = await ports.subscriptions.following(tenant, platform, person)
  for (const { target } of followed) await ports.subscriptions.unfollow({ tenant, platform, person, target })
  await forgetManager(ask)
  const rows = await ports.people.forgetPerson(tenant, platform, person)
  return say(
    `Done: ${plural(followed.length, 'follow')} ended, your id taken out of ${plural(rows, 'entry', 'entries')}. Nothing is kept of you here any more.`,
  )
}
