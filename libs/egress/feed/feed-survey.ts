// What lies on partners' feeds though the ledger does not know of it, as after the ledger was lost: what is nobody's there has to go.
import type { AgencyRegister } from '#agencies';
import type { AgencySlug } from '#kernel';
import type { FeedLedger } from './feed-ledger.ts';
import { tombstone } from './feed-record.ts';
import type { FeedSender } from './feed-sender.ts';
import { type FeedTransport, FeedTransportError } from './feed-transport.ts';

export interface SurveyParts {
  readonly agencies: Pick<AgencyRegister, 'list'>;
  readonly ledger: FeedLedger;
  readonly transport: Pick<FeedTransport, 'keys'>;
  readonly sender: FeedSender;
}

const AT_ONCE = 1000;

export class FeedSurvey {
  readonly #parts: SurveyParts;
  #looked: ReadonlySet<AgencySlug> = new Set();

  constructor(parts: SurveyParts) {
    this.#parts = parts;
  }

  /** Before anything is sent to a partner, its feed is read once. False where that was not possible now. */
  async look(signal: AbortSignal): Promise<boolean> {
    const { agencies, ledger } = this.#parts;
    for (const { slug } of agencies.list()) {
      if (signal.aborted || this.#looked.has(slug)) continue;
      this.#looked = ledger.surveyed();
      if (!this.#looked.has(slug) && !(await this.#read(slug))) return false;
    }
    this.#looked = ledger.surveyed();
    return true;
  }

  /** To be called when everybody's feed is as it has to be: tombstones for what is still nobody's. */
  async sweep(): Promise<'done' | 'failed' | 'nothing-to-do'> {
    const { ledger, sender } = this.#parts;
    const strays = ledger.strays(AT_ONCE);
    if (strays.length === 0) return 'nothing-to-do';
    const byRecipient = Map.groupBy(strays, ({ recipient }) => recipient);
    const failure = await sender.sendBare([...byRecipient].map(([recipient, keys]) => ({ recipient, records: keys.map(({ key }) => tombstone(key)) })));
    if (failure !== undefined) return 'failed';
    ledger.write({ found: strays });
    return 'done';
  }

  async #read(recipient: AgencySlug): Promise<boolean> {
    try {
      this.#parts.ledger.survey(recipient, await this.#parts.transport.keys(recipient));
      return true;
    } catch (cause) {
      if (!(cause instanceof FeedTransportError)) throw cause;
      if (cause.code !== 'unknown-feed') return false;
      this.#parts.ledger.survey(recipient, []);
      return true;
    }
  }
}
