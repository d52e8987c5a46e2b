/** Components of one message, nested ones counted (components reference). */
export const MAX_COMPONENTS = 40

/** Text of all text displays of one message (guide of components v2). Counted in UTF-16 units, which no way of counting exceeds. */
export const MAX_TEXT_CHARS = 4_000

/** Characters of a picture's description are 1,024; readers of screens hear them all, so a headline is cut sooner. */
export const MAX_ALT_CHARS = 240

/** Buttons of one row. */
export const MAX_ROW_BUTTONS = 5

/** Characters of `custom_id`, of a choice's name and value, and of a thread's name. */
export const MAX_NAME_CHARS = 100

/** Characters on a button. */
export const MAX_LABEL_CHARS = 80

/** Choices of a menu, and of a completion. */
export const MAX_CHOICES = 25

/** Flag of a message that is made of components alone. */
export const COMPONENTS_V2_FLAG = 1 << 15

/** Flag of an answer that only the asker sees. */
export const EPHEMERAL_FLAG = 1 << 6

/** No mention of any text acts, whatever it holds. */
export const NO_MENTIONS = { parse: [] } as const
