// What one recipient has to do about a learner and has not done in time, reckoned from what its feed shows it (views.md, part 4; ADR 56).
import { type Role, shippedCatalogue, type ShortType } from '#catalogue';
import {
  aboutOf,
  type Bearing,
  DUTY_TYPES,
  type DutyAbout,
  type DutiesBorne,
  dutiesBorne,
  type DutyEvent,
  type DutyReckoning,
  type DutyTerm,
  type StandingDuty,
  withEvents,
  withFramework,
} from '#duties';
import { addDays, type AgencySlug, type Instant, type IsoDate, londonDate, londonDayStart, type Revision } from '#kernel';
import { linkAdviserOf, ulnSuppliedBy } from '#learners';
import { type Moment, momentsIn } from '#learner-record';
import { shownOf } from './answer-item.ts';
import { type AccessContext, type Displaced, displacedIn, knownIn, type PermittedItem } from './decide-answer.ts';

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
  readonly about: DutyAbout;
  /** It is the recipient's because its link adviser stands in. */
  readonly byFallback: boolean;
}

export interface DutiesSeen {
  /** Items that the recipient is shown, as duties are reckoned from them. */
  readonly items: readonly PermittedItem[];
  readonly borne: DutiesBorne | undefined;
  readonly displaced: Displaced;
  /** The same array while nothing of it changes. */
  readonly overdue: readonly OverdueDuty[];
  /** The last day in time of the next that is to be done, or before another may have to do them, or a referral lapses. */
  readonly next: IsoDate | undefined;
}

const NO_DUTIES: DutiesSeen = { items: [], borne: undefined, displaced: new Map(), overdue: [], next: undefined };

const kinds = (type: ShortType) => shippedCatalogue().byShort(type);

/** Of all that the recipient is shown; with `before`, of what it was shown then and of these items. */
export const dutiesFor = (context: AccessContext, permitted: readonly PermittedItem[], before?: DutiesSeen): DutiesSeen => {
  const bearing = bearingOf(context);
  if (bearing.terms.length === 0) return NO_DUTIES;
  const wanted = permitted.filter(isReckonedWith);
  const reckoned = { context, bearing, displaced: displacedIn(context) };
  if (before?.borne === undefined) return wanted.length === 0 ? NO_DUTIES : seenAnew(wanted, reckoned);
  if (!areAlike(before.displaced, reckoned.displaced)) return seenAnew([...before.items, ...wanted], reckoned);
  return wanted.length === 0 ? before : seenWith(before, before.borne, wanted, reckoned);
};

const areAlike = (one: Displaced, other: Displaced): boolean =>
  one.size === other.size && (one.size === 0 || JSON.stringify([...one]) === JSON.stringify([...other]));

interface Reckoned {
  readonly context: AccessContext;
  readonly bearing: Bearing;
  readonly displaced: Displaced;
}

const seenAnew = (wanted: readonly PermittedItem[], reckoned: Reckoned): DutiesSeen => {
  const { context, bearing, displaced } = reckoned;
  const borne = dutiesBorne(eventsOf(reckoned, wanted, momentsOf(context.file.record)), bearing);
  return {
    displaced,
    items: wanted,
    borne,
    overdue: tellingsOf(overdueIn(borne), borne, wanted),
    next: nextOf(borne),
  };
};

const seenWith = (before: DutiesSeen, borneBefore: DutiesBorne, wanted: readonly PermittedItem[], reckoned: Reckoned): DutiesSeen => {
  const { context, bearing, displaced } = reckoned;
  const items = before.items.concat(wanted);
  const moments = momentsIn(context.file.record, new Set(wanted.map(({ item }) => item.revision)));
  const borne = withEvents(borneBefore, eventsOf(reckoned, wanted, moments), bearing);
  const overdue = overdueIn(borne);
  const isAsBefore = areSame(overdue, overdueIn(borneBefore));
  return {
    displaced,
    items,
    borne,
    overdue: isAsBefore ? before.overdue : tellingsOf(overdue, borne, items),
    next: nextOf(borne),
  };
};

