import type { PageNode } from './page-tree.ts'

/** How sure a rule is that an element is not the article: `surely` gives way only to nearly all text of the page. */
export type Sureness = 'surely' | 'likely'

/** Why an element is not part of an article, and how sure that is. */
export interface NodeRule {
  readonly why: string
  readonly sureness: Sureness
}

/** The rule that names an element as not part of an article, by its tag and the words of its class and id; else `null`. */
export function furnitureRule(node: PageNode): NodeRule | null {
  const byTag = TAG_RULES[node.tag]
  if (byTag !== undefined) return byTag
  if (node.attributes['hidden'] !== undefined || isHiddenByStyle(node)) return HIDDEN
  if (node.hint === '' || KEPT_TAGS.has(node.tag) || LEAD_HINT.test(node.hint)) return null
  for (const rule of HINT_RULES) if (rule.pattern.test(node.hint)) return rule
  return null
}

/** Whether class, id or `itemprop` say that an element holds the body of an article. */
export function isMarkedBody(node: PageNode): boolean {
  return node.tag !== 'html' && node.tag !== 'body' && BODY_HINT.test(node.hint)
}

/** Whether class or id say that an element holds the lead of an article. */
export function isMarkedLead(node: PageNode): boolean {
  return LEAD_HINT.test(node.hint)
}

/** Elements whose text is never shown as part of a page, whatever else fails. */
export function isNeverText(node: PageNode): boolean {
  return node.tag === 'head' || node.tag === 'title' || node.tag === 'button'
}

const HIDDEN: NodeRule = { why: 'hidden', sureness: 'likely' }

function isHiddenByStyle(node: PageNode): boolean {
  const style = node.attributes['style']
  return style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)
}

const TAG_RULES: Readonly<Record<string, NodeRule>> = {
  head: { why: 'page head', sureness: 'surely' },
  title: { why: 'page head', sureness: 'surely' },
  nav: { why: 'navigation', sureness: 'surely' },
  footer: { why: 'page footer', sureness: 'likely' },
  aside: { why: 'aside', sureness: 'likely' },
  figure: { why: 'picture', sureness: 'likely' },
  figcaption: { why: 'picture caption', sureness: 'likely' },
  button: { why: 'control', sureness: 'likely' },
  dialog: { why: 'dialog', sureness: 'likely' },
  menu: { why: 'navigation', sureness: 'likely' },
  input: { why: 'control', sureness: 'surely' },
  progress: { why: 'control', sureness: 'surely' },
}

const KEPT_TAGS = new Set([
  'html',
  'body',
  'main',
  'article',
  '#page',
  'h1',
  'b',
  'i',
  'strong',
  'em',
  'u',
  'font',
  'tr',
  'td',
  'tbody',
])

/** Class words are whole words between blanks; a trailing blank closes the last. */
function hint(words: string): RegExp {
  return new RegExp(` (?:${words}) `)
}

