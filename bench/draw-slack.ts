// Pictures of messages as Slack shows them, for the docs: `node bench/draw-slack.ts [folder]`, default docs/images. Those of Discord
// are bench/draw-discord.ts. Blocks are drawn as a local page and photographed. Needs Chromium (CHROMIUM_PATH).
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { homeView, replyMessages } from '../src/adapters/slack/render-reply.ts'
import type { CommandReply } from '../src/app/ports/chat.ts'
import { askDesk, MANAGER, NOW, openCommandNewsroom, pressButton } from '../test/support/command-newsroom.ts'
import { chromiumPath, openBrowser } from '../test/support/open-browser.ts'

/** A block or component, as it would be sent. */
type Node = Readonly<Record<string, unknown>>
type Message = Extract<CommandReply, { kind: 'message' }>

const STYLE = `
body { margin: 0; width: 760px; padding: 20px; font: 15px/1.46 Lato, "Helvetica Neue", Arial, sans-serif; background: #fff; color: #1d1c1d; }
.message { display: flex; gap: 10px; } .name { font-weight: 900; } .note { margin: 0 0 4px 46px; }
.face { width: 36px; height: 36px; border-radius: 6px; background: #1d3557; color: #fff; text-align: center; font: 700 20px/36px serif; flex: none; }
.name i { font: 400 10px Arial; background: #e8e8e8; color: #555; padding: 1px 3px; border-radius: 2px; margin: 0 5px; } .name span { font: 400 12px Arial; color: #616061; }
h2 { font-size: 18px; margin: 6px 0; } p { margin: 8px 0 4px; } .small { font-size: 12.5px; color: #616061; margin: 4px 0; }
a { color: #1264a3; } hr { border: 0; border-top: 1px solid #ddd; }
.button { display: inline-block; border: 1px solid #bbb; border-radius: 4px; padding: 4px 12px; font-weight: 700; font-size: 13px; margin: 2px 6px 6px 0; }
.primary { background: #007a5a; color: #fff; border-color: #007a5a; } .danger { color: #e01e5a; border-color: #e01e5a; }
`

const folder = process.argv[2] ?? 'docs/images'
const path = chromiumPath(process.env)
if (path === null) {
  console.error('Cannot take pictures: no Chromium at /usr/bin/chromium; set CHROMIUM_PATH')
  process.exit(1)
}
mkdirSync(folder, { recursive: true })

const { status, home } = await newsroomReplies()
const pictures = {
  'slack-digest': slackPage(sampleDigest().flatMap(({ blocks }) => nodes(blocks))),
  'slack-status': slackPage(
    replyMessages(status).flatMap(({ blocks }) => nodes(blocks)),
    'Only visible to you',
  ),
  'slack-home': slackPage(nodes(homeView(home).blocks), 'Home of the app'),
}
const browser = await openBrowser(path)
const tab = await browser.newPage({ viewport: { width: 800, height: 300 } })
for (const [name, html] of Object.entries(pictures)) {
  await tab.setContent(html)
  await tab.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
  console.log(`${name}.png`)
}
await browser.close()

/** What the program prints for the sample newsroom, first message alone. */
function sampleDigest(): Node[] {
  const args = ['src/main.ts', 'digest', 'config/newsroom', '--stories', '3', '--format', 'slack']
  const { stdout, stderr, status: code } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (code !== 0) {
    console.error(`Cannot take pictures: ${stderr.trim()}`)
    process.exit(1)
  }
  return nodes(JSON.parse(stdout)).slice(0, 1)
}

/** Answers of the desk to a manager: a digest with a part of which nobody knows, and a story that is followed. */
async function newsroomReplies(): Promise<{ status: Message; home: Message[] }> {
  const room = await openCommandNewsroom()
  await askDesk(room, MANAGER, '/newsroom digest add', { name: 'morning', times: '08:00' })
  const [stored] = await room.store.subscriptions.subscriptions('t1')
  await room.store.digests.saveDigest({
    ...{ id: 'd', destinationId: stored?.destination.id ?? '', subscriptionId: stored?.id ?? null },
    ...{ fromMs: NOW - 86_400_000, toMs: NOW - 60_000, inputHash: '', body: {}, composedAtMs: NOW, told: [] },
    parts: [{ message: {}, nonce: 'n' }],
  })
  await room.store.digests.startDelivery({ digestId: 'd', part: 0 }, NOW)
  const problem = 'the answer was lost, and the platform cannot tell whether it arrived'
  await room.store.digests.finishDelivery({ digestId: 'd', part: 0 }, { state: 'unknown', problem }, NOW)
  await pressButton(room, MANAGER, 'follow:ferryaground')
  const replies: Message[] = []
  for (const command of ['/newsroom status', '/news following', '/news help']) {
    const reply = await askDesk(room, MANAGER, command)
    if (reply.kind === 'message') replies.push(reply)
  }
  await room.close()
  const [first] = replies
  if (first === undefined) throw new Error('the desk gave no status')
  return { status: first, home: replies }
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value)
    ? value.filter((one): one is Node => typeof one === 'object' && one !== null)
    : []
}

function node(value: unknown): Node {
  return nodes([value])[0] ?? {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function escapeHtml(words: string): string {
  return words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function slackPage(blocks: readonly Node[], note = ''): string {
  return page(blocks.map(slackBlock).join(''), note)
}

function slackBlock(block: Node): string {
  const elements = nodes(block['elements'])
  switch (block['type']) {
    case 'header':
      return `<h2>${escapeHtml(text(node(block['text'])['text']))}</h2>`
    case 'section':
      return `<p>${slackText(node(block['text']))}</p>`
    case 'context':
      return `<p class="small">${elements.map(slackText).join(' ')}</p>`
    case 'actions':
      return `<p>${elements.map(slackButton).join('')}</p>`
    case 'rich_text':
      return `<p>${elements
        .flatMap((one) => nodes(one['elements']))
        .map(richPiece)
        .join('')}</p>`
    default:
      return '<hr>'
  }
}

function slackText({ type, text: words }: Node): string {
  if (type !== 'mrkdwn') return escapeHtml(text(words))
  return text(words)
    .replace(/<(https?:[^|>]+)\|([^>]*)>/g, '<a>$2</a>')
    .replace(/(^|[\s>])\*(?=\S)([^*\n]+)\*(?=$|[\s<])/gm, '$1<b>$2</b>')
    .replace(/\n/g, '<br>')
}

function slackButton(element: Node): string {
  const label = node(element['text'] ?? element['placeholder'])
  return `<span class="button ${text(element['style'])}">${escapeHtml(text(label['text']))}</span>`
}

function richPiece(piece: Node): string {
  const words = escapeHtml(text(piece['text'])).replace(/\n/g, '<br>')
  const shown = piece['type'] === 'link' ? `<a>${words}</a>` : words
  return node(piece['style'])['bold'] === true ? `<b>${shown}</b>` : shown
}

function page(body: string, note: string): string {
  const above = note === '' ? '' : `<p class="small note">${note}</p>`
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><body>${above}
<div class="message"><div class="face">t</div><div><div class="name">tidings<i>APP</i><span>08:00</span></div>${body}</div></div>`
}
