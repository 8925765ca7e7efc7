// Where every version of every protocol stands: drafted, signed, in force, suspended, ended. Status at a day is computed, not recorded.
import type { AgencySlug, IsoDate, Position } from '#kernel';
import { addDays } from '#kernel';
import type { ProtocolDocument } from './language.ts';
import type {
  LifecycleEvent,
  LifecycleEventData,
  LifecycleEventType,
  ProtocolLeft,
  ProtocolReviewed,
  ProtocolSigned,
  RecordedAt,
  VersionName,
} from './lifecycle.events.ts';

/** Of a party: what it signed, and until when that binds it. */
export interface PartySignature extends ProtocolSigned {
  readonly signedOn: IsoDate;
  /** Where the log has it. */
  readonly signedAt: Position;
  /** The day on which it is to review the text; it is a party until the days of grace after it are over. */
  readonly boundUntil: IsoDate;
  /** In the order of their days. */
  readonly reviews: readonly (ProtocolReviewed & { readonly on: IsoDate })[];
}

export interface VersionState {
  readonly document: ProtocolDocument;
  readonly digest: string;
  /** Of those who signed and have not left: the parties. */
  readonly signatures: ReadonlyMap<AgencySlug, PartySignature>;
  /** The last that each agency withdrew by leaving, with the day. */
  readonly left: ReadonlyMap<AgencySlug, PartySignature & { readonly leftOn: IsoDate }>;
  /** What was signed by whatever signature counted once: header and payload. */
  readonly used: ReadonlySet<string>;
  readonly draftedAt: RecordedAt;
  /** All who must sign once had: from its first day on it supersedes what came before, whatever becomes of it. */
  readonly completedAt: RecordedAt | undefined;
  readonly suspended: boolean;
  /** The day on which it was ended, whatever its text says. */
  readonly endedOn: IsoDate | undefined;
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

type Signatures = VersionState['signatures'];

/** Every place of a party that must sign is filled by one who signed. */
const isComplete = ({ document }: Pick<VersionState, 'document'>, signatures: readonly PartySignature[]): boolean =>
  document.parties.every(({ mustSign }, place) => !mustSign || signatures.some(({ fills }) => fills.includes(place)));

/** The last day to which those who signed fill every place that must sign. */
export const reviewDueOf = ({ document, signatures }: Pick<VersionState, 'document' | 'signatures'>): IsoDate => {
  const days = document.parties.flatMap(({ mustSign }, place) => (mustSign ? lastBoundTo(signatures, place) : []));
  return days.sort()[0] ?? document.review.due;
};

const lastBoundTo = (signatures: Signatures, place: number): IsoDate | readonly [] => {
  const days = [...signatures.values()].filter(({ fills }) => fills.includes(place)).map(({ boundUntil }) => boundUntil);
  return days.sort().at(-1) ?? [];
};

/** Of a JWS what is signed: header and payload. Of one signing there may be several valid signatures, so these do not tell. */
export const signedPart = (jws: string): string => jws.slice(0, jws.lastIndexOf('.'));

const withSignatures = (state: VersionState, signatures: Signatures, at: RecordedAt): VersionState => ({
  ...state,
  signatures,
  completedAt: state.completedAt ?? (isComplete(state, [...signatures.values()]) ? at : undefined),
});

const changed = (state: LifecycleState, name: VersionName, change: (version: VersionState) => VersionState): LifecycleState => {
  const version = state.get(versionKey(name));
  return version === undefined ? state : new Map(state).set(versionKey(name), change(version));
};

type Evolvers = {
  readonly [Type in LifecycleEventType]: (state: LifecycleState, data: LifecycleEventData[Type], at: RecordedAt) => LifecycleState;
};

/** Whoever signs is bound as long as the others are who signed before; a new key shortens nothing. */
const signedBy = (version: VersionState, signed: ProtocolSigned, at: RecordedAt): VersionState => {
  const before = version.signatures.get(signed.agency);
  const [boundUntil = version.document.review.due] = [reviewDueOf(version), ...(before ? [before.boundUntil] : [])].sort().reverse();
  const signature = { ...signed, signedOn: at.on, signedAt: at.position, boundUntil, reviews: before?.reviews ?? [] };
  const used = new Set(version.used).add(signedPart(signed.signature));
  return withSignatures({ ...version, used }, new Map(version.signatures).set(signed.agency, signature), at);
};

const reviewedBy = (version: VersionState, reviewed: ProtocolReviewed, { on }: RecordedAt): VersionState => {
  const signature = version.signatures.get(reviewed.agency);
  if (signature === undefined) return version;
  const renewed = { ...signature, boundUntil: reviewed.nextReviewDue, reviews: [...signature.reviews, { ...reviewed, on }] };
  const used = new Set(version.used).add(signedPart(reviewed.signature));
  return { ...version, used, signatures: new Map(version.signatures).set(reviewed.agency, renewed) };
};

const leftBy = (before: VersionState, { agency, signature: statement }: ProtocolLeft, { on }: RecordedAt): VersionState => {
  const version = statement === undefined ? before : { ...before, used: new Set(before.used).add(signedPart(statement)) };
  const signature = version.signatures.get(agency);
  if (signature === undefined) return version;
  return {
    ...version,
    signatures: new Map([...version.signatures].filter(([signer]) => signer !== agency)),
    left: new Map(version.left).set(agency, { ...signature, leftOn: on }),
  };
};

const EVOLVERS: Evolvers = {
  'uk.concordat.protocol.drafted.v1': (state, { document, digest }, at) =>
    new Map(state).set(versionKey({ protocol: document.id, version: document.version }), {
      document,
      digest,
      signatures: new Map(),
      left: new Map(),
      used: new Set(),
      draftedAt: at,
      completedAt: undefined,
      suspended: false,
      endedOn: undefined,
    }),
  'uk.concordat.protocol.signed.v1': (state, signed, at) => changed(state, signed, (version) => signedBy(version, signed, at)),
  'uk.concordat.protocol.reviewed.v1': (state, reviewed, at) => changed(state, reviewed, (version) => reviewedBy(version, reviewed, at)),
  'uk.concordat.protocol.suspended.v1': (state, name) => changed(state, name, (version) => ({ ...version, suspended: true })),
  'uk.concordat.protocol.resumed.v1': (state, name) => changed(state, name, (version) => ({ ...version, suspended: false })),
  'uk.concordat.protocol.ended.v1': (state, name, { on }) => changed(state, name, (version) => ({ ...version, endedOn: on })),
  'uk.concordat.protocol.left.v1': (state, left, at) =>
    new Map([...state].map(([key, version]) => [key, version.document.id === left.protocol ? leftBy(version, left, at) : version])),
};

export const evolveLifecycle = (state: LifecycleState, event: LifecycleEvent, at: RecordedAt): LifecycleState =>
  (EVOLVERS[event.type] as (state: LifecycleState, data: LifecycleEvent['data'], at: RecordedAt) => LifecycleState)(state, event.data, at);

const hasBegun = ({ completedAt, document }: VersionState, today: IsoDate): boolean =>
  completedAt !== undefined && document.inForce.from <= today;

export const isSuperseded = (state: LifecycleState, { document }: VersionState, today: IsoDate): boolean =>
  [...state.values()].some(
    (other) => other.document.id === document.id && other.document.version > document.version && hasBegun(other, today),
  );

const isOver = ({ endedOn, document }: VersionState, today: IsoDate): boolean =>
  endedOn !== undefined || (document.inForce.until !== undefined && document.inForce.until < today);

/** Those who signed and whose own day of review is not past by more than so many days. */
const boundOn = ({ signatures }: VersionState, today: IsoDate, graceDays: number): readonly PartySignature[] =>
  [...signatures.values()].filter(({ boundUntil }) => addDays(boundUntil, graceDays) >= today);

type Stage = (version: VersionState, today: IsoDate, state: LifecycleState) => boolean;

/** The first that holds is the status. */
const STAGES: readonly (readonly [ProtocolStatus, Stage])[] = [
  ['ended', isOver],
  ['superseded', (version, today, state) => isSuperseded(state, version, today)],
  ['suspended', ({ suspended }) => suspended],
  ['drafted', (version) => !isComplete(version, [...version.signatures.values()])],
  ['signed-awaiting-date', ({ document }, today) => today < document.inForce.from],
  ['stopped-for-review', (version, today) => !isComplete(version, boundOn(version, today, version.document.review.graceDays))],
  ['review-overdue', (version, today) => !isComplete(version, boundOn(version, today, 0))],
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

/** The versions under which data flows that day: at most one of each protocol, with those whom it binds. */
export const bindingVersions = (
  state: LifecycleState,
  today: IsoDate,
): readonly { readonly document: ProtocolDocument; readonly parties: readonly AgencySlug[] }[] =>
  [...state.values()]
    .filter((version) => binds(stageOf(state, version, today)))
    .map((version) => ({
      document: version.document,
      parties: boundOn(version, today, version.document.review.graceDays).map(({ agency }) => agency),
    }));
