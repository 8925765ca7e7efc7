// The register of protocols: the stream `sharing-protocols` held in memory, and the commands that change it.
import { randomUUID } from 'node:crypto';
import { correlation } from '#bus';
import { type EventStore, type NewEvent, type RecordedEvent, type StreamSeal, StreamState, Upcasts } from '#event-store';
import { accept, type AgencySlug, type Clock, err, type IsoDate, type Position, type Result, type Revision } from '#kernel';
import type { ProtocolInForce } from './decision-table-parties.ts';
import { digestOf, type PartyKeys, verifySignature } from './register-signatures.ts';
import type { ProtocolDocument } from './language.ts';
import type { LifecycleDecision, LifecycleRejection, LifecycleRejectionCode } from './lifecycle.decide.ts';
import { decideDraft, decideEnd, decideLeave, decideResume, decideSign, decideSuspend } from './lifecycle.decide.ts';
import type { LifecycleEvent, ProtocolSigned, ProtocolStopped, VersionName } from './lifecycle.events.ts';
import { PROTOCOLS_STREAM } from './lifecycle.events.ts';
import type { LifecycleState, ProtocolStatus, VersionState } from './lifecycle.ts';
import { bindingVersions, evolveLifecycle, initialLifecycle, statusAt, versionKey } from './lifecycle.ts';
import { lintProtocol } from './lint.ts';

export type ProtocolRejection = LifecycleRejection<LifecycleRejectionCode | 'signature-invalid'>;
/** The positions of what was recorded; none: it was so already. */
export type ProtocolChange = Result<readonly Position[], ProtocolRejection>;

export interface ProtocolVersion extends VersionName {
  readonly document: ProtocolDocument;
  readonly digest: string;
  readonly status: ProtocolStatus;
  readonly signatures: readonly ProtocolSigned[];
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
    return bindingVersions(this.#held.state, today).map(({ document, signatures }) => ({ document, parties: [...signatures.keys()] }));
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
  async draft(document: ProtocolDocument): Promise<ProtocolChange> {
    const digest = digestOf(document);
    return this.#change((state) => decideDraft(state, { document, digest, faults: faultsOf(document, state) }));
  }

  /** `jws` as `signDocument` makes it; the agency must own its key now. */
  async sign(jws: string, keys: PartyKeys): Promise<ProtocolChange> {
    const signed = await verifySignature(jws, keys, this.#clock.now());
    if (signed === undefined) {
      return err({
        code: 'signature-invalid',
        says: 'Sign {digest, protocol, version} in canonical form with a registered key that is in force.',
      });
    }
    return this.#change((state) => decideSign(state, { ...signed, signature: jws }));
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

const described = (state: LifecycleState, { document, digest, signatures }: VersionState, today: IsoDate): ProtocolVersion => {
  const name = { protocol: document.id, version: document.version };
  return { ...name, document, digest, status: statusAt(state, name, today) ?? 'drafted', signatures: [...signatures.values()] };
};

/** The latest version of each other protocol that has not ended. */
const othersThan = (id: string, state: LifecycleState): readonly ProtocolDocument[] => {
  const lasting = [...state.values()].filter(({ ended, document }) => !ended && document.id !== id);
  return [...new Map(lasting.map(({ document }) => [document.id, document])).values()];
};

const faultsOf = (document: ProtocolDocument, state: LifecycleState): readonly string[] =>
  lintProtocol(document, { others: othersThan(document.id, state) })
    .filter(({ severity }) => severity === 'error')
    .map(({ path, says }) => `${path}: ${says}`);

const actorOf = (event: LifecycleEvent): string => ('agency' in event.data ? event.data.agency : 'operator');

const stored = (event: LifecycleEvent, correlation: string): NewEvent => ({
  id: randomUUID(),
  type: event.type,
  meta: { actor: actorOf(event), correlation, schema: 1 },
  payload: Buffer.from(JSON.stringify(event.data)),
});

/** No payload of theirs has changed its shape yet (test/golden). */
const upcasts = new Upcasts([]);

const evolveStored = (state: LifecycleState, { type, meta, payload }: RecordedEvent): LifecycleState =>
  evolveLifecycle(state, { type, data: upcasts.decode(type, meta.schema, payload) as never } as LifecycleEvent);
