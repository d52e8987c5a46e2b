/** Bytes of a file that came with a command. */
const MAX_FILE_BYTES = 5_000_000

/** Longest download, ms. */
const MAX_DOWNLOAD_MS = 10_000

/** Where Discord keeps files. */
const FILE_HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net'])

/** What reading a file gives. */
export type ReadFile =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'problem'; readonly problem: string }

/**
 * Text of a file that came with a command, from Discord's own hosts or the one of `apiUrl`; UTF-8 up to 5 MB. Redirects are not
 * followed. Never throws.
 */
export async function readAttachment(url: string, apiUrl: string, signal: AbortSignal): Promise<ReadFile> {
  if (!URL.canParse(url) || !isDiscords(new URL(url), new URL(apiUrl))) {
    return { kind: 'problem', problem: 'it is not on a server of Discord' }
  }
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(MAX_DOWNLOAD_MS)]),
    })
    if (!response.ok) return { kind: 'problem', problem: `status is ${response.status}` }
    const pieces: Uint8Array[] = []
    let size = 0
    for await (const piece of response.body ?? []) {
      size += piece.byteLength
      if (size > MAX_FILE_BYTES)
        return { kind: 'problem', problem: `it is larger than ${MAX_FILE_BYTES / 1e6} MB` }
      pieces.push(piece)
    }
    return { kind: 'text', text: new TextDecoder().decode(Buffer.concat(pieces)) }
  } catch (error) {
    return { kind: 'problem', problem: error instanceof Error ? error.name : 'it cannot be read' }
  }
}

function isDiscords(file: URL, api: URL): boolean {
  return (file.protocol === 'https:' && FILE_HOSTS.has(file.hostname)) || file.origin === api.origin
}
