/** What a WebSub hub is asked. */
export interface HubRequest {
  readonly hub: string
  readonly mode: 'subscribe' | 'unsubscribe'
  readonly topic: string
  /** Where the hub is to ask back and to send its messages. */
  readonly callback: string
  readonly secret: string
  readonly leaseSeconds: number
  readonly signal?: AbortSignal
}

/** What a hub says at once: `accepted` is no yes yet, that one comes to the callback. */
export type HubAnswer =
  | { readonly kind: 'accepted' }
  /** It will say the same next time. */
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'failed'; readonly problem: string }

/** Asks WebSub hubs. Never throws; keeps the limits and manners of fetching. */
export interface HubClient {
  askHub(request: HubRequest): Promise<HubAnswer>
}
