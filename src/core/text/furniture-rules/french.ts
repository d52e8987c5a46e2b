import type { LanguageRules } from './phrase-rules.ts'

/** Furniture of French texts. */
export const FRENCH: LanguageRules = {
  lang: 'fr',
  sign: /soutene|faire un don|newsletter|infolettre|abonne|cookies|lire aussi|à lire|avec (?:l')?afp|droits réservés|suivez|commentaire/,
  appealOpens:
    /^(?:chers? (?:lecteurs?|lectrices?)\b.{0,40}[,:!]?$|soutenez(?:-nous| (?:notre|un|le|l'))\b.{0,80}(?:journal|média|rédaction|information|presse|nous|indépendan)|nous avons besoin de (?:vous|votre (?:aide|soutien))\b|votre (?:soutien|don) (?:est|nous|permet)\b|faites un don\b|aidez-nous à\b.{0,80}\b(?:journalisme|indépendan\w+|informer|travail))/,
  appealGoesOn:
    /\b(?:dons?|soutien|soutenir|soutenez|abonn\w+|contribu\w+|indépendan\w+|journalisme|rédaction|nos lecteurs|merci|par mois|lecteurs|newsletter)\b|\d ?€/,
  rules: [
    {
      why: 'donation appeal',
      pattern:
        /^(?:me le rappeler plus tard|plus tard|je (?:fais|donne|soutiens)\b.{0,40}|faire un don|soutenez-nous)\W*$/,
    },
    {
      why: 'link to other articles',
      pattern:
        /^\W*(?:(?:à )?lire (?:aussi|également|plus|la suite)|lisez (?:aussi|également)|à lire|à voir(?: aussi)?|voir aussi|voir plus|pour aller plus loin|sur le même (?:sujet|thème)|dans la même rubrique|articles? (?:liés?|similaires?|recommandés?|connexes?)|à découvrir|vous aimerez aussi|les plus lus|nos derniers articles|en savoir plus|lire l'article|retour (?:en haut|à l'accueil)|suivant|précédent|relire|recommandé pour vous|la rédaction vous conseille)\s*(?:\.{2,3}|[:|»>→…–—-].{0,180})?\W*$/,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:LIRE AUSSI|À LIRE|A LIRE|LIRE ÉGALEMENT|À LIRE AUSSI|VOIR AUSSI)\b.{0,180}$/,
      asWritten: true,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:>+ ?)?(?:à )?lire (?:aussi|également)\b[^.!?]{0,160}[.!?]?$/,
      maxChars: 190,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:vidéo|en images|diaporama|podcast|sondage|quiz|écoutez|regardez)\s*[:|»>].{2,140}$/,
    },
    {
      why: 'agency credit',
      pattern:
        /^\W*(?:avec (?:l')?(?:afp|reuters|ap|agences?|belga)\b|(?:source|sources)\s*:|\(?(?:avec|d'après) (?:agences?|afp))[^.!?]{0,80}\W*$/,
    },
    {
      why: 'newsletter prompt',
      pattern:
        /^\W*(?:(?:inscrivez|abonnez)[- ]vous\b.{0,140}|s'(?:inscrire|abonner)\b.{0,80}|recevez\b.{0,120}\b(?:newsletter|infolettre|e-?mail|alertes?|actualité)\b.{0,60}|(?:notre |la )?(?:newsletter|infolettre)\b.{0,60}|déjà abonné\b.{0,60}|se connecter|votre (?:adresse )?e-?mail\b.{0,80}|en vous inscrivant\b.{0,160})\W*$/,
      maxChars: 240,
    },
    {
      why: 'share prompt',
      pattern:
        /^\W*(?:partager(?: (?:sur|cet|l'|par|via|cette))?\b.{0,50}|partagez\b.{0,60}|suivez[- ]nous\b.{0,80}|copier le lien|imprimer(?: (?:cet|l')article)?|envoyer (?:par|à)\b.{0,40}|cliquez (?:ici )?pour (?:partager|imprimer|envoyer)\b.{0,80}|j'aime(?: chargement)?\b.{0,20}|écouter l'article)\W*$/,
      maxChars: 140,
    },
    {
      why: 'comment prompt',
      pattern:
        /^\W*(?:(?:\d+ )?commentaires?(?: \(?\d+\)?)?|(?:laisser|ajouter|poster|écrire) un commentaire\b.{0,40}|(?:voir|lire|afficher)(?: tous)? les commentaires|réagir|réagissez\b.{0,40}|répondre|votre adresse e-?mail ne sera pas publiée\b.{0,80}|les commentaires sont (?:fermés|clos))\W*$/,
    },
    {
      why: 'cookie notice',
      pattern:
        /^\W*(?:(?:nous|ce site|notre site) (?:utilis(?:ons|e)) .{0,30}cookies\b|(?:tout )?(?:accepter|refuser)(?: les cookies)?\W*$|(?:politique|gestion) (?:de confidentialité|des cookies|de cookies)\b.{0,40}$|mentions légales\W*$|en poursuivant (?:votre|la) navigation\b)/,
      maxChars: 360,
    },
    {
      why: 'copyright line',
      cues: ['droits', 'reproduction'],
      pattern: /\btous droits (?:de reproduction )?réservés\b|\breproduction (?:interdite|partielle)/,
      maxChars: 240,
    },
    {
      why: 'picture credit',
      pattern:
        /^\W*(?:crédits?(?: (?:photos?|images?))?|photos?|images?|illustration|légende|photographie|© photo)\s*[:|©][^!?]{0,120}$/,
      maxChars: 150,
    },
    {
      why: 'advertisement',
      pattern:
        /^\W*(?:publicité|la suite après (?:la|cette) publicité|sponsorisé|contenu sponsorisé|annonce)\W*$/,
    },
    {
      why: 'byline',
      pattern:
        /^(?:Par|par|PAR|Propos recueillis par|De notre (?:correspondant|envoyé)[^.]{0,40}) \p{Lu}[\p{L}.'’-]+(?:[ ,]+(?:et |& )?(?:de |d'|le |la )?\p{Lu}[\p{L}.'’-]*){1,6}$/u,
      maxChars: 100,
      atTop: true,
      asWritten: true,
    },
    {
      why: 'date line',
      pattern:
        /^\W*(?:publié|mis à jour|mis en ligne|modifié|temps de lecture|lecture)\b[^.!?]{0,30}\d[^!?]{0,80}$/,
      maxChars: 120,
    },
    {
      why: 'topic list',
      pattern: /^\W*(?:mots[- ]clés|tags|thèmes|catégories?|thématiques|étiquettes)\s*(?::|$)[^.!?]{0,160}$/,
    },
  ],
}
