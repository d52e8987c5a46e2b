import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  actionOf,
  asker,
  askDesk,
  fetched,
  openCommandNewsroom,
  pressButton,
  wordsOf,
  type CommandNewsroom,
} from '../../support/command-newsroom.ts'

let room: CommandNewsroom
beforeEach(async () => {
  room = await openCommandNewsroom()
})
afterEach(async () => {
  expect(room.failures).toEqual([])
  await room.close()
})

const member = asker()
const ask = async (command: string, options: Record<string, string> = {}, who = member) =>
  wordsOf(await askDesk(room, who, command, options))

describe('/news latest', () => {
  it('tells the latest stories with verbatim sentences, sources, counts and buttons', async () => {
    const reply = await askDesk(room, member, '/news latest')
    expect(reply).toMatchObject({ kind: 'message', visibility: 'private' })
    const words = wordsOf(reply)
    expect(words).toContain('Plans for the zeppelin are ready')
    expect(words).toContain(
      'A ferry ran aground off Marholm on Monday with two hundred people on board. Harbour Post',
    )
    expect(words).toContain('3 articles · 3 publishers · 1 copy · 4 h ago')
    expect(words).toContain('[Sources]\n[More]\n[Follow]\n[Not the same story]')
  })

  it('turns pages', async () => {
    for (let at = 0; at < 4; at += 1) {
      await room.store.articles.saveIngest({
        feedId: 'open',
        atMs: 1,
        added: [
          {
            article: {
              id: `more-${at}`,
              url: null,
              title: `Further ${at}`,
              text: 'Something else happened in Brackwater today.',
              furniture: [],
              outlet: 'Brackwater Herald',
              publisher: 'brackwater',
              publishedAtMs: 1_000_000 + at,
              lang: 'en',
            },
            key: `more-${at}`,
            contentHash: 'x',
          },
        ],
        revised: [],
        unchanged: [],
      })
      await room.store.stories.saveStep({
        id: `step-more-${at}`,
        atMs: 2,
        stories: [
          {
            id: `further${at}`,
            lang: 'en',
            headline: `Further ${at}`,
            headlineArticleId: `more-${at}`,
            firstAtMs: 1_000_000,
            lastAtMs: 1_000_000 + at,
            articleCount: 1,
            publisherCount: 1,
            copyCount: 0,
            state: 'open',
          },
        ],
        placements: [{ articleId: `more-${at}`, storyId: `further${at}`, reason: 'first' }],
        copies: [],
        redirects: [],
      })
    }
    const first = await askDesk(room, member, '/news latest')
    const second = await pressButton(room, member, actionOf(first, 'Next'))
    expect(second).toMatchObject({ replace: true })
    expect(wordsOf(second)).toContain('Further 0')
    expect(wordsOf(second)).not.toContain('[Next]')
    const back = await pressButton(room, member, actionOf(second, 'Previous'))
    expect([first, back]).toMatchObject([{ replace: false }, { replace: true }])
    expect(wordsOf(back)).toContain('zeppelin')
  })
})

describe('/news headlines', () => {
  it('lists the most told first, with a menu', async () => {
    const words = await ask('/news headlines')
    expect(words).toMatch(/^Headlines\n1\. Ferry runs aground off Marholm 3 articles/)
    expect(words).toContain('<Ferry runs aground off Marholm>')
  })

  it('takes a topic and a count', async () => {
    expect(await ask('/news headlines', { topic: 'harbours NOT zeppelin', count: '1' })).toMatch(
      /^Headlines: harbours NOT zeppelin\n1\. Ferry runs aground[^\n]*\n<[^\n]*>$/,
    )
    expect(await ask('/news headlines', { topic: 'volcano' })).toBe(
      'None of the latest stories meets "volcano". /news search looks further back.',
    )
  })

  it.each([
    [{ count: '0' }, 'Cannot list "0" headlines: give a number from 1 to 25.'],
    [{ count: 'many' }, 'Cannot list "many" headlines: give a number from 1 to 25.'],
    [{ topic: '(ferry' }, 'Cannot read topic "(ferry": ")" is missing (character 7).'],
  ])('says what is wrong with %j', async (options, words) => {
    expect(await ask('/news headlines', options)).toBe(words)
  })
})

describe('after a quiet week', () => {
  it('headlines are the latest that there are', async () => {
    room.clock += 7 * 86_400_000
    expect(await ask('/news headlines')).toContain('Ferry runs aground off Marholm')
  })
})

