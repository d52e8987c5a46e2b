/** A button under a story: `action` is what the platform sends back when it is pressed, at most 100 characters. */
export interface StoryAction {
  readonly label: string
  readonly action: string
}

/**
 * The buttons that every story carries, in digests and in answers alike, in their order. Stories of a digest that stand under another's
 * heading have the same.
 */
export function storyActions(storyId: string): StoryAction[] {
  return [
    { label: 'Sources', action: `sources:${storyId}:0` },
    { label: 'More', action: `more:${storyId}` },
    { label: 'Follow', action: `follow:${storyId}` },
    { label: 'Not the same story', action: `other:${storyId}` },
  ]
}
