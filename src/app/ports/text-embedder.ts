/** Vectors for some texts, or why there are none. */
export type EmbeddingAnswer =
  | { readonly kind: 'vectors'; readonly vectors: readonly Float32Array[] }
  | { readonly kind: 'problem'; readonly problem: string }

/** Turns texts of any language into vectors that point the same way where they say the same. Off unless the operator sets one up. */
export interface TextEmbedder {
  /** One vector of length 1 for each text, all of one size, in order. Bounded in time; never throws. */
  embed(texts: readonly string[]): Promise<EmbeddingAnswer>
}
