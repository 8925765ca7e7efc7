// Where every version of every protocol stands: drafted, signed, in force, suspended, ended. Status at a day is computed, not recorded.
import type { AgencySlug, IsoDate } from '#kernel';
import { addDays } from '#kernel';
import type { ProtocolDocument } from './language.ts';
import type { LifecycleEvent, LifecycleEventData, LifecycleEventType, ProtocolSigned, VersionName } from './lifecycle.events.ts';

export interface VersionState {
  readonly document: ProtocolDocument;
  readonly digest: string;
  /** Of those who signed and have not left: the parties. */
  readonly signatures: ReadonlyMap<AgencySlug, ProtocolSigned>;
  /** All who must sign once had: from its first day on it supersedes what came before, whatever becomes of it. */
  readonly completed: boolean;
  readonly suspended: boolean;
  readonly ended: boolean;
}

/** By `id@version`, in the order of drafting. */
export type LifecycleState = ReadonlyMap<string, VersionState>;

export type ProtocolStatus =
  /** Not signed by all who must. */
  | 'drafted'
  | 'signed-awaiting-date'
  | 'in-force'
  /** In force, past the day on which the review was due. */
  | 'review-overdue'
  /** Past the days of grace as well: nothing is shared under it. */
  | 'stopped-for-review'
  | 'suspended'
  | 'superseded'
  | 'ended';

export const initialLifecycle: LifecycleState = new Map();

export const versionKey = ({ protocol, version }: VersionName): string => `${protocol}@${version}`;

/** Every place of a party that must sign is filled by one who signed. */
const isComplete = ({ document, signatures }: Pick<VersionState, 'document' | 'signatures'>): boolean =>
  document.parties.every(({ mustSign }, place) => !mustSign || [...signatures.values()].some(({ fills }) => fills.includes(place)));

const withSignatures = (state: VersionState, signatures: VersionState['signatures']): VersionState => ({
  ...state,
  signatures,
  completed: state.completed || isComplete({ ...state, signatures }),
});

const changed = (state: LifecycleState, name: VersionName, change: (version: VersionState) => VersionState): LifecycleState => {
  const version = state.get(versionKey(name));
  return version === undefined ? state : new Map(state).set(versionKey(name), change(version));
};

type Evolvers = { readonly [Type in LifecycleEventType]: (state: LifecycleState, data: LifecycleEventData[Type]) => LifecycleState };

const without = (signatures: VersionState['signatures'], agency: AgencySlug): VersionState['signatures'] =>
  new Map([...signatures].filter(([signer]) => signer !== agency));

const EVOLVERS: Evolvers = {
  'uk.concordat.protocol.drafted.v1': (state, { document, digest }) =>
    new Map(state).set(versionKey({ protocol: document.id, version: document.version }), {
      document,
      digest,
      signatures: new Map(),
      completed: false,
      suspended: false,
      ended: false,
    }),
  'uk.concordat.protocol.signed.v1': (state, signed) =>
    changed(state, signed, (version) => withSignatures(version, new Map(version.signatures).set(signed.agency, signed))),
  'uk.concordat.protocol.suspended.v1': (state, name) => changed(state, name, (version) => ({ ...version, suspended: true })),
  'uk.concordat.protocol.resumed.v1': (state, name) => changed(state, name, (version) => ({ ...version, suspended: false })),
  'uk.concordat.protocol.ended.v1': (state, name) => changed(state, name, (version) => ({ ...version, ended: true })),
  'uk.concordat.protocol.left.v1': (state, { protocol, agency }) =>
    new Map(
      [...state].map(([key, version]) => [
        key,
        version.document.id === protocol ? withSignatures(version, without(version.signatures, agency)) : version,
      ]),
    ),
};

export const evolveLifecycle = (state: LifecycleState, event: LifecycleEvent): LifecycleState =>
  (EVOLVERS[event.type] as (state: LifecycleState, data: LifecycleEvent['data']) => LifecycleState)(state, event.data);

const hasBegun = ({ completed, document }: VersionState, today: IsoDate): boolean => completed && document.inForce.from <= today;

const isSuperseded = (state: LifecycleState, { document }: VersionState, today: IsoDate): boolean =>
  [...state.values()].some(
    (other) => other.document.id === document.id && other.document.version > document.version && hasBegun(other, today),
  );

const isOver = ({ ended, document }: VersionState, today: IsoDate): boolean =>
  ended || (document.inForce.until !== undefined && document.inForce.until < today);

type Stage = (version: VersionState, today: IsoDate, state: LifecycleState) => boolean;

/** The first that holds is the status. */
const STAGES: readonly (readonly [ProtocolStatus, Stage])[] = [
  ['ended', isOver],
  ['superseded', (version, today, state) => isSuperseded(state, version, today)],
  ['suspended', ({ suspended }) => suspended],
  ['drafted', (version) => !isComplete(version)],
  ['signed-awaiting-date', ({ document }, today) => today < document.inForce.from],
  ['stopped-for-review', ({ document: { review } }, today) => addDays(review.due, review.graceDays) < today],
  ['review-overdue', ({ document: { review } }, today) => review.due < today],
];

const stageOf = (state: LifecycleState, version: VersionState, today: IsoDate): ProtocolStatus =>
  STAGES.find(([, holds]) => holds(version, today, state))?.[0] ?? 'in-force';

/** Undefined: no such version was drafted. */
export const statusAt = (state: LifecycleState, name: VersionName, today: IsoDate): ProtocolStatus | undefined => {
  const version = state.get(versionKey(name));
  return version === undefined ? undefined : stageOf(state, version, today);
};

/** Whether data flows under a protocol of this status. */
export const binds = (status: ProtocolStatus | undefined): boolean => status === 'in-force' || status === 'review-overdue';

/** The versions under which data flows that day: at most one of each protocol. */
export const bindingVersions = (state: LifecycleState, today: IsoDate): readonly VersionState[] =>
  [...state.values()].filter((version) => binds(stageOf(state, version, today)));
