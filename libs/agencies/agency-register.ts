// The register of agencies: the stream `agencies` held in memory, and the commands that change it.
import { randomUUID } from 'node:crypto';
import { correlation } from '#bus';
import { type EventStore, type NewEvent, type RecordedEvent, type StreamSeal, StreamState, Upcasts } from '#event-store';
import { accept, type AgencySlug, type Clock, type Instant, type Position, reject, type Result, type Revision } from '#kernel';
import { type AgenciesState, type Agency, type AgencyKey, evolveAgencies, initialAgencies, isInForce, takesPart } from './agencies.ts';
import {
  type AgencyDecision,
  type AgencyRejection,
  decideEndAgency,
  decideReadmitAgency,
  decideRegister,
  decideRegisterKey,
  decideRevokeKey,
  decideSuspendAgency,
} from './agencies.decide.ts';
import type { AgencyEvent, AgencyPartChanged, AgencyRegistered, KeyUse, PublicJwk } from './agencies.events.ts';
import { publicJwkOf, thumbprintOf } from './public-jwk.ts';

export const AGENCIES_STREAM = 'agencies';

export interface KeyToRegister {
  readonly use: KeyUse;
  /** As the agency sent it; it is checked. */
  readonly jwk: object;
  /** Rotation: the agency's other keys of this use end so many milliseconds from now. Absent: they stay. */
  readonly overlap?: number;
}

export interface FoundKey {
  readonly agency: Agency;
  readonly jwk: PublicJwk;
}

export interface KnownKey {
  readonly agency: Agency;
  readonly key: AgencyKey;
}

/** The positions of what was recorded; none: it was so already. */
export type AgencyChange = Result<readonly Position[], AgencyRejection>;

type AgencyDecider = (state: AgenciesState) => AgencyDecision;

export class AgencyRegister {
  readonly #held: StreamState<AgenciesState>;
  readonly #clock: Clock;

  private constructor(held: StreamState<AgenciesState>, clock: Clock) {
    this.#held = held;
    this.#clock = clock;
  }

  /** `seal` vouches for the stream; without one it is taken as it is. */
  static async open(store: EventStore, clock: Clock, seal?: StreamSeal): Promise<AgencyRegister> {
    return new AgencyRegister(
      await StreamState.open(store, AGENCIES_STREAM, { initial: initialAgencies, evolve: evolveStored, seal }),
      clock,
    );
  }

  /** Grows with each change. */
  get version(): Revision {
    return this.#held.revision;
  }

  bySlug(slug: AgencySlug): Agency | undefined {
    return this.#held.state.bySlug.get(slug);
  }

  list(): readonly Agency[] {
    return [...this.#held.state.bySlug.values()];
  }

  /**
   * Whose signing key, in force at that instant, the thumbprint names, where the agency takes part: who may have a token,
   * or sign a protocol.
   */
  signingKey(kid: string, at: Instant): FoundKey | undefined {
    const found = this.senderKey(kid, at);
    return found && takesPart(found.agency) ? found : undefined;
  }

  /** The same of any agency, also one that does not take part: what it sends is refused by a receipt, since it is known whose it is. */
  senderKey(kid: string, at: Instant): FoundKey | undefined {
    const known = this.keyOf(kid);
    return known?.key.use === 'sig' && isInForce(known.key, at) ? { agency: known.agency, jwk: known.key.jwk } : undefined;
  }

  /** Whose key the thumbprint names, in force or not: what was signed with it once is still to be verified. */
  keyOf(kid: string): KnownKey | undefined {
    const agency = this.bySlug(this.#held.state.owners.get(kid) ?? '');
    const key = agency?.keys.find((one) => one.kid === kid);
    return agency && key && { agency, key };
  }

  /** The keys of one use that are in force, the newest last. */
  keysInForce(slug: AgencySlug, use: KeyUse): readonly AgencyKey[] {
    return (this.bySlug(slug)?.keys ?? []).filter((key) => key.use === use && isInForce(key, this.#clock.now()));
  }

  /** Takes in what other processes changed. */
  async refresh(): Promise<void> {
    return this.#held.refresh();
  }

  /** Registers an agency with its keys in one append, or changes what is said of it. */
  async register(agency: AgencyRegistered, keys: readonly KeyToRegister[] = []): Promise<AgencyChange> {
    const from = this.#clock.now();
    return this.#change([(state) => decideRegister(agency, state), ...keys.map((key) => deciding(agency.slug, key, from))]);
  }

  async registerKey(slug: AgencySlug, key: KeyToRegister): Promise<AgencyChange> {
    return this.#change([deciding(slug, key, this.#clock.now())]);
  }

  async revokeKey(slug: AgencySlug, kid: string, reason: string): Promise<AgencyChange> {
    return this.#change([(state) => decideRevokeKey({ slug, kid, at: this.#clock.now(), reason }, state)]);
  }

  /** It contributes nothing and is shown nothing until it is readmitted. */
  async suspend(slug: AgencySlug, reason: string): Promise<AgencyChange> {
    return this.#changePart(slug, reason, decideSuspendAgency);
  }

  /** Lets the agency go: as suspended, for good. */
  async end(slug: AgencySlug, reason: string): Promise<AgencyChange> {
    return this.#changePart(slug, reason, decideEndAgency);
  }

  async readmit(slug: AgencySlug, reason: string): Promise<AgencyChange> {
    return this.#changePart(slug, reason, decideReadmitAgency);
  }

  async #changePart(
    slug: AgencySlug,
    reason: string,
    decide: (data: AgencyPartChanged, state: AgenciesState) => AgencyDecision,
  ): Promise<AgencyChange> {
    return this.#change([(state) => decide({ slug, at: this.#clock.now(), reason }, state)]);
  }

  /** All decisions or none, each on the state that the one before it leaves. */
  async #change(decisions: readonly AgencyDecider[]): Promise<AgencyChange> {
    const origin = correlation();
    return this.#held.change<AgencyRejection>((start) => {
      const events: AgencyEvent[] = [];
      let state = start;
      for (const decide of decisions) {
        const decision = decide(state);
        if (!decision.accepted) return decision;
        events.push(...decision.events);
        state = decision.events.reduce(evolveAgencies, state);
      }
      return accept(...events.map((event) => stored(event, origin)));
    });
  }
}

const deciding = (slug: AgencySlug, { use, jwk, overlap }: KeyToRegister, from: Instant): AgencyDecider => {
  const key = publicJwkOf(jwk, use);
  if (!key.ok) return () => reject(key.error);
  const data = {
    slug,
    use,
    jwk: key.value,
    kid: thumbprintOf(key.value),
    from,
    ...(overlap === undefined ? {} : { othersEnd: from + overlap }),
  };
  return (state) => decideRegisterKey(data, state);
};

const stored = ({ type, data }: AgencyEvent, correlation: string): NewEvent => ({
  id: randomUUID(),
  type,
  meta: { actor: 'operator', correlation, schema: 1 },
  payload: Buffer.from(JSON.stringify(data)),
});

/** No payload of theirs has changed its shape yet (test/golden). */
const upcasts = new Upcasts([]);

const evolveStored = (state: AgenciesState, { type, meta, payload }: RecordedEvent): AgenciesState =>
  evolveAgencies(state, { type, data: upcasts.decode(type, meta.schema, payload) as never } as AgencyEvent);
