import { isShowablePicture } from '../feed/picture-link.ts'
import { bearsHeadline } from '../story/headline.ts'
import type { StoryMember } from './digest.ts'

/**
 * The picture of a story: of the article that bears its headline, else of the first that has one which can be shown; `null`
 * where there is none. Takes it from the members told alone, so a muted publisher's or a hidden feed's never comes in.
 */
export function entryPicture(headline: string, members: readonly StoryMember[]): string | null {
  const bearer = members.find(({ article }) => bearsHeadline(article.title, headline))
  for (const { article } of bearer === undefined ? members : [bearer, ...members]) {
    if (article.imageUrl !== undefined && isShowablePicture(article.imageUrl)) return article.imageUrl
  }
  return null
}
