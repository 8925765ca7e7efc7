// What was said of who has to do with the learner (sharing-matrix.md, Relationships): kept as it was said;
// what of it counts is judged apart.
import { evolveBy, oneCopy, type Recorded, type Steps } from '#contribution';
import { addDays, type AgencySlug, type Instant, type IsoDate, londonDate, type Revision } from '#kernel';

/** Days for which an enrolment outlasts its end, a referral waits, and a voucher for no tie in particular holds. */
export const GRACE_DAYS = 180;

/** Who said it, and where in the learner's stream. */
export interface Said {
  readonly source: AgencySlug;
  readonly revision: Revision;
}

export interface Answer extends Said {
  readonly accepted: boolean;
  readonly at: Instant;
  /** Whether its source stood when it answered. */
  readonly stood: boolean;
}

export interface Referral extends Said {
  readonly id: string;
  readonly to: AgencySlug;
  readonly at: Instant;
  readonly answer: Answer | undefined;
  readonly withdrawn: { readonly revision: Revision; readonly at: Instant } | undefined;
}

export interface Enrolment extends Said {
  readonly id: string;
  /** A course of a school or college, which is then the learner's home institution until it ends. */
  readonly course: boolean;
  /** Whom its source named as delivering it. */
  readonly deliveredAt: AgencySlug | undefined;
  readonly at: Instant;
  readonly startedOn: IsoDate;
  readonly plannedEnd: IsoDate;
  /** The day on which something was last recorded of it. */
  readonly lastOn: IsoDate;
  /** The day on which it ended, or on which that was recorded, whichever is earlier. */
  readonly endedOn: IsoDate | undefined;
  /** Signed off, followed up, or its adviser informed, by the careers service. */
  readonly vouchers: readonly Said[];
}

export type AdviserRole = 'personal-adviser' | 'link-adviser' | 'dedicated-adviser';

export interface Assignment extends Said {
  readonly role: AdviserRole;
  readonly at: Instant;
  /** With which event it was noted that there was a ground for it. */
  readonly grounded: { readonly revision: Revision; readonly at: Instant } | undefined;
  readonly endedAt: Instant | undefined;
}

export interface Choice extends Said {
  readonly agency: AgencySlug;
  readonly placed: boolean;
}

export interface Confirmation extends Said {
  readonly agency: AgencySlug;
  readonly relationship: string | undefined;
  readonly at: Instant;
  /** Told on the learner's own page, or by the data manager. */
  readonly byLearner: boolean;
}

export interface Ties {
  readonly referrals: readonly Referral[];
  readonly enrolments: readonly Enrolment[];
  readonly assignments: readonly Assignment[];
  readonly choices: readonly Choice[];
  readonly confirmations: readonly Confirmation[];
}

const NOTHING: readonly never[] = Object.freeze([]);

export const noTies: Ties = { referrals: NOTHING, enrolments: NOTHING, assignments: NOTHING, choices: NOTHING, confirmations: NOTHING };

interface Owned {
  readonly id: string;
  readonly source: AgencySlug;
}

const ofIn = (data: object): AgencySlug | undefined => ('of' in data && typeof data.of === 'string' ? data.of : undefined);

/** Ids are each agency's own: an event means the thing of the agency noted with it or named in it, else its source's. */
const means = ({ source, notes, data }: Recorded, id: string, thing: Owned): boolean =>
  thing.id === id && thing.source === (notes?.of ?? ofIn(data) ?? source);

const saidBy = ({ source, revision }: Recorded): Said => ({ source: oneCopy(source), revision });

const stood = ({ notes }: Recorded): boolean => notes?.lacks !== 'standing';

type Answering = Recorded<'referral.accepted'> | Recorded<'referral.declined'>;

/** Only the agency named answers, once; but an answer given before it stood gives way to one given when it does. */
const answered = (ties: Ties, event: Answering): Ties => ({
  ...ties,
  referrals: ties.referrals.map((one) => {
    const isMeant = one.to === event.source && one.id === event.data.referralId && (ownerNamed(event) ?? one.source) === one.source;
    if (!isMeant || one.answer?.stood === true) return one;
    return { ...one, answer: { ...saidBy(event), accepted: event.type === 'referral.accepted', at: event.at, stood: stood(event) } };
  }),
});

const ownerNamed = ({ notes, data }: Recorded): AgencySlug | undefined => notes?.of ?? ofIn(data);

type Ending = Recorded<'programme.left-early'> | Recorded<'programme.moved-on'>;

const earlier = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b);

const ended = (ties: Ties, event: Ending, on: IsoDate): Ties => ({
  ...ties,
  enrolments: ties.enrolments.map((one) =>
    one.source === event.source && one.id === event.data.programmeId
      ? { ...one, endedOn: oneCopy(earlier(on, londonDate(event.at))) }
      : one,
  ),
});

const isCourse = ({ data, sourceRoles }: Recorded<'programme.started'>): boolean =>
  (data.kind === 'school-course' || data.kind === 'fe-course') && (sourceRoles.includes('school') || sourceRoles.includes('college'));

