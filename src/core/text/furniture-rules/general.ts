import type { LanguageRules } from './phrase-rules.ts'

const AGENCY =
  'afp|ap|associated press|the associated press|reuters|bloomberg|dpa|upi|ani|pti|ians|xinhua|tass|ria novosti|interfax|efe|europa press|ansa|adnkronos|agi|lusa|agência brasil|belga|anp|apa|sda|keystone-sda|sid|kna|epd|cp|the canadian press|canadian press|aap|kyodo|kyodo news|yonhap|ap/ap|vnexpress|anadolu|anadolu agency|aa|notimex|télam|telam|agence france-presse|рия новости|тасс|интерфакс|pap|ctk|čtk|mti|ntb|tt|ritzau|stt|afp/reuters'

const PICTURE_HOUSE =
  'getty(?: images)?(?: [\\w ]{2,30})?|ap(?: photo| images)?|afp(?: photo| via getty images)?|reuters|epa(?:-efe)?|efe|shutterstock(?:\\.com)?|istock(?:photo)?|alamy(?: stock photo)?|pixabay|unsplash|pexels|adobe ?stock|imago(?: images)?|dpa|picture[ -]alliance|wikimedia(?: commons)?|zuma press|tass|sputnik|pa|pa wire|rex|nurphoto|depositphotos|fotolia|ansa|bestimage|abaca|sipa|file photo|apimages|wireimage|filmmagic|bloomberg|xinhua|keystone|ullstein bild|pool|flickr|archive|nasa'

/** Furniture that no language owns: names of networks, agencies and picture houses, signs, dates. */
export const GENERAL: LanguageRules = {
  lang: null,
  sign: /©|\(with |\(reporting by/,
  rules: [
    {
      why: 'agency credit',
      pattern: new RegExp(
        `^[\\s(\\[—–-]*(?:(?:${AGENCY})(?:\\s*(?:[,/|&+–-]|and|und|et|y|e|и)\\s*|\\s*))+[\\s)\\].]*$`,
        'u',
      ),
      maxChars: 80,
    },
    {
      why: 'picture credit',
      pattern: new RegExp(
        `^[^.!?:;]{0,80}(?:[/|©]|\\bvia\\b|, ?|\\()\\s*(?:${PICTURE_HOUSE})\\s*(?:[/|,].{0,40})?\\)?\\W*$`,
        'u',
      ),
      maxChars: 100,
    },
    {
      why: 'picture credit',
      pattern: new RegExp(`^\\W*(?:${PICTURE_HOUSE})\\s*(?:[/|©].{0,60})?\\W*$`, 'u'),
      maxChars: 80,
    },
    { why: 'copyright line', pattern: /^\s*(?:©|\(c\) ?\d{4}).{0,200}$/ },
    {
      why: 'share prompt',
      pattern:
        /^\W*(?:(?:share|shares|tweet|tweets|pin|pin it|email|e-mail|mail|print|whatsapp|facebook|facebook messenger|twitter|linkedin|pinterest|pint|reddit|telegram|instagram|youtube|tumblr|flipboard|google\+?|google plus|messenger|xing|copy link|link|rss|vk|vkontakte|ok|viber|line|snapchat|tiktok|pocket|digg|stumbleupon|teilen|partager|compartir|compartilhar|condividi|поделиться|drucken|imprimer|imprimir|stampa|baixar|like|likes?|follow|more|other)(?:\s*\(?\d*\)?)\W+)*(?:share|shares|tweet|pin it|email|e-mail|print|whatsapp|facebook|twitter|linkedin|pinterest|reddit|telegram|instagram|youtube|tumblr|flipboard|google\+?|messenger|xing|copy link|rss|teilen|drucken|partager|imprimer|compartir|imprimir|compartilhar|condividi|stampa|поделиться|baixar)(?:\s*\(?\d*\)?)\W*$/,
      maxChars: 160,
    },
    {
      why: 'date line',
      cues: ['19', '20'],
      pattern:
        /^\W*(?:(?:mon|tue|wed|thu|fri|sat|sun)\w*,? )?(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}\.? \p{L}{3,10}\.?,? (?:19|20)\d\d|\p{L}{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d)(?:[ ,|@\/–—-]+(?:at |um |à |alle )?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?|uhr|h)?\s*[a-z]{0,5}\W*(?:\(.{0,20}\))?)?$/u,
      maxChars: 70,
      atTop: true,
    },
    {
      why: 'markup',
      pattern: /^(?:<|&(?:amp;)*lt;)\/?[a-z][a-z0-9]*(?: [a-z-]+=.*|\/?(?:>|&(?:amp;)*gt;)\W*)$/,
      maxChars: 420,
    },
    { why: 'page sign', pattern: /^[\s|•·*_=#<>«»→←↑↓…–—-]{1,80}$/, wholeLine: true },
  ],
}
