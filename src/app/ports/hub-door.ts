/** Where the callbacks of hubs are under our address; what follows is their key. */
export const HUB_PATH = '/websub/'

/** What a hub asks at a callback, its fields as they came. */
export interface HubQuestion {
  readonly mode: string | undefined
  readonly topic: string | undefined
  readonly challenge: string | undefined
  readonly leaseSeconds: string | undefined
  readonly reason: string | undefined
}

/** Where WebSub hubs come in. Foreign to the last: what nobody asked for changes nothing. */
export interface HubDoor {
  /** The words to give back where we want what the hub asks, `''` where it only tells us something; `null`: there is no such thing here. */
  answer(token: string, question: HubQuestion): Promise<string | null>
  /** The key that messages to this callback are signed with; `null` where there is no such callback. */
  secretOf(token: string): Promise<string | null>
  /** A message came whose signature is right. */
  ping(token: string): Promise<void>
}
