// What was recorded of a learner, as duties are worked out of it (views.md, part 4).
import type { EventType, ShortType } from '#catalogue';
import type { AgencySlug, IsoDate, Revision } from '#kernel';
import type { Duty } from '#sharing-protocols';

/** Days (London): on the first another's took the place, on the other that one ended, too. */
export interface DisplacedFor {
  readonly since: IsoDate;
  readonly until?: IsoDate;
}

/** Something recorded of a learner, as far as whoever asks may see it. */
export interface DutyEvent {
  readonly type: ShortType;
  /** Undefined where whose it is would tell too much. */
  readonly source: AgencySlug | undefined;
  /** Greater was recorded later. */
  readonly place: Revision;
  /** Day (London) on which it became known. */
  readonly knownOn: IsoDate;
  /** Where that day is not seen: whom it made responsible was so all along. */
  readonly undated?: true;
  /** Day on which it was recorded, where that is known beside: what it triggers runs from then. */
  readonly recordedOn?: IsoDate;
  /** Of an adviser of whoever asks: another agency's has the place, of which it may see no more than that. */
  readonly displaced?: DisplacedFor;
  /** False of the word of whoever does not stand with the learner. */
  readonly confirmed?: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the catalogue says of a type. */
export type DutyKinds = (type: ShortType) => Pick<EventType, 'identifies' | 'refersTo' | 'on'>;

/** A duty, and the days on which what triggers it falls under it. */
export interface DutyTerm {
  /** `id@version`. */
  readonly protocol: string;
  readonly duty: Duty;
  readonly from: IsoDate;
  /** The last day; absent: it still is in force. */
  readonly until?: IsoDate;
  /** When the last party signed who must; what was over by then was never undertaken. */
  readonly agreedOn?: IsoDate;
}

export const DUTY_STATES = ['open', 'overdue', 'discharged', 'void'] as const;
export type DutyState = (typeof DUTY_STATES)[number];

export interface DutyInstance {
  readonly protocol: string;
  readonly duty: Duty;
  readonly trigger: DutyEvent;
  /** Day from which time runs. */
  readonly since: IsoDate;
  /** The last day in time. */
  readonly due: IsoDate;
  readonly state: DutyState;
  readonly dischargedBy?: DutyEvent;
  readonly dischargedOn?: IsoDate;
  /** Days after `due`, where it was done too late. */
  readonly lateBy?: number;
  /** Done in time, and told too late: the person was served, the record was slow. */
  readonly knownLate?: true;
}

/** What came of it, until when it may pass to others. */
export interface DutyOutcome {
  readonly doneBy?: DutyEvent;
  /** Day on which it was done, or what it is about was over; absent while it stands. */
  readonly settledOn?: IsoDate;
}
