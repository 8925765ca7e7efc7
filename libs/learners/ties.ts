// What relationships rest on (sharing-matrix.md): they come from events, and begin and end with them.
import { evolveBy, including, oneCopy, type Recorded, type Steps } from '#contribution';
import { addDays, type AgencySlug, type Instant, type IsoDate } from '#kernel';

/** Days for which an enrolment outlasts its end, and a referral waits. */
export const GRACE_DAYS = 180;

export interface ReferralTie {
  readonly id: string;
  readonly source: AgencySlug;
  readonly to: AgencySlug;
  readonly at: Instant;
  readonly standing: 'waiting' | 'enrolled' | 'declined';
}

export interface Enrolment {
  readonly id: string;
  readonly source: AgencySlug;
  /** A course of a school or college, which is then the learner's home institution until it ends. */
  readonly course: boolean;
  readonly signedOff: boolean;
  /** The last day, once the programme has ended. */
  readonly until: IsoDate | undefined;
}

export interface Ties {
  readonly referrals: readonly ReferralTie[];
  readonly enrolments: readonly Enrolment[];
  /** Who assigned the current one. A key worker displaces nobody and makes no adviser of its agency. */
  readonly personalAdviser: AgencySlug | undefined;
  readonly linkAdviser: AgencySlug | undefined;
  readonly appliedTo: readonly AgencySlug[];
  readonly placedAt: readonly AgencySlug[];
}

const NONE: readonly never[] = Object.freeze([]);

export const noTies: Ties = {
  referrals: NONE,
  enrolments: NONE,
  personalAdviser: undefined,
  linkAdviser: undefined,
  appliedTo: NONE,
  placedAt: NONE,
};

interface Owned {
  readonly id: string;
  readonly source: AgencySlug;
}

/** Ids are each agency's own: an event means its source's thing, or that of the agency noted with it. */
const means = ({ source, notes }: Recorded, id: string, thing: Owned): boolean =>
  thing.id === id && thing.source === (notes?.of ?? source);

type Ending = Recorded<'programme.left-early'> | Recorded<'programme.moved-on'>;

const ended = (ties: Ties, event: Ending, on: IsoDate): Ties => ({
  ...ties,
  enrolments: ties.enrolments.map((one) =>
    means(event, event.data.programmeId, one) ? { ...one, until: addDays(on, GRACE_DAYS) } : one,
  ),
});

const isCourse = ({ data, sourceRoles }: Recorded<'programme.started'>): boolean =>
  (data.kind === 'school-course' || data.kind === 'fe-course') &&
  (sourceRoles.includes('school') || sourceRoles.includes('college'));

type Application = Recorded<'application.submitted'> | Recorded<'application.placed'>;

const withChoices = (agencies: readonly AgencySlug[], { data }: Application): readonly AgencySlug[] =>
  data.choices.reduce((all, { agency }) => including(all, agency), agencies);

const steps: Steps<Ties> = {
  'referral.made': (ties, { data, source, at }) => ({
    ...ties,
    referrals: ties.referrals.concat({
      id: data.referralId,
      source: oneCopy(source),
      to: oneCopy(data.to),
      at,
      standing: 'waiting',
    }),
  }),
  'referral.declined': (ties, event) => ({
    ...ties,
    referrals: ties.referrals.map((one) =>
      one.to === event.source && means(event, event.data.referralId, one) ? { ...one, standing: 'declined' } : one,
    ),
  }),
  'programme.started': (ties, event) => ({
    ...ties,
    referrals: ties.referrals.map((one) =>
      one.to === event.source && one.standing === 'waiting' ? { ...one, standing: 'enrolled' } : one,
    ),
    enrolments: ties.enrolments.concat({
      id: event.data.programmeId,
      source: oneCopy(event.source),
      course: isCourse(event),
      signedOff: false,
      until: undefined,
    }),
  }),
  'programme.signed-off': (ties, event) => ({
    ...ties,
    enrolments: event.sourceRoles.includes('connexions')
      ? ties.enrolments.map((one) => (means(event, event.data.programmeId, one) ? { ...one, signedOff: true } : one))
      : ties.enrolments,
  }),
  'programme.left-early': (ties, event) => ended(ties, event, event.data.leftOn),
  'programme.moved-on': (ties, event) => ended(ties, event, event.data.on),
  'learner.adviser-assigned': (ties, { data, source }) => {
    if (data.role === 'personal-adviser') return { ...ties, personalAdviser: oneCopy(source) };
    return data.role === 'link-adviser' ? { ...ties, linkAdviser: oneCopy(source) } : ties;
  },
  'application.submitted': (ties, event) => ({ ...ties, appliedTo: withChoices(ties.appliedTo, event) }),
  'application.placed': (ties, event) => ({
    ...ties,
    appliedTo: withChoices(ties.appliedTo, event),
    placedAt: withChoices(ties.placedAt, event),
  }),
};

export const evolveTies = evolveBy(steps);
