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
  /** Agencies with an id of their own for the learner, once for each id; `localIds` has the id at the same place. */
  readonly knownTo: readonly AgencySlug[];
  readonly localIds: readonly string[];
  /** Agencies that supplied the ULN themselves, in a subject or in data. */
  readonly ulnFrom: readonly AgencySlug[];
  /** See match-key.ts; empty before the registration. */
  readonly person: string;
  /** Of the last accepted postcode; empty while none is known. */
  readonly outwardCode: string;
  readonly ties: Ties;
}

const NONE: readonly never[] = Object.freeze([]);

export const initialLearner: LearnerState = Object.freeze({
  uln: undefined,
  knownTo: NONE,
  localIds: NONE,
  ulnFrom: NONE,
  person: '',
  outwardCode: '',
  ties: noTies,
});

const withLocalId = (state: LearnerState, agency: AgencySlug, localId: string): LearnerState =>
  state.knownTo.some((known, place) => known === agency && state.localIds[place] === localId)
    ? state
    : { ...state, knownTo: oneCopyOfList([...state.knownTo, agency]), localIds: [...state.localIds, localId] };

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

export const evolveLearner = (state: LearnerState, event: Recorded): LearnerState => {
  const next = isIdentity(event) ? stated(state, event.source, event.data) : state;
  const uln = (isIdentity(event) ? event.data.uln : undefined) ?? subjectIdentifiers(event.subject).uln;
  const ties = evolveTies(next.ties, event);
  if (uln === undefined) return ties === next.ties ? next : { ...next, ties };
  return { ...next, uln: state.uln ?? uln, ulnFrom: including(next.ulnFrom, event.source), ties };
};

/** A learner has one ULN at most. */
export const isSecondUln = (state: LearnerState | undefined, uln: string | undefined): boolean =>
  uln !== undefined && state?.uln !== undefined && state.uln !== uln;

/** Whether the agency supplied the ULN itself: then it may be told it. */
export const ulnSuppliedBy = (state: LearnerState, agency: AgencySlug): boolean => state.ulnFrom.includes(agency);

/** The agency's own id for the learner: the one it linked last. */
export const localIdOf = (state: LearnerState, agency: AgencySlug): string | undefined =>
  state.localIds[state.knownTo.lastIndexOf(agency)];

/** See `matchKey`; undefined where a detail is missing. */
export const matchKeyOf = (state: LearnerState): string | undefined =>
  state.person === '' ? undefined : matchKeyOfPerson(state.person);