const HINT_RULES: readonly (NodeRule & { readonly pattern: RegExp })[] = [
  {
    why: 'comments',
    sureness: 'surely',
    pattern: hint(
      'comments?|comment (?:list|area|section|body|content|form|wrapper)|commentlist|disqus|disqus thread|livefyre|respond|kommentare?|commentaires?|comentarios|reactions|(?:fb|facebook) comments',
    ),
  },
  {
    why: 'cookie notice',
    sureness: 'surely',
    pattern: hint('cookies?|consent|gdpr|cookiebar|cookiebanner|datenschutzhinweis'),
  },
  {
    why: 'navigation',
    sureness: 'surely',
    pattern: hint(
      'nav|navbar|navigation|mainnav|subnav|topnav|navi|breadcrumbs?|crumbs?|brotkrume|menu|submenu|mainmenu|megamenu|skip|skiplinks?|sitemap|pagination|pager|pagenav|paging|pagenavi|toc|wp pagenavi|post navigation|nav links|prev next|next prev|previous next',
    ),
  },
  {
    why: 'link to other articles',
    sureness: 'surely',
    pattern: hint(
      'related ?(?:posts?|articles?|stories|story|content|news|links|items|topics|entries)|(?:posts?|articles?|stories|news) related|jp relatedposts|yarpp|yarpp related|recirc|recirculation|(?:most|mehr) ?(?:read|popular|viewed|shared|gelesen)|meistgelesen|latest ?(?:news|posts|stories|articles)|recent ?(?:posts|articles|news)|more ?(?:news|stories|articles|posts)|outbrain|taboola|zergnet|revcontent|nrelate|linkwithin|similar ?(?:posts|articles)|read ?next|you ?may ?(?:also ?)?like|popular ?posts',
    ),
  },
  {
    why: 'link to other articles',
    sureness: 'likely',
    pattern: hint(
      'related|relateds|crp related|recommended|recommendations?|recirc|recirculation|teasers?|teaserlist|teaserbox|trending|popular|mostread|mostviewed|most (?:read|popular|viewed|shared|recent)|more (?:news|stories|from|articles|on|in|posts|like)|read (?:more|next|also)|also (?:read|like)|readmore|see also|you may|you might|latest (?:news|posts|stories|articles)|recent posts|similar|ahnliche|mehr zum thema|weitere|autres articles|lire aussi|articles lies|leia mais|veja tambem|outbrain|taboola|zergnet|nrelate|revcontent|linkwithin|up next|promo|promos|promobox|crosslinks?|linklist|link list|further reading|suggested|suggestions|headlines list|story package|onward|onwards|morelinks|seemore|see more',
    ),
  },
  {
    why: 'advertisement',
    sureness: 'likely',
    pattern: hint(
      'ads?|advert|adverts|advertisement|advertising|advertorial|adsense|adsbygoogle|adbox|adslot|ad slot|dfp|sponsor|sponsors|sponsored|anzeige|werbung|publicite|publicidad|commercial|affiliate|affiliates|partner(?:links|box)|google ad|gpt|banner|banners|native ad',
    ),
  },
  {
    why: 'newsletter prompt',
    sureness: 'likely',
    pattern: hint(
      'newsletters?|newsletter \\w+|subscribe|subscribers?|subscription|subscriptions|signup|sign up|mailchimp|mc embed signup|optin|opt in|mailinglist|abo|abonnieren|paywall|paywall \\w+|regwall|email signup|donate|donation|donations|spenden|membership|call to action|cta|follow us|followus',
    ),
  },
  {
    why: 'share buttons',
    sureness: 'likely',
    pattern: hint(
      'share|shares|sharing|sharebar|sharethis|sharedaddy|sharetools|addthis|addtoany|a2a kit|a2a|social|socials|socialmedia|social (?:media|links|share|icons|bar|buttons)|socialbar|shariff|teilen|twitter share|fb like|fblike|heateor|ssba|shareaholic|bookmarks?|bookmarking|share (?:tools|buttons|links|bar)|print button|printfriendly|utility bar|toolbar|tools|article tools|story tools',
    ),
  },
  {
    why: 'picture caption',
    sureness: 'likely',
    pattern: hint(
      'caption|captions|wp caption|wp caption text|figcaption|gallery caption|image caption|media caption|photo caption|img caption|bildunterschrift|legende|legend|highslide|credit|credits|image credit|photo credit|photocredit|imagecredit|copyright|bildnachweis|slideshow|slide show|carousel|lightbox|gallery|galleries|imagegallery|photogallery|thumbnails?|thumbs?|media (?:info|meta|container)|video (?:player|container|wrapper|meta|info|title|description)|player|videoplayer|jwplayer|brightcove|audio player',
    ),
  },
  {
    why: 'byline',
    sureness: 'likely',
    pattern: hint(
      'byline|bylines|by line|authors?|author (?:info|bio|box|name|meta|card|description|details|about|block)|authorbox|authorinfo|bio|biography|about (?:the )?author|aboutauthor|contributors?|contributor \\w+|autor|autoren|auteur|vcard|avatar|gravatar|post author|article author|entry author',
    ),
  },
  {
    why: 'article data',
    sureness: 'likely',
    pattern: hint(
      'meta|metadata|postmeta|entry meta|post meta|article meta|metas|dateline|date|datetime|timestamp|time stamp|pubdate|published|post date|entry date|publish date|tags?|taglist|tag list|tagcloud|tag cloud|tags links|tag links|post tags|article tags|entry tags|keywords|topics|categories|cat links|category list|postcategory|kicker|eyebrow|overline|ratings?|votes?|voting|stars|likes|views|viewcount|post views|wp polls|polls?|quiz|survey|reading time|read time|entry utility|post info|postinfo|entry footer|post footer|postfooter|article footer|story footer',
    ),
  },
  {
    why: 'page furniture',
    sureness: 'likely',
    pattern: hint(
      'footer|site footer|page footer|foot|footnav|colophon|impressum|legal|disclaimer|sidebars?|side bar|rightcol|right col|right column|rightrail|right rail|left rail|rail|sidebar \\w+|widgets?|widget area|widgetarea|secondary|tertiary|masthead|site header|page header|header top|top bar|topbar|topnav|login|signin|sign in|logged|register|registration|account|search|searchform|search form|searchbox|popup|popups|modal|modals|overlay|overlays|tooltip|dropdown|offcanvas|off canvas|drawer|flyout|hidden|hide|invisible|visually hidden|visuallyhidden|visuallyhide|sr only|screen reader text|screenreader|screen reader|noprint|no print|print only|printonly|printer|offscreen|assistive|accessibility|ticker|breaking news|weather|wetter|stock ticker|alerts?|notification|notifications|notice bar|announcement|ribbon|back to top|backtotop|totop|error message|no js|noscript|browsehappy|warning|app promo|language switcher|lang switcher',
    ),
  },
]

const BODY_HINT = hint(
  'article ?body|story ?body|post ?body|entry ?body|news ?body|body ?text|body ?copy|article ?text|story ?text|article ?content|story ?content|post ?content|entry ?content|news ?content|single ?content|content ?body|post ?entry|the ?content|article ?copy|article ?inner|artikel ?text|artikel ?inhalt|contenu ?article|texte ?article|article ?texte|corps ?article|cuerpo ?noticia|corpo ?noticia|noticia ?texto|noticia ?cuerpo|text ?body|meldung ?text|entry ?text|post ?text|td ?post ?content|articulo ?cuerpo|cuerpo ?articulo|materia ?conteudo|mw ?parser ?output|articulo ?texto',
)

const LEAD_HINT = hint(
  'teaser ?text|news ?teaser|lead|lede|leadtext|intro|introtext|introduction|standfirst|abstract|deck|dek|chapo|chapeau|subtitle|subheadline|subline|vorspann|anleser|einleitung|entradilla|bajada|copete|linha fina|sommario|preamble|ingress',
)
