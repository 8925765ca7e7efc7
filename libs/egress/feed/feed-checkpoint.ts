// How far the feeds are, and under which terms: the one sender keeps it, and changes it with the ledger (ADR 33).
import type { Position } from '#kernel';
import type { FeedLedger, LedgerEntry, LedgerReached, Terms } from './feed-ledger.ts';

export class FeedCheckpoint {
  readonly #ledger: Pick<FeedLedger, 'recover' | 'startOver' | 'write' | 'note'>;
  #reached: LedgerReached = { position: 0, terms: { generation: 1, digest: '' } };

  constructor(ledger: Pick<FeedLedger, 'recover' | 'startOver' | 'write' | 'note'>) {
    this.#ledger = ledger;
  }

  get position(): Position {
    return this.#reached.position;
  }

  get terms(): Terms {
    return this.#reached.terms;
  }

  /** A log that ends before what the ledger has seen is another one, or was restored: then nothing in the ledger can be relied on. */
  async recover(head: Position): Promise<void> {
    this.#reached = await this.#ledger.recover();
    if (this.position > head) this.#reached = await this.#ledger.startOver();
  }

  /** On disk when it resolves. */
  async write(entry: LedgerEntry): Promise<void> {
    await this.#ledger.write(entry);
    this.#keep(entry);
  }

  /** See `FeedLedger.note`. */
  async note(entry: LedgerEntry): Promise<void> {
    await this.#ledger.note(entry);
    this.#keep(entry);
  }

  #keep({ position = this.position, terms = this.terms }: LedgerEntry): void {
    this.#reached = { position, terms };
  }
}
