import type { LanguageRules } from './phrase-rules.ts'

/** Furniture of Spanish texts. */
export const SPANISH: LanguageRules = {
  lang: 'es',
  sign: /apóy|apoya|donación|newsletter|boletín|suscr|cookies|lea también|lee también|leer más|con información de|derechos reservados|síg[ua]|comentario/,
  appealOpens:
    /^(?:(?:queridos|estimados) (?:lectores|lectoras)\b.{0,40}[,:!]?$|apoya (?:a |el |nuestro |al )?(?:periodismo|nuestro|trabajo)\b|necesitamos (?:tu|su) (?:ayuda|apoyo)\b|(?:tu|su) (?:apoyo|aporte|donación) (?:es|nos|hace|permite)\b|ayúd[ae]nos a\b.{0,80}\b(?:periodismo|independiente|informando|trabajo)|haz(?:te)? (?:una donación|soci[oa]|miembro)\b)/,
  appealGoesOn:
    /\b(?:donaci\w+|dona|apoy\w+|suscr\w+|suscri\w+|contribu\w+|aporte|periodismo|independiente|lectores|gracias|al mes|mensual\w*|soci[oa]s?|newsletter|boletín)\b|\d ?€|\$\d/,
  rules: [
    {
      why: 'donation appeal',
      pattern: /^(?:recordar(?:me)? más tarde|ahora no|donar|dona ahora|hazte socio)\W*$/,
    },
    {
      why: 'link to other articles',
      pattern:
        /^\W*(?:(?:lea|lee|leer|lee|vea|ve|ver|mira|mire|te puede interesar|le puede interesar|puedes leer|puede leer) (?:también|además|más|aquí)|te puede interesar|le puede interesar|(?:también )?te (?:recomendamos|puede interesar)|le recomendamos|más (?:noticias|información|sobre)|noticias? relacionadas?|artículos? relacionados?|contenido relacionado|relacionad[oa]s?|lo más (?:leído|visto|popular)|seguir leyendo|sigue leyendo|leer artículo completo|no te pierdas|no se pierda|en otras noticias|últimas noticias|siguiente|anterior|volver(?: arriba)?|contexto de la noticia|en contexto)\s*(?:\.{2,3}|[:|»>→…–—-].{0,180})?\W*$/,
    },
    {
      why: 'link to other articles',
      pattern:
        /^(?:LEA TAMBIÉN|LEE TAMBIÉN|LEA ADEMÁS|VEA TAMBIÉN|TE PUEDE INTERESAR|LEER MÁS|MIRA TAMBIÉN)\b.{0,180}$/,
      asWritten: true,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:lea|lee|vea|mira|ver) (?:también|además)\b[^.!?]{0,160}[.!?]?$/,
      maxChars: 190,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:video|vídeo|fotos|galería|podcast|encuesta|en vivo|en fotos)\s*[:|»>].{2,140}$/,
    },
    {
      why: 'agency credit',
      pattern:
        /^\W*(?:con (?:información|datos|reportes|aportes) de|fuentes?\s*:|redacción\s*:|agencias?\W*$|\(?con (?:información de )?(?:afp|efe|ap|reuters|agencias?))[^.!?]{0,100}\W*$/,
    },
    {
      why: 'newsletter prompt',
      pattern:
        /^\W*(?:(?:suscríb[ea]\w*|suscrib[ai]\w*|regístr[ae]\w*|apúntate|inscríbe\w*)\b.{0,140}|recib[ea]\b.{0,120}\b(?:newsletter|boletín|correo|noticias|alertas)\b.{0,60}|(?:nuestro |el )?(?:newsletter|boletín)\b.{0,50}|inici(?:a|e|ar) sesión|ya (?:soy|eres|es) suscriptor\b.{0,50}|al (?:suscribirte|registrarte|suscribirse)\b.{0,160})\W*$/,
      maxChars: 220,
    },
    {
      why: 'share prompt',
      pattern:
        /^\W*(?:compart[ei]r?(?:lo)?(?: (?:en|esta|este|por|vía|la|el))?\b.{0,50}|s[íi]gu[ea]nos\b.{0,80}|únete a\b.{0,80}\b(?:whatsapp|telegram|canal|facebook)\b.{0,40}|copiar (?:enlace|link|url)|imprimir|enviar por\b.{0,30}|haz clic (?:aquí )?para compartir\b.{0,80}|me gusta(?: cargando)?\b.{0,20}|guardar|escuchar)\W*$/,
      maxChars: 140,
    },
    {
      why: 'comment prompt',
      pattern:
        /^\W*(?:(?:\d+ )?comentarios?(?: \(?\d+\)?)?|(?:deja|dejar|agregar|escribe|añadir|haz) (?:un|tu) comentario\b.{0,40}|(?:ver|mostrar|leer)(?: todos)?(?: los)? comentarios|comentar|responder|tu dirección de correo electrónico no será publicada\b.{0,80}|danos tu opinión\b.{0,40})\W*$/,
    },
    {
      why: 'cookie notice',
      pattern:
        /^\W*(?:(?:utilizamos|usamos|este (?:sitio|portal) (?:web )?(?:utiliza|usa)|esta (?:web|página) (?:utiliza|usa)) .{0,30}cookies\b|(?:aceptar|rechazar)(?: todo| cookies| todas)?\W*$|política de (?:privacidad|cookies)\W*$|aviso legal\W*$|términos y condiciones\W*$)/,
      maxChars: 360,
    },
    {
      why: 'copyright line',
      cues: ['derechos reservados', 'prohibida'],
      pattern: /\b(?:todos los )?derechos reservados\b|\bprohibida (?:su|la) reproducción/,
      maxChars: 240,
    },
    {
      why: 'picture credit',
      pattern:
        /^\W*(?:fotos?|foto de archivo|imagen|crédito|créditos|fotografía|ilustración)(?: (?:de|por|cortesía))?\s*[:|©/][^!?]{0,120}$/,
      maxChars: 150,
    },
    {
      why: 'advertisement',
      pattern:
        /^\W*(?:publicidad|anuncio|patrocinado|contenido patrocinado|la nota continúa (?:debajo|después)\b.{0,40}|continúa leyendo(?: la historia)?(?: después)?\b.{0,30})\W*$/,
    },
    {
      why: 'byline',
      pattern:
        /^(?:Por|por|POR|Redacción|Escrito por) \p{Lu}[\p{L}.'’-]+(?:[ ,]+(?:y |& )?(?:de |del |la )?\p{Lu}[\p{L}.'’-]*){1,6}$/u,
      maxChars: 90,
      atTop: true,
      asWritten: true,
    },
    {
      why: 'date line',
      pattern:
        /^\W*(?:publicado|actualizado|última actualización|creado|tiempo de lectura|fecha)\b[^.!?]{0,30}\d[^!?]{0,80}$/,
      maxChars: 120,
    },
    {
      why: 'topic list',
      pattern:
        /^\W*(?:etiquetas|tags|temas(?: relacionados)?|categorías?|palabras clave|archivado en|más sobre)\s*(?::|$)[^.!?]{0,160}$/,
    },
  ],
}
