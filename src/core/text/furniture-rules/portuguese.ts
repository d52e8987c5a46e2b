import type { LanguageRules } from './phrase-rules.ts'

/** Furniture of Portuguese texts. */
export const PORTUGUESE: LanguageRules = {
  lang: 'pt',
  sign: /apoie|doação|newsletter|assin|cookies|leia (?:também|mais)|com informações|direitos reservados|siga|comentário/,
  appealOpens:
    /^(?:(?:caros|queridos|prezados) leitores\b.{0,40}[,:!]?$|apoie (?:o |nosso |a |nossa )?(?:jornalismo|nosso|nossa|trabalho)\b|precisamos d[aeo] (?:sua|seu|tua) (?:ajuda|apoio)\b|(?:sua|seu) (?:apoio|contribuição|doação) (?:é|nos|faz|permite)\b|ajude-nos a\b.{0,80}\b(?:jornalismo|independente|trabalho|informar)|faça uma doação\b)/,
  appealGoesOn:
    /\b(?:doaç\w+|doe|apoi\w+|assin\w+|contribu\w+|jornalismo|independente|leitores|obrigad[oa]|por mês|mensal\w*|newsletter)\b|r\$ ?\d|\d ?€/,
  rules: [
    {
      why: 'donation appeal',
      pattern: /^(?:lembrar(?:-me)? (?:mais tarde|depois)|agora não|doe agora|faça uma doação)\W*$/,
    },
    {
      why: 'link to other articles',
      pattern:
        /^\W*(?:(?:leia|ler|veja|ver|confira|saiba|assista|ouça) (?:também|mais|ainda|a seguir)|leia (?:na íntegra|a íntegra)|você pode gostar|talvez você (?:goste|se interesse)|matérias? relacionadas?|notícias? relacionadas?|artigos? relacionados?|conteúdo relacionado|relacionad[oa]s|mais (?:lidas|lidos|notícias|sobre)|as mais lidas|últimas notícias|continue lendo|continuar lendo|próxim[oa]|anterior|voltar(?: ao topo)?|não perca|recomendad[oa]s(?: para você)?)\s*(?:\.{2,3}|[:|»>→…–—-].{0,180})?\W*$/,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:LEIA TAMBÉM|LEIA MAIS|VEJA TAMBÉM|SAIBA MAIS|CONFIRA TAMBÉM|LEIA AINDA)\b.{0,180}$/,
      asWritten: true,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:leia|veja|confira|ouça|assista) (?:também|ainda)\b[^.!?]{0,160}[.!?]?$/,
      maxChars: 190,
    },
    {
      why: 'link to other articles',
      pattern: /^(?:vídeo|video|fotos|galeria|podcast|enquete|ao vivo)\s*[:|»>].{2,140}$/,
    },
    {
      why: 'agency credit',
      pattern:
        /^\W*(?:\(?com (?:informações|dados|reportagem) (?:d[aoe]s?|de)\b|fontes?\s*:|redação\W*$|edição\s*:|\(?com (?:agências?|afp|lusa|reuters|ap|efe)\b)[^.!?]{0,100}\W*$/,
    },
    {
      why: 'newsletter prompt',
      pattern:
        /^\W*(?:(?:assine|inscreva-se|cadastre-se|subscreva|registe-se)\b.{0,140}|receba\b.{0,120}\b(?:newsletter|e-?mail|notícias|alertas|whatsapp)\b.{0,60}|(?:nossa |a )?newsletter\b.{0,50}|entrar|faça (?:seu )?login|já é assinante\b.{0,50}|ao se (?:inscrever|cadastrar)\b.{0,160})\W*$/,
      maxChars: 220,
    },
    {
      why: 'share prompt',
      pattern:
        /^\W*(?:compartilh(?:e|ar)(?: (?:no|na|em|esta|este|isso|via|com))?\b.{0,50}|partilh(?:e|ar)\b.{0,50}|sig[ua](?:-nos|a nosso| o| a| nas)\b.{0,80}|copiar link|imprimir|enviar por\b.{0,30}|clique (?:aqui )?para (?:compartilhar|imprimir|enviar)\b.{0,80}|curtir(?: carregando)?\b.{0,20}|curta\b.{0,40}\b(?:facebook|página)\b.{0,20}|ouvir)\W*$/,
      maxChars: 140,
    },
    {
      why: 'comment prompt',
      pattern:
        /^\W*(?:(?:\d+ )?comentários?(?: \(?\d+\)?)?|(?:deixe|deixar|adicionar|escreva|faça) (?:um|seu) comentário\b.{0,40}|(?:ver|mostrar|ler)(?: todos)?(?: os)? comentários|comentar|comente|responder|o seu endereço de e-?mail não será publicado\b.{0,80})\W*$/,
    },
    {
      why: 'cookie notice',
      pattern:
        /^\W*(?:(?:utilizamos|usamos|este (?:site|portal|sítio) (?:utiliza|usa)|nós (?:usamos|utilizamos)) .{0,30}cookies\b|(?:aceitar|rejeitar|recusar)(?: tudo| cookies| todos)?\W*$|política de (?:privacidade|cookies)\W*$|termos de uso\W*$|ao continuar (?:navegando|a navegar)\b)/,
      maxChars: 360,
    },
    {
      why: 'copyright line',
      cues: ['direitos reservados', 'proibida'],
      pattern: /\btodos os direitos reservados\b|\bproibida a reprodução/,
      maxChars: 240,
    },
    {
      why: 'picture credit',
      pattern:
        /^\W*(?:fotos?|imagem|crédito|créditos|fotografia|ilustração|foto de arquivo)(?: (?:de|por))?\s*[:|©/][^!?]{0,120}$/,
      maxChars: 150,
    },
    {
      why: 'advertisement',
      pattern:
        /^\W*(?:publicidade|anúncio|patrocinado|conteúdo patrocinado|continua (?:depois|após) da publicidade|continua após a publicidade)\W*$/,
    },
    {
      why: 'byline',
      pattern:
        /^(?:Por|por|POR|Escrito por|Publicado por:?) \p{Lu}[\p{L}.'’-]+(?:[ ,]+(?:e |& )?(?:de |da |do |dos )?\p{Lu}[\p{L}.'’-]*){1,6}$/u,
      maxChars: 90,
      atTop: true,
      asWritten: true,
    },
    {
      why: 'date line',
      pattern:
        /^\W*(?:publicad[oa]|atualizad[oa]|última atualização|postado|criado|tempo de leitura)\b[^.!?]{0,30}\d[^!?]{0,80}$/,
      maxChars: 120,
    },
    {
      why: 'topic list',
      pattern:
        /^\W*(?:tags?|temas|categorias?|assuntos|palavras-chave|tópicos|marcadores)\s*(?::|$)[^.!?]{0,160}$/,
    },
  ],
}
