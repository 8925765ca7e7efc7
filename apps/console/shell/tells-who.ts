// What in a text looks as if it said who somebody is: pointed at before it is sent, never refused, and kept nowhere (views.md, S21 and S27;
// ADR 86). Pure.

export const TELLINGS = ['email', 'telephone', 'uln', 'ni', 'name'] as const;
export type Telling = (typeof TELLINGS)[number];

const FORMS: Readonly<Record<Exclude<Telling, 'name'>, RegExp>> = {
  /** Begun where a word begins: a long text without any is gone through once. */
  email: /(?<![^\s@])[^\s@]+@[^\s@]+\.[a-z]{2,}/i,
  /** Of the United Kingdom: ten or eleven digits, as people set them. */
  telephone: /(?<![\d+])(?!\d{1,2}-\d{1,2}-\d{4})(?:\+44[\s-]?(?:\(0\)[\s-]?)?|\(?0)[1-9](?:[\s()-]{0,2}\d){8,9}(?!\d)/,
  uln: /(?<!\d)[1-9]\d{9}(?!\d)/,
  ni: /(?<![a-z])[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-d](?![a-z])/i,
};
/** What stands in quotation marks is without them. */
const WORD = /\p{L}[\p{L}\p{M}’']*\p{L}/gu;

const plain = (word: string): string =>
  word
    .normalize('NFD')
    .toLowerCase()
    .replaceAll("'", '’')
    .replaceAll(/\p{M}|’s$/gu, '');
const wordsIn = (text: string): readonly string[] => text.match(WORD) ?? [];
/** In small letters a name may be any word. */
const isSetAsName = (word: string): boolean => /^\p{Lu}/u.test(word);

const names = (text: string, known: readonly string[]): boolean => {
  const parts = new Set(known.flatMap(wordsIn).map(plain));
  return wordsIn(text).some((word) => isSetAsName(word) && parts.has(plain(word)));
};

/** `known`: by what people are called of whom it may speak. */
export const tellsWho = (text: string, known: readonly string[] = []): readonly Telling[] =>
  TELLINGS.filter((telling) => (telling === 'name' ? names(text, known) : FORMS[telling].test(text)));
