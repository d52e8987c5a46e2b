import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_DIGEST_SETTINGS, parseDigestSettings } from '../../../src/app/digest-settings.ts'
import type { Delivery } from '../../../src/app/ports/digest-store.ts'
import { fileDestinationId } from '../../../src/app/sync-settings.ts'
import {
  actionOf,
  asker,
  askDesk,
  FENWICK_FEED,
  fetched,
  MANAGER,
  NOW,
  openCommandNewsroom,
  pressButton,
  sendForm,
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

const ask = async (command: string, options: Record<string, string> = {}, who = MANAGER) =>
  wordsOf(await askDesk(room, who, command, options))
const digests = () => room.store.subscriptions.subscriptions('t1')
const settingsOf = async (name: string) =>
  parseDigestSettings((await digests()).find((one) => one.name === name)?.settings)
const addMorning = () =>
  ask('/newsroom digest add', { name: 'morning', times: '08:00', zone: 'Europe/Berlin' })
const actions = async (tenant = 't1') =>
  (await room.store.subscriptions.auditTrail(tenant, 50)).map(({ action }) => action)

describe('/newsroom', () => {
  it('refuses members, in every command, button and form', async () => {
    const member = asker()
    for (const { path } of room.desk.shapes.filter(({ managersOnly }) => managersOnly)) {
      expect(await ask(path.join(' '), {}, member)).toMatch(/^Only managers may do that/)
    }
    for (const action of [
      'split:ferryaground',
      'undo:x',
      'resend:d:0',
      'form:setup',
      'add-feed:https://x.example',
    ]) {
      expect(wordsOf(await pressButton(room, member, action))).toMatch(/^Only managers may do that/)
    }
    expect(wordsOf(await sendForm(room, member, 'setup', {}))).toMatch(/^Only managers may do that/)
    expect(await ask('/newsroom status', {}, asker({ tenant: '', isManager: true }))).toMatch(
      /^Use \/newsroom in a channel/,
    )
  })

  it('takes people whom an admin named', async () => {
    const helper = asker({ person: 'p7' })
    expect(await ask('/newsroom managers add', { person: '<@p7>' })).toBe(
      'That person can use /newsroom now.',
    )
    expect(await ask('/newsroom feeds list', {}, helper)).toContain('2 feeds, 1 of your own')
    expect(await ask('/newsroom managers add', { person: 'p8' }, helper)).toMatch(/^Only admins/)
    expect(await ask('/newsroom managers list')).toContain('p7')
    expect(await ask('/newsroom managers remove', { person: 'p7' })).toBe(
      'That person can no longer use /newsroom.',
    )
    expect(await ask('/newsroom feeds list', {}, helper)).toMatch(/^Only managers/)
  })
})

describe('/newsroom setup', () => {
  const fields = {
    channel: 'c1',
    times: '08:00',
    zone: 'berlin',
    stories: '5',
    feeds: 'https://fenwick.example/rss',
  }

  it('asks by a form, sets up and ends with a preview of the first digest', async () => {
    room.web.set('https://fenwick.example/rss', fetched('https://fenwick.example/rss', FENWICK_FEED))
    const form = await askDesk(room, MANAGER, '/newsroom setup')
    expect(form.kind).toBe('form')
    expect(wordsOf(form)).toContain('Channel: c1')
    const words = wordsOf(await sendForm(room, MANAGER, 'setup', fields))
    expect(words).toContain('Digest "news" in general is set up')
    expect(words).toContain(
      '08:00 every day in Europe/Berlin. The next one comes Wed 11 Mar 2026, 08:00 (Europe/Berlin).',
    )
    expect(words).toMatch(/^1\. Ferry runs aground off Marholm$/m)
    expect(words).toContain('Fenwick bridge opens a year late')
    expect(words).toContain(
      'The new bridge over the Fenwick opened on Tuesday morning, a year late. Fenwick Times',
    )
    const [stored] = await digests()
    expect(stored).toMatchObject({
      name: 'news',
      paused: false,
      destination: { address: 'c1', tenant: 't1' },
    })
    const feeds = await room.store.feeds.feeds({ tenant: 't1' })
    expect(feeds.find(({ name }) => name === 'Fenwick Times')).toMatchObject({ tenant: 't1' })
  })

  it('tells everything that is wrong at once, and opens again with what was filled in', async () => {
    const wrong = {
      channel: 'c9',
      times: 'noonish',
      zone: 'Mars',
      stories: '900',
      feeds: 'https://down.example/rss',
    }
    const refused = await sendForm(room, MANAGER, 'setup', wrong)
    expect(wordsOf(refused).split('\n')).toEqual([
      'Nothing was set up yet',
      'Channel: the bot is not in it: invite it.',
      'zone: "Mars" is not a time zone: write one such as Europe/Berlin or America/New_York.',
      expect.stringMatching(/^times: "noonish" is neither a time nor a day/),
      'stories: "900" is not a whole number from 1 to 50.',
      'Feeds: Cannot fetch "https://down.example/rss": no such host.',
      '[Open the form again]',
    ])
    expect(await digests()).toEqual([])
    const again = await pressButton(room, MANAGER, actionOf(refused, 'Open the form again'))
    expect(wordsOf(again)).toContain('When: noonish')
  })

  it('changes what it set up before, and keeps topics', async () => {
    const here = { ...fields, feeds: '' }
    await sendForm(room, MANAGER, 'setup', here)
    await ask('/newsroom topics add', { topic: 'ferry' })
    await sendForm(room, MANAGER, 'setup', { ...here, times: '18:30 weekdays' })
    expect(await digests()).toHaveLength(1)
    expect(await settingsOf('news')).toMatchObject({
      cron: ['30 18 * * 1,2,3,4,5'],
      subscription: { topics: { include: ['ferry'] } },
    })
  })
})

describe('/newsroom feeds', () => {
  const url = 'https://fenwick.example/rss'

  it('calls a feed without a name by its host, and shows no more of an address that may hold a key', async () => {
    const url = 'https://tarnpost.example/rss?key=1'
    const feed = { id: 'f-nameless', url, name: '', tags: [], tenant: null, addedAtMs: NOW }
    await room.store.feeds.saveFeeds([feed])
    const words = await ask('/newsroom feeds list')
    expect(words).toContain('tarnpost.example · for everybody')
    expect(words).not.toContain('key=1')
  })

  it('lists feeds, with addresses of its own alone', async () => {
    const reply = await askDesk(room, MANAGER, '/newsroom feeds list')
    expect(wordsOf(reply)).toBe(
      '2 feeds, 1 of your own\nInner Circle · world\nOpen Wire · for everybody · world',
    )
    expect(JSON.stringify(reply)).not.toContain('key=k')
  })

  it('adds a feed after reading it, and removes it', async () => {
    room.web.set(url, fetched(url, FENWICK_FEED))
    expect(await ask('/newsroom feeds add', { url: 'fenwick.example/rss', tags: 'Local, bridge' })).toContain(
      'Feed Fenwick Times is added\nIt lists 2 articles',
    )
    expect(await ask('/newsroom feeds add', { url })).toBe(
      'Feed "Fenwick Times" is there already. Nothing was changed.',
    )
    const feeds = await room.store.feeds.feeds({ tenant: 't1' })
    expect(feeds.find((feed) => feed.url === url)).toMatchObject({ tags: ['Local', 'bridge'], tenant: 't1' })
    expect(await ask('/newsroom feeds remove', { feed: 'fenwick times' })).toContain('is removed')
    expect(await actions()).toEqual(['feed removed', 'feed added'])
  })

  it('offers the feeds of a page', async () => {
    const page = 'https://fenwick.example/'
    room.web.set(
      page,
      fetched(
        page,
        `<html><head><link rel="alternate" type="application/rss+xml" title="All" href="${url}"></head></html>`,
        'text/html',
      ),
    )
    room.web.set(url, fetched(url, FENWICK_FEED))
    const offered = await askDesk(room, MANAGER, '/newsroom feeds add', { url: page })
    expect(wordsOf(offered)).toContain(
      'is a page. It has these feeds:\nAll https://fenwick.example/rss\n[Add]',
    )
    expect(wordsOf(await pressButton(room, MANAGER, actionOf(offered, 'Add')))).toContain(
      'Feed Fenwick Times is added',
    )
  })

  it.each([
    [
      'ftp://x.example/rss',
      'Cannot read feed "ftp://x.example/rss": it is not an http(s) address. Nothing was added.',
    ],
    ['https://down.example/rss', 'Cannot fetch "https://down.example/rss": no such host. Nothing was added.'],
  ])('says why %s cannot be added', async (given, words) => {
    expect(await ask('/newsroom feeds add', { url: given })).toBe(words)
  })

  it("does not touch the operator's feeds", async () => {
    expect(await ask('/newsroom feeds remove', { feed: 'Open Wire' })).toContain('belongs to the operator')
    expect(await room.store.feeds.feeds({ tenant: 't1' })).toHaveLength(2)
  })

  it('shows what a feed would bring', async () => {
    room.web.set(url, fetched(url, FENWICK_FEED))
    const reply = await askDesk(room, MANAGER, '/newsroom feeds test', { url })
    expect(wordsOf(reply)).toContain(
      'Fenwick Times: 2 articles would come in\nFenwick bridge opens a year late 1 h ago',
    )
    expect(await room.store.feeds.feeds({ tenant: 't1' })).toHaveLength(2)
    await pressButton(room, MANAGER, actionOf(reply, 'Add this feed'))
    expect(await room.store.feeds.feeds({ tenant: 't1' })).toHaveLength(3)
  })

  it('imports and exports OPML', async () => {
    const opml = `<opml version="2.0"><body><outline text="Local"><outline type="rss" text="Fenwick Times" xmlUrl="${url}"/></outline>
      <outline text="Open" xmlUrl="https://open.example/rss?key=k"/></body></opml>`
    expect(await ask('/newsroom feeds import', { file: opml })).toContain('1 feed added, 1 there already.')
    room.web.set('https://lists.example/my.opml', fetched('https://lists.example/my.opml', opml))
    expect(await ask('/newsroom feeds import', { file: 'https://lists.example/my.opml' })).toContain(
      '0 feeds added, 2 there already.',
    )
    expect((await askDesk(room, MANAGER, '/newsroom feeds import')).kind).toBe('form')
    expect(wordsOf(await sendForm(room, MANAGER, 'import', { opml: 'hello' }))).toContain(
      'Cannot import "hello"',
    )
    const exported = await ask('/newsroom feeds export')
    expect(exported).toContain('xmlUrl="https://fenwick.example/rss"')
    expect(exported).not.toContain('open.example')
  })
})

describe('/newsroom digest', () => {
  it('adds a digest and says when it comes', async () => {
    expect(await addMorning()).toBe(
      'Digest "morning" in general is set up\n08:00 every day in Europe/Berlin. The next one comes Wed 11 Mar 2026, 08:00 (Europe/Berlin).\n[Preview]\n[Change]',
    )
    const [stored] = await digests()
    expect(stored).toMatchObject({ windowEndMs: NOW, nextRunAtMs: Date.UTC(2026, 2, 11, 7) })
  })

  it.each([
    [{ name: 'my news', times: '8:00' }, 'the name takes up to 40 letters'],
    [{ name: 'x', times: '25:00' }, 'times: "25:00" is neither a time nor a day'],
    [{ name: 'x', times: '0 8 * * 9' }, 'times: "0 8 * * 9" in "UTC"'],
    [{ name: 'x', times: '8:00', zone: 'Mars' }, 'zone: "Mars" is not a time zone'],
    [{ name: 'x', times: '8:00', topics: 'ferry)' }, 'topics: ")" is not expected here (character 6)'],
    [{ name: 'x', times: '8:00', channel: 'c9' }, 'the bot is not in it: invite it'],
    [{ name: 'x', times: '8:00', stories: '0' }, 'stories: "0" is not a whole number from 1 to 50'],
  ])('says what is wrong with %j', async (options, words) => {
    expect(await ask('/newsroom digest add', options)).toContain(words)
    expect(await digests()).toEqual([])
  })

  it.each([
    ['times', '7am and 18:30 mon-fri', { cron: ['0 7 * * 1,2,3,4,5', '30 18 * * 1,2,3,4,5'] }],
    ['zone', 'new york', { timeZone: 'America/New_York' }],
    ['quiet', '22:00-06:00 sat, sun', { quiet: { fromMinute: 1_320, toMinute: 360, days: [0, 6] } }],
    ['stories', '20', { subscription: { maxStories: 20 } }],
    ['sentences', '0', { subscription: { maxSentences: 0 } }],
    ['skip-below', '3', { subscription: { skipBelow: 3 } }],
    ['min-publishers', '2', { subscription: { minPublishers: 2 } }],
    ['overflow', 'next message', { subscription: { overflow: 'next-message' } }],
    ['pictures', 'on', { subscription: { pictures: true } }],
    ['feeds', 'Open Wire, https://one.example/rss', { subscription: { feeds: { ids: ['open', 'of-t1'] } } }],
    ['tags', 'world, sport', { subscription: { feeds: { tags: ['world', 'sport'] } } }],
    ['languages', 'en-GB, de', { subscription: { languages: ['en', 'de'] } }],
    ['patterns', 'ferr(y|ies)\nharbou?r', { subscription: { patterns: ['ferr(y|ies)', 'harbou?r'] } }],
    ['reader-language', 'de', { subscription: { lang: 'de' } }],
    ['role', '<@&123>', { subscription: { mentionRole: '123' } }],
  ])('sets %s to %s, shows it and takes it back', async (setting, value, expected) => {
    await addMorning()
    expect(await ask('/newsroom digest edit', { digest: 'morning', setting, value })).toContain(
      `${setting} changed`,
    )
    expect(await settingsOf('morning')).toMatchObject(expected)
    expect(await ask('/newsroom digest edit', { setting })).toMatch(/ is "/)
  })

  it.each([
    ['times', 'soon'],
    ['zone', 'none'],
    ['quiet', '25:00-26:00'],
    ['stories', 'ten'],
    ['overflow', 'burn'],
    ['pictures', 'large'],
    ['feeds', 'Outer Circle'],
    ['languages', 'Klingonese!'],
    ['patterns', '(?=x)'],
    ['role', 'the best'],
  ])('refuses %s %s and changes nothing', async (setting, value) => {
    await addMorning()
    const before = await settingsOf('morning')
    expect(await ask('/newsroom digest edit', { setting, value })).toMatch(
      new RegExp(`^Cannot change digest "morning": ${setting}: .*\\. Nothing was changed\\.$`),
    )
    expect(await settingsOf('morning')).toEqual(before)
  })

  it('is changed by a form too', async () => {
    await addMorning()
    const form = await askDesk(room, MANAGER, '/newsroom digest edit')
    expect(wordsOf(form)).toContain('Times: 08:00\nZone: Europe/Berlin\nStories: 10\nSentences: 3')
    const action = form.kind === 'form' ? form.form.action : ''
    const fields = { times: '9:00', zone: 'UTC', stories: '4', sentences: '2', topics: 'ferry\nmayor' }
    expect(wordsOf(await sendForm(room, MANAGER, action, fields))).toContain('changed')
    expect(await settingsOf('morning')).toMatchObject({
      cron: ['0 9 * * *'],
      timeZone: 'UTC',
      subscription: { maxStories: 4, maxSentences: 2, topics: { include: ['ferry', 'mayor'] } },
    })
    expect(wordsOf(await sendForm(room, MANAGER, action, { ...fields, topics: '(' }))).toContain(
      'Nothing was changed',
    )
  })

  it('pauses, resumes and removes', async () => {
    await addMorning()
    expect(await ask('/newsroom digest pause')).toContain('is paused')
    expect((await digests())[0]).toMatchObject({ paused: true, nextRunAtMs: null, windowEndMs: NOW })
    expect(await ask('/newsroom digest send')).toContain('is paused')
    expect(await ask('/newsroom digest resume')).toContain('goes on. 08:00 every day')
    const question = await askDesk(room, MANAGER, '/newsroom digest remove', { digest: 'morning' })
    expect(await digests()).toHaveLength(1)
    await pressButton(room, MANAGER, actionOf(question, 'Remove it'))
    expect(await digests()).toEqual([])
    expect(await ask('/newsroom digest pause')).toContain('There is no digest yet.')
  })

  it('asks which one where it is not clear', async () => {
    await addMorning()
    await ask('/newsroom digest add', { name: 'evening', times: '18:00' })
    expect(await ask('/newsroom digest pause')).toBe(
      'Which digest? Name one of: "evening" in general, "morning" in general.',
    )
    expect(await ask('/newsroom digest pause', { digest: 'noon' })).toContain('There is no digest "noon".')
    expect(await ask('/newsroom digest pause', { digest: 'Evening' })).toContain('is paused')
  })

  it('previews with the rule and reason of each story, and of those missing', async () => {
    await addMorning()
    await ask('/newsroom topics add', { topic: 'ferry OR mayor' })
    await ask('/newsroom topics add', { topic: 'storm', kind: 'exclude' })
    const nothing = await askDesk(room, MANAGER, '/newsroom digest preview')
    expect(wordsOf(nothing)).toContain('No digest would be sent: no story came in the window')
    const words = wordsOf(await pressButton(room, MANAGER, actionOf(nothing, 'The last 24 hours instead')))
    expect(words).toContain('1. Ferry runs aground off Marholm')
    expect(words).toContain(
      'In it by: topic "ferry OR mayor" in "Ferry runs aground off Marholm". Here because: 2 of 3 publishers with own text',
    )
    expect(words).toContain('Not in it: 2 stories')
    expect(words).toContain('Storm closes harbour of Marholm topic "storm" is excluded')
    expect(words).toContain(
      'Plans for the zeppelin are ready no article of it meets a topic of the digest ("ferry OR mayor")',
    )
  })

  it('says why one story is in it or missing', async () => {
    await addMorning()
    await ask('/newsroom topics add', { topic: 'ferry' })
    const why = (story: string, since: string) => ask('/newsroom digest preview', { story, since })
    expect(await why('mayortrial', '24h')).toContain(
      'is not in the next digest "morning" in general: no article of it meets a topic',
    )
    expect(await why('ferryaground', '24h')).toContain('is number 1 of the next digest')
    expect(await why('ferryaground', '1h')).toContain('no article of it came since')
    expect(await why('zeppelins of Mars', '1h')).toContain('No story fits')
  })

  it('sends now', async () => {
    await addMorning()
    expect(await ask('/newsroom digest send')).toBe('Digest morning is sent.')
    expect(room.sent).toEqual(['morning'])
    expect(await actions()).toContain('digest sent')
  })
})

describe("a digest of the operator's settings file", () => {
  beforeEach(async () => {
    for (const address of ['c1', 'c2']) {
      const id = `file-${address}`
      const destination = { id, platform: 'discord', address, tenant: null, name: address }
      await room.store.subscriptions.saveDestination(destination, NOW)
      await room.store.subscriptions.saveSubscription({
        ...{
          id: `file-of-${address}`,
          destinationId: id,
          name: 'world',
          paused: false,
          nextRunAtMs: null,
          atMs: NOW,
        },
        settings: { ...DEFAULT_DIGEST_SETTINGS, setBy: 'file' },
      })
    }
  })
  const stored = async () => (await room.store.subscriptions.subscription('file-of-c1'))!

  it('is changed by managers of its channel, whose word then holds', async () => {
    expect(await ask('/newsroom digest edit', { setting: 'stories', value: '3' })).toContain(
      'stories changed',
    )
    expect(parseDigestSettings((await stored()).settings)).toMatchObject({
      setBy: 'chat',
      subscription: { maxStories: 3 },
    })
    await ask('/newsroom digest pause')
    expect(await stored()).toMatchObject({ paused: true, destination: { tenant: null } })
    expect(await ask('/newsroom digest remove', { digest: 'world' })).toContain('comes from the operator')
  })

  it('is previewed as it is sent: without what only the tenant sees', async () => {
    const words = await ask('/newsroom digest preview', { since: '24h' })
    expect(words).toContain('Ferry runs aground off Marholm')
    expect(words).not.toContain('zeppelin')
  })

  it('is not there for other channels', async () => {
    const elsewhere = asker({ tenant: 't2', channel: 'x1', isManager: true })
    expect(await ask('/newsroom status', {}, elsewhere)).toContain('There is no digest yet.')
    expect(await ask('/newsroom digest pause', { digest: 'file-of-c2' })).toContain(
      'There is no digest "file-of-c2".',
    )
  })
})

describe('/newsroom topics, mute and publishers', () => {
  beforeEach(addMorning)

  it('adds, lists and removes topics', async () => {
    expect(await ask('/newsroom topics list')).toContain('All stories are taken.')
    await ask('/newsroom topics add', { topic: 'harbour  AND strike' })
    await ask('/newsroom topics add', { topic: 'sport', kind: 'exclude' })
    expect(await ask('/newsroom topics list')).toBe(
      'Topics of "morning" in general\nOnly stories with harbour AND strike\nNever stories with sport',
    )
    expect(await ask('/newsroom topics add', { topic: 'sport', kind: 'exclude' })).toContain(
      'is there already',
    )
    expect(await ask('/newsroom topics add', { topic: '"open' })).toBeTruthy()
    expect(await ask('/newsroom topics add', { topic: 'a OR' })).toContain(
      'Cannot add "a OR": a word is missing (character 5)',
    )
    expect(await ask('/newsroom topics remove', { topic: 'SPORT' })).toContain('SPORT taken back')
    expect(await ask('/newsroom topics remove', { topic: 'sport' })).toContain('is not in digest')
  })

  it('mutes words and publishers: digests, look-ups and search show nothing of them', async () => {
    await ask('/newsroom mute add', { words: 'zeppelin' })
    await ask('/newsroom publishers mute', { publisher: 'Harbour Post' })
    expect(await ask('/newsroom mute list')).toBe(
      'Muted in "morning" in general\nNever articles with zeppelin\nNever texts of harbourpost',
    )
    const preview = await ask('/newsroom digest preview', { since: '24h' })
    expect(preview).toContain('Plans for the zeppelin are ready every article of it is muted by "zeppelin"')
    expect(preview.split('Not in it')[0]).not.toMatch(/Harbour Post|Ferry runs aground/)
    const member = asker()
    for (const look of [
      await ask('/news latest', {}, member),
      await ask('/news story', { story: 'ferryaground' }, member),
      await ask('/news search', { words: 'ferry' }, member),
      await ask('/news headlines', {}, member),
      wordsOf(await pressButton(room, member, 'sources:ferryaground:0')),
    ]) {
      expect(look).not.toContain('Harbour Post')
      expect(look).not.toContain('Ferry runs aground off Marholm')
    }
    await ask('/newsroom publishers clear', { publisher: 'harbourpost' })
    expect(await ask('/news story', { story: 'ferryaground' }, member)).toContain('Harbour Post')
  })

  it('lists publishers and takes only some', async () => {
    expect(await ask('/newsroom publishers only', { publisher: 'lissanegazette' })).toContain(
      'only stories that lissanegazette tells',
    )
    expect(await ask('/newsroom publishers list')).toContain(
      'Lissane Gazette 2 articles lately · only stories with it',
    )
    expect(await ask('/newsroom publishers mute', { publisher: 'Nobody' })).toContain(
      'No article of "Nobody" is stored',
    )
    await ask('/newsroom publishers mute', { publisher: 'Lissane Gazette' })
    expect(await settingsOf('morning')).toMatchObject({
      subscription: { publishers: { only: [], muted: ['lissanegazette'] } },
    })
  })
})

describe('/newsroom fix', () => {
  it('joins two stories here alone, and takes it back', async () => {
    const joined = await askDesk(room, MANAGER, '/newsroom fix merge', {
      story: 'harbourstorm',
      into: 'ferryaground',
    })
    expect(wordsOf(joined)).toContain(
      '"Storm closes harbour of Marholm" is now part of "Ferry runs aground off Marholm".',
    )
    const member = asker()
    expect(await ask('/news story', { story: 'harbourstorm' }, member)).toContain('4 articles · 3 publishers')
    const latest = await ask('/news latest', {}, member)
    expect(latest.match(/Ferry runs aground off Marholm/g)).toHaveLength(1)
    expect(latest).not.toContain('Storm closes harbour')
    const elsewhere = asker({ tenant: 't2', channel: 'x1' })
    expect(await ask('/news story', { story: 'ferryaground' }, elsewhere)).toContain(
      '3 articles · 3 publishers',
    )
    expect(wordsOf(await pressButton(room, MANAGER, actionOf(joined, 'Undo')))).toContain(
      'Taken back: two stories joined',
    )
    expect(await ask('/news story', { story: 'ferryaground' }, member)).toContain('3 articles · 3 publishers')
    expect(await actions()).toEqual(['fix undo', 'fix merge'])
    // Messages that told the stories are changed both times.
    const corrected: unknown = expect.stringMatching(/^corrected for t1: ferry-\S+ \S+$/)
    expect(room.sent).toEqual([corrected, corrected])
  })

  it('takes an article out by the button of a story; what is cut off can be opened and named', async () => {
    const menu = await pressButton(room, MANAGER, 'other:ferryaground')
    expect(wordsOf(menu)).toContain('<Lissane Gazette: Captain of stranded ferry took wrong turn>')
    const split = await pressButton(room, MANAGER, 'split:ferryaground', ['ferry-3'])
    expect(wordsOf(split)).toContain(
      '1 article left "Ferry runs aground off Marholm" and is a story of its own.',
    )
    expect(await ask('/news story', { story: 'ferryaground' })).toContain(
      '2 articles · 2 publishers · 1 copy',
    )
    const cut = await ask('/news story', { story: 'captain wrong turn' })
    expect(cut).toContain('Story cut-id-1')
    expect(await ask('/news story', { story: 'cut-id-1' })).toContain(
      'Captain of stranded ferry took wrong turn',
    )
    expect(await ask('/newsroom fix undo')).toContain('Taken back: 1 article taken out of a story')
    expect(await ask('/news story', { story: 'ferryaground' })).toContain('3 articles')
    expect(await ask('/newsroom fix undo')).toBe('There is no correction to take back.')
  })

  it('goes into the preview of a digest', async () => {
    await addMorning()
    await ask('/newsroom fix merge', { story: 'mayortrial', into: 'ferryaground' })
    expect(await ask('/newsroom digest preview', { since: '24h' })).toContain(
      '4 articles · 3 publishers · 1 copy',
    )
  })

  it('keeps what members say for the managers, once', async () => {
    const member = asker()
    await pressButton(room, member, 'other:ferryaground')
    expect(wordsOf(await pressButton(room, member, 'other:ferryaground'))).toContain('The managers see it')
    const status = await askDesk(room, MANAGER, '/newsroom status')
    expect(wordsOf(status)).toContain(
      'Members say these are not one story\nFerry runs aground off Marholm just now\n<Ferry runs aground off Marholm>',
    )
    expect(wordsOf(await pressButton(room, MANAGER, 'fix-menu', ['ferryaground']))).toContain(
      'Which article is another story?',
    )
  })

  it('changes nothing where nothing can be changed', async () => {
    expect(await ask('/newsroom fix merge', { story: 'ferryaground', into: 'ferrya' })).toContain(
      'These are one story already',
    )
    expect(await ask('/newsroom fix split', { story: 'mayortrial' })).toContain('has one article')
    expect(wordsOf(await pressButton(room, MANAGER, 'split:ferryaground', ['trial-1']))).toContain(
      'not in the story any more',
    )
    expect(wordsOf(await pressButton(room, MANAGER, 'split:ferryaground', ['ferry-1', 'ferry-3']))).toContain(
      'without articles',
    )
    expect(await ask('/newsroom fix undo', { correction: 'nothing' })).toContain('no such correction')
  })
})

describe('/newsroom status', () => {
  it('tells last and next digests, failing feeds and closed channels', async () => {
    await addMorning()
    const problem = 'Cannot fetch feed "https://one.example/rss": status is 503'
    const state = {
      failures: 3,
      last: { kind: 'failed', atMs: NOW, failure: 'status', problem },
      lastGoodAtMs: NOW - 7_200_000,
    }
    await room.store.feeds.saveFeedState('of-t1', state, NOW + 3_600_000)
    await room.store.feeds.saveFeedState('open', state, NOW + 3_600_000)
    const words = await ask('/newsroom status')
    expect(words).toContain(
      '"morning" in general\n08:00 every day · next Wed 11 Mar 2026, 08:00 (Europe/Berlin) · none sent yet',
    )
    expect(words).toContain(
      `2 feeds, 2 failing\nInner Circle ${problem}; last worked 2 h ago, next try in 1 h`,
    )
    expect(words).toContain('Open Wire fails; the operator knows')
    await room.desk.channelClosed('discord', 't1', 'c1', 'the bot may not write there')
    expect(await ask('/newsroom status')).toContain('general, just now: the bot may not write there.')
    expect(room.told.map(({ person }) => person)).toEqual(['m1'])
    expect(await digests()).toEqual([])
    await room.desk.channelOpened('discord', 't1', 'c1')
    expect(await digests()).toHaveLength(1)
    expect(await ask('/newsroom status')).not.toContain('the bot may not write there')
  })

  it('tries a closed channel again when a manager says so, and goes on where that works', async () => {
    await addMorning()
    const close = () => room.desk.channelClosed('discord', 't1', 'c1', 'Cannot post to "c1": it was left')
    await close()
    const status = await askDesk(room, MANAGER, '/newsroom status')
    expect(wordsOf(status)).toContain('general, just now: it was left. Its digests rest')
    const action = actionOf(status, 'Try general again')
    const stranger = asker({ tenant: 't2', channel: 'x1', isManager: true })
    expect(wordsOf(await pressButton(room, stranger, action))).toContain('no such channel')
    expect(wordsOf(await pressButton(room, MANAGER, 'reopen:nowhere'))).toContain('no such channel')
    expect(await digests()).toEqual([])
    expect(wordsOf(await pressButton(room, MANAGER, action))).toContain('its digests go on')
    expect(await digests()).toHaveLength(1)
  })

  it('tells what still is in the way of a closed channel', async () => {
    const shut = await openCommandNewsroom({ enterChannel: () => Promise.resolve('it is archived') })
    await askDesk(shut, MANAGER, '/newsroom digest add', { name: 'morning', times: '08:00' })
    await shut.desk.channelClosed('discord', 't1', 'c1', 'it was archived')
    expect(wordsOf(await pressButton(shut, MANAGER, 'reopen:c1'))).toContain(
      'still cannot be sent to: it is archived',
    )
    expect(await shut.store.subscriptions.destinations('t1')).toEqual([])
    await shut.close()
  })

  it('follows the new name of a channel, and names one elsewhere as the platform does', async () => {
    await addMorning()
    await room.desk.channelRenamed('discord', 't1', 'c1', 'town-square')
    await room.desk.channelRenamed('discord', 't2', 'c1', 'not ours')
    expect(await ask('/newsroom status')).toContain('"morning" in town-square')
    const named = await openCommandNewsroom({ channelName: () => Promise.resolve('harbour') })
    await askDesk(named, MANAGER, '/newsroom digest add', { name: 'noon', times: '12:00', channel: 'c2' })
    expect(wordsOf(await askDesk(named, MANAGER, '/newsroom status'))).toContain('"noon" in harbour')
    await named.close()
  })

  it('sends with an opened channel what was given up with it, and nothing that may have arrived', async () => {
    await addMorning()
    const [stored] = await digests()
    const digest = { id: 'digest-1', destinationId: stored?.destination.id ?? '', subscriptionId: null }
    const window = { fromMs: NOW - 1, toMs: NOW, inputHash: 'h', body: {}, composedAtMs: NOW, told: [] }
    const parts = ['n0', 'n1', 'n2'].map((nonce) => ({ message: {}, nonce }))
    await room.store.digests.saveDigest({ ...digest, ...window, parts })
    const results = [
      { state: 'sent', messageId: 'm0' },
      { state: 'unknown', problem: 'lost' },
      { state: 'failed', problem: 'the bot may not write there', retryAtMs: null },
    ] as const
    for (const [part, result] of results.entries()) {
      await room.store.digests.startDelivery({ digestId: 'digest-1', part }, NOW)
      await room.store.digests.finishDelivery({ digestId: 'digest-1', part }, result, NOW)
    }
    await room.desk.channelClosed('discord', 't1', 'c1', 'the bot may not write there')
    await room.desk.channelOpened('discord', 't1', 'c1')
    const states: Delivery[] = await room.store.digests.deliveries('digest-1')
    expect(states.map(({ state }) => state)).toEqual(['sent', 'unknown', 'planned'])
  })

  it("opens a channel again that the operator's settings file names", async () => {
    const id = fileDestinationId('discord', 'c7')
    const destination = { id, platform: 'discord', address: 'c7', tenant: null, name: '' }
    await room.store.subscriptions.saveDestination(destination, NOW)
    await room.store.subscriptions.closeDestination(id, NOW)
    expect(await room.store.subscriptions.destinations(null)).toEqual([])
    await room.desk.channelOpened('discord', 't1', 'c7')
    expect(await room.store.subscriptions.destinations(null)).toEqual([destination])
  })

  it('offers to send a part again of which nobody knows, and only that', async () => {
    await addMorning()
    const [stored] = await digests()
    const destinationId = stored?.destination.id ?? ''
    await room.store.digests.saveDigest({
      id: 'digest-1',
      destinationId,
      subscriptionId: stored?.id ?? null,
      fromMs: NOW - 1,
      toMs: NOW,
      inputHash: 'h',
      body: {},
      composedAtMs: NOW,
      told: [],
      parts: [{ message: {}, nonce: 'n' }],
    })
    await room.store.digests.startDelivery({ digestId: 'digest-1', part: 0 }, NOW)
    await room.store.digests.finishDelivery(
      { digestId: 'digest-1', part: 0 },
      { state: 'unknown', problem: 'the answer was lost' },
      NOW,
    )
    // Nine more digests, and it still stands on the first page.
    for (let n = 0; n < 9; n += 1) {
      room.channels.add(`t1/a${n}`)
      await ask('/newsroom digest add', { name: `a${n}`, times: '07:00', channel: `a${n}` })
    }
    const status = await askDesk(room, MANAGER, '/newsroom status')
    expect(wordsOf(status)).toContain('Nobody knows whether part 1 arrived, just now: the answer was lost')
    const action = actionOf(status, 'It is not there: send part 1 again')
    const stranger = asker({ tenant: 't2', channel: 'x1', isManager: true })
    expect(wordsOf(await pressButton(room, stranger, action))).toContain('no such digest')
    expect(room.sent).toEqual([])
    expect(wordsOf(await pressButton(room, MANAGER, action))).toBe('Sent again.')
    expect(room.sent).toEqual(['digest-1/0'])
    const parts: Delivery[] = await room.store.digests.deliveries('digest-1')
    expect(parts).toHaveLength(1)
    expect(wordsOf(await pressButton(room, MANAGER, 'resend:digest-1:7'))).toContain('Nothing was sent')
  })
})

describe('tenantAdded()', () => {
  const arrival = { platform: 'discord', tenant: 't9', name: 'Nine' }

  it('welcomes a tenant once, and again when it comes back', async () => {
    const welcome = await room.desk.tenantAdded(arrival)
    expect(welcome).toMatchObject({ visibility: 'channel' })
    expect(await room.desk.tenantAdded(arrival)).toBeNull()
    expect(await room.desk.tenantAdded({ ...arrival, name: 'Nine and a half' })).toBeNull()
    await room.desk.tenantRemoved('discord', 't9')
    expect(await room.desk.tenantAdded(arrival)).not.toBeNull()
  })

  it('remembers which bot came, also where another one takes its place', async () => {
    const settings = async () => (await room.store.subscriptions.tenant('t9'))?.settings
    expect(await room.desk.tenantAdded({ ...arrival, bot: '1' })).not.toBeNull()
    await room.store.subscriptions.saveTenantSettings('t9', { bot: '1', managers: ['7'] })
    expect(await room.desk.tenantAdded({ ...arrival, bot: '2' })).toBeNull()
    expect(await settings()).toEqual({ bot: '2', managers: ['7'] })
    await room.desk.tenantAdded(arrival)
    expect(await settings()).toEqual({ bot: '2', managers: ['7'] })
  })
})
