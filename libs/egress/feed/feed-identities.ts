// Whether partners' feeds are still those that the ledger is about: one that was deleted and made anew holds nothing of what was sent,
// and no key.
import type { AgencyRegister } from '#agencies';
import type { AgencySlug } from '#kernel';
import type { FeedLedger } from './feed-ledger.ts';
import type { FeedObserver } from './feed-observer.ts';
import { type FeedTransport, FeedTransportError } from './feed-transport.ts';

export interface IdentitiesParts {
  readonly agencies: Pick<AgencyRegister, 'list'>;
  readonly ledger: FeedLedger;
  readonly transport: Pick<FeedTransport, 'ids'>;
  readonly observer: FeedObserver;
}

const LOOK_MS = 10_000;

export class FeedIdentities {
  readonly #parts: IdentitiesParts;
  #looked = -Infinity;

  constructor(parts: IdentitiesParts) {
    this.#parts = parts;
  }

  /** Recipients whose feeds were made anew: what is to be on them has to be sent again. Undefined where nobody's can be told now. */
  async look(): Promise<readonly AgencySlug[] | undefined> {
    if (performance.now() - this.#looked < LOOK_MS) return [];
    const { agencies, transport, observer } = this.#parts;
    try {
      const ids = await transport.ids(agencies.list().map(({ slug }) => slug));
      this.#looked = performance.now();
      return this.#compare(ids);
    } catch (cause) {
      if (!(cause instanceof FeedTransportError)) throw cause;
      observer.failed(cause.code);
      return undefined;
    }
  }

  /** A feed that is seen for the first time is taken for the one that the ledger is about. */
  #compare(ids: ReadonlyMap<AgencySlug, string>): readonly AgencySlug[] {
    const { ledger, observer } = this.#parts;
    const known = ledger.feedIds();
    const changed = [...ids].filter(([recipient, id]) => known.get(recipient) !== id);
    const anew = changed.filter(([recipient]) => known.has(recipient));
    for (const [recipient, id] of changed) ledger.identify(recipient, id);
    for (const [recipient] of anew) observer.madeAnew?.(recipient);
    return anew.map(([recipient]) => recipient);
  }
}
