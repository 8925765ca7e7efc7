// The register of agencies: the stream `agencies` held in memory, and the commands that change it.
import { randomUUID } from 'node:crypto';
import { type EventStore, type NewEvent, type RecordedEvent, StreamState } from '#event-store';
import { accept, type AgencySlug, type Clock, type Instant, type Result, type Revision } from '#kernel';
import { type AgenciesState, type Agency, type AgencyKey, evolveAgencies, initialAgencies, isInForce } from './agencies.ts';
import { type AgencyDecision, type AgencyRejection, decideRegister, decideRegisterKey, decideRevokeKey } from './agencies.decide.ts';
import type { AgencyEvent, AgencyRegistered, KeyUse, PublicJwk } from './agencies.events.ts';
import { thumbprintOf } from './public-jwk.ts';

export const AGENCIES_STREAM = 'agencies';

export interface KeyToRegister {
  readonly use: KeyUse;
  readonly jwk: PublicJwk;
  /** Rotation: the agency's other keys of this use end so many milliseconds from now. Absent: they stay. */
  readonly overlap?: number;
}

export interface FoundKey {
  readonly agency: Agency;
  readonly jwk: PublicJwk;
}

export type AgencyChange = Result<unknown, AgencyRejection>;

export class AgencyRegister {
  readonly #held: StreamState<AgenciesState>;
  readonly #clock: Clock;

  private constructor(held: StreamState<AgenciesState>, clock: Clock) {
    this.#held = held;
    this.#clock = clock;
  }

  static async open(store: EventStore, clock: Clock): Promise<AgencyRegister> {
    return new AgencyRegister(await StreamState.open(store, AGENCIES_STREAM, { initial: initialAgencies, evolve: evolveStored }), clock);
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

  /** Whose signing key, in force at that instant, the thumbprint names. */
  signingKey(kid: string, at: Instant): FoundKey | undefined {
    const agency = this.bySlug(this.#held.state.owners.get(kid) ?? '');
    const key = agency?.keys.find((one) => one.kid === kid && one.use === 'sig');
    return agency && key && isInForce(key, at) ? { agency, jwk: key.jwk } : undefined;
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
    return this.#change([
      (state) => decideRegister(agency, state),
      ...keys.map((key) => (state: AgenciesState) => decideRegisterKey(keyRegistered(agency.slug, key, from), state)),
    ]);
  }

  async registerKey(slug: AgencySlug, key: KeyToRegister): Promise<AgencyChange> {
    return this.#change([(state) => decideRegisterKey(keyRegistered(slug, key, this.#clock.now()), state)]);
  }

  async revokeKey(slug: AgencySlug, kid: string, reason: string): Promise<AgencyChange> {
    return this.#change([(state) => decideRevokeKey({ slug, kid, at: this.#clock.now(), reason }, state)]);
  }

  /** All decisions or none, each on the state that the one before it leaves. */
  async #change(decisions: readonly ((state: AgenciesState) => AgencyDecision)[]): Promise<AgencyChange> {
    const correlation = randomUUID();
    return this.#held.change<AgencyRejection>((start) => {
      const events: AgencyEvent[] = [];
      let state = start;
      for (const decide of decisions) {
        const decision = decide(state);
        if (!decision.accepted) return decision;
        events.push(...decision.events);
        state = decision.events.reduce(evolveAgencies, state);
      }
      return accept(...events.map((event) => stored(event, correlation)));
    });
  }
}

const keyRegistered = (slug: AgencySlug, { use, jwk, overlap }: KeyToRegister, from: Instant) => ({
  slug,
  use,
  jwk,
  kid: thumbprintOf(jwk),
  from,
  ...(overlap === undefined ? {} : { othersEnd: from + overlap }),
});

const stored = ({ type, data }: AgencyEvent, correlation: string): NewEvent => ({
  id: randomUUID(),
  type,
  meta: { actor: 'operator', correlation, schema: 1 },
  payload: Buffer.from(JSON.stringify(data)),
});

const evolveStored = (state: AgenciesState, { type, payload }: RecordedEvent): AgenciesState =>
  evolveAgencies(state, { type, data: JSON.parse(Buffer.from(payload).toString()) as never } as AgencyEvent);
