import type { ExtractedPage, PageInput } from '../../app/ports/page-reader.ts'
import { readPage } from './read-page.ts'

/** Entry of the worker: one page in, its article out. The pool reads the name `extract`. */
export function extract(page: PageInput): ExtractedPage {
  return readPage(page)
}
