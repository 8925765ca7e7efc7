// The merged identity: field by field the last statement that counts (sharing-matrix.md, Merged identity and W7).
import { type AgencySlug, type IsoDate, londonDate, type Revision } from '#kernel';
import { folded, type PersonalDetails } from './match-key.ts';
import { IDENTITY_FIELDS, type IdentityField, type Statement } from './statements.ts';
import { FULL, NONE, PARTIAL } from './ties/effects.ts';
import type { StandingView } from './ties/standing-view.ts';

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