/** Of what is open the first; or the day before another may be responsible, with nothing more told. */
const nextOf = ({ standing, reckoning, responsibility, nextLapse: lapse }: DutiesBorne): IsoDate | undefined => {
  const turn = responsibility.turnAfter(reckoning.on);
  const days = [
    standing.find(({ instance }) => instance.state === 'open')?.instance.due,
    ...[turn, lapse].flatMap((day) => (day === undefined ? [] : [addDays(day, -1)])),
  ];
  return days.flatMap((day) => day ?? []).sort()[0];
};

/** What was taken back makes and discharges nothing; nor does what is shown without whom it is about, of whom nobody can take care. */
const isReckonedWith = ({ item, permit }: PermittedItem): boolean =>
  DUTY_TYPES.has(item.type) && item.status !== 'retracted' && permit.withoutIdentity !== true;

/** As long as one stands as it did, it is told as it was: some learner may have very many that nobody does. */
const tellings = new WeakMap<StandingDuty, OverdueDuty>();

const tellingsOf = (overdue: readonly StandingDuty[], { reckoning }: DutiesBorne, items: DutiesSeen['items']): readonly OverdueDuty[] => {
  const isToldAnew = overdue.some((one) => !tellings.has(one));
  const byPlace = new Map(isToldAnew ? items.map((one) => [one.item.revision, one]) : []);
  return overdue.flatMap((one) => tellings.get(one) ?? told(one, byPlace.get(one.instance.trigger.place), reckoning));
};

const told = (one: StandingDuty, trigger: PermittedItem | undefined, reckoning: DutyReckoning): readonly OverdueDuty[] => {
  if (trigger === undefined) return [];
  const overdue = overdueOf(one, trigger, reckoning);
  tellings.set(one, overdue);
  return [overdue];
};

const overdueIn = ({ standing }: DutiesBorne): readonly StandingDuty[] => standing.filter(({ instance }) => instance.state === 'overdue');

const areSame = (some: readonly StandingDuty[], others: readonly StandingDuty[]): boolean =>
  some.length === others.length && some.every((one, place) => one === others[place]);

const bearingOf = (context: AccessContext): Bearing => {
  const { reader, inForce } = context;
  return {
    bearer: reader.slug,
    terms: termsOf(inForce.duties, reader.roles),
    ...{ kinds, on: inForce.today },
    rolesOf: (slug) => inForce.agency(slug)?.roles ?? [],
    linkAdviserOf: (provider, on) => linkAdviserOf(knownIn(context).circumstances, provider, on),
  };
};

const termsOf = (duties: readonly DutyTerm[], roles: readonly Role[]): readonly DutyTerm[] =>
  duties.filter(({ duty }) => duty.who.some((role) => roles.includes(role)));

/** When the next of them is overdue: as the day after its last in time begins in London. */
export const overdueAt = (next: IsoDate | undefined): Instant => (next === undefined ? Infinity : londonDayStart(addDays(next, 1)));

const overdueOf = (
  { byFallback, instance: { protocol, duty, trigger: event, since, due } }: StandingDuty,
  trigger: PermittedItem,
  reckoning: DutyReckoning,
): OverdueDuty => {
  const { programmeId } = event.data;
  const of = typeof programmeId === 'string' ? reckoning.ownerOf(event, 'programmeId') : undefined;
  return {
    name: `${trigger.item.revision}/${protocol}/${duty.id}`,
    ...{ trigger, protocol, duty: duty.id, says: duty.says, since, due },
    ...(of === undefined ? {} : { of }),
    ...(typeof programmeId === 'string' ? { programmeId } : {}),
    about: aboutOf(event, reckoning),
    byFallback,
  };
};

const eventsOf = (
  { context: { file, reader }, displaced }: Reckoned,
  permitted: readonly PermittedItem[],
  moments: ReadonlyMap<Revision, Moment>,
): readonly DutyEvent[] => {
  const to = { recipient: reader.slug, uln: ulnSuppliedBy(file.learner, reader.slug) };
  return permitted.flatMap((one) => {
    const moment = moments.get(one.item.revision);
    const place = displaced.get(one.item.revision);
    return moment ? [{ ...eventOf(one, moment, to), ...(place !== undefined && { displaced: place }) }] : [];
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
    data: own ? data : withFramework(item.category, shownOf({ item, permit }, data, to)),
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