const enrolmentOf = (event: Recorded<'programme.started'>): Enrolment => ({
  ...saidBy(event),
  id: event.data.programmeId,
  course: isCourse(event),
  deliveredAt: event.data.deliveredAt === undefined ? undefined : oneCopy(event.data.deliveredAt),
  at: event.at,
  startedOn: oneCopy(event.data.startedOn),
  plannedEnd: oneCopy(event.data.plannedEnd),
  lastOn: oneCopy(londonDate(event.at)),
  endedOn: undefined,
  vouchers: NOTHING,
});

type Vouching = Recorded<'programme.signed-off'> | Recorded<'adviser.informed'> | Recorded<'follow-up.made'>;

const vouched = (ties: Ties, event: Vouching): Ties => {
  if (!event.sourceRoles.includes('connexions')) return ties;
  const enrolments = ties.enrolments.map((one) =>
    means(event, event.data.programmeId, one) ? { ...one, vouchers: [...one.vouchers, saidBy(event)] } : one,
  );
  return { ...ties, enrolments };
};

type Application = Recorded<'application.submitted'> | Recorded<'application.placed'>;

const chosen = (ties: Ties, event: Application, placed: boolean): Ties => ({
  ...ties,
  choices: ties.choices.concat(event.data.choices.map(({ agency }) => ({ ...saidBy(event), agency: oneCopy(agency), placed }))),
});

const isAdviserRole = (role: string): role is AdviserRole =>
  role === 'personal-adviser' || role === 'link-adviser' || role === 'dedicated-adviser';

const assigned = (ties: Ties, event: Recorded<'learner.adviser-assigned'>): Ties => {
  const { role } = event.data;
  if (!isAdviserRole(role)) return ties;
  return {
    ...ties,
    assignments: ties.assignments.concat({ ...saidBy(event), role, at: event.at, grounded: undefined, endedAt: undefined }),
  };
};

const confirmationOf = (event: Recorded<'tie.confirmed'>): Confirmation => ({
  ...saidBy(event),
  agency: oneCopy(event.data.agency),
  relationship: event.data.relationship,
  at: event.at,
  byLearner: event.sourceRoles.includes('self-service'),
});

const steps: Steps<Ties> = {
  'referral.made': (ties, event) => ({
    ...ties,
    referrals: ties.referrals.concat({
      ...saidBy(event),
      id: event.data.referralId,
      to: oneCopy(event.data.to),
      at: event.at,
      answer: undefined,
      withdrawn: undefined,
    }),
  }),
  'referral.accepted': answered,
  'referral.declined': answered,
  'referral.withdrawn': (ties, { source, data, revision, at }) => ({
    ...ties,
    referrals: ties.referrals.map((one) =>
      one.source === source && one.id === data.referralId ? { ...one, withdrawn: one.withdrawn ?? { revision, at } } : one,
    ),
  }),
  'programme.started': (ties, event) => ({ ...ties, enrolments: ties.enrolments.concat(enrolmentOf(event)) }),
  'programme.signed-off': vouched,
  'adviser.informed': vouched,
  'follow-up.made': vouched,
  'programme.left-early': (ties, event) => ended(ties, event, event.data.leftOn),
  'programme.moved-on': (ties, event) => ended(ties, event, event.data.on),
  'learner.adviser-assigned': assigned,
  'learner.adviser-ended': (ties, { source, data, at }) => ({
    ...ties,
    assignments: ties.assignments.map((one) =>
      one.source === source && one.role === data.role ? { ...one, endedAt: one.endedAt ?? at } : one,
    ),
  }),
  'application.submitted': (ties, event) => chosen(ties, event, false),
  'application.placed': (ties, event) => chosen(ties, event, true),
  'tie.confirmed': (ties, event) => ({
    ...ties,
    confirmations: ties.confirmations.concat(confirmationOf(event)),
  }),
};

const evolveByType = evolveBy(steps);

/** Whatever whoever stands records of a programme keeps its enrolment alive. */
const touched = (ties: Ties, event: Recorded): Ties => {
  const { data, type } = event;
  if (type === 'programme.started' || ties.enrolments.length === 0 || !('programmeId' in data) || !stood(event)) return ties;
  const day = londonDate(event.at);
  const isMeant = (one: Enrolment): boolean => means(event, data.programmeId as string, one) && one.lastOn < day;
  if (!ties.enrolments.some(isMeant)) return ties;
  return { ...ties, enrolments: ties.enrolments.map((one) => (isMeant(one) ? { ...one, lastOn: oneCopy(day) } : one)) };
};

const grounded = (ties: Ties, { revision, at, notes }: Recorded): Ties => {
  const advisers = notes?.effects?.advisers ?? [];
  if (advisers.length === 0) return ties;
  const isMeant = (one: Assignment): boolean => one.grounded === undefined && advisers.includes(one.revision);
  return { ...ties, assignments: ties.assignments.map((one) => (isMeant(one) ? { ...one, grounded: { revision, at } } : one)) };
};

export const evolveTies = (ties: Ties, event: Recorded): Ties => grounded(touched(evolveByType(ties, event), event), event);

/** The last day on which whoever delivers it for its source does: the delivery has no grace. */
export const deliveredUntil = (one: Enrolment): IsoDate => one.endedOn ?? enrolledUntil(one);

/** The last day on which the enrolment is one. */
export const enrolledUntil = ({ endedOn, plannedEnd, lastOn }: Enrolment): IsoDate =>
  addDays(endedOn ?? (plannedEnd > lastOn ? plannedEnd : lastOn), GRACE_DAYS);
