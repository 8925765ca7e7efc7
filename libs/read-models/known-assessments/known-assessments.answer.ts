// What is known before anyone assesses: the last of each kind, whether one may rely on it, and what would open it (views.md, S3).
import { type Assessed, assessmentsIn, type DocumentTerms, latestFirst, latestOfEach } from '../documents/index.ts';
import { folded } from '#learner-record';
import type { Chosen, SeenItems } from '../lists/index.ts';

export interface OpensRow {
  readonly clause: string;
  readonly needs: string;
}

export interface KnownRow extends Pick<
  Assessed,
  'framework' | 'domain' | 'assessmentId' | 'by' | 'assessedOn' | 'validUntil' | 'standing' | 'read'
> {
  /** Valid and not disputed. */
  readonly rely: boolean;
  readonly opens: readonly OpensRow[];
}

export interface KnownAssessments {
  readonly rows: readonly KnownRow[];
}

const rowOf = (
  { framework, domain, assessmentId, by, assessedOn, validUntil, standing, read, place }: Assessed,
  { facts }: DocumentTerms,
): KnownRow => {
  const opens = (facts.opens.get(place) ?? []).map(({ clause, needs }) => ({ clause, needs }));
  return { framework, domain, assessmentId, by, assessedOn, validUntil, standing, read, rely: standing === 'valid', opens };
};

const isChosen = ({ framework, domain }: Assessed, chosen: Chosen): boolean => {
  const asked = chosen['domain'];
  return (chosen['framework'] ?? framework) === framework && (asked === undefined || (domain !== null && folded(domain) === folded(asked)));
};

const inOrder = (one: Assessed, other: Assessed): number =>
  (one.framework ?? '').localeCompare(other.framework ?? '') ||
  (one.domain ?? '').localeCompare(other.domain ?? '') ||
  latestFirst(one, other);

export const knownAssessmentsIn = (seen: SeenItems, terms: DocumentTerms): KnownAssessments => {
  const all = assessmentsIn(seen, terms.on);
  const shown = terms.chosen['history'] === 'true' ? all : latestOfEach(all);
  const rows = shown.filter((one) => isChosen(one, terms.chosen)).toSorted(inOrder);
  return { rows: rows.map((one) => rowOf(one, terms)) };
};
