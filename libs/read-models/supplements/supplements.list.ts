// Assessments that took the place of another while that was valid, and why (views.md, S4; QPID study 90, 6.6).
import type { AgencySlug, IsoDate } from '#kernel';
import { folded } from '#learner-record';
import {
  anchorsOf,
  chosenBy,
  code,
  coded,
  day,
  flag,
  group,
  isBy,
  known,
  list,
  orNull,
  ownAnchors,
  proposeAnchors,
  rankedBy,
  type RowAt,
  type SeenItems,
  text,
} from '../lists/index.ts';
import { assessmentsSeen, type AssessmentSeen } from '../states/index.ts';

const REASONS = ['not-comprehensive', 'expired', 'changed-circumstances', 'learner-request'] as const;

interface Of {
  readonly assessmentId: string | null;
  readonly by: AgencySlug | null;
  readonly assessedOn: IsoDate | null;
}

interface SupplementRow {
  readonly framework: string | null;
  readonly domain: string | null;
  readonly reason: string | null;
  readonly earlier: Of | null;
  readonly later: Of;
  readonly sameLevel: boolean | null;
}

const anchors = anchorsOf('supplements', 1, {
  'assessment.recorded': ({ supersedes, assessedOn }) => (supersedes === undefined ? undefined : assessedOn),
});

const rowOf = (seen: SeenItems, { on, anchor }: RowAt): SupplementRow | undefined => {
  const all = assessmentsSeen(seen);
  const later = all.find(({ place }) => place === anchor);
  if (!later || (later.data.assessedOn ?? '') > on) return undefined;
  const before = all.filter(({ place }) => place < later.place);
  const earlier = earlierOf(before, later);
  // Of whom neither is read, nor one superseded is one's own, only that an assessment exists is known.
  if (later.data.supersedes === undefined && earlier === undefined) return undefined;
  return {
    framework: known(later.framework),
    ...orNull(later.data, 'domain'),
    reason: known(later.data.supersedes?.reason),
    earlier: earlier ? ofAssessment(earlier) : null,
    later: ofAssessment(later),
    sameLevel: sameLevel(earlier, later),
  };
};

type Assessments = readonly AssessmentSeen[];

/** Named, where that is read; else one's own that was superseded before it, of the same kind. */
const earlierOf = (before: Assessments, later: AssessmentSeen): AssessmentSeen | undefined => {
  const { supersedes } = later.data;
  if (supersedes !== undefined) return before.filter(({ data }) => data.assessmentId === supersedes.assessmentId).at(-1);
  const own = before.filter((one) => one.own && one.status === 'superseded' && one.framework === later.framework);
  return ofDomain(own, later.data.domain).at(-1);
};

/** Of a domain that a clause leaves out nothing is known: where one's own are of several, which of them it is neither. */
const ofDomain = (own: Assessments, domain: string | undefined): Assessments => {
  const domains = new Set(own.map(({ data }) => folded(data.domain)));
  if (domain === undefined) return domains.size === 1 ? own : [];
  return own.filter(({ data }) => folded(data.domain) === folded(domain));
};

const ofAssessment = ({ source, data }: AssessmentSeen): Of => ({ ...orNull(data, 'assessmentId', 'assessedOn'), by: known(source) });

const sameLevel = (earlier: AssessmentSeen | undefined, later: AssessmentSeen): boolean | null => {
  const [one, other] = [earlier?.data.outcome?.level, later.data.outcome?.level];
  return one === undefined || other === undefined ? null : one === other;
};

/** What is greater comes later. */
const latestFirst = (on: IsoDate | null): number => (on === null ? 0 : -Number(on.replaceAll('-', '')));

export const supplements = list<SupplementRow>({
  name: 'assessments/supplements',
  says: 'Assessments that took the place of an earlier one of the same kind, and why.',
  view: anchors.view,
  purposes: ['plan-learning'],
  items: { anchor: ['assessment.recorded'], beside: ['assessment.rectified'] },
  filters: {
    reason: { says: 'Why; not-comprehensive are those that supplement.', codes: REASONS },
    framework: { says: 'Framework.' },
    domain: { says: 'Domain, without regard to case.' },
    from: { says: 'Assessed on that day or later.', period: 'day' },
    to: { says: 'Assessed on that day or before.', period: 'day' },
  },
  fields: {
    framework: coded(text('Framework.'), 'frameworks'),
    domain: text('Domain.'),
    reason: code(REASONS, 'Why, where that may be read.'),
    earlier: group<Of>('The one superseded, as far as may be seen.', {
      assessmentId: text('Id.'),
      by: text('Slug of the agency that assessed.'),
      assessedOn: day('Day.'),
    }),
    later: group<Of>('The one that took its place.', {
      assessmentId: text('Id.'),
      by: text('Slug of the agency that assessed.'),
      assessedOn: day('Day.'),
    }),
    sameLevel: flag('Whether both found the same level; null where not both may be read.'),
  },
  table: ['framework', 'domain', 'reason', 'earlier_by', 'later_by', 'later_assessedOn', 'sameLevel'],
  // A day set right may be any: rows are chosen by the day that they show.
  propose: proposeAnchors(anchors, { newestFirst: true, days: 'none', ahead: true }),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<SupplementRow>({
    reason: ({ reason }, value) => reason === value,
    framework: ({ framework }, value) => framework === value,
    domain: ({ domain }, value) => domain !== null && folded(domain) === folded(value),
    from: ({ later }, value) => (later.assessedOn ?? '') >= value,
    to: ({ later }, value) => isBy(later.assessedOn ?? undefined, value),
  }),
  ...rankedBy(({ later }) => [latestFirst(later.assessedOn)]),
});
