import { setTimeout as delay } from 'node:timers/promises'
import type { CommandDesk, CommandReply } from '../../app/ports/chat.ts'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import {
  COMPONENTS_V2_FLAG,
  EPHEMERAL_FLAG,
  MAX_CHOICES,
  MAX_NAME_CHARS,
  NO_MENTIONS,
} from './discord-limits.ts'
import { fitMarkdown } from './discord-markdown.ts'
import type { DiscordRest, RestAnswer } from './discord-rest.ts'
import { codeOfAnswer } from './judge-answer.ts'
import { fitLabel, textDisplay, type Component } from './message-components.ts'
import type { Interaction } from './read-interaction.ts'
import { renderForm, renderReply } from './render-reply.ts'

/** What answering needs. */
export interface AnswerPorts {
  readonly rest: DiscordRest
  readonly desk: CommandDesk
  readonly log: OutcomeLog
  /** Text of a file that came with a command, or what is wrong with it. */
  readonly readFile: (
    url: string,
    signal: AbortSignal,
  ) => Promise<
    { readonly kind: 'text'; readonly text: string } | { readonly kind: 'problem'; readonly problem: string }
  >
}

/** Discord drops who has not answered within 3 s; a longer answer is announced after this time, ms. */
const DEFER_AFTER_MS = 1_500

/** Longest wait for Discord to take an answer, ms: a lost one must be tried again before the 3 s are over. */
const MAX_CALLBACK_MS = 1_200

/** Of an answer that may take as long as it wants. */
const MAX_EDIT_MS = 10_000

/** Words above a file. */
const MAX_FALLBACK_CHARS = 500

/** Kinds of callback (interactions/receiving-and-responding). */
const CALLBACK = { message: 4, deferMessage: 5, deferUpdate: 6, update: 7, choices: 8, form: 9 } as const

/** Discord has the first answer already. */
const ALREADY_ANSWERED = 40060

type AnsweredRequest = Extract<Interaction['asked'], { kind: 'request' }>

/** Answers one interaction, in time. Never throws. */
export async function answerInteraction(
  interaction: Interaction,
  ports: AnswerPorts,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { asked } = interaction
    if (asked.kind === 'completion') {
      const offers = await ports.desk.complete(asked.request)
      const choices = offers
        .filter(({ value }) => value.length > 0 && value.length <= MAX_NAME_CHARS)
        .slice(0, MAX_CHOICES)
        .map(({ label, value }) => ({ name: fitLabel(label), value }))
      await call(interaction, ports, { type: CALLBACK.choices, data: { choices } }, signal)
    } else await answerRequest(interaction, asked, ports, signal)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    ports.log({ level: 'error', what: 'interaction-broken', facts: { problem } })
  }
}

async function answerRequest(
  interaction: Interaction,
  asked: AnsweredRequest,
  ports: AnswerPorts,
  signal: AbortSignal,
): Promise<void> {
  const work = askDesk(asked, ports, signal)
  // The rejection is met below; it must not count as unhandled until then.
  work.catch(() => undefined)
  const early = asked.opensForm ? await work : await withinMs(work, DEFER_AFTER_MS)
  if (early !== null) return answerAtOnce(interaction, early, ports, signal)
  const isUpdate = interaction.hasMessage
  const announced = isUpdate
    ? { type: CALLBACK.deferUpdate }
    : { type: CALLBACK.deferMessage, data: { flags: EPHEMERAL_FLAG } }
  if (!(await call(interaction, ports, announced, signal))) return
  await answerLate(interaction, await work, ports, signal)
}

async function withinMs<T>(work: Promise<T>, ms: number): Promise<T | null> {
  const timer = new AbortController()
  try {
    return await Promise.race([work, delay(ms, null, { signal: timer.signal })])
  } finally {
    timer.abort()
  }
}

async function askDesk(
  { request, files }: AnsweredRequest,
  { desk, readFile }: AnswerPorts,
  signal: AbortSignal,
): Promise<CommandReply> {
  if (request.kind !== 'command' || files.length === 0) return desk.answer(request, signal)
  const options: Record<string, string> = { ...request.options }
  for (const { option, url } of files) {
    const read = await readFile(url, signal)
    if (read.kind === 'problem')
      return plainReply(`Cannot read the file: ${read.problem}. Nothing was changed.`)
    options[option] = read.text
  }
  return desk.answer({ ...request, options }, signal)
}

function plainReply(text: string): Extract<CommandReply, { kind: 'message' }> {
  return {
    kind: 'message',
    visibility: 'private',
    blocks: [{ lines: [[{ text }]] }],
    fallback: text,
    replace: false,
  }
}

async function answerAtOnce(
  interaction: Interaction,
  reply: CommandReply,
  ports: AnswerPorts,
  signal: AbortSignal,
): Promise<void> {
  switch (reply.kind) {
    case 'form':
      await call(interaction, ports, { type: CALLBACK.form, data: renderForm(reply.form) }, signal)
      return
    case 'file':
      await call(interaction, ports, { type: CALLBACK.message, data: fileBody(reply) }, signal, reply)
      return
    case 'message': {
      const [first = [], ...others] = renderReply(reply)
      const replaces = reply.replace && interaction.hasMessage
      const data = messageBody(first, reply.visibility === 'private' && !replaces)
      const type = replaces ? CALLBACK.update : CALLBACK.message
      if (await call(interaction, ports, { type, data }, signal))
        await followUp(interaction, others, reply, ports, signal)
    }
  }
}

