import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { LanguageShare } from '../../app/ports/language-share.ts'

/** Whether the language in a column is of the share; none at all is of the share of the others. */
export function isOfShare(
  column: 'articles.lang' | 'stories.lang',
  share: LanguageShare,
): RawBuilder<SqlBool> {
  const lang = sql.ref(column)
  if ('only' in share) return sql`${lang} in (${sql.join(share.only)})`
  return sql`(${lang} is null or ${lang} not in (${sql.join(share.allBut)}))`
}
