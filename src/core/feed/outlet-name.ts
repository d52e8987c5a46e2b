/** Parts of a feed's title that tell of the feed or its section, not of the outlet. */
const NOT_A_NAME = new RegExp(
  `^(?:${[
    '(?:the )?(?:latest|top|breaking|all|recent|main|current|newest|daily|live|world|local|national|international|us|uk|most recent) ?(?:news|stories|headlines|articles|posts|updates|entries)?',
    '(?:full|public|official|site|main|news)? ?(?:rss|atom|xml|json)(?: ?(?:feed|2\\.0|1\\.0|channel))*',
    '(?:news ?)?feeds?',
    'news|headlines|home|home ?page|front ?page|start|startseite|all|articles|posts|blog',
    'world|politics|sports?|business|technology|tech|science|health|culture|entertainment|opinion|economy|europe|asia|africa|americas|middle east|lifestyle|travel|weather|money|arts|education|environment',
    '(?:world|politics|sports?|business|tech(?:nology)?|science|health) news',
    'nachrichten|aktuelle nachrichten|schlagzeilen|politik|wirtschaft|kultur|wissen|actualit[ée]s|a la une|à la une|noticias|portada|notizie',
  ].join('|')})$`,
  'iu',
)

/** Longer titles are sentences; what is shown beside a quote must stay short. */
const MAX_NAME_CHARS = 60

/**
 * The name of the outlet from a feed's title: "World news | The Example" gives "The Example", "Example - RSS" gives
 * "Example". `null` where the title is empty or an address. Of several names the one that is in the site's host wins,
 * else the first.
 */
export function outletName(title: string, link: string | null): string | null {
  const trimmed = title.trim()
  if (trimmed === '' || /^(?:https?:\/\/|www\.)\S+$/i.test(trimmed)) return null
  const parts = trimmed
    .split(/\s+[|>»›·•–—/-]+\s+|\s*[|»›]\s*|:\s+/u)
    .map(withoutFeedWords)
    .filter((part) => part !== '')
  const names = parts.filter((part) => !NOT_A_NAME.test(part))
  const host = link !== null && URL.canParse(link) ? new URL(link).hostname.replace(/[^a-z\d]/g, '') : ''
  const name = names.find((part) => isInHost(part, host)) ?? names[0] ?? parts[0] ?? trimmed
  return name.slice(0, MAX_NAME_CHARS).toWellFormed().trim()
}

function withoutFeedWords(part: string): string {
  return part
    .replace(/\s*[([]?\b(?:rss|atom)\b(?:[ -]?(?:feeds?|2\.0|1\.0))?[)\]]?\s*$/iu, '')
    .replace(/^(?:the )?(?:latest|breaking|top|all) (?:news|headlines|stories) (?:from|of|by|at)\s+/iu, '')
    .replace(/^(?:rss|atom)(?: feed)?(?: (?:of|for|from))?\s+/iu, '')
    .trim()
}

/** Words that hosts of many outlets hold. */
const COMMON_WORDS: ReadonlySet<string> = new Set([
  'news',
  'online',
  'world',
  'post',
  'times',
  'daily',
  'today',
  'press',
])

/** Whether the host holds the name, or a word of it that says something. */
function isInHost(part: string, host: string): boolean {
  const words =
    part
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .match(/[a-z\d]+/g) ?? []
  const joined = words.join('')
  const told = words.filter((word) => word.length > 3 && !COMMON_WORDS.has(word))
  return (joined.length > 2 && host.includes(joined)) || told.some((word) => host.includes(word))
}
