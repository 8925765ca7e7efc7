// The documents of the E2E Passport, assembled of what may be seen: an absent document and a withheld one look alike (views.md, S2).
import { LAPSE_DAYS } from '#duties';
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import {
  type AchievementRow,
  achievementsIn,
  type Assessed,
  assessmentsIn,
  coverIn,
  type CoverRow,
  type DocumentTerms,
  type EndorsementRow,
  endorsementsIn,
  type PlacementRow,
  placementsIn,
  type ProgrammeRow,
  programmesIn,
  type ReviewRow,
  reviewsIn,
  supersededBy,
} from '../documents/index.ts';
import { orEmpty, orNull, saidBy, type SeenItem, type SeenItems } from '../lists/index.ts';
import { answerTo, isAboutProgramme, isByItsAgency, startsAfter } from '../states/index.ts';

export const REFERRAL_ANSWERS = ['accepted', 'declined', 'withdrawn', 'lapsed'] as const;

export interface ReferralRow {
  readonly referralId: string | null;
  readonly from: AgencySlug | null;
  readonly to: AgencySlug | null;
  readonly office: string | null;
  readonly route: string | null;
  readonly madeOn: IsoDate | null;
  readonly reason: string | null;
  readonly assessments: readonly string[];
  readonly answer: (typeof REFERRAL_ANSWERS)[number] | null;
  readonly answeredOn: IsoDate | null;
}

export interface AssessmentRow extends Pick<
  Assessed,
  'assessmentId' | 'framework' | 'domain' | 'level' | 'assessedOn' | 'validUntil' | 'by' | 'summary' | 'rectifiedOn' | 'standing' | 'read'
> {
  readonly supersededBy: string | null;
  readonly disputed: boolean;
}

export interface MovingOnRow {
  readonly aim: string | null;
  readonly support: readonly string[];
  readonly plannedOn: IsoDate | null;
  readonly destination: string | null;
  readonly destinationGroup: string | null;
  readonly on: IsoDate | null;
}

export interface CompletenessRow {
  readonly programmeId: string | null;
  readonly referral: boolean;
  readonly initialAssessment: boolean;
  readonly programme: boolean;
  readonly reviews: boolean;
  readonly movingOn: boolean;
  readonly present: number;
}

export interface E2ePassport {
  readonly cover: CoverRow | null;
  readonly referral: readonly ReferralRow[];
  readonly initialAssessment: readonly AssessmentRow[];
  readonly endorsement: EndorsementRow | null;
  readonly programme: readonly ProgrammeRow[];
  readonly reviews: readonly ReviewRow[];
  readonly placements: readonly PlacementRow[];
  readonly achievements: readonly AchievementRow[];
  readonly movingOn: MovingOnRow | null;
  readonly completeness: CompletenessRow | null;
}

type Made = SeenItem<'referral.made'>;
type Ending = Pick<ReferralRow, 'answer' | 'answeredOn'>;

const endingIn = (seen: SeenItems, made: Made, on: IsoDate): Ending => {
  const { toldOn: day } = made;
  const answer = answerTo(seen, made, on);
  if (answer) return { answer: answer.state, answeredOn: answer.on };
  const isTakenUp = startsAfter(seen, made, on).length > 0;
  const lapses = day === undefined || isTakenUp ? undefined : addDays(day, LAPSE_DAYS);
  return { answer: lapses !== undefined && lapses < on ? 'lapsed' : null, answeredOn: null };
};

const referralsIn = (seen: SeenItems, on: IsoDate): readonly ReferralRow[] =>
  seen
    .of('referral.made')
    .filter(saidBy(on))
    .map((made) => ({
      ...orNull(made.data, 'referralId', 'to', 'office', 'route', 'reason'),
      from: made.source ?? null,
      madeOn: made.toldOn ?? null,
      assessments: made.data.assessments ?? [],
      ...endingIn(seen, made, on),
    }))
    .sort((one, other) => (one.madeOn ?? '').localeCompare(other.madeOn ?? ''));

