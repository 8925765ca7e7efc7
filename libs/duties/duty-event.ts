// What was recorded of a learner, as duties are worked out of it (views.md, part 4).
import type { EventType, ShortType } from '#catalogue';
import type { AgencySlug, IsoDate, Revision } from '#kernel';

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
