import type { WordKey } from './words.ts';

/** A line of the page on which the learner checks: a word, and codes of a kind or text. */
export interface CheckRow {
  readonly key: WordKey;
  readonly kinds?: readonly string[];
  readonly parties?: readonly string[];
  readonly purposes?: readonly string[];
  readonly day?: string;
  readonly text?: string;
}
