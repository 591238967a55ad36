// pack-words.mjs makes this module out of the files beside it.
declare module "packed-words" {
  /** The names of the words, in the order in which every language has them. */
  export const keys: readonly string[];
  /** By tag: the words between equals signs, and how far up their letters must be moved. */
  export const packed: Readonly<Record<string, readonly [words: string, shift?: number]>>;
}
