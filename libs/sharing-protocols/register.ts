// The register of protocols: the stream `sharing-protocols` held in memory, and the commands that change it.
import { randomUUID } from 'node:crypto';
import { correlation } from '#bus';
import { type EventStore, type NewEvent, type RecordedEvent, type StreamSeal, StreamState, Upcasts } from '#event-store';
import { accept, type AgencySlug, type Clock, err, type IsoDate, londonDate, type Position, type Result, type Revision } from '#kernel';
import type { ProtocolInForce } from './decision-table-parties.ts';
import { digestOf, type PartyKeys, verifyLeave, verifyReview, verifySignature } from './register-signatures.ts';
import type { ProtocolDocument } from './language.ts';
import type { LifecycleDecision, LifecycleRejection, LifecycleRejectionCode } from './lifecycle.decide.ts';
import {
  decideDraft,
  decideEnd,
  decideLeave,
  decideLeaveSigned,
  decideResume,
  decideReview,
  decideSign,
  decideSuspend,
} from './lifecycle.decide.ts';
import type { LifecycleEvent, ProtocolStopped, SentForSignature, VersionName } from './lifecycle.events.ts';
import { PROTOCOLS_STREAM } from './lifecycle.events.ts';
import type { LifecycleState, PartySignature, ProtocolStatus, VersionState } from './lifecycle.ts';
import { bindingVersions, evolveLifecycle, initialLifecycle, reviewDueOf, statusAt, versionKey } from './lifecycle.ts';
import { lintProtocol } from './lint.ts';

export type ProtocolRejection = LifecycleRejection<LifecycleRejectionCode | 'signature-invalid' | 'names-another'>;
/** The positions of what was recorded; none: it was so already. */
export type ProtocolChange = Result<readonly Position[], ProtocolRejection>;

export interface ProtocolVersion
  extends VersionName, Pick<VersionState, 'document' | 'digest' | 'draftedAt' | 'completedAt'>, Partial<Pick<VersionState, 'endedOn'>> {
  readonly status: ProtocolStatus;
  readonly reviewDue: IsoDate;
  readonly signatures: readonly PartySignature[];
  readonly left: readonly (PartySignature & { readonly leftOn: IsoDate })[];
}

export class ProtocolRegister {
  readonly #held: StreamState<LifecycleState>;
  readonly #clock: Clock;

  private constructor(held: StreamState<LifecycleState>, clock: Clock) {
    this.#held = held;
    this.#clock = clock;
  }

  /** `seal` vouches for the stream; without one it is taken as it is. */
  static async open(store: EventStore, clock: Clock, seal?: StreamSeal): Promise<ProtocolRegister> {
    return new ProtocolRegister(
      await StreamState.open(store, PROTOCOLS_STREAM, { initial: initialLifecycle, evolve: evolveStored, seal }),
      clock,
    );
  }

  /** Grows with each change. What is in force changes with the day as well. */
  get version(): Revision {
    return this.#held.revision;
  }

