import type { types } from '@slack/bolt'
import type { ReplyButton, ReplyMenu } from '../../app/ports/chat.ts'
import { MAX_ACTIONS, MAX_HINT_CHARS, MAX_LABEL_CHARS, MAX_OPTION_VALUE_CHARS } from './limits.ts'
import { plainText } from './text-blocks.ts'

/** Buttons as rows; each carries its action both as id and as value. The same action twice in a row is shown once: Slack takes no doubles. */
export function buttonRows(buttons: readonly ReplyButton[]): types.ActionsBlock[] {
  const unique = [...new Map(buttons.map((one) => [one.action, one])).values()]
  const rows: types.ActionsBlock[] = []
  for (let from = 0; from < unique.length; from += MAX_ACTIONS) {
    rows.push({ type: 'actions', elements: unique.slice(from, from + MAX_ACTIONS).map(buttonElement) })
  }
  return rows
}

function buttonElement({ label, action, style }: ReplyButton): types.Button {
  return {
    type: 'button',
    text: plainText(label, MAX_LABEL_CHARS),
    action_id: action,
    value: action,
    ...(style === undefined ? {} : { style }),
  }
}

/** A menu as a row of its own; none where nothing can be chosen. */
export function menuRow({ label, action, choices }: ReplyMenu): types.ActionsBlock[] {
  const fitting = choices.filter(({ value }) => value !== '' && value.length <= MAX_OPTION_VALUE_CHARS)
  const unique = [...new Map(fitting.map((one) => [one.value, one])).values()]
  if (unique.length === 0) return []
  const options = unique.map((one) => ({ text: plainText(one.label, MAX_LABEL_CHARS), value: one.value }))
  const element: types.StaticSelect = {
    type: 'static_select',
    action_id: action,
    placeholder: plainText(label, MAX_HINT_CHARS),
    options,
  }
  return [{ type: 'actions', elements: [element] }]
}
