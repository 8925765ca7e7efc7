// What one recipient has to do about a learner and has not done in time, reckoned from what its feed shows it (views.md, part 4; ADR 56).
import { shippedCatalogue, type ShortType } from '#catalogue';
import {
  bearersOf,
  DUTY_TYPES,
  type DutyEvent,
  type DutyInstance,
  DutyReckoning,
  responsibleAmong,
  type ResponsibleAdviser,
} from '#duties';
import { addDays, type AgencySlug, type Instant, type IsoDate, londonDate, londonDayStart } from '#kernel';
import { linkAdviserOf, ulnSuppliedBy } from '#learners';
import { type Moment, momentsIn } from '#learner-record';
import { shownOf } from './answer-item.ts';
import { type AccessContext, knownIn, type PermittedItem } from './decide-answer.ts';

/** A duty that is overdue, towards whoever bears it. */
export interface OverdueDuty {
  /** In the ledger and in the log: where its trigger stands, and whose duty it is. */
  readonly name: string;
  readonly trigger: PermittedItem;
  /** `id@version`. */
  readonly protocol: string;
  readonly duty: string;
  readonly says: string;
  readonly since: IsoDate;
  readonly due: IsoDate;
  /** Agency that runs the programme that it is about, and its id for it. */
  readonly of?: AgencySlug;
  readonly programmeId?: string;
  /** It is the recipient's because its link adviser stands in. */
  readonly byFallback: boolean;
}

/** An item that the recipient is shown, as duties are reckoned with it. */
interface SeenMoment {
  readonly permitted: PermittedItem;
  readonly event: DutyEvent;
}

export interface DutiesSeen {
  readonly moments: readonly SeenMoment[];
  readonly overdue: readonly OverdueDuty[];
  /** The last day in time of the next that is to be done. */
  readonly next: IsoDate | undefined;
}

const NO_DUTIES: DutiesSeen = { moments: [], overdue: [], next: undefined };

const kinds = (type: ShortType) => shippedCatalogue().byShort(type);

/** Of all that the recipient is shown; with `before`, of what it was shown then and of these items. */
export const dutiesFor = (context: AccessContext, permitted: readonly PermittedItem[], before: DutiesSeen = NO_DUTIES): DutiesSeen => {
  const { reader, inForce, at } = context;
  const terms = inForce.duties.filter(({ duty }) => duty.who.some((role) => reader.roles.includes(role)));
  if (terms.length === 0) return NO_DUTIES;
  const added = momentsFor(context, permitted);
  if (added.length === 0) return before;
  const moments = [...before.moments, ...added];
  const today = londonDate(at);
  const events = moments.map(({ event }) => event);
  const { circumstances } = knownIn(context);
  const responsible = responsibleAmong(events, today, (provider) => linkAdviserOf(circumstances, provider));
  const reckoning = new DutyReckoning(events, kinds, today);
  const sources = [...new Set(events.flatMap(({ source }) => source ?? []))];
  const parties = { responsible: responsible?.agency, sources, rolesOf: (slug: AgencySlug) => inForce.agency(slug)?.roles ?? [] };
  const mine = reckoning.under(terms, (one) => bearersOf(one, reckoning, parties).includes(reader.slug));
  const byPlace = new Map(moments.map(({ permitted: one }) => [one.item.revision, one]));
  return {
    moments,
    overdue: mine.flatMap((one) => {
      const trigger = one.state === 'overdue' ? byPlace.get(one.trigger.place) : undefined;
      return trigger ? [overdueOf(one, trigger, reckoning, { responsible, bearer: reader.slug })] : [];
    }),
    next: mine.find(({ state }) => state === 'open')?.due,
  };
};

/** When the next of them is overdue: as the day after its last in time begins in London. */
export const overdueAt = (next: IsoDate | undefined): Instant => (next === undefined ? Infinity : londonDayStart(addDays(next, 1)));

interface Bearing {
  readonly responsible: ResponsibleAdviser | undefined;
  readonly bearer: AgencySlug;
}

const overdueOf = (
  { protocol, duty, trigger: event, since, due }: DutyInstance,
  trigger: PermittedItem,
  reckoning: DutyReckoning,
  { responsible, bearer }: Bearing,
): OverdueDuty => {
  const { programmeId } = event.data;
  const of = typeof programmeId === 'string' ? reckoning.ownerOf(event, 'programmeId') : undefined;
  return {
    name: `${trigger.item.revision}/${protocol}/${duty.id}`,
    ...{ trigger, protocol, duty: duty.id, says: duty.says, since, due },
    ...(of === undefined ? {} : { of }),
    ...(typeof programmeId === 'string' ? { programmeId } : {}),
    byFallback: responsible?.agency === bearer && responsible.byFallback,
  };
};

/** What was taken back makes and discharges nothing; nor does what is shown without whom it is about, of whom nobody can take care. */
const momentsFor = (context: AccessContext, permitted: readonly PermittedItem[]): readonly SeenMoment[] => {
  const { file, reader } = context;
  const wanted = permitted.filter(
    ({ item, permit }) => DUTY_TYPES.has(item.type) && item.status !== 'retracted' && permit.withoutIdentity !== true,
  );
  if (wanted.length === 0) return [];
  const moments = momentsOf(file.record);
  const to = { recipient: reader.slug, uln: ulnSuppliedBy(file.learner, reader.slug) };
  return wanted.flatMap((one) => {
    const moment = moments.get(one.item.revision);
    return moment ? [{ permitted: one, event: eventOf(one, moment, to) }] : [];
  });
};

const eventOf = ({ item, permit }: PermittedItem, { taken, data }: Moment, to: Parameters<typeof shownOf>[2]): DutyEvent => {
  const own = permit.clause === 'own';
  return {
    type: item.type as ShortType,
    source: permit.disguised ? undefined : item.source,
    place: item.revision,
    knownOn: londonDate(item.at),
    recordedOn: londonDate(taken),
    confirmed: own || item.confirmed !== false,
    data: own ? data : shownOf({ item, permit }, data, to),
  };
};

const read = new WeakMap<object, ReturnType<typeof momentsIn>>();

/** Read once for all recipients. */
const momentsOf = (record: AccessContext['file']['record']): ReturnType<typeof momentsIn> => {
  const known = read.get(record);
  if (known) return known;
  const found = momentsIn(record);
  read.set(record, found);
  return found;
};
