/** Remembers requests of platforms for all processes together, so that one that comes again is done once. */
export interface RequestMemory {
  /**
   * Whether `id` comes for the first time within the last 65 minutes; it is kept from now on. Of processes that ask at once one gets `true`.
   *
   * @param id at most 300 characters, the platform's name first
   */
  isNew(id: string, nowMs: number): Promise<boolean>
}
