// Duties about a learner as far as one may see what triggers and what discharges them (views.md, part 4; ADR 40).
import { shippedCatalogue, type ShortType } from '#catalogue';
import {
  bearersOf,
  BESIDE,
  byDueDay,
  type DutyEvent,
  type DutyInstance,
  type DutyParties,
  DutyReckoning,
  type DutyState,
  TRIGGERS,
} from '#duties';
import { type AgencySlug, type IsoDate, londonDate } from '#kernel';
import { chosenBy, compareDays, type PersonRow, personIn, type RowAt, type SeenItem, type SeenItems } from '../lists/index.ts';
import { type Responsible, responsibleIn } from '../states/index.ts';

export const BEARERS = ['me', 'others'] as const;

export interface DutyRow extends PersonRow {
  readonly dutyId: string;
  readonly protocol: string;
  readonly duty: string;
  readonly says: string;
  readonly bearer: (typeof BEARERS)[number];
  /** It is the asking agency's because its link adviser stands in. */
  readonly byFallback: boolean;
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  readonly since: IsoDate;
  readonly due: IsoDate;
  readonly state: DutyState;
  /** Position of what did it, where the asker told that itself. */
  readonly dischargedBy: string | null;
  readonly dischargedOn: IsoDate | null;
  readonly lateByDays: number | null;
  readonly knownLate: boolean;
}

const kinds = (type: ShortType) => shippedCatalogue().byShort(type);

const eventOf = (type: ShortType, { source, place, toldOn, data }: SeenItem<ShortType>, on: IsoDate): DutyEvent => ({
  type,
  source,
  place,
  knownOn: toldOn ?? on,
  data,
});

const eventsIn = (seen: SeenItems, on: IsoDate): readonly DutyEvent[] =>
  [...TRIGGERS, ...BESIDE].flatMap((type) => seen.of(type).map((item) => eventOf(type, item, on)));

const partiesIn = (
  events: readonly DutyEvent[],
  responsible: Responsible | undefined,
  { partnership }: Pick<RowAt, 'partnership'>,
): DutyParties => ({
  responsible: responsible?.agency,
  sources: [...new Set(events.flatMap(({ source }) => source ?? []))],
  rolesOf: (slug) => partnership.rolesOf(slug),
});

/** Whether something that the asker has to do about the learner is overdue, as far as it sees, beside duties that are told otherwise. */
export const isOverdueIn = (
  seen: SeenItems,
  { on, asker, partnership }: Pick<RowAt, 'on' | 'asker' | 'partnership'>,
  toldOtherwise: readonly string[],
): boolean => {
  const events = eventsIn(seen, on);
  const reckoning = new DutyReckoning(events, kinds, on);
  const parties = partiesIn(events, responsibleIn(seen, on, partnership), { partnership });
  return reckoning
    .triggered(partnership.duties)
    .filter((one) => !toldOtherwise.includes(one.duty.id) && bearersOf(one, reckoning, parties).includes(asker.slug))
    .some((one) => reckoning.standing(one).state === 'overdue');
};

/** Of the event that makes the row, all duties that it triggers. */
export const dutyRows = (seen: SeenItems, at: RowAt): readonly DutyRow[] => {
  const { on, anchor, asker, partnership } = at;
  const events = eventsIn(seen, on).map((event) => (event.place === anchor ? known(event, at) : event));
  const reckoning = new DutyReckoning(events, kinds, on);
  const responsible = responsibleIn(seen, on, partnership);
  const parties = partiesIn(events, responsible, at);
  const makesTheRow = events.filter(({ place }) => place === anchor);
  return reckoning
    .triggered(partnership.duties, makesTheRow)
    .map((one) => reckoning.standing(one))
    .sort(byDueDay)
    .map((instance) => ({
      ...personIn(seen),
      ...rowOf(instance, seen, reckoning),
      ...bearing(bearersOf(instance, reckoning, parties), asker.slug, responsible),
    }));
};

const bearing = (
  bearers: readonly AgencySlug[],
  asker: AgencySlug,
  responsible: Responsible | undefined,
): Pick<DutyRow, 'bearer' | 'byFallback'> => {
  const isMine = bearers.includes(asker);
  return { bearer: isMine ? 'me' : 'others', byFallback: isMine && responsible?.agency === asker && responsible.byFallback };
};

/** When it was recorded is known of the event that makes the row. */
const known = (event: DutyEvent, { knownAt }: RowAt): DutyEvent =>
  knownAt === undefined ? event : { ...event, knownOn: londonDate(knownAt) };

const rowOf = (
  instance: DutyInstance,
  seen: SeenItems,
  reckoning: DutyReckoning,
): Omit<DutyRow, keyof PersonRow | 'bearer' | 'byFallback'> => {
  const { protocol, duty, trigger, since, due, state, dischargedBy: done, dischargedOn = null, lateBy = null } = instance;
  return {
    dutyId: `${seen.at(trigger.type, trigger.place)?.id ?? ''}/${protocol}/${duty.id}`,
    protocol,
    duty: duty.id,
    says: duty.says,
    ...programmeOf(trigger, reckoning),
    since,
    due,
    state,
    dischargedBy: done === undefined ? null : (seen.at(done.type, done.place)?.position ?? null),
    dischargedOn,
    lateByDays: lateBy,
    knownLate: instance.knownLate === true,
  };
};

const programmeOf = (trigger: DutyEvent, reckoning: DutyReckoning): Pick<DutyRow, 'of' | 'programmeId'> => {
  const { programmeId } = trigger.data;
  if (typeof programmeId !== 'string') return { of: null, programmeId: null };
  return { of: reckoning.ownerOf(trigger, 'programmeId') ?? null, programmeId };
};

export const isChosen = chosenBy<DutyRow>({
  state: ({ state }, value) => state === value,
  duty: ({ duty }, value) => duty === value,
  'due-before': ({ due }, value) => due < value,
  bearer: ({ bearer }, value) => bearer === value,
  about: ({ programmeId }, value) => programmeId === value,
});

export const dutyOrder = (one: DutyRow, other: DutyRow): number =>
  compareDays(one.due, other.due) || (one.dutyId < other.dutyId ? -1 : Number(one.dutyId > other.dutyId));
