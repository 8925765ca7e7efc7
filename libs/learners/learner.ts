// Who a learner is to the agencies: the agencies' own ids, what each stated, and what ties whom to the learner.
import { including, oneCopy, oneCopyOfList, type Recorded } from '#contribution';
import type { AgencySlug } from '#kernel';
import { subjectIdentifiers } from './identifiers.ts';
import { evolveStatements, noStatements, type Statements } from './statements.ts';
import { type Effects, evolveEffects, noEffects } from './ties/effects.ts';
import { evolveTies, noTies, type Ties } from './ties/ties.ts';

/** Personal data: it stays in the broker's memory and leaves through the gate alone. */
export interface LearnerState {
  /** Whose registration made the learner. */
  readonly founder: AgencySlug | undefined;
  /** Under which the learner's identifiers are sealed. */
  readonly alias: string;
  /** Agencies with an id of their own for the learner, once for each id; `localIds` has a line for each of them. */
  readonly knownTo: readonly AgencySlug[];
  /** Lines in one text, since that is a third of a list's size. Their schema bars line breaks. */
  readonly localIds: string;
  /** Agencies that supplied a ULN themselves, in a subject or in data; `ulns` has a line for each of them. */
  readonly ulnFrom: readonly AgencySlug[];
  readonly ulns: string;
  readonly statements: Statements;
  readonly effects: Effects;
  readonly ties: Ties;
}

const NONE: readonly never[] = Object.freeze([]);

export const initialLearner: LearnerState = {
  founder: undefined,
  alias: '',
  knownTo: NONE,
  localIds: '',
  ulnFrom: NONE,
  ulns: '',
  statements: noStatements,
  effects: noEffects,
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

type Identity = Recorded<'learner.registered' | 'learner.corrected'>;

const isIdentity = (event: Recorded): event is Identity => event.type === 'learner.registered' || event.type === 'learner.corrected';

const ulnIn = (event: Recorded): string | undefined =>
  (isIdentity(event) ? event.data.uln : undefined) ?? subjectIdentifiers(event.subject).uln;

/** The first that an agency supplies is its ULN for the learner: it is refused a second. */
const withUln = (state: LearnerState, uln: string | undefined, source: AgencySlug): LearnerState =>
  uln === undefined || state.ulnFrom.includes(source)
    ? state
    : { ...state, ulnFrom: including(state.ulnFrom, source), ulns: state.ulns === '' ? uln : [state.ulns, uln].join('\n') };

const identified = (state: LearnerState, event: Recorded): LearnerState => {
  if (!isIdentity(event)) return state;
  const founded = state.founder === undefined ? { ...state, founder: oneCopy(event.source), alias: event.notes?.alias ?? '' } : state;
  return event.data.localId === undefined ? founded : withLocalId(founded, oneCopy(event.source), event.data.localId);
};

export const evolveLearner = (before: LearnerState, event: Recorded): LearnerState => {
  const state = withUln(identified(before, event), ulnIn(event), oneCopy(event.source));
  const statements = evolveStatements(state.statements, event);
  return { ...state, statements, effects: evolveEffects(state.effects, event), ties: evolveTies(state.ties, event) };
};

/** The ULN that the agency supplied itself: it may be told that one, and no other. */
export const ulnSuppliedBy = ({ ulnFrom, ulns }: LearnerState, agency: AgencySlug): string | undefined =>
  ulnFrom.includes(agency) ? linesOf(ulns)[ulnFrom.indexOf(agency)] : undefined;

export const hasUln = ({ ulnFrom }: LearnerState): boolean => ulnFrom.length > 0;

/** A learner has one ULN at most, as far as the agency itself said. */
export const isSecondUln = (state: LearnerState | undefined, agency: AgencySlug, uln: string | undefined): boolean => {
  const supplied = state && ulnSuppliedBy(state, agency);
  return uln !== undefined && supplied !== undefined && supplied !== uln;
};

/** The agency's own id for the learner: the one it linked last. */
export const localIdOf = (state: LearnerState, agency: AgencySlug): string | undefined =>
  linesOf(state.localIds)[state.knownTo.lastIndexOf(agency)];
