// What lies on partners' feeds though the ledger does not know of it, as after the ledger was lost: what is nobody's there has to go.
import type { AgencyRegister } from '#agencies';
import type { AgencySlug } from '#kernel';
import type { FeedLedger } from './feed-ledger.ts';
import { tombstone } from './feed-record.ts';
import type { FeedSender } from './feed-sender.ts';
import type { StuckFeeds } from './stuck-feeds.ts';
import { type FeedTransport, FeedTransportError } from './feed-transport.ts';

export interface SurveyParts {
  readonly agencies: Pick<AgencyRegister, 'list'>;
  readonly ledger: FeedLedger;
  readonly transport: Pick<FeedTransport, 'keys'>;
  readonly sender: FeedSender;
  readonly stuck: StuckFeeds;
}

const AT_ONCE = 1000;

export class FeedSurvey {
  readonly #parts: SurveyParts;
  #looked: ReadonlySet<AgencySlug> = new Set();

  constructor(parts: SurveyParts) {
    this.#parts = parts;
  }

  /** It is another feed, to be read anew. */
  forget(recipient: AgencySlug): void {
    this.#looked = new Set([...this.#looked].filter((one) => one !== recipient));
  }

  /** Before anything is sent to a partner, its feed is read once. False where none can be read now; one that refuses is passed over. */
  async look(signal: AbortSignal): Promise<boolean> {
    const { agencies, ledger, stuck } = this.#parts;
    const unread = agencies.list().filter(({ slug }) => !this.#looked.has(slug) && !stuck.waits(slug));
    if (unread.length === 0) return true;
    const surveyed = ledger.surveyed();
    for (const { slug } of unread) {
      if (signal.aborted) break;
      if (!surveyed.has(slug) && !(await this.#read(slug))) return false;
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
    const failure = await sender.sendBare(
      [...byRecipient].map(([recipient, keys]) => ({ recipient, records: keys.map(({ key }) => tombstone(key)) })),
    );
    if (failure !== undefined) return 'failed';
    ledger.write({ found: strays });
    return 'done';
  }

  /** False where nobody's can be read. */
  async #read(recipient: AgencySlug): Promise<boolean> {
    const { ledger, transport, stuck } = this.#parts;
    try {
      ledger.survey(recipient, await transport.keys(recipient));
      return true;
    } catch (cause) {
      if (!(cause instanceof FeedTransportError)) throw cause;
      if (cause.code === 'unknown-feed') ledger.survey(recipient, []);
      if (cause.code === 'refused') stuck.add(recipient);
      return cause.code === 'unknown-feed' || cause.code === 'refused';
    }
  }
}
