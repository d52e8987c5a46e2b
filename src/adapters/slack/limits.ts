/** Blocks of one message (docs.slack.dev/reference/block-kit/blocks). */
export const MAX_BLOCKS = 50

/** Blocks of a modal or a home tab (same page). */
export const MAX_VIEW_BLOCKS = 100

/** Characters of a section (docs.slack.dev/reference/block-kit/blocks/section-block). */
export const MAX_SECTION_CHARS = 3_000

/**
 * Characters of all blocks of a message. Slack documents no such limit and refuses (`msg_blocks_too_long`) from somewhere between 11,341
 * and 13,200 on (bolt-js issues 2509, 2867). Range 3,000-11,000.
 */
export const MAX_MESSAGE_CHARS = 10_000

/** Characters of a header (docs.slack.dev/reference/block-kit/blocks/header-block). */
export const MAX_HEADER_CHARS = 150

/** Characters of `text` beside blocks: what a notification shows. 4,000 is where `chat.update` refuses. */
export const MAX_FALLBACK_CHARS = 1_000

/** Characters of a button's label, and of an option of a menu (docs.slack.dev/reference/block-kit/block-elements). */
export const MAX_LABEL_CHARS = 75

/** Characters of an option's value in a menu (same page). */
export const MAX_OPTION_VALUE_CHARS = 150

/** Elements of one actions block, as docs.slack.dev/reference/block-kit/blocks/actions-block has it. */
export const MAX_ACTIONS = 25

/** Characters of a modal's title and of its buttons (docs.slack.dev/reference/views). */
export const MAX_TITLE_CHARS = 24

/** Characters of a placeholder and, by our choice, of a hint. */
export const MAX_HINT_CHARS = 150

/** Characters that a person can type into a field. */
export const MAX_INPUT_CHARS = 3_000

/** Messages that one answer may take: a `response_url` serves five times. */
export const MAX_ANSWER_MESSAGES = 4
