// pack-words.mjs makes this module out of the files beside it.
declare module "packed-words" {
  /** The names of the words, in the order of the lines. */
  export const keys: readonly string[];
  /** By tag: the words as lines, and how far up their letters must be moved. */
  export const packed: Readonly<Record<string, readonly [lines: string, shift?: number]>>;
}
