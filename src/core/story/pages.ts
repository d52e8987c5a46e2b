type Numbers = Int32Array | Uint16Array | Float32Array

/** Numbers in a page of each column. A power of two. */
const PAGE_SIZE = 1 << 15

/** A column of {@link Pages}: `pages[page]` holds the numbers of a page. */
export interface PagedColumn<A extends Numbers> {
  readonly pages: (A | undefined)[]
  readonly make: (length: number) => A
}

/** An empty column. */
export function pagedColumn<A extends Numbers>(make: (length: number) => A): PagedColumn<A> {
  return { pages: [], make }
}

/**
 * Short runs of numbers in columns of fixed pages, oldest given back first.
 *
 * A run never crosses a page, so a loop looks its page up once. Nothing is ever moved or made larger: memory is what is in use
 * and one page, and pages that are given back are used again.
 */
export interface Pages {
  /** Room for a run; sets {@link Pages.page} and {@link Pages.base} to where it is. */
  readonly open: (count: number) => void
  readonly page: () => number
  readonly base: () => number
  /** Gives back the pages before this one. */
  readonly dropBefore: (page: number) => void
}

/** Ties columns to common pages. @param longest most numbers of a run */
export function createPages(columns: readonly PagedColumn<Numbers>[], longest: number): Pages {
  let page = -1
  let base = 0
  let filled = PAGE_SIZE
  let oldest = 0
  const spare: Numbers[][] = []

  function turnPage(): void {
    page++
    filled = 0
    const used = spare.pop()
    columns.forEach((column, i) => {
      column.pages[page] = used?.[i] ?? column.make(PAGE_SIZE)
    })
  }
  return {
    open(count) {
      if (count > longest) throw new RangeError(`Cannot keep a run of ${String(count)} numbers`)
      if (filled + count > PAGE_SIZE) turnPage()
      base = filled
      filled += count
    },
    page: () => page,
    base: () => base,
    dropBefore(first) {
      for (; oldest < Math.min(first, page); oldest++) {
        spare.push(columns.flatMap((column) => column.pages[oldest] ?? []))
        for (const column of columns) column.pages[oldest] = undefined
      }
    },
  }
}
