// The last APIR assessment, factor by factor beside what was found before, as far as both may be read (views.md, S3).
import type { AgencySlug, IsoDate } from '#kernel';
import { type Assessed, assessmentsIn, type DocumentTerms, latestFirst } from '../documents/index.ts';
import type { SeenItems } from '../lists/index.ts';

/** Needs that cannot wait. */
const URGENT = 4;

export interface FactorRow {
  readonly code: string;
  readonly level: number;
  readonly previousLevel: number | null;
  readonly previousOn: IsoDate | null;
}

export interface Apir {
  readonly assessmentId: string | null;
  readonly assessedOn: IsoDate | null;
  readonly validUntil: IsoDate | null;
  readonly by: AgencySlug | null;
  readonly factors: readonly FactorRow[];
  /** Codes of factors of level 4. */
  readonly urgent: readonly string[];
}

const NONE: Apir = { assessmentId: null, assessedOn: null, validUntil: null, by: null, factors: [], urgent: [] };

/** What may not be read has no factors here. */
const previousOf = (code: string, earlier: readonly Assessed[]): Pick<FactorRow, 'previousLevel' | 'previousOn'> => {
  for (const { factors, assessedOn } of earlier) {
    const found = factors.find((one) => one.code === code);
    if (found) return { previousLevel: found.level, previousOn: assessedOn };
  }
  return { previousLevel: null, previousOn: null };
};

export const apirIn = (seen: SeenItems, { on }: DocumentTerms): Apir => {
  const [last, ...earlier] = assessmentsIn(seen, on)
    .filter(({ framework }) => framework === 'apir')
    .toSorted(latestFirst);
  if (!last) return NONE;
  const { assessmentId, assessedOn, validUntil, by } = last;
  const factors = last.factors.map(({ code, level }) => ({ code, level, ...previousOf(code, earlier) }));
  const urgent = factors.flatMap(({ code, level }) => (level === URGENT ? [code] : []));
  return { assessmentId, assessedOn, validUntil, by, factors, urgent };
};
