import { storyPageUrl } from '../../core/digest/page-address.ts'
import { digestFeed, type FeedForm } from './digest-feeds.ts'
import { pageOf, queryOf, viaOf, type PageAnswers, type Web } from './page-answers.ts'
import { archiveMain, digestMain, frontMain, searchMain, severalMain } from './reader-pages.ts'
import { storyMain } from './story-page.ts'
import type { WebRooms } from './web-rooms.ts'

/** The pages that anybody may read: latest stories, a story, search. */
export function serveReaders(web: Web, answers: PageAnswers, { pages, nowMs }: WebRooms): void {
  web.get('/', async (c) => {
    c.set('page', 'front')
    const front = await pages.front(viaOf(c), pageOf(c))
    if (front === null) return answers.noArchive(c)
    return answers.page(c, { title: 'Latest stories', view: front.view }, frontMain(front, nowMs()))
  })
  web.get('/story/:id', async (c) => {
    c.set('page', 'story')
    const via = viaOf(c)
    const answer = await pages.story({
      id: c.req.param('id').slice(0, 300),
      via,
      since: queryOf(c, 'since'),
      page: pageOf(c),
    })
    switch (answer.kind) {
      case 'moved':
        return c.redirect(storyPageUrl('', answer.id, via), 302)
      case 'several':
        return answers.page(
          c,
          { title: 'Several stories', view: answer.view },
          severalMain(answer.view, answer.stories, nowMs()),
        )
      case 'none':
        return answers.plain(
          c,
          404,
          'No such story',
          'There is no story here that you may see. Stories of private feeds open by the archive of their channel.',
        )
      case 'story':
        return answers.page(
          c,
          { title: answer.story.headline, view: answer.story.view },
          storyMain(answer.story),
        )
    }
  })
  web.get('/search', async (c) => {
    c.set('page', 'search')
    const tooMany = await answers.tooMany(c, 'search')
    if (tooMany !== null) return tooMany
    const words = queryOf(c, 'q')
    const found = await pages.search({
      ...{ words, since: queryOf(c, 'since'), outlet: queryOf(c, 'outlet') },
      ...{ via: viaOf(c), page: pageOf(c) },
    })
    if (found === null) return answers.noArchive(c)
    const title = words === '' ? 'Search' : `Search: ${words}`
    return answers.page(
      c,
      { title, view: found.view, words },
      searchMain(found, nowMs()),
      found.problem === null ? 200 : 400,
    )
  })
}

/** The archive of a destination, which its key opens: pages, feeds, a calendar. */
export function serveArchives(web: Web, answers: PageAnswers, { pages }: WebRooms): void {
  web.get('/digests/:token', async (c) => {
    c.set('page', 'archive')
    const archive = await pages.archive(c.req.param('token'), pageOf(c))
    if (archive === null) return answers.noArchive(c)
    const { token, name } = archive.view
    const path = `/digests/${encodeURIComponent(token)}`
    const feeds = [
      { href: `${path}/feed.atom`, type: 'application/atom+xml', title: 'Atom' },
      { href: `${path}/feed.rss`, type: 'application/rss+xml', title: 'RSS' },
      { href: `${path}/feed.json`, type: 'application/feed+json', title: 'JSON Feed' },
    ]
    return answers.page(c, { title: `Digests of ${name}`, view: archive.view, feeds }, archiveMain(archive))
  })
  const forms: Readonly<Record<string, FeedForm>> = {
    'feed.atom': 'atom',
    'feed.rss': 'rss',
    'feed.json': 'json',
    'calendar.ics': 'ics',
  }
  for (const [file, form] of Object.entries(forms))
    web.get(`/digests/:token/${file}`, async (c) => {
      c.set('page', 'feed')
      const latest = await pages.latest(c.req.param('token'))
      if (latest === null) return answers.noArchive(c)
      const { contentType, text } = await digestFeed(form, latest, answers.publicUrl(c))
      return c.body(text, 200, { 'Content-Type': contentType, 'Cache-Control': 'private, max-age=300' })
    })
  web.get('/digests/:token/:digest', async (c) => {
    c.set('page', 'digest')
    const digest = await pages.digest(c.req.param('token'), c.req.param('digest'), pageOf(c))
    if (digest === null) return answers.noArchive(c)
    return answers.page(c, { title: digest.digest.name, view: digest.view }, digestMain(digest))
  })
}