describe('/news story', () => {
  it.each(['ferryaground', 'ferrya', 'wrong turn fog'])('finds it by %s', async (target) => {
    const words = await ask('/news story', { story: target })
    expect(words).toContain('Ferry runs aground off Marholm')
    expect(words).toContain('Time line\n9 March 2026: 2 articles · 2 publishers · 1 copy.')
    expect(words).toContain('Story ferryaground')
  })

  it('offers a choice where words fit several', async () => {
    const reply = await askDesk(room, member, '/news story', { story: 'Marholm' })
    expect(wordsOf(reply)).toMatch(/^Several stories fit "Marholm"\n/)
    const chosen = await pressButton(room, member, 'open', ['harbourstorm'])
    expect(wordsOf(chosen)).toContain('Storm closes harbour of Marholm')
  })

  it('says so where nothing fits', async () => {
    expect(await ask('/news story', { story: 'volcano' })).toBe(
      'No story fits "volcano". Try other words, or /news search to look through all articles.',
    )
    expect(await ask('/news story', { story: '@everyone <b>' })).toContain('No story fits "@everyone <b>"')
  })

  it('shows sources with who copied whom', async () => {
    const story = await askDesk(room, member, '/news story', { story: 'ferryaground' })
    const words = wordsOf(await pressButton(room, member, actionOf(story, 'Sources')))
    expect(words).toContain('Coast Radio: Ferry aground: all safe · 19 h ago · exact copy of Harbour Post')
  })

  it('tells more than a short summary', async () => {
    const words = wordsOf(await pressButton(room, member, 'more:ferryaground'))
    expect(words).toMatch(
      /Monday.* Harbour Post\nBoats from the harbour took all passengers ashore.*\n.*investigators found\. Lissane Gazette/,
    )
  })
})

describe('/news search', () => {
  it('finds articles whose words all occur', async () => {
    const words = await ask('/news search', { words: 'mayor prison' })
    expect(words).toContain('Former mayor of Lissane sentenced Lissane Gazette · 6 h ago')
    expect(words).toContain('<Former mayor of Lissane sentenced>')
  })

  it('filters by time and outlet', async () => {
    expect(await ask('/news search', { words: 'marholm', since: '12h' })).not.toContain('Storm')
    expect(await ask('/news search', { words: 'ferry', outlet: 'coast radio' })).toContain(
      'Ferry aground: all safe',
    )
    expect(await ask('/news search', { words: 'mayor', outlet: 'Coast Radio', since: '2d' })).toBe(
      'No article since 2d in "Coast Radio" has all of "mayor". Try fewer words, or leave the filters out.',
    )
  })

  it.each([
    [{ words: '???' }, 'Give at least one word to search for.'],
    [
      { words: 'ferry', since: 'yesteryear' },
      'Cannot search since "yesteryear": "yesteryear" is neither a span',
    ],
  ])('says what is wrong with %j', async (options, words) => {
    expect(await ask('/news search', options)).toContain(words)
  })
})

describe('/news summarize', () => {
  const url = 'https://fenwick.example/bridge'

  it('summarizes a page in its own sentences', async () => {
    room.web.set(url, fetched(url, '<html>', 'text/html'))
    const text =
      'The bridge over the Fenwick opened on Tuesday, a year late. The mayor cut a ribbon before four hundred guests.'
    room.pages.set(url, { title: 'Bridge opens', text, outlet: 'Fenwick Times', access: 'open' })
    const words = await ask('/news summarize', { target: `<${url}>` })
    expect(words).toContain('Bridge opens')
    expect(words).toContain('The bridge over the Fenwick opened on Tuesday, a year late. Fenwick Times')
  })

  it('says why a page cannot be read', async () => {
    expect(await ask('/news summarize', { target: url })).toBe(`Cannot fetch "${url}": no such host.`)
    room.web.set(url, fetched(url, '<html>', 'text/html'))
    room.pages.set(url, { access: 'paywall' })
    expect(await ask('/news summarize', { target: url })).toBe(
      `Cannot read "${url}": its text is for subscribers.`,
    )
  })

  it('summarizes a story at length', async () => {
    expect(await ask('/news summarize', { target: 'mayortrial' })).toContain(
      'Prosecutors had asked for five years',
    )
  })

  it('takes no more than five pages', async () => {
    const target = Array.from({ length: 6 }, (_, at) => `${url}/${at}`).join(' ')
    expect(await ask('/news summarize', { target })).toBe('Cannot summarize 6 pages at once: give at most 5.')
  })
})