/** After an announcement: the answer takes its place, or stands below the message whose button was pressed. */
async function answerLate(
  interaction: Interaction,
  reply: CommandReply,
  ports: AnswerPorts,
  signal: AbortSignal,
): Promise<void> {
  if (reply.kind === 'form') {
    const late = plainReply('That took too long to open a form. Try again.')
    return answerLate(interaction, late, ports, signal)
  }
  const isUpdate = interaction.hasMessage
  if (reply.kind === 'file') {
    await send(interaction, isUpdate ? 'POST' : 'PATCH', fileBody(reply), ports, signal, reply)
    return
  }
  const messages = renderReply(reply)
  const [first = [], ...others] = messages
  if (isUpdate && !reply.replace) return followUp(interaction, messages, reply, ports, signal)
  await send(interaction, 'PATCH', messageBody(first, false), ports, signal)
  await followUp(interaction, others, reply, ports, signal)
}

function messageBody(components: readonly Component[], isPrivate: boolean): object {
  const flags = isPrivate ? COMPONENTS_V2_FLAG | EPHEMERAL_FLAG : COMPONENTS_V2_FLAG
  return { components, flags, allowed_mentions: NO_MENTIONS }
}

type FileReply = Extract<CommandReply, { kind: 'file' }>

/** A file is shown by a component that points at it. */
function fileBody({ name, fallback }: FileReply): object {
  const filename = fileName(name)
  return {
    components: [
      textDisplay(fitMarkdown(fallback, MAX_FALLBACK_CHARS) || 'Your file:'),
      { type: 13, file: { url: `attachment://${filename}` } },
    ],
    attachments: [{ id: '0', filename }],
    flags: COMPONENTS_V2_FLAG | EPHEMERAL_FLAG,
    allowed_mentions: NO_MENTIONS,
  }
}

function fileName(name: string): string {
  return name.replace(/[^\w.-]+/g, '-').slice(0, 80) || 'file.txt'
}

async function followUp(
  interaction: Interaction,
  messages: readonly (readonly Component[])[],
  { visibility }: Extract<CommandReply, { kind: 'message' }>,
  ports: AnswerPorts,
  signal: AbortSignal,
): Promise<void> {
  for (const components of messages) {
    await send(interaction, 'POST', messageBody(components, visibility === 'private'), ports, signal)
  }
}

/** The first answer, tried twice: a second one of the same interaction is refused, so it cannot come double. */
async function call(
  { id, token }: Interaction,
  { rest, log }: AnswerPorts,
  body: object,
  signal: AbortSignal,
  file?: FileReply,
): Promise<boolean> {
  const request = {
    method: 'POST',
    path: `/interactions/${id}/${token}/callback`,
    bucket: '',
    body,
    ...(file === undefined ? {} : { file: { name: fileName(file.name), content: file.content } }),
    ...{ signal, asInteraction: true, maxAnswerMs: MAX_CALLBACK_MS },
  } as const
  let answer = await rest.request(request)
  if (mayTryAgain(answer)) answer = await rest.request(request)
  const isTaken = isFine(answer) || codeOfAnswer(answer) === ALREADY_ANSWERED
  if (!isTaken) log({ level: 'warn', what: 'interaction-unanswered', facts: { problem: problemOf(answer) } })
  return isTaken
}

async function send(
  { applicationId, token }: Interaction,
  method: 'POST' | 'PATCH',
  body: object,
  { rest, log }: AnswerPorts,
  signal: AbortSignal,
  file?: FileReply,
): Promise<void> {
  const hook = `/webhooks/${applicationId}/${token}`
  const request = {
    method,
    path: method === 'POST' ? hook : `${hook}/messages/@original`,
    bucket: '',
    body,
    ...(file === undefined ? {} : { file: { name: fileName(file.name), content: file.content } }),
    ...{ signal, asInteraction: true, maxAnswerMs: MAX_EDIT_MS },
  } as const
  let answer = await rest.request(request)
  // A change may be made twice, a new message not.
  if (mayTryAgain(answer) && (method === 'PATCH' || answer.kind === 'not-sent'))
    answer = await rest.request(request)
  if (!isFine(answer))
    log({ level: 'warn', what: 'interaction-unanswered', facts: { problem: problemOf(answer) } })
}

function mayTryAgain(answer: RestAnswer): boolean {
  return answer.kind !== 'answered' || answer.status >= 500
}

function isFine(answer: RestAnswer): boolean {
  return answer.kind === 'answered' && answer.status < 300
}

function problemOf(answer: RestAnswer): string {
  if (answer.kind !== 'answered') return answer.problem
  return `status is ${answer.status}, ${JSON.stringify(answer.body).slice(0, 500)}`
}
