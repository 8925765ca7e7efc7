// An overdue duty as the CloudEvent that its bearer decrypts: what is to be done, about whom, and by when (views.md, part 4).
import type { OpenedDuty } from '#disclosure';
import type { DutyAbout } from '#duties';
import { addDays, type AgencySlug, type IsoDate, londonDayStart } from '#kernel';
import { dutyKey } from './feed-form.ts';

export const DUTY_OVERDUE = 'uk.concordat.duty.overdue.v1';

/** What an overdue duty is to its bearer. */
export interface FeedDuty {
  /** The bearer's pseudonym for the learner. */
  readonly learner: string;
  /** The bearer's own id for the learner, where it linked one. */
  readonly localId?: string;
  readonly opened: OpenedDuty;
}

/** CloudEvents 1.0. */
export interface FeedDutyEvent {
  readonly specversion: '1.0';
  /** `duty:<dutyId>`, equal to the key under which it travels. */
  readonly id: string;
  readonly source: string;
  readonly type: typeof DUTY_OVERDUE;
  readonly subject: string;
  readonly localid?: string;
  /** When it was overdue: as the day after the last in time begins in London, however much later that is told. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** `id@version#duty` of the protocol that asks for it. */
  readonly protocol: string;
  readonly data: OverdueDutyData;
}

export interface OverdueDutyData {
  /** As `GET /v1/duties` has it. */
  readonly dutyId: string;
  readonly duty: string;
  readonly says: string;
  /** Agency that runs the programme that it is about, and its id for it. */
  readonly of?: AgencySlug;
  readonly programmeId?: string;
  readonly about: DutyAbout;
  /** Day from which time ran. */
  readonly since: IsoDate;
  /** The last day in time. */
  readonly due: IsoDate;
  /** The recipient's link adviser stands in where nobody else is responsible. */
  readonly byFallback: boolean;
}

/** `source`: the broker as a URN. */
export const feedDutyEvent = (source: string, { learner, localId, opened: { duty, dutyId } }: FeedDuty): FeedDutyEvent => ({
  specversion: '1.0',
  id: dutyKey(dutyId),
  source,
  type: DUTY_OVERDUE,
  subject: learner,
  ...(localId === undefined ? {} : { localid: localId }),
  time: new Date(londonDayStart(addDays(duty.due, 1))).toISOString(),
  datacontenttype: 'application/json',
  protocol: `${duty.protocol}#${duty.duty}`,
  data: {
    dutyId,
    duty: duty.duty,
    says: duty.says,
    ...(duty.of === undefined ? {} : { of: duty.of }),
    ...(duty.programmeId === undefined ? {} : { programmeId: duty.programmeId }),
    about: duty.about,
    since: duty.since,
    due: duty.due,
    byFallback: duty.byFallback,
  },
});
