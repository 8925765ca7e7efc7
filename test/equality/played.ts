// A synthetic partnership played to a broker: every message at its time, every outcome as it must be; and its lists, read whole.
import { type Clock, fixedClock, type AgencySlug } from '#kernel';
import { allLists, type AnyRow } from '#read-models';
import { Town } from '../journeys/town.ts';
import type { Townsfolk } from '../journeys/townsfolk.ts';
import type { Message, Synthetic } from './synthetic.ts';

export interface ListRead {
  readonly status: number;
  readonly rows: readonly AnyRow[];
}

export interface PagedRead extends ListRead {
  /** Of each row, whether it is to stand behind the one before it: lists that are too long are in order within each page alone (ADR 78). */
  readonly isBehind: readonly boolean[];
}

/** A row about a learner, as it left. */
export interface ShownRow {
  readonly agency: AgencySlug;
  readonly view: string;
  /** The agency's pseudonym. */
  readonly learner: string;
  /** Of the page's decision. */
  readonly position: number;
}

interface Page {
  readonly view?: string;
  readonly position?: string;
  readonly rows?: readonly AnyRow[];
  readonly next?: string;
  readonly order?: 'whole' | 'page';
}

export class PlayedPartnership {
  readonly clock: Clock & { set(at: number): void };
  readonly town: Town;
  readonly cast: readonly Townsfolk[];
  /** What was sent and how it was answered, in the order of sending. */
  readonly sent: Message[] = [];
  readonly shown: ShownRow[] = [];

  private constructor(town: Town, clock: PlayedPartnership['clock'], cast: readonly Townsfolk[]) {
    this.town = town;
    this.clock = clock;
    this.cast = cast;
  }

  static async open({ cast, keys, messages }: Synthetic): Promise<PlayedPartnership> {
    const clock = fixedClock(messages[0]?.at ?? 0);
    const environment = { CONCORDAT_RATE_LIMIT: '1000000000' };
    return new PlayedPartnership(await Town.open({ clock, following: true, cast, keys, environment }), clock, cast);
  }

  /** Throws where an outcome is another than the one that it must get. */
  async send(message: Message): Promise<void> {
    const { jws, at, outcomes } = message;
    this.clock.set(Math.max(at, this.clock.now()));
    const receipts = await this.#receiptsOf(jws);
    const got = receipts.map(({ outcome }) => outcome);
    if (got.join(' ') !== outcomes.join(' ')) throw new Error(`Not ${outcomes.join(' ')}: ${JSON.stringify(receipts)}, ${payloadOf(jws)}`);
    this.sent.push({ ...message, at: this.clock.now() });
  }

  async #receiptsOf(jws: string): Promise<readonly { readonly outcome: string }[]> {
    try {
      return await this.town.node.intake.receive(Buffer.from(jws), 'http');
    } catch {
      return [{ outcome: 'unverifiable' }];
    }
  }

  /** Once the views have taken in all that was told. */
  async caughtUp(): Promise<void> {
    const { store, projections } = this.town.node;
    const head = await store.head();
    for (const name of new Set(['ties', ...allLists.map(({ view }) => view.name)])) {
      if (!(await projections.waitFor(name, head, 600_000))) throw new Error(`The view ${name} stands still.`);
    }
  }

  /** A document with rows, whatever the status. */
  async read(agency: AgencySlug, path: string, purposes: string): Promise<ListRead> {
    const headers = { authorization: `Bearer ${await this.town.tokenOf(agency)}`, purpose: purposes };
    const response = await fetch(`${this.town.server.url}/v1/${path}`, { headers });
    const { rows = [] } = (await response.json()) as Page;
    return { status: response.status, rows };
  }

  /** All pages of a list, at `limit` rows a page. */
  async list(agency: AgencySlug, path: string, purposes: string, limit = 200): Promise<PagedRead> {
    const headers = { authorization: `Bearer ${await this.town.tokenOf(agency)}`, purpose: purposes };
    const rows: AnyRow[] = [];
    const isBehind: boolean[] = [];
    for (let cursor = ''; ;) {
      const response = await fetch(`${this.town.server.url}/v1/${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`, {
        headers,
      });
      const page = (await response.json()) as Page;
      rows.push(...rowsOf(page));
      isBehind.push(...rowsOf(page).map((_, place) => place > 0 || page.order === 'whole'));
      this.shown.push(...shownIn(page, agency));
      if (response.status !== 200 || page.next === undefined) return { status: response.status, rows, isBehind };
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
  }

  async close(): Promise<void> {
    await this.town.close();
  }
}

const rowsOf = ({ rows = [] }: Page): readonly AnyRow[] => rows;

const shownIn = ({ view = '', position, rows = [] }: Page, agency: AgencySlug): readonly ShownRow[] =>
  rows.flatMap(({ learner }) => (typeof learner === 'string' ? [{ agency, view, learner, position: Number(position) }] : []));

const payloadOf = (jws: string): string => Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString();