const assessmentRows = (seen: SeenItems, on: IsoDate): readonly AssessmentRow[] => {
  const all = assessmentsIn(seen, on);
  return all
    .map((one) => {
      const { factors: _, supersedes: __, place: ___, ...row } = one;
      return { ...row, supersededBy: supersededBy(one, all), disputed: one.standing === 'disputed' };
    })
    .sort((one, other) => (one.assessedOn ?? '').localeCompare(other.assessedOn ?? ''));
};

/** Of the programme that goes on; else of the last one. */
const currentOf = (programmes: readonly ProgrammeRow[]): ProgrammeRow | undefined =>
  programmes.find(({ primary }) => primary) ?? programmes.at(-1);

const groupOf = (data: object): string | null =>
  'activityGroup' in data && typeof data.activityGroup === 'string' ? data.activityGroup : null;

type Found = (one: SeenItem<'moving-on.planned'> | SeenItem<'programme.moved-on'>) => boolean;

const ANY: Found = () => true;

const movingOnIn = (seen: SeenItems, programmes: readonly ProgrammeRow[], on: IsoDate): MovingOnRow | null => {
  const programme = currentOf(programmes);
  const [isAbout, isOf] = programme ? [isAboutProgramme(seen, programme), isByItsAgency(programme)] : [ANY, ANY];
  const planned = seen.of('moving-on.planned').filter(saidBy(on)).findLast(isAbout);
  const moved = seen.of('programme.moved-on').find((one) => isOf(one) && (one.data.on ?? on) <= on);
  if (!planned && !moved) return null;
  return movingOnOf(planned?.data ?? {}, moved?.data ?? {});
};

const movingOnOf = (plan: SeenItem<'moving-on.planned'>['data'], came: SeenItem<'programme.moved-on'>['data']): MovingOnRow => {
  const { on: plannedOn } = orNull(plan, 'on');
  return {
    ...orNull(plan, 'aim'),
    ...orEmpty(plan, 'support'),
    plannedOn,
    ...orNull(came, 'destination', 'on'),
    destinationGroup: groupOf(came),
  };
};

type Parts = Omit<E2ePassport, 'completeness'>;

type Documents = Pick<CompletenessRow, 'referral' | 'initialAssessment' | 'programme' | 'reviews' | 'movingOn'>;

const documentsOf = ({ referral, initialAssessment, reviews, movingOn }: Parts, { of, programmeId, version }: ProgrammeRow): Documents => ({
  referral: referral.some(({ to }) => to === of),
  initialAssessment: initialAssessment.some(({ framework }) => framework === 'initial'),
  programme: version !== null,
  reviews: reviews.some((one) => one.of === of && one.programmeId === programmeId),
  movingOn: movingOn !== null,
});

/** Of the current programme, where it would be shown whether there is each document: else a gap would tell of what is withheld. */
const completenessIn = (parts: Parts, { facts }: DocumentTerms): CompletenessRow | null => {
  const current = parts.programme.find(({ primary }) => primary);
  const of = current?.of ?? null;
  if (!current || of === null || !facts.whole.has(of)) return null;
  const there = documentsOf(parts, current);
  return { programmeId: current.programmeId, ...there, present: Object.values(there).filter(Boolean).length };
};

export const e2ePassportIn = (seen: SeenItems, terms: DocumentTerms): E2ePassport => {
  const { on } = terms;
  const programme = programmesIn(seen, on);
  const parts = {
    cover: coverIn(seen, programme, terms),
    referral: referralsIn(seen, on),
    initialAssessment: assessmentRows(seen, on),
    endorsement: endorsementsIn(seen, terms)[0] ?? null,
    programme,
    reviews: reviewsIn(seen, on),
    placements: placementsIn(seen, on),
    achievements: achievementsIn(seen, on),
    movingOn: movingOnIn(seen, programme, on),
  };
  return { ...parts, completeness: completenessIn(parts, terms) };
};
