// A learner's assessments as a document shows them: as rectified, with how they stand on a day and how much of each may be read.
import { frameworkCode, isFramework } from '#catalogue';
import { addDays, type AgencySlug, type IsoDate, type Revision } from '#kernel';
import { folded } from '#learner-record';
import { isBy, orNull, type SeenItems } from '../lists/index.ts';
import { assessmentsSeen, type AssessmentSeen } from '../states/index.ts';

export const STANDINGS = ['valid', 'expired', 'superseded', 'disputed'] as const;
export const READ_LEVELS = ['full', 'summary', 'existence'] as const;

/** Of clause AR1 and EP4 a part alone: any field may be null. */
export interface Assessed {
  readonly assessmentId: string | null;
  readonly framework: string | null;
  readonly domain: string | null;
  readonly by: AgencySlug | null;
  readonly assessedOn: IsoDate | null;
  /** Null where the clause leaves it out. */
  readonly validUntil: IsoDate | null;
  readonly standing: (typeof STANDINGS)[number];
  readonly read: (typeof READ_LEVELS)[number];
  readonly level: string | null;
  readonly summary: string | null;
  readonly factors: readonly { readonly code: string; readonly level: number }[];
  readonly supersedes: string | null;
  readonly rectifiedOn: IsoDate | null;
  readonly place: Revision;
}

/** The last day by the framework, as for an assessment of which nothing else was said. */
const usualEnd = (framework: string | null, assessedOn: IsoDate | undefined): IsoDate | null =>
  assessedOn === undefined || framework === null || !isFramework(framework)
    ? null
    : addDays(assessedOn, frameworkCode(framework).validDays);

const standingOf = ({ status }: AssessmentSeen, until: IsoDate | null, on: IsoDate): Assessed['standing'] => {
  if (status === 'superseded' || status === 'disputed') return status;
  return until !== null && until < on ? 'expired' : 'valid';
};

type Said = AssessmentSeen['data'];
type Found = Pick<Assessed, 'level' | 'summary' | 'factors' | 'supersedes'>;

const foundIn = ({ outcome, factors = [], supersedes }: Said): Found => ({
  level: outcome?.level ?? null,
  summary: outcome?.summary ?? null,
  factors,
  supersedes: supersedes?.assessmentId ?? null,
});

const assessedOf = (recorded: AssessmentSeen, on: IsoDate): Assessed => {
  const { level: read, source, place, data, framework = null, rectifiedOn } = recorded;
  const until = data.validUntil ?? usualEnd(framework, data.assessedOn);
  return {
    ...orNull(data, 'assessmentId', 'domain', 'assessedOn'),
    framework,
    by: source ?? null,
    // Below that, a clause may have left it out.
    validUntil: read === 'full' ? until : (data.validUntil ?? null),
    standing: standingOf(recorded, until, on),
    read,
    ...foundIn(data),
    rectifiedOn,
    place,
  };
};

/** Those assessed by that day, in the order of record. */
export const assessmentsIn = (seen: SeenItems, on: IsoDate): readonly Assessed[] =>
  assessmentsSeen(seen)
    .map((recorded) => assessedOf(recorded, on))
    .filter(({ assessedOn }) => assessedOn === null || isBy(assessedOn, on));

/** The same for those of one natural key. */
export const naturalKey = ({ framework, domain }: Pick<Assessed, 'framework' | 'domain'>): string =>
  `${framework ?? ''}\n${folded(domain ?? '') ?? ''}`;

/** The one assessed last first; of one day, the one recorded last. */
export const latestFirst = (one: Assessed, other: Assessed): number =>
  (other.assessedOn ?? '').localeCompare(one.assessedOn ?? '') || other.place - one.place;

/** Of each natural key the one assessed last. */
export const latestOfEach = (assessments: readonly Assessed[]): readonly Assessed[] => {
  const latest = new Map<string, Assessed>();
  for (const one of [...assessments].sort(latestFirst)) if (!latest.has(naturalKey(one))) latest.set(naturalKey(one), one);
  return [...latest.values()];
};

/** The one by which it was superseded, where that is seen to say so. */
export const supersededBy = ({ assessmentId, place }: Assessed, assessments: readonly Assessed[]): string | null =>
  assessments.find((one) => assessmentId !== null && one.supersedes === assessmentId && one.place > place)?.assessmentId ?? null;
