// A growing list of fixed-width rows of 32-bit words, in chunks: it never copies what it holds, and the garbage collector sees no objects.

const CHUNK_BITS = 14;
const ROWS = 2 ** CHUNK_BITS;
const WITHIN = ROWS - 1;

export class WordList {
  readonly #width: number;
  readonly #chunks: Uint32Array[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  get(row: number, word: number): number {
    return this.#chunks[row >>> CHUNK_BITS]?.[(row & WITHIN) * this.#width + word] ?? 0;
  }

  set(row: number, word: number, value: number): void {
    const index = row >>> CHUNK_BITS;
    const chunk = (this.#chunks[index] ??= new Uint32Array(ROWS * this.#width));
    chunk[(row & WITHIN) * this.#width + word] = value;
  }
}
