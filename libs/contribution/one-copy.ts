// Words that recur from learner to learner (slugs, protocols, scopes) are held once: a hundred thousand states share them.

const MOST = 20_000;
/** Characters of a key; what is longer is rarely met again. */
const LONGEST = 300;
const EMPTY: readonly string[] = Object.freeze([]);

/**
 * Gives the same value for the same key as long as it remembers. It forgets all when full: what was handed out stays right,
 * only no longer shared with what comes. For values of few kinds: never for what belongs to one learner.
 */
export const oneCopyEach = <Value>(): ((key: string, make: () => Value) => Value) => {
  const known = new Map<string, Value>();
  return (key, make) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = make();
    if (known.size >= MOST) known.clear();
    if (key.length <= LONGEST) known.set(key, value);
    return value;
  };
};

const words = oneCopyEach<string>();
const lists = oneCopyEach<readonly string[]>();

/** An equal string, the same one each time. */
export const oneCopy = (word: string): string => words(word, () => word);

/** An equal list, frozen, the same one each time. */
export const oneCopyOfList = (list: readonly string[]): readonly string[] =>
  list.length === 0 ? EMPTY : lists(JSON.stringify(list), () => Object.freeze(list.map(oneCopy)));

/** The list with the word in it, once. */
export const including = (list: readonly string[], word: string): readonly string[] =>
  list.includes(word) ? list : oneCopyOfList([...list, word]);
