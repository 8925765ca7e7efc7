// One world of a property: the real admission and the real gate over a log in memory, with a clock that only steps move.
import { Admission, type Receipt } from '#admission';
import { shippedCatalogue } from '#catalogue';
import type { AgencyEvent } from '#client';
import { type AnswerItem, type Disclosure, Gate, type GateParts, ItemReader, NamedLearners, type Registers } from '#disclosure';
import { MemoryEventStore } from '#event-store/memory';
import { type AgencySlug, type Instant, type LearnerId, londonDate } from '#kernel';
import { LearnerStreams } from '#learner-file';
import { LogWriter } from '#unit-of-work';
import { PairwisePseudonyms, rootKeyOf } from '#privacy';
import { MemoryVault } from '#privacy/memory';
import { MemoryQuarantine } from '#quarantine/memory';
import { memberOf } from './cast.ts';

/** Where a world is played: beside the rules, or in a running broker. */
export interface Stage {
  send(at: Instant, agency: AgencySlug, events: readonly AgencyEvent[]): Promise<Told>;
  /** The whole passport, for every purpose that there is. */
  read(at: Instant, agency: AgencySlug, ref: string): Promise<Shown>;
}

/** What one question came to. */
export interface Shown {
  readonly outcome: Disclosure['outcome'];
  readonly items?: readonly AnswerItem[];
}

/** What one message came to. */
export interface Told {
  readonly receipts: readonly Receipt[];
  /** How many positions of the log it took. */
  readonly positions: number;
}

const ROOT_KEY = rootKeyOf(Buffer.alloc(32, 7));
const LEARNERS = 64;
const WHOLE = { after: 0, limit: 1000 };

export class World implements Stage {
  #now: Instant = 0;
  readonly #registers: Registers;
  readonly store: MemoryEventStore;
  readonly #admission: Admission;
  readonly gateParts: GateParts;
  readonly #gate: Gate;

  constructor(registers: Registers) {
    const clock = { now: (): Instant => this.#now };
    const store = new MemoryEventStore({ clock });
    const vault = new MemoryVault({ rootKey: ROOT_KEY });
    const catalogue = shippedCatalogue();
    const streams = new LearnerStreams({ store, vault, catalogue, learners: LEARNERS });
    const writer = new LogWriter(store, vault);
    const pseudonyms = new PairwisePseudonyms(ROOT_KEY);
    const parts = { store, streams, writer, registers, vault, pseudonyms, clock };
    this.#registers = registers;
    this.store = store;
    this.gateParts = { ...parts, reader: new ItemReader(store, vault) };
    this.#gate = new Gate(this.gateParts);
    const quarantine = new MemoryQuarantine(vault, { clock });
    this.#admission = new Admission({ ...parts, gate: this.#gate, catalogue, quarantine, mostInDay: 1000 });
  }

  async send(at: Instant, agency: AgencySlug, events: readonly AgencyEvent[]): Promise<Told> {
    this.#now = at;
    const sender = this.#registers.inForce(londonDate(at)).agency(agency);
    if (!sender) throw new Error(`${agency} is not of this world.`);
    const before = await this.store.head();
    const judged = events.map((event) => ({ value: event, bytes: Buffer.from(JSON.stringify(event)), evidence: undefined }));
    const receipts = await this.#admission.admit({
      agency: sender,
      channel: 'http',
      events: judged,
      ...(await this.#signedIn(agency, events)),
    });
    return { receipts, positions: (await this.store.head()) - before };
  }

  /** Whoever is spoken of on the learner's page is signed in there. */
  async #signedIn(agency: AgencySlug, [first]: readonly AgencyEvent[]): Promise<{ readonly signedIn?: LearnerId }> {
    const { roles } = memberOf(agency);
    if (!roles.includes('self-service') || first?.subject === undefined) return {};
    const named = await new NamedLearners(this.gateParts).find({ agency, ref: first.subject });
    return named.ok ? { signedIn: named.value } : {};
  }

  async read(at: Instant, agency: AgencySlug, ref: string): Promise<Shown> {
    this.#now = at;
    const purposes = [...this.#registers.inForce(londonDate(at)).purposes];
    return this.#gate.ask({ asker: { agency }, ref, purposes, asked: 'passport', page: WHOLE });
  }
}
