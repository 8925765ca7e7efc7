// A page that is cut from the order of all rows that may be shown (views.md, S6). Their order rests on what they show, so they are opened
// before it is known which of them are on the page; those alone leave, and are recorded as shown (ADR 78).
import type { Missing } from '#unit-of-work';
import type { DecidedRow } from './decide-list.ts';
import type { ArrangedPage, Arrangement, ListRow } from './list-question.ts';
import type { DecidedPage } from './page-rows.ts';

type Open = (rows: readonly DecidedRow[]) => Promise<readonly ListRow[]>;

interface Known extends ArrangedPage {
  /** Of which rows, and of what in them. */
  readonly of: string;
}

/** What may be shown of whom; what an event says never changes. */
const nameOf = (rows: readonly DecidedRow[]): string => {
  const once = new Map(rows.map(({ context, decided }) => [decided, context.file.id]));
  return JSON.stringify([rows.map(({ candidate }) => candidate), [...once]]);
};

export class Arranged {
  readonly #arrangement: Arrangement;
  readonly #open: Open;
  #known: Known | undefined;

  constructor(arrangement: Arrangement, open: Open) {
    this.#arrangement = arrangement;
    this.#open = open;
  }

  get most(): Arrangement['most'] {
    return this.#arrangement.most;
  }

  /** The order is `lack`ed until it is worked out for these very rows. Of too many the first `limit`. */
  pageOf(whole: DecidedPage<DecidedRow>, limit: number, lack: (missing: readonly Missing[]) => void): DecidedPage<DecidedRow> {
    const { rows, looked } = whole;
    if (whole.more) return { rows: rows.slice(0, limit), looked: rows[limit]?.candidate ?? looked, more: true };
    const of = nameOf(rows);
    if (this.#known?.of !== of) {
      lack([{ name: 'the order of the page', from: { load: () => this.#workOut(rows, of) } }]);
      return { rows: [], looked };
    }
    const { candidates, more } = this.#known;
    const byCandidate = new Map(rows.map((row) => [row.candidate, row]));
    const shown = candidates.flatMap((candidate) => byCandidate.get(candidate) ?? []);
    return { rows: shown, looked, more, isArranged: true, weighed: weighedIn(rows, shown) };
  }

  async #workOut(rows: readonly DecidedRow[], of: string): Promise<void> {
    this.#known = { of, ...this.#arrangement.pageOf(await this.#open(rows)) };
  }
}

const weighedIn = (rows: readonly DecidedRow[], shown: readonly DecidedRow[]): NonNullable<DecidedPage<DecidedRow>['weighed']> => {
  const onPage = new Set(shown.map(({ context }) => context.file.id));
  return [...new Set(rows.map(({ context }) => context.file.id))].filter((id) => !onPage.has(id));
};
