// The things that agencies speak of by an id of their own: a referral, a programme, an assessment…
import type { ShortType } from '#catalogue';
import type { AgencySlug, Revision } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import { entriesOf, type Entry, type RecordState } from './entries.ts';

interface KindOfThing {
  /** Property of the data that holds its id. */
  readonly idIn: string;
  readonly begunBy: readonly ShortType[];
  /** Events after which some others are no longer possible. */
  readonly changedBy: readonly ShortType[];
}

const KINDS = {
  referral: { idIn: 'referralId', begunBy: ['referral.made'], changedBy: ['referral.accepted', 'referral.declined', 'referral.withdrawn'] },
  programme: {
    idIn: 'programmeId',
    begunBy: ['programme.started'],
    changedBy: ['programme.left-early', 'programme.moved-on'],
  },
  review: { idIn: 'reviewId', begunBy: ['review.scheduled', 'review.held'], changedBy: [] },
  placement: { idIn: 'placementId', begunBy: ['placement.started'], changedBy: ['placement.ended'] },
  achievement: { idIn: 'achievementId', begunBy: ['achievement.recorded'], changedBy: [] },
  endorsement: { idIn: 'endorsementId', begunBy: ['endorsement.given'], changedBy: [] },
  question: { idIn: 'questionId', begunBy: ['question.asked'], changedBy: [] },
  complaint: { idIn: 'complaintId', begunBy: ['complaint.made'], changedBy: [] },
  offer: { idIn: 'offerId', begunBy: ['offer.made'], changedBy: [] },
  application: { idIn: 'applicationId', begunBy: ['application.submitted'], changedBy: [] },
  assessment: {
    idIn: 'assessmentId',
    begunBy: ['assessment.recorded'],
    changedBy: ['assessment.disputed', 'assessment.rectified'],
  },
} as const satisfies Readonly<Record<string, KindOfThing>>;

export type Kind = keyof typeof KINDS;

const idFields: ReadonlyMap<ShortType, string> = new Map(
  Object.values<KindOfThing>(KINDS).flatMap(({ idIn, begunBy, changedBy }) =>
    [...begunBy, ...changedBy].map((type) => [type, idIn] as const),
  ),
);

/** The property with the id to keep of such an event; undefined: no rule asks for one. */
export const idFieldOf = (type: ShortType): string | undefined => idFields.get(type);

export const idPropertyOf = (kind: Kind): string => KINDS[kind].idIn;
export const beginningOf = (kind: Kind): ShortType => KINDS[kind].begunBy[0];

/** A thing as its agency began it, and the types of what happened to it since. */
export interface Thing {
  readonly id: string;
  readonly source: AgencySlug;
  readonly item: ItemFacts;
  readonly revision: Revision;
  readonly apart: boolean;
  readonly related: string;
  /** The day on which it happened or started; empty where no rule asks for one. */
  readonly on: string;
  readonly since: readonly string[];
}

/** Whose thing such an event changes: as noted, else its source's own. */
export const ownerIn = ({ head }: Entry): AgencySlug => head.of ?? head.item.source;

const thingBegunBy = ({ head, id, revision, related, on }: Entry, changes: readonly Entry[]): Thing => {
  const { item, apart } = head;
  const own = changes.filter((entry) => entry.id === id && ownerIn(entry) === item.source);
  return { id, source: item.source, item, revision, apart, related, on, since: own.map((entry) => entry.head.item.type) };
};

/** In the order in which they began. */
export const thingsOf = (state: RecordState, kind: Kind): readonly Thing[] => {
  const { begunBy, changedBy }: KindOfThing = KINDS[kind];
  const changes = changedBy.length === 0 ? [] : entriesOf(state, changedBy);
  return entriesOf(state, begunBy).map((begin) => thingBegunBy(begin, changes));
};
