// Whether a learner had something with an agency on a day, as the agency itself told it: so that a look of that day can be told with the
// question whether it was part of that (console.md, /me/seen; ADR 66). No event says which member of staff was there. Pure.
import type { AgencySlug, IsoDate, Revision } from '#kernel';
import type { LearnerFile } from '#learner-file';
import { momentsIn } from '#learner-record';
import type { AuditedDecision, DecisionToAudit, ItemsOf } from './audited-decision.ts';

type Meeting = NonNullable<AuditedDecision['meeting']>;

/** A review that was held, the adviser's follow-up, or a review that was to be held. */
const MEETINGS: readonly Meeting[] = ['review', 'follow-up', 'review-planned'];

export type MeetingOn = (agency: AgencySlug, day: IsoDate) => Meeting | undefined;

const TYPES: ReadonlyMap<string, { readonly meeting: Meeting; readonly day: string }> = new Map([
  ['review.held', { meeting: 'review', day: 'heldOn' }],
  ['follow-up.made', { meeting: 'follow-up', day: 'on' }],
  ['review.scheduled', { meeting: 'review-planned', day: 'on' }],
]);

/** Of what the learner is shown alone. `items`: what stands at the places of the file. */
export const meetingsIn = ({ record }: Pick<LearnerFile, 'record'>, items: ItemsOf): MeetingOn => {
  const retracted = new Set<Revision>(record.retracted);
  const found = new Map<string, Meeting>();
  for (const { revision, data } of momentsIn(record).values()) {
    const item = items.get(revision);
    const kind = item && TYPES.get(item.type);
    if (item === undefined || kind === undefined || item.withheld || retracted.has(revision)) continue;
    const key = `${item.source}\n${data[kind.day] ?? ''}`;
    found.set(key, firstOf(kind.meeting, found.get(key)));
  }
  return (agency, day) => found.get(`${agency}\n${day}`);
};

/** What was is told before what was to be. */
const firstOf = (one: Meeting, other: Meeting | undefined): Meeting =>
  other !== undefined && MEETINGS.indexOf(other) < MEETINGS.indexOf(one) ? other : one;

/** Somebody of an agency's staff was shown one learner's record: a system that asks by itself meets nobody. */
export const isLookOfStaff = ({ staff, route, outcome }: DecisionToAudit): boolean =>
  staff !== undefined && route === 'learner' && outcome === 'answered';
