// Duties about a learner as far as one may see what triggers and what discharges them (views.md, part 4; ADR 40).
import { shippedCatalogue, type ShortType } from '#catalogue';
import {
  aboutOf,
  type AboutKind,
  type Bearers,
  BESIDE,
  type BorneDuty,
  byDueDay,
  type DutyEvent,
  type DutyInstance,
  dutyOf,
  DutyReckoning,
  type DutyState,
  type DutyTerm,
  TRIGGERS,
} from '#duties';
import { type AgencySlug, type IsoDate, londonDate } from '#kernel';
import { chosenBy, type PersonRow, personIn, type Place, type RowAt, type SeenItems } from '../lists/index.ts';
import { dutyEventOf, responsibilityIn } from '../states/index.ts';

export const BEARERS = ['me', 'others'] as const;

export interface AboutRow {
  readonly kind: AboutKind;
  readonly id: string | null;
  readonly of: AgencySlug | null;
}

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
  readonly about: AboutRow;
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

const eventsIn = (seen: SeenItems, on: IsoDate): readonly DutyEvent[] =>
  [...TRIGGERS, ...BESIDE].flatMap((type) => seen.of(type).map((item) => dutyEventOf(type, item, on)));

/** What a learner's duties are told of, whichever event makes the row. */
interface Reckoned extends Pick<RowAt, 'on' | 'partnership'> {
  readonly events: readonly DutyEvent[];
  readonly by: Bearers;
}

const reckon = (seen: SeenItems, { on, partnership }: Pick<RowAt, 'on' | 'partnership'>): Reckoned => {
  const events = eventsIn(seen, on);
  const by = {
    reckoning: new DutyReckoning(events, kinds, on),
    responsibility: responsibilityIn(seen, { on, partnership }),
    sources: [...new Set(events.flatMap(({ source }) => source ?? []))],
    rolesOf: (slug: AgencySlug) => partnership.rolesOf(slug),
  };
  return { on, partnership, events, by };
};

/** Rows of one learner on a page are made of the same items. */
const reckoned = new WeakMap<SeenItems, Reckoned>();

const reckonedOnce = (seen: SeenItems, at: Pick<RowAt, 'on' | 'partnership'>): Reckoned => {
  const held = reckoned.get(seen);
  if (held?.on === at.on && held.partnership === at.partnership) return held;
  const made = reckon(seen, at);
  reckoned.set(seen, made);
  return made;
};

type OverdueAt = Pick<RowAt, 'on' | 'asker' | 'partnership'>;

/** A duty is borne by whoever has one of its roles. */
const mayBear = ({ asker, partnership }: OverdueAt, toldOtherwise: readonly string[]): readonly DutyTerm[] => {
  const roles = partnership.rolesOf(asker.slug);
  return partnership.duties.filter(({ duty: { id, who } }) => !toldOtherwise.includes(id) && who.some((role) => roles.includes(role)));
};

/** What is overdue beside duties that are told otherwise. */
export type OverdueDuty = Pick<DutyRow, 'duty' | 'says' | 'due' | 'of' | 'programmeId' | 'about'>;

/** What the asker has to do and is overdue, as far as it sees, the longest due first; without duties that are told otherwise. */
export const overdueIn = (seen: SeenItems, at: OverdueAt, toldOtherwise: readonly string[]): readonly OverdueDuty[] => {
  const { on, asker } = at;
  const { by } = reckonedOnce(seen, at);
  // None is due sooner than it first was.
  const late = by.reckoning.triggered(mayBear(at, toldOtherwise)).filter(({ time }) => time.due < on);
  return late
    .map((one) => dutyOf(one, asker.slug, by))
    .filter(({ instance, bearers }) => bearers.includes(asker.slug) && instance.state === 'overdue')
    .map(({ instance: { duty, trigger, due } }) => ({ duty: duty.id, says: duty.says, due, ...thingsOf(trigger, by.reckoning) }))
    .sort((one, other) => one.due.localeCompare(other.due) || one.duty.localeCompare(other.duty));
};

/** Of the event that makes the row, all duties that it triggers. */
export const dutyRows = (seen: SeenItems, at: RowAt): readonly DutyRow[] => {
  const { anchor, asker, partnership } = at;
  const { events, by } = reckonedOnce(seen, at);
  const makesTheRow = events.filter(({ place }) => place === anchor).map((event) => recorded(event, at));
  return by.reckoning
    .triggered(partnership.duties, makesTheRow)
    .map((one) => dutyOf(one, asker.slug, by))
    .sort((one, other) => byDueDay(one.instance, other.instance))
    .map((one) => ({ ...personIn(seen), ...rowOf(one.instance, seen, by.reckoning), ...bearing(one, asker.slug) }));
};

const bearing = ({ bearers, byFallback }: BorneDuty, asker: AgencySlug): Pick<DutyRow, 'bearer' | 'byFallback'> => ({
  bearer: bearers.includes(asker) ? 'me' : 'others',
  byFallback,
});

/** When it was recorded is known of the event that makes the row. */
const recorded = (event: DutyEvent, { knownAt }: RowAt): DutyEvent =>
  knownAt === undefined ? event : { ...event, recordedOn: londonDate(knownAt) };

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
    ...thingsOf(trigger, reckoning),
    since,
    due,
    state,
    dischargedBy: done === undefined ? null : (seen.at(done.type, done.place)?.position ?? null),
    dischargedOn,
    lateByDays: lateBy,
    knownLate: instance.knownLate === true,
  };
};

const thingsOf = (trigger: DutyEvent, reckoning: DutyReckoning): Pick<DutyRow, 'of' | 'programmeId' | 'about'> => ({
  ...programmeOf(trigger, reckoning),
  about: { id: null, of: null, ...aboutOf(trigger, reckoning) },
});

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
  about: ({ programmeId, about }, value) => programmeId === value || about.id === value,
});

export const dutyRank = ({ due, dutyId }: DutyRow): Place => [due, dutyId];
