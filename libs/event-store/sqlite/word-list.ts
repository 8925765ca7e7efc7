// A growing list of fixed-width rows of 32-bit words, in chunks: it never copies what it holds, and the garbage collector sees no objects.

const CHUNK_BITS = 14;
const ROWS = 2 ** CHUNK_BITS;
const WITHIN = ROWS - 1;

export class WordList {
  readonly #width: number;
  readonly #chunks: Uint32Array[] = [];

  constructor(width = 1) {
    this.#width = width;
  }

  /** First word of a row. */
  get(row: number): number {
    return this.#chunks[row >>> CHUNK_BITS]?.[(row & WITHIN) * this.#width] ?? 0;
  }

  /** Where a row stands. */
  locate(row: number): { readonly words: Uint32Array; readonly at: number } {
    return { words: this.#chunkOf(row), at: (row & WITHIN) * this.#width };
  }

  set(row: number, value: number): void {
    this.#chunkOf(row)[(row & WITHIN) * this.#width] = value;
  }

  /** Whether a row equals the words at an offset. */
  equals(row: number, words: Uint32Array, offset: number): boolean {
    const chunk = this.#chunkOf(row);
    const at = (row & WITHIN) * this.#width;
    for (let word = 0; word < this.#width; word++) if (chunk[at + word] !== words[offset + word]) return false;
    return true;
  }

  /** Sets a row to the words at an offset. */
  put(row: number, words: Uint32Array, offset: number): void {
    const chunk = this.#chunkOf(row);
    const at = (row & WITHIN) * this.#width;
    for (let word = 0; word < this.#width; word++) chunk[at + word] = words[offset + word] ?? 0;
  }

  /** A copy of the rows from one to another, the latter included. */
  slice(from: number, to: number): Uint32Array<ArrayBuffer> {
    const words = new Uint32Array((to - from + 1) * this.#width);
    for (let row = from; row <= to;) {
      const rows = Math.min(ROWS - (row & WITHIN), to - row + 1);
      const at = (row & WITHIN) * this.#width;
      words.set(this.#chunkOf(row).subarray(at, at + rows * this.#width), (row - from) * this.#width);
      row += rows;
    }
    return words;
  }

  #chunkOf(row: number): Uint32Array {
    return (this.#chunks[row >>> CHUNK_BITS] ??= new Uint32Array(ROWS * this.#width));
  }
}
