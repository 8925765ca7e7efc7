// Releases to come, and whether learning after them is planned in time (views.md, S7; E2E p. 19–20).
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import {
  anchorsOf,
  chosenBy,
  compareDays,
  day,
  flag,
  group,
  isBy,
  isPast,
  known,
  list,
  orNull,
  ownAnchors,
  proposeAnchors,
  type RowAt,
  type SeenItem,
  type SeenItems,
  text,
} from '../lists/index.ts';
import { assessmentsSeen, termBefore } from '../states/index.ts';

/** Days before the release within which an assessment is one of that release. */
const OF_RELEASE_DAYS = 180;

interface Assessed {
  readonly domain: string | null;
  readonly on: IsoDate | null;
}

interface ReferralOn {
  readonly to: AgencySlug | null;
  readonly madeOn: IsoDate | null;
}

interface ReleaseRow {
  readonly from: string | null;
  readonly releaseOn: IsoDate | null;
  readonly assessed: Assessed | null;
  readonly dueAssessment: IsoDate | null;
  readonly overdue: boolean;
  readonly referral: ReferralOn | null;
}

const anchors = anchorsOf('youth-justice-releases', 1, { 'release.planned': ({ on }) => on });

/** Of a release that was planned anew the last plan counts. */
const rowOf = (seen: SeenItems, at: RowAt): ReleaseRow | undefined => {
  const { on, anchor } = at;
  const planned = seen.at('release.planned', anchor);
  const releaseOn = planned?.data.on;
  if (!planned || releaseOn === undefined || seen.of('release.planned').some(({ place }) => place > planned.place)) return undefined;
  const assessed = assessedBefore(seen, releaseOn, on);
  const dueAssessment = termBefore(at, {
    duty: 'assessment-before-release',
    usual: 'P14D',
    less: 'P91D',
    from: releaseOn,
    toldOn: planned.toldOn,
  });
  return {
    from: known(planned.data.from),
    releaseOn,
    assessed: assessed ? saidOf(assessed) : null,
    dueAssessment,
    overdue: !assessed && isPast(dueAssessment, on) && on <= releaseOn,
    referral: referralSince(seen, planned, on),
  };
};

const saidOf = ({ data: { domain, assessedOn } }: SeenItem<'assessment.recorded'>): Assessed => ({
  domain: known(domain),
  on: known(assessedOn),
});

const assessedBefore = (seen: SeenItems, releaseOn: IsoDate, on: IsoDate): SeenItem<'assessment.recorded'> | undefined =>
  assessmentsSeen(seen, 'initial')
    .filter(({ data: { assessedOn } }) => {
      const isOfRelease = assessedOn !== undefined && assessedOn >= addDays(releaseOn, -OF_RELEASE_DAYS) && assessedOn <= releaseOn;
      return isOfRelease && isBy(assessedOn, on);
    })
    .at(-1);

const referralSince = (seen: SeenItems, { data: { from } }: SeenItem<'release.planned'>, on: IsoDate): ReferralOn | null => {
  const made = seen
    .of('referral.made')
    .filter(({ data, toldOn = on }) => data.to !== from && toldOn <= on)
    .at(-1);
  return made ? { ...orNull(made.data, 'to'), madeOn: known(made.toldOn) } : null;
};

export const youthJusticeReleases = list<ReleaseRow>({
  name: 'youth-justice/releases',
  says: 'Releases that are planned, whether the learner was assessed before, and where to they were referred.',
  view: anchors.view,
  purposes: ['prevent-reoffending', 'plan-learning', 'deliver-programme'],
  items: { anchor: ['release.planned'], beside: ['assessment.recorded', 'assessment.rectified', 'referral.made'] },
  filters: {
    from: { says: 'Released on that day or later.', period: 'day' },
    to: { says: 'Released on that day or before.', period: 'day' },
    overdue: { says: 'Whether the assessment is overdue.', codes: ['true', 'false'] },
  },
  fields: {
    from: text('The establishment.'),
    releaseOn: day('Day of release.'),
    assessed: group<Assessed>('The last initial assessment before it, as far as may be seen.', {
      domain: text('Domain.'),
      on: day('Day.'),
    }),
    dueAssessment: day('By when it is to be made.'),
    overdue: flag('Whether it is overdue.'),
    referral: group<ReferralOn>('The last referral, as far as may be seen.', {
      to: text('Slug of the agency named.'),
      madeOn: day('Day.'),
    }),
  },
  table: ['from', 'releaseOn', 'dueAssessment', 'assessed_on', 'referral_to'],
  propose: proposeAnchors(anchors, { ahead: true }),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<ReleaseRow>({ overdue: ({ overdue }, value) => String(overdue) === value }),
  order: (one, other) => compareDays(one.releaseOn, other.releaseOn),
});
