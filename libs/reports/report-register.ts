// The register of lists that were verified and published: the stream `reports` held in memory, and the commands that change it.
import { randomUUID } from 'node:crypto';
import { correlation } from '#bus';
import { type EventStore, type NewEvent, type RecordedEvent, type StreamSeal, StreamState, Upcasts } from '#event-store';
import { accept, type Clock, type Position, type Result } from '#kernel';
import { type Closing, closingBy, USUAL_CLOSING } from './closing.ts';
import { decideRaise, decideRelease, decideVerify, decideWaive, type ReportDecision, type ReportRejection } from './reports.decide.ts';
import type { Counts, IssueNamed, ReportEvent, ReportNamed, ReportReleased, WaiverReason } from './reports.events.ts';
import { evolveReports, initialReports, type Periods, periodsOf, type ReportsState } from './reports.ts';

export const REPORTS_STREAM = 'reports';

/** As whom the log names whoever verifies. */
const ACTOR = 'operator:data-manager';

export interface ReportRegisterOptions {
  /** Vouches for the stream; without one it is taken as it is. */
  readonly seal?: StreamSeal;
  /** When the lists of months close, as `05T06:00`. */
  readonly closing?: string;
}

/** The positions of what was recorded; none: it was so already. */
export type ReportChange = Result<readonly Position[], ReportRejection>;

export class ReportRegister {
  readonly #held: StreamState<ReportsState>;
  readonly #clock: Clock;
  readonly #closing: Closing;

  private constructor(held: StreamState<ReportsState>, clock: Clock, closing: Closing) {
    this.#held = held;
    this.#clock = clock;
    this.#closing = closing;
  }

  static async open(store: EventStore, clock: Clock, options: ReportRegisterOptions = {}): Promise<ReportRegister> {
    const { seal, closing = USUAL_CLOSING } = options;
    const held = await StreamState.open(store, REPORTS_STREAM, { initial: initialReports, evolve: evolveStored, seal });
    return new ReportRegister(held, clock, closingBy(closing));
  }

  /** With all that was recorded before the call, by whichever process. */
  async current(): Promise<ReportsState> {
    await this.#held.refresh();
    return this.#held.state;
  }

  /** Of one list, likewise. */
  async periodsOf(table: string): Promise<Periods> {
    return periodsOf(await this.current(), table, this.#closing);
  }

  async verify(named: ReportNamed, counts: Counts): Promise<ReportChange> {
    const seen = { ...named, at: this.#clock.now(), closedAt: this.#closing(named.period), counts };
    return this.#change((state) => decideVerify(seen, state));
  }

  async release(named: ReportNamed, { counts, leftOut }: Pick<ReportReleased, 'counts' | 'leftOut'>): Promise<ReportChange> {
    const seen = { ...named, at: this.#clock.now(), closedAt: this.#closing(named.period), counts, leftOut };
    return this.#change((state) => decideRelease(seen, state));
  }

  async waive({ rule, position }: IssueNamed, reason: WaiverReason): Promise<ReportChange> {
    return this.#change((state) => decideWaive({ rule, position, at: this.#clock.now(), reason }, state));
  }

  /** The agency is asked about it. */
  async raise({ rule, position }: IssueNamed): Promise<ReportChange> {
    return this.#change((state) => decideRaise({ rule, position, at: this.#clock.now() }, state));
  }

  async #change(decide: (state: ReportsState) => ReportDecision): Promise<ReportChange> {
    const origin = correlation();
    return this.#held.change<ReportRejection>((state) => {
      const decision = decide(state);
      return decision.accepted ? accept(...decision.events.map((event) => stored(event, origin))) : decision;
    });
  }
}

const stored = ({ type, data }: ReportEvent, correlation: string): NewEvent => ({
  id: randomUUID(),
  type,
  meta: { actor: ACTOR, correlation, schema: 1 },
  payload: Buffer.from(JSON.stringify(data)),
});

/** No payload of theirs has changed its shape yet (test/golden). */
const upcasts = new Upcasts([]);

const evolveStored = (state: ReportsState, { type, meta, payload, position }: RecordedEvent): ReportsState =>
  evolveReports(state, { type, data: upcasts.decode(type, meta.schema, payload) as never } as ReportEvent, position);
