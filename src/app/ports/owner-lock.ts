/** Lets one process at a time own something for as long as it lives. */
export interface OwnerLock {
  /**
   * Whether this process owns it now; takes it where nobody does. Who loses its connection loses what it owned. Where processes share
   * several, one that has more than its share gives one back with this question: ask only between rounds of work.
   */
  hold(): Promise<boolean>
  /** Lets go, so that another may take it at once. */
  release(): Promise<void>
}
