import type { LanguageRules } from './phrase-rules.ts'

/** Furniture of German texts. */
export const GERMAN: LanguageRules = {
  lang: 'de',
  sign: /unterstütz|spende|newsletter|abonnier|cookies|lesen sie|mit material|quelle|rechte vorbehalten|folgen sie|kommentar/,
  appealOpens:
    /^(?:liebe leser(?:innen)?\b.{0,40}[,:!]?$|in eigener sache\b|(?:bitte )?unterstützen sie (?:uns|unsere (?:arbeit|redaktion)|unabhängigen journalismus)\b|wir (?:brauchen|sind auf) ihre (?:hilfe|unterstützung)\b|ihre (?:spende|unterstützung) (?:hilft|macht|ermöglicht)\b|helfen sie uns\b.{0,80}\b(?:journalismus|unabhängig|arbeit)|jetzt (?:spenden|unterstützen)\b|mit ihrer spende\b)/,
  appealGoesOn:
    /\b(?:spenden?|unterstütz\w+|abo\w*|mitglied\w*|beitrag|journalismus|redaktion|unsere arbeit|vielen dank|danke|monatlich|im monat|leser(?:innen)?|newsletter|später erinnern)\b|\d ?€/,
  rules: [
    {
      why: 'donation appeal',
      pattern: /^(?:später erinnern|jetzt (?:spenden|unterstützen)|nicht jetzt|spenden)\W*$/,
    },
    {
      why: 'link to other articles',
      pattern:
        /^\W*(?:lesen sie (?:auch|hier|mehr|weiter|dazu)|lies(?:t)? auch|(?:auch|ebenfalls) (?:interessant|lesenswert)|das könnte (?:sie|dich|ihnen) (?:auch )?(?:interessieren|gefallen)|mehr (?:zum thema|dazu|aus|infos|informationen|lesen|zu)|mehr|weiterlesen|weiter lesen|weitere (?:artikel|informationen|meldungen|nachrichten|themen|beiträge|infos)|weiterführende (?:links|informationen)|siehe auch|zum thema|passend dazu|ähnliche (?:artikel|beiträge|themen)|verwandte (?:artikel|themen|beiträge)|empfehlungen(?: der redaktion)?|empfohlene (?:artikel|beiträge)|meistgelesen|beliebte artikel|top-?themen|neueste (?:artikel|beiträge)|aktuelle (?:artikel|beiträge|nachrichten)|nächster (?:artikel|beitrag)|vorheriger (?:artikel|beitrag)|nach oben|zurück(?: zur (?:übersicht|startseite))?|hier geht(?:'|e)?s (?:zum|zur)\b.{0,60}|schon gelesen)\s*(?:\.{2,3}|\??\s*[:|»>→…–—-].{0,180})?\W*$/,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:LESEN SIE AUCH|MEHR ZUM THEMA|AUCH INTERESSANT|WEITERLESEN)\b.{0,180}$/,
      asWritten: true,
    },
    {
      why: 'link to other articles',
      pattern: /^lesen sie (?:auch|hier|dazu|mehr)\b[^.!?]{0,120}[.:]?$/,
      maxChars: 150,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:video|im video|fotostrecke|bildergalerie|podcast|quiz|umfrage)\s*[:|»>].{2,140}$/,
    },
    {
      why: 'agency credit',
      pattern:
        /^\W*(?:mit (?:material|informationen|agenturmaterial) (?:von|der)|quellen?\s*:|redaktion\s*:|mitarbeit\s*:|(?:dieser|der) (?:text|artikel|beitrag) (?:wurde|ist) .{0,80}(?:automatisch|übersetzt|erschien)|\(?mit (?:dpa|afp|reuters|ap|sid|epd|kna|apa)\b)[^!?]{0,160}$/,
    },
    {
      why: 'newsletter prompt',
      pattern:
        /^\W*(?:(?:jetzt )?(?:abonnieren|anmelden|registrieren|einloggen|login)|(?:abonnieren|bestellen|erhalten|bekommen|melden|holen) sie\b.{0,140}\b(?:newsletter|push|e-?mail|postfach)\b.{0,80}|(?:unser|der|zum|jetzt|kostenloser|unseren)? ?newsletter\b.{0,60}|newsletter[ -]?(?:anmeldung|abonnieren|bestellen).{0,60}|keine (?:news|nachricht|meldung)\w* (?:mehr )?verpassen\b.{0,60}|ihre e-?mail-?adresse\b.{0,80}|mit (?:der|ihrer) anmeldung\b.{0,160}|bereits (?:abonnent|registriert)\b.{0,60})\W*$/,
      maxChars: 240,
    },
    {
      why: 'share prompt',
      pattern:
        /^\W*(?:(?:artikel|beitrag|seite) (?:teilen|drucken|versenden|merken|kommentieren|empfehlen)|teilen(?: (?:mit|auf|sie|via))?\b.{0,50}|teilen sie (?:dies|diesen|den)\b.{0,40}|gefällt mir\b.{0,30}|gefällt (?:ihnen|dir) (?:dieser|der) (?:artikel|beitrag)\b.{0,40}|(?:dieser artikel|der beitrag) gefällt ihnen\b.{0,40}|folgen sie uns\b.{0,80}|folg(?:e|t) uns\b.{0,80}|link kopieren|vorlesen|seite drucken|schriftgröße|möchten sie den artikel teilen|sende(?:n)? per e-?mail)\W*$/,
      maxChars: 140,
    },
    {
      why: 'comment prompt',
      pattern:
        /^\W*(?:(?:\d+ )?kommentare?(?: \(?\d+\)?)?(?: (?:anzeigen|lesen|schreiben|verfassen|hinterlassen|ausblenden))?|(?:schreiben|hinterlassen|verfassen) sie einen kommentar\b.{0,40}|(?:schreibe|hinterlasse) einen kommentar\b.{0,40}|kommentar (?:schreiben|verfassen|hinterlassen|abschicken)|diskutieren sie mit\b.{0,60}|ihre meinung\b.{0,40}|antworten|deine e-?mail-?adresse wird nicht veröffentlicht\b.{0,80}|erforderliche felder sind\b.{0,40}|zur startseite|zum forum)\W*$/,
    },
    {
      why: 'cookie notice',
      pattern:
        /^\W*(?:(?:wir|diese (?:web)?seite|unsere (?:web)?seite|diese website) (?:verwende[nt]|nutz(?:en|t)|setz(?:en|t)|benutz(?:en|t)) .{0,30}cookies\b|(?:alle )?cookies (?:akzeptieren|ablehnen)|cookie-?(?:einstellungen|richtlinie|hinweis)|datenschutz(?:erklärung|hinweise?|einstellungen)?\W*$|impressum\W*$|agb\W*$|nutzungsbedingungen\W*$|an dieser stelle (?:findest|finden) (?:du|sie)\b.{0,160}\b(?:inhalte?|extern\w*)\b|mit dem laden des\b|externer inhalt\b|empfohlener (?:externer|redaktioneller) inhalt\b)/,
      maxChars: 360,
    },
    {
      why: 'copyright line',
      cues: ['rechte vorbehalten'],
      pattern: /\balle rechte vorbehalten\b/,
      maxChars: 200,
    },
    {
      why: 'picture credit',
      pattern:
        /^\W*(?:(?:foto|bild|fotos|bilder|grafik|symbolbild|symbolfoto|archivbild|archivfoto|titelbild|bildnachweis|bildquelle|fotocredit|quelle|illustration|video|copyright)(?:[ -]?(?:quelle|rechte|credit|nachweis))?\s*[:|©]|bild anzeigen|bild vergrößern|(?:symbol|archiv)(?:bild|foto)\W*$)[^!?]{0,120}$/,
      maxChars: 150,
    },
    {
      why: 'advertisement',
      pattern:
        /^\W*(?:(?:-\s*)?anzeige(?:n)?|werbung|gesponsert|sponsored|advertorial|(?:artikel|inhalt|text) wird (?:unten|nach der werbung) fortgesetzt)\W*$/,
    },
    {
      why: 'byline',
      pattern:
        /^(?:Von|von|VON|Ein (?:Artikel|Beitrag|Kommentar|Gastbeitrag) von) \p{Lu}[\p{L}.'’-]+(?:[ ,]+(?:und |& )?(?:von |de )?\p{Lu}[\p{L}.'’-]*){1,6}$/u,
      maxChars: 90,
      atTop: true,
      asWritten: true,
    },
    {
      why: 'date line',
      pattern:
        /^\W*(?:stand|veröffentlicht|aktualisiert|erstellt|zuletzt aktualisiert|publiziert|datum|lesezeit|lesedauer)(?:\s*(?:am|um|ca\.?|:))*[^.!?]{0,20}\d[^!?]{0,60}$/,
      maxChars: 110,
    },
    {
      why: 'topic list',
      pattern:
        /^\W*(?:schlagworte?|schlagwörter|stichworte?|tags|themen|kategorien?|rubrik|mehr zu den themen)\s*(?::|$)[^.!?]{0,160}$/,
    },
  ],
}
