// Which lists the broker has, as it describes them itself: pages are made of that. Kept for a minute, since a new broker may have more.
import type { AskPublic } from './agreements.ts';

export interface DescribedFilter {
  readonly name: string;
  readonly says: string;
  readonly codes?: readonly string[];
  readonly period?: 'day' | 'month' | 'year';
  /** What is chosen where nothing is said. */
  readonly usual?: string;
}

export interface DescribedList {
  readonly name: string;
  readonly says: string;
  readonly about: 'learners' | 'things' | 'counts';
  readonly path: string;
  readonly purposes: readonly string[];
  /** Else it comes whole. */
  readonly paged: boolean;
  readonly filters: readonly DescribedFilter[];
  /** Names of a row's members, joined by `_` where they lie within one. */
  readonly columns: readonly string[];
  readonly table: readonly string[];
}

const KEPT_MS = 60_000;

export class ListDescriptions {
  #kept: { readonly until: number; readonly lists: Promise<readonly DescribedList[]> } | undefined;

  async all(ask: AskPublic): Promise<readonly DescribedList[]> {
    if (this.#kept !== undefined && this.#kept.until > Date.now()) return this.#kept.lists;
    const lists = ask('/v1/lists').then((told) => (told as { readonly lists: readonly DescribedList[] }).lists);
    this.#kept = { until: Date.now() + KEPT_MS, lists };
    lists.catch(() => (this.#kept = undefined));
    return lists;
  }

  async named(name: string, ask: AskPublic): Promise<DescribedList | undefined> {
    return (await this.all(ask)).find((one) => one.name === name);
  }
}
