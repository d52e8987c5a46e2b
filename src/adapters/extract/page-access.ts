import type { PageAccess } from '../../app/ports/page-reader.ts'
import type { PageMetadata } from './page-metadata.ts'

/** Whether a page shows its article, told by what it declares and by what it says where it says little. */
export function accessOf(metadata: PageMetadata, text: string, pageText: string): PageAccess {
  if (text === '') return 'empty'
  if (text.length > MAX_WALL_CHARS) return 'open'
  const head = `${metadata.title ?? ''}\n${text}`
  if (BLOCKED.test(head)) return 'blocked'
  if (CONSENT_TITLE.test(metadata.title ?? '') || speaksOfConsent(text)) return 'consent'
  if (isDeclaredLocked(metadata) || PAYWALL.test(pageText)) return 'paywall'
  return LOGIN.test(head) ? 'login' : 'open'
}

/** Whether the page says that it is not free; many say so and show all of their text. */
export function isDeclaredLocked(metadata: PageMetadata): boolean {
  return (
    metadata.jsonLd?.isFree === false || LOCKED_TIER.test(metadata.meta.get('article:content_tier') ?? '')
  )
}

/** A longer text is an article, whatever else the page says (range 800..3,000). */
const MAX_WALL_CHARS = 1_500

/** Words of consent in a short text that make it a consent page: one or two stand in every banner (range 3..6). */
const MIN_CONSENT_WORDS = 4

const LOCKED_TIER = /^(?:locked|metered|paid|premium|subscriber)/i

const BLOCKED =
  /\b(?:access denied|are you a robot|verify (?:that )?you are (?:a )?human|unusual (?:traffic|activity)|captcha|checking your browser|please enable (?:javascript|cookies|js)|403 forbidden|attention required! \| cloudflare|just a moment\.\.\.|security check|bot verification|request blocked)/i

const CONSENT_TITLE =
  /^(?:before you continue|your privacy choices|we value your privacy|privacy consent|cookie consent|bevor sie zu|zustimmung|datenschutzeinstellungen|gestion du consentement|votre vie privée)/i

const CONSENT =
  /\b(?:cookies?|consent|your privacy|personali[sz]ed ads|our partners|legitimate interest|accept all|reject all|manage (?:options|settings)|zustimm\w*|einwillig\w*|datenschutz|alle akzeptieren|werbung|consentement|tout accepter|accepter|partenaires|consentimiento|aceptar todo|privacidad|consenso|accetta|rifiuta|consentimento|aceitar|toestemming|согласи\w*)/iu

const PAYWALL =
  /\b(?:subscribe (?:now )?to (?:continue|keep|read|unlock)|to continue reading|continue reading with|already a subscriber|this (?:article|content|story) is (?:for|only available to|reserved for|exclusive to) (?:\w+ )?(?:subscribers|members)|subscribers only|for subscribers|become a subscriber|unlock this (?:article|story)|you(?:'|’)ve (?:reached|used) your (?:limit|free)|free articles? (?:left|remaining)|jetzt weiterlesen|weiterlesen mit|nur für abonnenten|exklusiv für abonnenten|diesen artikel (?:weiterlesen|freischalten)|réservé aux abonnés|article réservé|abonnez-vous pour|il vous reste [\d.,]+ ?% de cet article|exclusivo para suscriptores|sólo para suscriptores|solo para suscriptores|suscríbete para|contenuto riservato|riservato agli abbonati|abbonati per|exclusivo para assinantes|conteúdo exclusivo|assine para|только для подписчиков|доступно по подписке|оформите подписку)/iu

const LOGIN =
  /\b(?:(?:please )?(?:log|sign) in to (?:continue|read|view)|you must be logged in|register to (?:continue|read)|create (?:a )?free account to|melden sie sich an, um|connectez-vous pour|inicia sesión para|accedi per|faça login para|войдите, чтобы)/iu

/** A banner in an article speaks of consent too; on a consent page nearly every paragraph does. */
function speaksOfConsent(text: string): boolean {
  const paragraphs = text.split('\n\n')
  const speaking = paragraphs.filter((paragraph) => CONSENT.test(paragraph)).length
  const words = text.match(new RegExp(CONSENT, 'giu'))?.length ?? 0
  return words >= MIN_CONSENT_WORDS && speaking > paragraphs.length / 2
}
