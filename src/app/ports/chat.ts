/** Who asks, and where, on any platform. */
export interface Asker {
  readonly platform: string
  /** Discord server or Slack workspace; `''` in a direct message that belongs to none: what everybody may see, and nothing to manage. */
  readonly tenant: string
  /** Address of the channel, as destinations have it. */
  readonly channel: string
  /** Its name for people, where the platform tells it. */
  readonly channelName?: string
  /** The channel is a thread: what is said there is read by those who want it. */
  readonly inThread?: boolean
  /** Platform id of the person; all that is ever kept of people. */
  readonly person: string
  /** Manage Server on Discord; admin, owner or named by one on Slack. */
  readonly isManager: boolean
  /** BCP 47, as the platform tells it, or `null`. */
  readonly locale: string | null
}

/**
 * What somebody asks for. `path` is the command without its slash (`['news', 'story']`, `['newsroom', 'digest', 'add']`), the
 * same words on every platform; `options` by name, always as text.
 */
export interface CommandRequest {
  readonly kind: 'command'
  readonly asker: Asker
  readonly path: readonly string[]
  readonly options: Readonly<Record<string, string>>
}

/** A button that was pressed or a choice that was made: the `action` text that a reply or a digest carried. */
export interface ActionRequest {
  readonly kind: 'action'
  readonly asker: Asker
  /** At most 100 characters, as {@link ReplyButton} has it. One that begins with {@link FORM_ACTION} is answered at once with a form. */
  readonly action: string
  /** What was chosen in a menu. */
  readonly chosen: readonly string[]
}

/** How actions begin that open a form: a platform that defers long answers must not defer these. */
export const FORM_ACTION = 'form:'

/** A form that was sent. */
export interface FormRequest {
  readonly kind: 'form'
  readonly asker: Asker
  /** The `action` of the {@link ReplyForm}. */
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

/** Somebody types an option and wants to see what fits. */
export interface CompletionRequest {
  readonly asker: Asker
  readonly path: readonly string[]
  readonly option: string
  readonly typed: string
}

/** One offer of a completion; at most 25 are asked for, label and value at most 100 characters. */
export interface Completion {
  readonly label: string
  readonly value: string
}

/** A piece of a line. Text is foreign until an adapter has escaped it: all of it, always. */
export interface Span {
  readonly text: string
  /** http(s) only. */
  readonly href?: string
  readonly strong?: boolean
  readonly quiet?: boolean
}

/** A line of a reply. */
export type Line = readonly Span[]

/** A button; `action` comes back in an {@link ActionRequest}. At most 100 characters. */
export interface ReplyButton {
  readonly label: string
  readonly action: string
  readonly style?: 'primary' | 'danger'
}

/** A menu of up to 25 choices. */
export interface ReplyMenu {
  readonly label: string
  readonly action: string
  readonly choices: readonly Completion[]
}

/** A part of a reply that stays together: adapters cut between blocks, never inside one where that can be had. */
export interface ReplyBlock {
  readonly heading?: Line
  readonly lines: readonly Line[]
  readonly buttons?: readonly ReplyButton[]
  readonly menu?: ReplyMenu
}

/** A form for a person to fill; up to 5 fields. */
export interface ReplyForm {
  readonly title: string
  readonly action: string
  readonly fields: readonly ReplyField[]
}

/** A field of a form. */
export interface ReplyField {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly hint: string
  readonly required: boolean
  readonly long: boolean
  /** What a platform may offer a better way to give; the value is text all the same, such as the id of a channel. */
  readonly kind?: 'channel'
}

/** The answer, the same for every platform. */
export type CommandReply =
  | {
      readonly kind: 'message'
      /** Only the asker sees a private one. */
      readonly visibility: 'private' | 'channel'
      readonly blocks: readonly ReplyBlock[]
      /** One plain line for notifications and screen readers. */
      readonly fallback: string
      /** Replaces the message whose button was pressed. */
      readonly replace: boolean
    }
  | { readonly kind: 'form'; readonly form: ReplyForm }
  /** A file for the asker alone, such as an OPML export. */
  | { readonly kind: 'file'; readonly name: string; readonly content: string; readonly fallback: string }

/** One option of a command. */
export interface CommandOption {
  readonly name: string
  readonly description: string
  readonly required: boolean
  readonly completes: boolean
  /**
   * What a platform may offer a better way to give; the value is text all the same: the address of a channel, the id of a role or person, the content
   * of a file. Without it, or where the platform has no such way: text.
   */
  readonly kind?: 'channel' | 'role' | 'person' | 'file'
  readonly choices?: readonly Completion[]
}

/** A command as platforms register it; at most three words deep. */
export interface CommandShape {
  readonly path: readonly string[]
  readonly description: string
  readonly options: readonly CommandOption[]
  readonly managersOnly: boolean
  /** Needs a form at once, so it cannot be deferred. */
  readonly opensForm: boolean
}

/** What a chat adapter calls. Never throws; a failure is a reply that says what to do. */
export interface CommandDesk {
  readonly shapes: readonly CommandShape[]
  answer(request: CommandRequest | ActionRequest | FormRequest, signal: AbortSignal): Promise<CommandReply>
  complete(request: CompletionRequest): Promise<readonly Completion[]>
  /** A tenant came (first install or again), went, or a channel went: welcome text for a new one. */
  tenantAdded(tenant: TenantArrival): Promise<CommandReply | null>
  tenantRemoved(platform: string, tenant: string): Promise<void>
  channelClosed(platform: string, tenant: string, channel: string, why: string): Promise<void>
  channelOpened(platform: string, tenant: string, channel: string): Promise<void>
  /** A channel has a new name; channels without a digest do not matter. */
  channelRenamed(platform: string, tenant: string, channel: string, name: string): Promise<void>
}

/** A server or workspace that the bot was added to. */
export interface TenantArrival {
  readonly platform: string
  readonly tenant: string
  readonly name: string
  /** The id of the bot that came; left out where one token reaches one tenant alone. */
  readonly bot?: string
}

/** A private word to one person (followed stories, a manager told of a closed channel). */
export interface PrivateNote {
  readonly platform: string
  readonly tenant: string
  readonly person: string
  /** Address of the thread that they want it in; without it by private message. */
  readonly place?: string
  readonly reply: Extract<CommandReply, { kind: 'message' }>
}

/** A platform on which people ask. */
export interface ChatPlatform {
  readonly platform: string
  /** Connects and serves until the signal; resolves when it has stopped cleanly. Rejects with the reason where it cannot ever serve (bad token). */
  serve(desk: CommandDesk, signal: AbortSignal): Promise<void>
  /** `closed` where the person takes none, or the thread is not there for us. */
  tell(note: PrivateNote): Promise<'told' | 'closed' | 'failed'>
  /** Why nothing can be sent to a channel (unknown, forbidden, the bot is not in it), in words that say what to do; `null` where it can. */
  channelProblem?(tenant: string, channel: string): Promise<string | null>
  /** Opens a thread in a channel; `null` where it cannot. */
  openThread?(tenant: string, channel: string, title: string): Promise<string | null>
  /**
   * What is wrong with tokens and rights, and with these channels of the operator's own digests, one line each. Asks the platform, sends nothing.
   */
  check?(channels: readonly string[]): Promise<readonly string[]>
  /** Name of a channel for people; `null` where the platform does not tell. */
  channelName?(tenant: string, channel: string): Promise<string | null>
  /** Goes into a channel of which there is no {@link channelProblem}, where the platform has that; `null` where it can be sent to then, else why not. */
  enterChannel?(tenant: string, channel: string): Promise<string | null>
}
