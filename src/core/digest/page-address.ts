/**
 * Address of a story's page for browsers.
 *
 * @param publicUrl setting `web.public_url`, without a slash at the end; `''` gives a path on the same host
 * @param archiveToken token of a destination's archive: with it the page shows what that destination may see, such as articles of its
 *   tenant's own feeds and its corrections; `null` for the page that everybody may see
 */
export function storyPageUrl(publicUrl: string, storyId: string, archiveToken: string | null = null): string {
  const via = archiveToken === null ? '' : `?via=${encodeURIComponent(archiveToken)}`
  return `${publicUrl}/story/${encodeURIComponent(storyId)}${via}`
}

/** Address of the archive of a destination's digests; the token in it is the key to it. `publicUrl` as for {@link storyPageUrl}. */
export function digestsPageUrl(publicUrl: string, archiveToken: string): string {
  return `${publicUrl}/digests/${encodeURIComponent(archiveToken)}`
}

/** Address of one digest in the archive. */
export function digestPageUrl(publicUrl: string, archiveToken: string, digestId: string): string {
  return `${digestsPageUrl(publicUrl, archiveToken)}/${encodeURIComponent(digestId)}`
}