describe('/news follow', () => {
  it('follows a story by its button and lists it', async () => {
    const followed = await pressButton(room, member, 'follow:ferryaground')
    expect(wordsOf(followed)).toContain('You follow Ferry runs aground off Marholm')
    expect(await ask('/news following')).toBe('Ferry runs aground off Marholm\n[Unfollow]')
    const ended = await pressButton(room, member, actionOf(followed, 'Unfollow'))
    expect(wordsOf(ended)).toBe('You no longer follow it.')
    expect(await ask('/news following')).toContain('You follow nothing.')
  })

  it('follows words, and offers the one story that has them', async () => {
    const reply = await askDesk(room, member, '/news follow', { target: 'mayor prison' })
    expect(wordsOf(reply)).toContain('You follow "mayor prison"')
    expect(wordsOf(reply)).toContain('One story has these words: Former mayor of Lissane sentenced')
    await pressButton(room, member, actionOf(reply, 'Follow that story'))
    expect(await ask('/news following')).toContain('Former mayor of Lissane sentenced')
    expect(await ask('/news unfollow', { target: 'mayor prison' })).toBe('You no longer follow it.')
    expect(await ask('/news unfollow', { target: 'all' })).toBe(
      'You no longer follow anything (1 thing ended).',
    )
  })

  it('tells in a thread: the one that a member is in, or a new one for a manager', async () => {
    const asked = { target: 'mayor prison', where: 'thread' }
    expect(await ask('/news follow', asked)).toContain('inside of the thread')
    const opened: string[] = []
    const openThread = (...given: string[]) => {
      opened.push(given.join('/'))
      return Promise.resolve('c2')
    }
    await room.close()
    room = await openCommandNewsroom({ openThread })
    expect(await ask('/news follow', asked)).toContain('inside of the thread')
    const manager = asker({ isManager: true })
    expect(wordsOf(await askDesk(room, manager, '/news follow', asked))).toContain('come into the thread')
    expect(opened).toEqual(['discord/t1/c1/News: mayor prison'])
    expect(await room.store.subscriptions.following('t1', 'discord', 'p1')).toMatchObject([{ place: 'c2' }])
    expect(await ask('/news following')).toContain('Words: mayor prison in a thread')
    const inThread = asker({ channel: 'c9', inThread: true })
    expect(wordsOf(await askDesk(room, inThread, '/news follow', asked))).toContain('the bot is not in it')
    // Asked for again without a thread, it comes as a private message.
    expect(await ask('/news follow', { target: 'mayor prison' })).toContain('as a private message')
    const [followed] = await room.store.subscriptions.following('t1', 'discord', 'p1')
    expect(followed).not.toHaveProperty('place')
  })

  it('lets an unfollow button work in a private message, for its presser alone', async () => {
    const followed = await pressButton(room, member, 'follow:ferryaground')
    const action = actionOf(followed, 'Unfollow')
    const inPrivate = asker({ tenant: '', channel: 'dm' })
    expect(wordsOf(await pressButton(room, { ...inPrivate, person: 'p2' }, action))).toBe(
      'You did not follow it.',
    )
    expect(wordsOf(await pressButton(room, inPrivate, action))).toBe('You no longer follow it.')
  })

  it('says what is wrong', async () => {
    expect(await ask('/news follow', { target: 'ferry AND' })).toContain(
      'Cannot follow "ferry AND": a word is missing',
    )
    expect(await ask('/news follow', { target: 'x'.repeat(51) })).toContain('use at most 50 characters')
    expect(await ask('/news unfollow', { target: 'volcano' })).toContain('You do not follow "volcano".')
    expect(await ask('/news follow', { target: 'ferry' }, asker({ tenant: '' }))).toContain(
      'Follow from a channel',
    )
  })

  it('lists eight on a page', async () => {
    for (let at = 0; at < 9; at += 1)
      await ask('/news follow', { target: `word${String(at).padStart(2, '0')}` })
    const first = await askDesk(room, member, '/news following')
    expect(wordsOf(first)).toContain('Words: word07')
    expect(wordsOf(first)).not.toContain('Words: word08')
    const second = await pressButton(room, member, actionOf(first, 'Next'))
    expect(wordsOf(second)).toBe('Words: word08\n[Unfollow]\n[Previous]')
  })

  it('has a limit', async () => {
    for (let at = 0; at < 50; at += 1) await ask('/news follow', { target: `word${at}` })
    expect(await ask('/news follow', { target: 'one more' })).toContain(
      'You follow 50 things, which is the most.',
    )
  })
})

describe('/news help', () => {
  it('shows members their commands and managers all', async () => {
    const words = await ask('/news help')
    expect(words).toContain('/news search <words> [since] [outlet] Find articles by words')
    expect(words).not.toContain('/newsroom setup')
    expect(await ask('/news help', {}, asker({ isManager: true }))).toContain('/newsroom digest preview')
  })
})

describe('/news forget-me', () => {
  it('asks, then ends what the person follows and says what was done', async () => {
    await pressButton(room, member, 'follow:ferryaground')
    const question = await askDesk(room, member, '/news forget-me')
    expect(await room.store.subscriptions.following('t1', 'discord', 'p1')).toHaveLength(1)
    const done = await pressButton(room, member, actionOf(question, 'Delete it'))
    expect(wordsOf(done)).toContain('1 follow ended, your id taken out of 2 entries')
    expect(await room.store.subscriptions.following('t1', 'discord', 'p1')).toEqual([])
  })
})
