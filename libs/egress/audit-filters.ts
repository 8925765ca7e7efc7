// Which of the decisions about a learner were asked for.
import { LEARNERS_OWN } from '#access';
import type { AuditedDecision } from '#disclosure';
import { type IsoDate, londonDate } from '#kernel';

/** Each narrows; what is absent does not. Days in London. */
export interface AuditFilters {
  readonly recipient?: string;
  readonly staff?: string;
  readonly purpose?: string;
  readonly clause?: string;
  readonly basis?: string;
  readonly consent?: string;
  readonly category?: string;
  readonly outcome?: string;
  readonly route?: string;
  /** Whether the learner looked, at the own record. */
  readonly own?: string;
  readonly from?: IsoDate;
  readonly to?: IsoDate;
}

/** Whatever it was refused for. */
const REFUSED = 'refused';

type Passes = (decision: AuditedDecision, wanted: string) => boolean;

const dayOf = ({ at }: AuditedDecision): IsoDate => londonDate(at);

/** Several conditions may be named together, as `6(1)(e), 9(2)(g)`: what is on such a basis is found by each of them, and by the whole. */
export const isOnBasis = (basis: string, wanted: string): boolean => basis === wanted || basis.split(', ').includes(wanted);

const PASSES: Readonly<Record<keyof AuditFilters, Passes>> = {
  recipient: ({ recipient }, wanted) => recipient === wanted,
  staff: ({ staff }, wanted) => staff === wanted,
  purpose: ({ purposes, permitted }, wanted) =>
    purposes === 'any' ? permitted.some(({ purpose }) => purpose === wanted) : purposes.includes(wanted),
  clause: ({ permitted }, wanted) => permitted.some(({ clause }) => clause === wanted),
  basis: ({ permitted }, wanted) => permitted.some(({ basis }) => isOnBasis(basis, wanted)),
  consent: ({ permitted }, wanted) => permitted.some(({ consent }) => consent?.id === wanted),
  category: ({ permitted, refused, withdrawn }, wanted) =>
    [...permitted, ...refused, { items: withdrawn }].some(({ items }) => items.some(({ category }) => category === wanted)),
  outcome: ({ outcome }, wanted) => (wanted === REFUSED ? outcome !== 'answered' : outcome === wanted),
  route: ({ route }, wanted) => route === wanted,
  own: ({ recipient }, wanted) => String(recipient === LEARNERS_OWN) === wanted,
  from: (decision, wanted) => dayOf(decision) >= wanted,
  to: (decision, wanted) => dayOf(decision) <= wanted,
};

const OUTCOMES: readonly AuditedDecision['outcome'][] = ['answered', 'not-permitted', 'not-known'];
const ROUTES: readonly AuditedDecision['route'][] = ['learner', 'feed', 'list', 'aggregate', 'look'];

/** What a filter takes, where that is one of a few; all others take text of at most `LONGEST_FILTER` characters. */
export const AUDIT_CHOICES: Readonly<Partial<Record<keyof AuditFilters, readonly string[]>>> = {
  outcome: [...OUTCOMES, REFUSED],
  route: ROUTES,
  own: ['true', 'false'],
};
export const LONGEST_FILTER = 200;

export const AUDIT_FILTERS = Object.keys(PASSES) as readonly (keyof AuditFilters)[];

export const isAskedFor = (decision: AuditedDecision, filters: AuditFilters): boolean =>
  AUDIT_FILTERS.every((name) => filters[name] === undefined || PASSES[name](decision, filters[name]));