  /** The protocols under which data flows that day, with those who signed and have not left. */
  inForce(today: IsoDate): readonly ProtocolInForce[] {
    return bindingVersions(this.#held.state, today);
  }

  /** Every version ever drafted, in the order of drafting. */
  versions(today: IsoDate): readonly ProtocolVersion[] {
    return [...this.#held.state.values()].map((version) => described(this.#held.state, version, today));
  }

  byName(name: VersionName, today: IsoDate): ProtocolVersion | undefined {
    const version = this.#held.state.get(versionKey(name));
    return version && described(this.#held.state, version, today);
  }

  /** Takes in what other processes changed. */
  async refresh(): Promise<void> {
    return this.#held.refresh();
  }

  /** Drafts a document that lint has nothing against, the other protocols taken into account. */
  async draft(document: ProtocolDocument, sent?: SentForSignature): Promise<ProtocolChange> {
    const digest = digestOf(document);
    return this.#change((state) => decideDraft(state, { document, digest, faults: faultsOf(document, state), sent }));
  }

  /** What lint holds against the document as errors, the other protocols taken into account. */
  faultsOf(document: ProtocolDocument): readonly string[] {
    return faultsOf(document, this.#held.state);
  }

  /** `jws` as `signDocument` makes it, perhaps expected to name a certain version; the agency must own its key now. */
  async sign(jws: string, keys: PartyKeys, expected?: VersionName): Promise<ProtocolChange> {
    const signed = await verifySignature(jws, keys, this.#clock.now());
    if (signed === undefined) return err(unsigned('{digest, protocol, version}'));
    if (isOfAnother(signed, expected)) return err(misdirected(signed));
    return this.#change((state) => decideSign(state, { ...signed, signature: jws }));
  }

  /** `jws` as `signReview` makes it; the same. */
  async review(jws: string, keys: PartyKeys, expected?: VersionName): Promise<ProtocolChange> {
    const now = this.#clock.now();
    const reviewed = await verifyReview(jws, keys, now);
    if (reviewed === undefined) return err(unsigned('{digest, nextReviewDue, protocol, version}'));
    if (isOfAnother(reviewed, expected)) return err(misdirected(reviewed));
    const { agency, ...review } = reviewed;
    return this.#change((state) => decideReview(state, { ...review, agency: agency.slug, signature: jws, today: londonDate(now) }));
  }

  /** `jws` as `signLeave` makes it; the same. The party leaves every version. */
  async leaveSigned(jws: string, keys: PartyKeys, expected?: VersionName): Promise<ProtocolChange> {
    const left = await verifyLeave(jws, keys, this.#clock.now());
    if (left === undefined) return err(unsigned('{digest, leaves, protocol, version}'));
    if (isOfAnother(left, expected)) return err(misdirected(left));
    const { agency, ...statement } = left;
    return this.#change((state) => decideLeaveSigned(state, { ...statement, agency: agency.slug, signature: jws }));
  }

  async suspend(stopped: ProtocolStopped): Promise<ProtocolChange> {
    return this.#change((state) => decideSuspend(state, stopped));
  }

  async resume(stopped: ProtocolStopped): Promise<ProtocolChange> {
    return this.#change((state) => decideResume(state, stopped));
  }

  async end(stopped: ProtocolStopped): Promise<ProtocolChange> {
    return this.#change((state) => decideEnd(state, stopped));
  }

  /** Every version of the protocol. */
  async leave(protocol: string, agency: AgencySlug): Promise<ProtocolChange> {
    return this.#change((state) => decideLeave(state, protocol, agency));
  }

  async #change(decide: (state: LifecycleState) => LifecycleDecision): Promise<ProtocolChange> {
    const origin = correlation();
    return this.#held.change<LifecycleRejection>((state) => {
      const decision = decide(state);
      return decision.accepted ? accept(...decision.events.map((event) => stored(event, origin))) : decision;
    });
  }
}

export const unsigned = (form: string): LifecycleRejection<'signature-invalid'> => ({
  code: 'signature-invalid',
  says: `Sign ${form} in canonical form with a registered key that is in force.`,
});

const isOfAnother = (signed: VersionName, expected: VersionName | undefined): boolean =>
  expected !== undefined && versionKey(signed) !== versionKey(expected);

export const misdirected = (signed: VersionName): LifecycleRejection<'names-another'> => ({
  code: 'names-another',
  says: `Send it to the version that it names: it is signed for ${versionKey(signed)}.`,
});

const described = (state: LifecycleState, version: VersionState, today: IsoDate): ProtocolVersion => {
  const { document, digest, draftedAt, completedAt, endedOn } = version;
  const name = { protocol: document.id, version: document.version };
  return {
    ...{ ...name, document, digest, draftedAt, completedAt, endedOn },
    status: statusAt(state, name, today) ?? 'drafted',
    reviewDue: reviewDueOf(version),
    signatures: [...version.signatures.values()],
    left: [...version.left.values()],
  };
};

/** The latest version of each other protocol that has not ended. */
const othersThan = (id: string, state: LifecycleState): readonly ProtocolDocument[] => {
  const lasting = [...state.values()].filter(({ endedOn, document }) => endedOn === undefined && document.id !== id);
  return [...new Map(lasting.map(({ document }) => [document.id, document])).values()];
};

const faultsOf = (document: ProtocolDocument, state: LifecycleState): readonly string[] =>
  lintProtocol(document, { others: othersThan(document.id, state) })
    .filter(({ severity }) => severity === 'error')
    .map(({ path, says }) => `${path}: ${says}`);

const actorOf = ({ data }: LifecycleEvent): string => {
  if ('agency' in data) return data.agency;
  return ('sent' in data && data.sent?.by) || 'operator';
};

const stored = (event: LifecycleEvent, correlation: string): NewEvent => ({
  id: randomUUID(),
  type: event.type,
  meta: { actor: actorOf(event), correlation, schema: 1 },
  payload: Buffer.from(JSON.stringify(event.data)),
});

/** No payload of theirs has changed its shape yet (test/golden). */
const upcasts = new Upcasts([]);

const evolveStored = (state: LifecycleState, { type, meta, payload, position, recordedAt }: RecordedEvent): LifecycleState => {
  const event = { type, data: upcasts.decode(type, meta.schema, payload) as never } as LifecycleEvent;
  return evolveLifecycle(state, event, { position, on: londonDate(recordedAt) });
};
