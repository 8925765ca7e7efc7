// A list to which more is added time and again, while whoever holds an earlier state of it has it as it was.

/** So many lie side by side: to go through them is quicker than from one to the next, and to copy them costs little. */
const SIDE_BY_SIDE = 32;

/** To add costs what is added, however long the list is; to go through it costs what going through any list does. */
export class Growing<Item> implements Iterable<Item> {
  readonly #earlier: Growing<Item> | undefined;
  readonly #last: readonly Item[];
  readonly size: number;

  constructor(items: readonly Item[] = [], earlier?: Growing<Item>) {
    this.#earlier = earlier;
    this.#last = items;
    this.size = items.length + (earlier?.size ?? 0);
  }

  with(added: readonly Item[]): Growing<Item> {
    if (added.length === 0) return this;
    const hasRoom = this.#last.length + added.length <= SIDE_BY_SIDE;
    return hasRoom ? new Growing([...this.#last, ...added], this.#earlier) : new Growing(added, this);
  }

  /** Looked for from the end. */
  findLast(wanted: (item: Item) => boolean): Item | undefined {
    for (const part of Growing.#partsOf(this)) {
      const found = part.findLast(wanted);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** In the order in which they were added. */
  *[Symbol.iterator](): IterableIterator<Item> {
    for (const part of [...Growing.#partsOf(this)].reverse()) yield* part;
  }

  /** The last that were added first. Not by calling itself: it may have been added to very often. */
  static *#partsOf<Item>(list: Growing<Item>): IterableIterator<readonly Item[]> {
    for (let part: Growing<Item> | undefined = list; part; part = part.#earlier) yield part.#last;
  }
}
