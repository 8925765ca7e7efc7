// Where the learner lives, as far as somebody vouched for it (sharing-matrix.md, W4): nobody's own statement moves the learner to itself.
import type { AgencySlug, Instant } from '#kernel';
import type { Statement } from '../statements.ts';
import type { Areas } from './circumstances.ts';

export interface Residence {
  /** Agencies in whose districts it lies, that are resident-area. */
  readonly agencies: ReadonlySet<AgencySlug>;
  /** Those that said themselves that the learner lives with them, which nobody confirmed. */
  readonly unconfirmed: ReadonlySet<AgencySlug>;
  /** When the learner moved away from whom. */
  readonly left: ReadonlyMap<AgencySlug, Instant>;
}

interface Asked {
  readonly areas: Areas;
  /** Whether the learner, or the data manager, confirmed that the learner lives in the agency's area. */
  readonly isConfirmed: (agency: AgencySlug) => boolean;
}

type Latest = ReadonlyMap<AgencySlug, string>;

/** Another agency's latest statement lies in the agency's districts. */
const isSaidByAnother = (agency: AgencySlug, latest: Latest, areas: Areas): boolean =>
  [...latest].some(([source, postcode]) => !areas.sameEntity(source, agency) && areas.covers(postcode).has(agency));

const moved = (before: Residence, statement: Statement, latest: Latest, { areas, isConfirmed }: Asked): Residence => {
  const { source, byLearner, at, postcode } = statement;
  const holds = (agency: AgencySlug): boolean =>
    byLearner ||
    !areas.sameEntity(source, agency) ||
    before.agencies.has(agency) ||
    isSaidByAnother(agency, latest, areas) ||
    isConfirmed(agency);
  const claimed = [...areas.covers(postcode)];
  const unconfirmed = claimed.filter((agency) => !holds(agency));
  // Until it is confirmed, the agencies of the former residence stay: nobody falls between two areas.
  const stay = unconfirmed.length > 0 ? [...before.agencies] : [];
  const agencies = new Set([...stay, ...claimed.filter(holds)]);
  const gone = [...before.agencies].filter((agency) => !agencies.has(agency));
  return { agencies, unconfirmed: new Set(unconfirmed), left: new Map([...before.left, ...gone.map((agency) => [agency, at] as const)]) };
};

/** `statements`: those with a postcode that have effect, in their order. */
export const residenceOf = (statements: readonly Statement[], asked: Asked): Residence => {
  let residence: Residence = { agencies: new Set(), unconfirmed: new Set(), left: new Map() };
  const latest = new Map<AgencySlug, string>();
  for (const statement of statements) {
    latest.set(statement.source, statement.postcode);
    residence = moved(residence, statement, latest, asked);
  }
  return residence;
};
