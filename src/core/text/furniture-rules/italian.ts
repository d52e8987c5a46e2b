import type { LanguageRules } from './phrase-rules.ts'

/** Furniture of Italian texts. */
export const ITALIAN: LanguageRules = {
  lang: 'it',
  sign: /sostien|donazion|newsletter|abbon|cookie|leggi anche|riproduzione riservata|diritti riservati|segui|iscriviti|commento/,
  appealOpens:
    /^(?:(?:cari|gentili) lettori\b.{0,40}[,:!]?$|sostieni(?:ci| il (?:nostro|giornalismo)| l'informazione| la nostra)\b|abbiamo bisogno del (?:tuo|vostro) (?:aiuto|sostegno|supporto)\b|(?:il tuo|il vostro) (?:sostegno|contributo|aiuto) (?:è|ci|fa)\b|aiutaci a\b.{0,80}\b(?:giornalismo|indipendente|lavoro|informazione)|fai una donazione\b)/,
  appealGoesOn:
    /\b(?:donazion\w+|dona|sostien\w+|sostegno|sostener\w+|abbon\w+|contribut\w+|giornalismo|indipendente|lettori|grazie|al mese|mensil\w+|newsletter)\b|\d ?€/,
  rules: [
    {
      why: 'donation appeal',
      pattern: /^(?:ricordamelo più tardi|non ora|dona ora|fai una donazione|sostienici)\W*$/,
    },
    {
      why: 'link to other articles',
      pattern:
        /^\W*(?:leggi (?:anche|qui|tutto|ancora|di più)|leggi l'articolo(?: completo)?|(?:guarda|vedi|ascolta) anche|potrebbe (?:anche )?interessarti|potrebbero interessarti(?: anche)?|ti potrebbe(?:ro)? interessare|articol[oi] correlat[oi]|notizie correlate|correlati|approfondimenti|approfondisci|per approfondire|continua a leggere|i più letti|più letti|ultime notizie|altre notizie|da non perdere|scopri di più|torna (?:su|alla home)|precedente|successivo|condividi (?:la notizia|l'articolo))\s*(?:\.{2,3}|[:|»>→…–—-].{0,180})?\W*$/,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:LEGGI ANCHE|GUARDA ANCHE|LEGGI TUTTO|POTREBBE INTERESSARTI)\b.{0,180}$/,
      asWritten: true,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:leggi|guarda|vedi) anche\b[^.!?]{0,160}[.!?]?$/,
      maxChars: 190,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:video|foto|fotogallery|podcast|sondaggio|la diretta)\s*[:|»>].{2,140}$/,
    },
    {
      why: 'agency credit',
      pattern: /^\W*(?:\(?(?:fonte|fonti)\s*:|con (?:informazioni|agenzie)\b|redazione\W*$)[^.!?]{0,80}\W*$/,
    },
    {
      why: 'newsletter prompt',
      pattern:
        /^\W*(?:(?:iscriviti|abbonati|registrati|iscrivetevi)\b.{0,140}|ricevi\b.{0,120}\b(?:newsletter|e-?mail|notizie|notifiche)\b.{0,60}|(?:la nostra |la )?newsletter\b.{0,50}|accedi|sei già (?:abbonato|registrato)\b.{0,50}|hai già un abbonamento\b.{0,50})\W*$/,
      maxChars: 220,
    },
    {
      why: 'share prompt',
      pattern:
        /^\W*(?:condividi(?: (?:su|questo|via|con))?\b.{0,50}|segui(?:ci|teci)\b.{0,80}|copia (?:link|il link)|stampa(?: articolo)?|invia (?:per|via)\b.{0,30}|fai clic (?:qui )?per condividere\b.{0,80}|mi piace(?: caricamento)?\b.{0,20}|ascolta l'articolo)\W*$/,
      maxChars: 140,
    },
    {
      why: 'comment prompt',
      pattern:
        /^\W*(?:(?:\d+ )?comment[oi](?: \(?\d+\)?)?|(?:lascia|scrivi|aggiungi|invia) un commento\b.{0,40}|(?:vedi|leggi|mostra)(?: tutti)?(?: i)? commenti|commenta|rispondi|il tuo indirizzo e-?mail non sarà pubblicato\b.{0,80})\W*$/,
    },
    {
      why: 'cookie notice',
      pattern:
        /^\W*(?:(?:utilizziamo|usiamo|questo sito (?:web )?(?:utilizza|usa)) .{0,30}cookie\b|(?:accetta|rifiuta)(?: tutto| tutti| i cookie)?\W*$|(?:cookie|privacy) policy\W*$|informativa (?:sulla privacy|privacy|cookie)\b.{0,30}$|note legali\W*$)/,
      maxChars: 360,
    },
    {
      why: 'copyright line',
      cues: ['riservat'],
      pattern: /\briproduzione riservata\b|\btutti i diritti (?:sono )?riservati\b/,
      maxChars: 240,
    },
    {
      why: 'picture credit',
      pattern:
        /^\W*(?:foto|immagine|crediti|credit|fotografia|illustrazione)(?: (?:di|archivio))?\s*[:|©/][^!?]{0,120}$/,
      maxChars: 150,
    },
    {
      why: 'advertisement',
      pattern: /^\W*(?:pubblicità|annuncio|sponsorizzato|contenuto sponsorizzato|annuncio pubblicitario)\W*$/,
    },
    {
      why: 'byline',
      pattern:
        /^(?:Di|di|DI|A cura di|Scritto da) \p{Lu}[\p{L}.'’-]+(?:[ ,]+(?:e |& )?(?:de |di |della )?\p{Lu}[\p{L}.'’-]*){1,6}$/u,
      maxChars: 90,
      atTop: true,
      asWritten: true,
    },
    {
      why: 'date line',
      pattern:
        /^\W*(?:pubblicato|aggiornato|ultimo aggiornamento|modificato|tempo di lettura)\b[^.!?]{0,30}\d[^!?]{0,80}$/,
      maxChars: 120,
    },
    {
      why: 'topic list',
      pattern: /^\W*(?:tag|tags|argomenti|categorie|categoria|parole chiave|temi)\s*(?::|$)[^.!?]{0,160}$/,
    },
  ],
}
