import { printable } from '../../core/text/printable.ts'
import type { ReaderAsk } from '../commands/command-family.ts'
import { StoryReader } from '../commands/story-reader.ts'
import type { DigestStore } from '../ports/digest-store.ts'
import type { PageView } from '../ports/news-pages.ts'
import type { PageLinkStore } from '../ports/page-link-store.ts'
import type { Destination } from '../ports/publisher.ts'
import type { TenantView } from '../ports/tenant-view.ts'

/** What pages need from the street. */
export interface PagesPorts {
  readonly articles: ReaderAsk['ports']['articles']
  readonly stories: ReaderAsk['ports']['stories']
  readonly subscriptions: ReaderAsk['ports']['subscriptions']
  readonly digests: Pick<DigestStore, 'digest' | 'digests' | 'toldSince'>
  readonly links: Pick<PageLinkStore, 'destinationOf'>
  readonly nowMs: () => number
}

/** Who looks at a page, and a reader that looks for them. */
export interface PageEyes {
  readonly view: TenantView
  readonly page: PageView | null
  /** Where the digests go whose key was shown; `null` for everybody. */
  readonly destination: Destination | null
  readonly reader: StoryReader
}

/** The eyes that a key gives: those of its destination; without a key everybody's. `null` where the key leads nowhere. */
export async function pageEyes(ports: PagesPorts, via: string | null): Promise<PageEyes | null> {
  const destination = via === null ? null : await ports.links.destinationOf(via)
  if (via !== null && destination === null) return null
  const view = { tenant: destination?.tenant ?? null }
  const asker = { platform: destination?.platform ?? '', channel: destination?.address ?? '' }
  return {
    ...{ view, destination, reader: new StoryReader({ asker, view, ports }) },
    page: via === null || destination === null ? null : { token: via, name: nameOf(destination) },
  }
}

/** How a destination is called on pages: never by an address that may be secret. */
export function nameOf({ name, platform }: Pick<Destination, 'name' | 'platform'>): string {
  return printable(name) || `${platform} channel`
}
