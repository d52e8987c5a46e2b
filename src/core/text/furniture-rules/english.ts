import type { LanguageRules } from './phrase-rules.ts'

/** Furniture of English texts. The phrases were gathered from lines that recur across articles of many outlets. */
export const ENGLISH: LanguageRules = {
  lang: 'en',
  sign: /developing story|breaking news story|will be (?:posted|added|updated)|back (?:here |later |soon )?for|stay tuned|published (?:in|on) this (?:site|website)|support us|small favou?r|message from|support (?:our|independent)|donat|contributed (?:to this|reporting)|with (?:\w+ )?inputs? from|reporting by|editing by|newsletter|your inbox|sign(?:ing)? up|subscri|cookies|rights reserved|follow (?:us|him|her|them|@)|remind me later|unsubscribe|recaptcha|may not be (?:published|reproduced)|read more|also read|story continue|no matter how small|opinions expressed|views expressed|reprint/,
  appealOpens:
    /^(?:a message from (?:the )?[\w .'&-]{2,60}:|dear readers?\b[,:!]?$|[ .…]*(?:and )?(?:before you go[,.:… ]+)?we (?:have|had) a small favou?r to ask\b|since you're here\b|as you're joining us today\b|unlike many (?:other )?(?:news|media|publications)[^.]*paywall|(?:if you can,? )?please (?:consider )?(?:support|supporting|donating to|contributing to) (?:us|our (?:work|journalism|newsroom|reporting))\b|if you can, please support us\b|support (?:the guardian|independent journalism|our journalism|local journalism|quality journalism|fearless journalism)\b|help us (?:keep|continue|stay|fund|sustain)\b.{0,80}\b(?:journalism|reporting|independent|free)\b|(?:we|our (?:newsroom|journalists)) (?:need|rely on|depend on) your (?:help|support|donations?|contributions?)\b|your (?:support|contribution|donation), no matter how small\b|every contribution, (?:however big or small|whether big or small)\b|(?:donate|give|contribute|subscribe|become a (?:member|supporter|subscriber|patron)) (?:today|now)(?:\W*$| (?:to (?:support|help|keep)|for (?:as little|just|only|full|complete)|and (?:help|support))))/,
  appealGoesOn:
    /\b(?:support(?:ing|ers?)? (?:us|the|our|independent|open|from)|your support|contribut(?:e|ion|ions)|donat\w+|no matter how small|independent journalism|(?:open|quality|honest|fearless|free|unbiased|accurate) (?:,\s*)?(?:independent )?(?:journalism|reporting)|integrity of journalism|our (?:work|journalism|mission|readers|reporting|newsroom|journalists)|we need your help|thank you|remind me later|subscri\w+|paywall|as little as|per month|a month|takes? (?:just|only|less)|monthly|newsletter|become a member|join us|our commitment|silence our voice|refuse to be silenced|standing with us|readers like you)\b|[$€£]\d/,
  rules: [
    {
      why: 'donation appeal',
      pattern:
        /^(?:remind me (?:later|in \w+)|not now|maybe later|no,? thanks|(?:yes,? )?(?:i want to|i'd like to) (?:support|donate)|support us|donate|donate now|make a donation|support (?:the guardian|our journalism|independent journalism)|become a (?:member|supporter|patron))\W*$/,
    },
    {
      why: 'link to other articles',
      pattern:
        /^\W*(?:also read|read also|read more|read next|read this next|read on|must[- ]read|recommended(?: (?:reading|stories|for you|videos?))?|related|related (?:stor(?:y|ies)|articles?|coverage|content|links?|news|topics?|videos?|posts?|reading)|see also|see more|more (?:stories|news|coverage|videos?|articles|headlines|on this(?: story| topic)?|from this author|like this|to read)|more local news|don't miss|you (?:may|might) (?:also )?(?:like|be interested in)|you may also like|up next|in case you missed it|icymi|most (?:read|popular|viewed|shared)|top stories|trending(?: now| stories)?|latest (?:news|stories|headlines|posts)|popular (?:stories|posts|now)|editors?'s? (?:picks?|choice)|further reading|explore more|learn more|find out more|also on [\w. ]{2,40}|what to read next|next (?:story|article|post)|previous (?:story|article|post)|newer story|older story|back to (?:top|gallery|home)|in other news|previously|more like this|suggested reading|stories you may like|want more(?: stories| news| articles)? like this|latest [\w ]{2,30} (?:headlines|news)|(?:popular|trending|most (?:read|popular)|latest|more) on [\w'. ]{2,30}|where to watch|if you liked this)\s*(?:\.{2,3}|[:|»>→…–—-].{0,180})?\W*$/,
    },
    {
      why: 'link to other articles',
      pattern:
        /^(?:READ MORE|ALSO READ|READ ALSO|READ NEXT|MUST READ|DON'?T MISS|SEE ALSO|RELATED|MORE ON|MORE FROM|RECOMMENDED|MORE NEWS|ALSO ON|JUST WATCHED|JUST IN)\b[\s:|>»–—-].{2,180}$/,
      asWritten: true,
    },
    {
      why: 'link to other articles',
      pattern:
        /^(?:more (?:from|on|about)|read more (?:about|on|at|from|in)|click here (?:for|to (?!get|download|play))|click to|tap here to|see (?:more|all) (?:from|on|of)|view (?:more|all)|read (?:the )?(?:full|whole|original) (?:story|article|report|interview) (?:here|on|at|in)|also on [\w-]+\.(?:com|org|net)|go to|visit)\b[^.!?]{0,90}[.»>…]?$/,
      maxChars: 110,
    },
    {
      why: 'link to other articles',
      pattern:
        /^(?:watch|listen|video|photos|gallery|podcast|quiz|poll|live|opinion|analysis|explainer|fact check|in pictures|live updates)\s*(?:now)?\s*[:|»>].{2,160}$/,
      maxChars: 160,
    },
    {
      why: 'agency credit',
      pattern:
        /^\W*with (?:(?:agency|agencies|additional|wire|further|some|file) )*(?:inputs?|reporting|reports?|material|contributions?|files?|details) (?:from|by)\b[^.!?]{0,140}\W*$/,
    },
    {
      why: 'agency credit',
      cues: ['contribut'],
      pattern:
        /^\W*[\p{L}\d .,'’&/@()-]{2,140} (?:also )?(?:contributed|contributes) (?:(?:additional |further )?reporting|research|to (?:this|the) (?:report|story|article|post|piece|dispatch))\b[^.!?]{0,60}\W*$/u,
    },
    {
      why: 'agency credit',
      pattern:
        /^\W*(?:contributing|contributors?|contributed by|sources?|agencies|inputs? from)\s*: ?[^.!?]{2,160}\W*$/,
    },
    {
      why: 'agency credit',
      pattern:
        /^\(?\s*(?:(?:additional |further )?(?:reporting|writing)(?: and (?:writing|editing|reporting))?|compiled|edited|editing|written|screenplay|production|graphics?) (?:by|from) [\p{L}][^!?]{2,260}\)?\.?$/u,
      maxChars: 300,
    },
    {
      why: 'agency credit',
      pattern:
        /^\W*(?:this (?:report|story|article) (?:contains|includes|incorporates) (?:material|information|reporting) from|(?:except for the headline, )?this story has not been edited by|(?:the|this) (?:story|article|report) (?:is|was|has been) (?:auto-?generated|published from a|produced by a)|this is a rush transcript|copy may not be in its final form|for (?:all the )?(?:latest|more [\w ]{3,20}) (?:news|updates)\b,?)/,
      maxChars: 300,
    },
    {
      why: 'newsletter prompt',
      pattern:
        /^\W*(?:sign up|subscribe|get|receive|join|register|click here to subscribe|to (?:get|receive)|want (?:more|to get|to receive)|like what you(?:'re| are) reading|enjoy(?:ed|ing)? (?:this|what)|stay (?:up[- ]to[- ]date|informed|on top|in the know)|never miss|don't miss|get the)\b.{0,200}\b(?:newsletters?|inbox|email alerts?|news alerts?|push notifications?|mailing list|daily (?:email|briefing|digest)|e-?mails? alerts?|breaking news alerts?)\b.{0,120}$/,
      maxChars: 320,
    },
    {
      why: 'newsletter prompt',
      pattern:
        /^\W*(?:(?:email )?sign[- ]?up(?: (?:now|here|today|below|for (?:our|free|daily|more|breaking|updates|alerts)\b.{0,120}))?|subscribe(?: (?:now|here|today|to (?:our|this|us)\b.{0,140}))?|by (?:signing up|subscribing|registering|submitting|clicking|entering|providing)\b.{0,200}|you (?:can|may) (?:unsubscribe|opt[- ]out)\b.{0,80}|you must (?:select a newsletter|be logged in|enter)\b.{0,120}|thank(?:s| you) for (?:subscribing|signing up|registering|reading)\b.{0,80}|(?:invalid|please enter a valid|please re-?enter|enter your) e-?mail(?: address)?\b.{0,80}|this site is protected by recaptcha\b.{0,120}|for more newsletters\b.{0,80}|view all [\w ]{0,30}newsletters|manage newsletters|an error has occurred\b.{0,60}|please try again later|please verify you're not a robot\b.{0,80}|already (?:a subscriber|registered|have an account)\b.{0,60}|log ?in(?: or (?:sign|register)\b.{0,60})?|sign in|register(?: now| here)?|create (?:an|a free) account\b.{0,60}|[\w' ]{2,50} newsletters?)\W*$/,
      maxChars: 300,
    },
    {
      why: 'newsletter prompt',
      cues: ['inbox', 'we send', "we'll send", 'sign up for our', 'subscribe to our', 'agree to receive'],
      pattern:
        /\b(?:(?:to|into|meet|hit|hits) your inbox|in your inbox\W*$|^every (?:day|week|morning),? we(?:'ll)? send\b|sign up for our\b.{0,40}newsletter|subscribe to our\b.{0,40}(?:newsletter|channel|podcast|magazine)|agree to receive (?:email|occasional|marketing))/,
      maxChars: 300,
    },
    {
      why: 'share prompt',
      pattern:
        /^\W*(?:share(?: this)? (?:story|article|post|page|video|on|via|with)\b.{0,50}|tweet this|pin (?:it|this)|email this|e-?mail (?:a friend|article)|print(?: this)?(?: (?:article|page|recipe|story))?|save (?:article|for later|story)|copy (?:link|url)|click to share\b.{0,60}|like (?:this story|us on|this)\b.{0,60}|like loading\b.{0,10}|loading\b.{0,20}|get short url|share your thoughts\b.{0,40}|make \w+ my homepage|text size|font size|listen to (?:this )?article|join (?:the|our|us) (?:conversation|discussion|community|whatsapp|telegram|facebook|on)\b.{0,80}|order reprints|reprints(?: (?:and|&) permissions)?|click here for reprint permission|skip to (?:main )?content|jump to\b.{0,40}|toggle\b.{0,40})\W*$/,
      maxChars: 120,
    },
    {
      why: 'follow prompt',
      pattern:
        /^\W*(?:you can )?(?:follow [\w. ]{2,30} on\W*$|(?:follow|find|like|join|connect with|contact|reach|e-?mail|write to|tweet)\b[^.!?]{0,80}(?: (?:on|at|via) (?:twitter|facebook|instagram|linkedin|youtube|telegram|whatsapp|social media|x|tiktok|threads|bluesky|mastodon)\b|@\w+(?:\.(?:com|org|net|tv))?)[^.!?]{0,120}(?:[.!?] ?follow [^.!?]{0,100})?[.!?]*\s*$)/,
      maxChars: 220,
    },
    {
      why: 'follow prompt',
      pattern:
        /^\W*(?:(?:have|got) (?:a|any) (?:news )?(?:tips?|stor(?:y|ies)|questions?)\b.{0,120}|send (?:us )?(?:your )?(?:news )?(?:tips?|comments?|feedback|letters?)\b.{0,120}|do you have a story\b.{0,120}|we pay for your stories\b.{0,60}|to (?:submit|respond to|comment on|contact)\b.{0,120}\b(?:letter|column|comment|editorial|article|email|us)\b.{0,100}|(?:e-?mail|contact)(?: (?:us|the author|the reporter))?(?: at)?:? ?\S+@\S+)\W*$/,
      maxChars: 260,
    },
    {
      why: 'comment prompt',
      pattern:
        /^\W*(?:(?:leave|post|add|write|submit) (?:a|your) (?:comment|reply|response)\b.{0,60}|comments?(?: \(?\d+\)?)?|comments comments|\d+ (?:pending )?comments?|comments? (?:are |have been )?(?:closed|disabled|off)\b.{0,80}|(?:view|show|hide|load|read|see|loading)(?: all| more)?(?: \d+)? comments?|no comments?(?: yet)?|be the first to comment|(?:what do you think|tell us what you think|let us know)\b.{0,30}\b(?:comments?|below)\b.{0,40}|tell us what you think|have your say|join the (?:discussion|conversation|debate)|please enable javascript\b.{0,80}|sort by|report (?:abuse|comment)|reply|your email address will not be published\b.{0,80}|required fields are marked\b.{0,10}|this site uses akismet\b.{0,140})\W*$/,
    },
    {
      why: 'cookie notice',
      pattern:
        /^\W*(?:(?:we|this (?:web)?site|our (?:web)?site|this page|[\w.]{2,30}) uses? (?:\w+ )?cookies\b|by (?:continuing|using|browsing|visiting)\b.{0,60}\b(?:site|website|cookies)\b|(?:accept|allow|reject|manage) (?:all )?cookies\b|(?:read )?(?:our|the) (?:cookies?|privacy) (?:policy|notice)\W*$|(?:cookies?|privacy) (?:policy|settings|preferences|notice)\W*$|terms (?:of (?:service|use)|and conditions)\b.{0,60}$|your privacy\W*$)/,
      maxChars: 400,
    },
    {
      why: 'copyright line',
      pattern:
        /^\W*(?:the )?contents? \([^)]{1,120}\) (?:published|posted|shown) (?:in|on) this (?:site|website|page)\b/,
      maxChars: 300,
    },
    {
      why: 'developing story',
      pattern:
        /^\W*(?:(?:this is an? (?:developing|breaking|evolving) (?:news )?story|(?:(?:more|further) (?:details|information|updates?|on this story)|updates?|this (?:story|article|post|page)) (?:will|is to) (?:be (?:posted|added|updated|released|provided|available)|follow|come)|(?:check|come) back (?:here |later |soon )?for (?:more |further )?(?:updates?|details|information)|stay (?:tuned|with \S+(?: \S+)?) for|(?:keep|continue) (?:checking|following)\b.{0,40}for (?:updates?|more)|we(?:'ll| will) (?:update|have more))\b[^!?]{0,120})$/,
      maxChars: 180,
    },
    {
      why: 'copyright line',
      pattern:
        /^\W*(?:(?:content )?copyright\W{0,4}(?:©|\(c\)|\d{4}|by|[\w .&']{2,40} (?:19|20)\d\d)|©|\(c\) ?\d{4}|all (?:rights|content) reserved|(?:this material|no part of this|reproduction|republication|redistribution)\b.{0,60}(?:may not|prohibited|without|permission|forbidden)|used (?:under license|with permission)|content created by\b|for (?:licensing opportunities|permission|reprints?)\b|this copy is for your personal)/,
      maxChars: 400,
    },
    {
      why: 'copyright line',
      cues: ['rights reserved', 'may not be'],
      pattern: /\ball rights reserved\b|\bthis material may not be (?:published|reproduced)/,
      maxChars: 260,
    },
    {
      why: 'picture credit',
      pattern:
        /^\W*(?:(?:photos?|image|picture|photograph|illustration|file|video|graphic|pic|cover|featured|header|main|stock|representative|representational)(?: (?:photos?|image|picture|pic))?(?:[ -]?(?:credits?|courtesy(?: of)?|source|by))\s*[:|/–-]?|image (?:copyright|caption)\b|photo(?:graph| illustration)?s? by\b|(?:photos?|photograph(?:er|s)?|images?|pictures?|pic|credits?|illustration|source|photo illustration)\s*[:|]|file (?:photo|image|picture|pic)\b|(?:reuters )?photo:)\s?[^!?]{0,140}$/,
      maxChars: 170,
    },
    {
      why: 'picture caption',
      pattern:
        /^\W*(?:enlarge this image|view full caption|(?:hide|show|toggle) caption|slideshow\b(?: \(\d+ images?\))?|this slideshow requires javascript|(?:view|see|launch) (?:gallery|slideshow|photos)|\d+ of \d+$|view image in fullscreen|open image in new window|image \d+ of \d+|having trouble viewing the video|watch this story|try disabling any ad blocking|please enable javascript to watch|scroll down for (?:the )?(?:video|more)|replay more videos|media caption|image caption|video player)\b.{0,60}$/,
    },
    {
      why: 'advertisement',
      pattern:
        /^\W*(?:(?:advertisements?|advertising|sponsored(?: (?:content|by [\w ]{2,30}))?|promoted(?: content)?|paid (?:content|post)|ad|skip ad|(?:story|article|content|text) (?:continues?|continued) below(?: (?:the )?advertisement)?|continue reading(?: below| the main story)?|scroll (?:down )?to continue(?: reading)?|advertisement continue reading the main story|ad loading|powered by [\w ]{2,30})\W*)+$/,
      maxChars: 120,
    },
    {
      why: 'disclaimer',
      cues: ['may earn', 'may get', 'may receive', 'affiliate', 'partnerships'],
      pattern:
        /\bmay (?:earn|get|receive)\b.{0,30}\b(?:commission|share of (?:the )?sales?)\b|\baffiliate (?:links?|partnerships?|commission)\b|\bpartnerships do not influence\b/,
      maxChars: 320,
    },
    {
      why: 'byline',
      pattern:
        /^(?:[Bb][Yy]|(?:Written|Posted|Reported) by) \p{Lu}[\p{L}.'’-]+(?:[ ,]+(?:and |& )?\p{Lu}[\p{L}.'’-]*){0,7}(?: *[|•@].{0,60})?$/u,
      maxChars: 100,
      atTop: true,
      asWritten: true,
    },
    {
      why: 'date line',
      pattern:
        /^\W*(?:first |last |originally )?(?:published|updated|posted|modified|created|publish date|last updated on)\b(?!.{0,40}\b(?:a|per|every|each) (?:day|week|month|year)\b)[^.!?]{0,60}\d(?:[^!?]{0,80})$/,
      maxChars: 120,
    },
    {
      why: 'date line',
      pattern:
        /^(?:this article is more than \d+ (?:years?|months?) old|\d+ min(?:ute)?s? (?:read|ago)|\d+ (?:hours?|days?) ago|reading time\b.{0,30}|est(?:imated)?\.? reading time\b.{0,30})\W*$/,
    },
    {
      why: 'topic list',
      pattern:
        /^\W*(?:tags?|filed under|topics?|categor(?:y|ies)|keywords|related (?:tags|topics)|in this (?:article|story)|more in|posted in|tagged(?: with)?)\s*(?::|$)[^.!?]{0,180}$/,
    },
    {
      why: 'disclaimer',
      pattern:
        /^\W*(?:the (?:opinions?|views?|thoughts) (?:expressed|and opinions)\b.{0,80}\b(?:are (?:solely |entirely |only )?(?:their|his|her|those|my|its)|do not|belong)\b|(?:opinions|views) expressed\b|analysis\/opinion\W*$|usa today's editorial opinions are\b|most editorials are coupled with\b|you can read diverse opinions from\b|disclosure ?:.{0,80}affiliate)/,
      maxChars: 320,
    },
    {
      why: 'about the author',
      cues: ['be reached'],
      pattern: /^\W*[\w' .]{2,50} (?:may|can) be reached (?:at|by|via)\b.{0,80}$/,
      maxChars: 260,
    },
    {
      why: 'about the author',
      pattern:
        /^[\p{L} .'-]{4,40} is (?:an? |the |our |\p{L}+'s? )?(?:[\p{L}'-]+ ){0,5}(?:reporter|writer|correspondent|editor|journalist|columnist|contributor|producer|fellow)\b[^!?]{0,200}$/u,
      maxChars: 280,
      atEnd: true,
    },
    {
      why: 'app prompt',
      pattern:
        /^\W*(?:click here to (?:get|download)|download (?:the|our)|get the|install the)\b.{0,60}\bapps?\b.{0,60}$/,
      maxChars: 140,
    },
  ],
}
