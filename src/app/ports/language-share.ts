/** Some of all languages (ISO 639-1): those named, or all others and what has none. */
export type LanguageShare = { readonly only: readonly string[] } | { readonly allBut: readonly string[] }
