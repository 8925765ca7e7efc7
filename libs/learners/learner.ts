// Who a learner is to the agencies: their own ids, what ties whom to the learner, and the identity merged of what each stated.
import { including, oneCopy, oneCopyOfList, type Recorded } from '#contribution';
import { type AgencySlug, type IsoDate, londonDate, type Revision } from '#kernel';
import {
  evolveStatements,
  folded,
  IDENTITY_FIELDS,
  type IdentityField,
  noStatements,
  type PersonalDetails,
  type Statement,
  type Statements,
  subjectIdentifiers,
} from './statements.ts';
import { type Effects, evolveEffects, FULL, noEffects, NONE, PARTIAL, type StandingView } from './ties/effects.ts';
import { evolveTies, noTies, type Ties } from './ties/ties.ts';

// Who a learner is to the agencies: the agencies' own ids, what each stated, and what ties whom to the learner.

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

const NOBODY: readonly never[] = Object.freeze([]);

export const initialLearner: LearnerState = {
  founder: undefined,
  alias: '',
  knownTo: NOBODY,
  localIds: '',
  ulnFrom: NOBODY,
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

// The merged identity: field by field the last statement that counts (sharing-matrix.md, Merged identity and W7).

/** Where a field's value stands in the learner's stream, and the day on which it was stated. */
export interface MergedField {
  readonly revision: Revision;
  readonly statedOn: IsoDate;
}

export type MergedIdentity = ReadonlyMap<IdentityField, MergedField>;

/** Who asks may be told what youth-offending teams, custody and social services stated. */
export interface IdentityAsked {
  readonly withServices: boolean;
}

const EVERYBODY: IdentityAsked = { withServices: true };

const MAY_BE_WITHHELD: readonly IdentityField[] = ['postcode', 'contact'];

/** The postcode is that of the residence: the latest, and not of those to whom the learner only applied. */
const levelFor = (field: IdentityField): typeof FULL | typeof PARTIAL => (field === 'postcode' ? FULL : PARTIAL);

const lastOf = (field: IdentityField, stated: readonly Statement[]): Statement | undefined =>
  (field === 'postcode' ? undefined : stated.findLast(({ kind }) => kind === 'corrected')) ?? stated.at(-1);

const statedIn = (standing: StandingView, field: IdentityField, { withServices }: IdentityAsked): readonly Statement[] =>
  standing.statements.filter((one) => one.has.has(field) && standing.counts(one, levelFor(field)) && (withServices || !one.byService));

/** Told to be withheld, until a correction tells it otherwise: whoever registers the learner later may repeat what was replaced. */
const isWithheld = (field: IdentityField, standing: StandingView): boolean =>
  MAY_BE_WITHHELD.includes(field) && statedIn(standing, field, EVERYBODY).findLast(({ kind }) => kind === 'corrected')?.withheld === true;

/** What was told to be withheld, and what that replaces, is left out. */
export const mergedIdentity = (standing: StandingView, asked: IdentityAsked): MergedIdentity =>
  new Map(
    IDENTITY_FIELDS.flatMap((field) => {
      const statement = isWithheld(field, standing) ? undefined : lastOf(field, statedIn(standing, field, asked));
      return statement ? [[field, { revision: statement.revision, statedOn: londonDate(statement.at) }] as const] : [];
    }),
  );

type Named = Pick<PersonalDetails, 'givenName' | 'familyName' | 'dateOfBirth'>;
type TextOf = (field: keyof Named) => string;

/** Born on the same day, and one name agrees, spellings aside: the same person. */
const isSame = (text: TextOf, { givenName, familyName, dateOfBirth }: Named): boolean => {
  const same = (field: 'givenName' | 'familyName', name: string): boolean => folded(name) !== '' && text(field) === folded(name);
  return text('dateOfBirth') === dateOfBirth && (same('givenName', givenName) || same('familyName', familyName));
};

/** With what counts of all statements. */
export const agrees = (standing: StandingView, told: Named): boolean =>
  isSame((field) => lastOf(field, statedIn(standing, field, EVERYBODY))?.[field] ?? '', told);

/** Against some statements alone, whether or not they count. */
const agreesWith = (stated: readonly Statement[], told: Named): boolean =>
  isSame(
    (field) =>
      lastOf(
        field,
        stated.filter(({ has }) => has.has(field)),
      )?.[field] ?? '',
    told,
  );

export const statedBy = (standing: StandingView, agency: AgencySlug): readonly Statement[] =>
  standing.statements.filter(({ source }) => source === agency);

/**
 * Whether the agency's registration is of this learner (W7). One whom it registered before, and with whom it does not stand, is compared
 * with its own words: else two made-up registrations that end at one learner, or at two, would tell whether others know somebody so named.
 */
export const isMeant = (standing: StandingView, agency: AgencySlug, told: Named): boolean => {
  const own = statedBy(standing, agency);
  return own.length > 0 && standing.levelOf(agency) === NONE ? agreesWith(own, told) : agrees(standing, told);
};

/** Whether the registration that made the learner was of this person. */
export const wasFromTheFirst = ({ statements }: StandingView, told: Named): boolean => agreesWith(statements.slice(0, 1), told);

const NAMED = ['dateOfBirth', 'givenName', 'familyName'] as const;

/**
 * Whether the agency itself stated plainly another person under an id of its own: another day of birth and both names.
 * What it never told differs in nothing.
 */
export const isPlainlyAnother = (own: readonly Statement[], told: Partial<Named>): boolean =>
  NAMED.every((field) => {
    const said = own.findLast(({ has }) => has.has(field))?.[field];
    const now = field === 'dateOfBirth' ? told.dateOfBirth : told[field] && folded(told[field]);
    return said !== undefined && now !== undefined && said !== now;
  });

/** Fields of the agency's own statements that pass no clause: those withheld, and those that they replace. */
export const withheldFields = (statements: readonly Statement[], { source, revision }: Statement): readonly IdentityField[] =>
  MAY_BE_WITHHELD.filter((field) =>
    statements.some((one) => one.withheld && one.source === source && one.has.has(field) && one.revision >= revision),
  );
