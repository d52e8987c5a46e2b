/**
 * The id of a story, from the article that founded it: ten letters and digits, the same in every run.
 *
 * 53 bits of two mixed hashes (cyrb53): two stories of a million share one with odds of 1 to 18,000.
 * @param again how many stories the article founded before, as happens where stories are parted late
 */
export function storyIdOf(articleId: string, again = 0): string {
  const key = again === 0 ? articleId : `${articleId} ${again}`
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (b & 0x1fffff) + (a >>> 0)).toString(36).padStart(10, '0').slice(-11)
}
