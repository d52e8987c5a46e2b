/** Lets one process at a time own something for as long as it lives. */
export interface OwnerLock {
  /** Whether this process owns it now; takes it where nobody does. Who loses its connection loses what it owned. */
  hold(): Promise<boolean>
  /** Lets go, so that another may take it at once. */
  release(): Promise<void>
}
