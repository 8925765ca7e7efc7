// Who a learner is to the agencies: the ULN, the agencies' own ids, where the learner lives, and what ties whom to the learner.
import type { LearnerCorrected, LearnerRegistered } from '#catalogue';
import { including, oneCopy, oneCopyOfList, type Recorded } from '#contribution';
import type { AgencySlug } from '#kernel';
import { subjectIdentifiers } from './identifiers.ts';
import { matchKeyOfPerson, outwardCode, personOf } from './match-key.ts';
import { evolveTies, noTies, type Ties } from './ties.ts';

/** Personal data: it stays in the broker's memory and leaves through the gate alone. */
export interface LearnerState {
  readonly uln: string | undefined;
  /** Agencies with an id of their own for the learner, once for each id; `localIds` has a line for each of them. */
  readonly knownTo: readonly AgencySlug[];
  /** Lines in one text, since that is a third of a list's size. Their schema bars line breaks. */
  readonly localIds: string;
  /** Agencies that supplied the ULN themselves, in a subject or in data. */
  readonly ulnFrom: readonly AgencySlug[];
  /** See match-key.ts; empty before the registration. */
  readonly person: string;
  /** Of the last accepted postcode; empty while none is known. */
  readonly outwardCode: string;
  readonly ties: Ties;
}

const NONE: readonly never[] = Object.freeze([]);

export const initialLearner: LearnerState = {
  uln: undefined,
  knownTo: NONE,
  localIds: '',
  ulnFrom: NONE,
  person: '',
  outwardCode: '',
  ties: noTies,
};

const linesOf = (text: string): readonly string[] => text.split('\n');

const withLocalId = (state: LearnerState, agency: AgencySlug, localId: string): LearnerState => {
  if (state.knownTo.length === 0) return { ...state, knownTo: oneCopyOfList([agency]), localIds: localId };
  const localIds = linesOf(state.localIds);
  if (state.knownTo.some((known, place) => known === agency && localIds[place] === localId)) return state;
  const knownTo = oneCopyOfList([...state.knownTo, agency]);
  return { ...state, knownTo, localIds: [...localIds, localId].join('\n') };
};

const withDetails = (state: LearnerState, data: Partial<LearnerRegistered>): LearnerState => ({
  ...state,
  person: personOf(data, state.person === '' ? undefined : state.person),
  outwardCode: data.postcode === undefined ? state.outwardCode : oneCopy(outwardCode(data.postcode)),
});

const stated = (state: LearnerState, source: AgencySlug, data: LearnerRegistered | LearnerCorrected): LearnerState => {
  const next = withDetails(state, data);
  return data.localId === undefined ? next : withLocalId(next, source, data.localId);
};

const isIdentity = (event: Recorded): event is Recorded<'learner.registered' | 'learner.corrected'> =>
  event.type === 'learner.registered' || event.type === 'learner.corrected';

const ulnIn = (event: Recorded): string | undefined =>
  (isIdentity(event) ? event.data.uln : undefined) ?? subjectIdentifiers(event.subject).uln;

const withUln = (state: LearnerState, uln: string | undefined, source: AgencySlug): LearnerState =>
  uln === undefined || (state.uln === uln && state.ulnFrom.includes(source))
    ? state
    : { ...state, uln: state.uln ?? uln, ulnFrom: including(state.ulnFrom, source) };

export const evolveLearner = (state: LearnerState, event: Recorded): LearnerState => {
  const identified = isIdentity(event) ? stated(state, event.source, event.data) : state;
  const next = withUln(identified, ulnIn(event), event.source);
  const ties = evolveTies(next.ties, event);
  return ties === next.ties ? next : { ...next, ties };
};

/** A learner has one ULN at most. */
export const isSecondUln = (state: LearnerState | undefined, uln: string | undefined): boolean =>
  uln !== undefined && state?.uln !== undefined && state.uln !== uln;

/** Whether the agency supplied the ULN itself: then it may be told it. */
export const ulnSuppliedBy = (state: LearnerState, agency: AgencySlug): boolean => state.ulnFrom.includes(agency);

/** The agency's own id for the learner: the one it linked last. */
export const localIdOf = (state: LearnerState, agency: AgencySlug): string | undefined =>
  linesOf(state.localIds)[state.knownTo.lastIndexOf(agency)];

/** See `matchKey`; undefined where a detail is missing. */
export const matchKeyOf = (state: LearnerState): string | undefined =>
  state.person === '' ? undefined : matchKeyOfPerson(state.person);
