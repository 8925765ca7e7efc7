// Looks by people, by day and by learner, and when a learner's relationships changed: what rules about unusual access are asked on
// (console.md, 4.1). Staff stand here as digests: who they are the log tells those who may know.
import {
  DISCLOSURE_CATEGORY,
  DISCLOSURE_DECIDED,
  DISCLOSURE_REFUSED,
  type DisclosureDecided,
  type DisclosureRefused,
  LIST_DECIDED,
  type ListDecided,
  LOOK_DECIDED,
  type LookDecided,
  personDigest,
} from '#disclosure';
import { londonDate } from '#kernel';
import { ERASED, erasureIn, learnerOfDisclosures, learnerOfStream } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

export const looks = table({
  name: 'looks',
  columns: {
    /** An agency, or an office as `operator:data-manager`. */
    recipient: 'text',
    /** Of a member of its staff; empty where none was named. */
    person: 'text',
    /** London. */
    day: 'text',
    /** Empty where it was about nobody in particular. */
    learner: 'text',
    position: 'integer',
    at: 'integer',
    /** 1: between ten at night and six in the morning in London; refused; shown of one learner who was asked for. */
    outside: 'integer',
    refused: 'integer',
    direct: 'integer',
  },
  /** The first looks of a day are found in order, however many there were. */
  key: ['recipient', 'person', 'day', 'position'],
  /** Holds whole rows: those of one pair lie far from each other in the table. */
  indexes: [['learner', 'recipient', 'person', 'direct', 'day', 'position', 'at', 'outside', 'refused']],
});

export const staffDays = table({
  name: 'staff_days',
  columns: { recipient: 'text', person: 'text', day: 'text', looks: 'integer', outside: 'integer', refused: 'integer' },
  key: ['recipient', 'person', 'day'],
  totals: { of: 'looks', rows: 'looks' },
  indexes: [['day', 'recipient', 'person']],
});

/** How often one looked at the other, shown of one learner who was asked for, and when last. */
export const pairs = table({
  name: 'pairs',
  columns: { learner: 'text', recipient: 'text', person: 'text', times: 'integer', last: 'integer' },
  key: ['learner', 'recipient', 'person'],
  merge: { times: 'sum', last: 'max' },
  /** Each holds both, since by both is asked at once. */
  indexes: [
    ['recipient', 'times', 'last'],
    ['recipient', 'last', 'times'],
  ],
});

/** When something was recorded by which somebody may come to have to do with a learner, or no more. */
export const changes = table({
  name: 'changes',
  columns: { learner: 'text', position: 'integer' },
  key: ['learner', 'position'],
});

const RELATING = [
  'learner.registered',
  'learner.adviser-assigned',
  'learner.adviser-ended',
  'adviser.informed',
  'referral.made',
  'referral.accepted',
  'referral.declined',
  'referral.withdrawn',
  'application.placed',
  'offer.accepted',
  'placement.started',
  'placement.ended',
  'programme.started',
  'programme.left-early',
  'programme.moved-on',
  'tie.confirmed',
].map((short) => `uk.concordat.${short}.v1`);

const OWN = 'operator:learner';
const isOffice = (recipient: string): boolean => recipient.includes(':');

const HOUR = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' });
const [OPENS, CLOSES] = [6, 22];
const isHourOutside = (at: number): boolean => {
  const hour = Number(HOUR.format(at));
  return hour < OPENS || hour >= CLOSES;
};

const HOUR_MS = 3_600_000;
/** Clocks change with an hour, and events come in order: the hour of the last is mostly that of the next. */
let last = { hour: Number.NaN, isOutside: false };
const isOutside = (at: number): boolean => {
  const hour = Math.floor(at / HOUR_MS);
  if (hour !== last.hour) last = { hour, isOutside: isHourOutside(at) };
  return last.isOutside;
};

const personIn = (recipient: string, staff: string | undefined): string => (staff === undefined ? '' : personDigest(recipient, staff));

interface Looked {
  readonly staff: string | undefined;
  readonly isRefused: boolean;
  readonly isDirect: boolean;
}

interface Kind extends Omit<Looked, 'staff'> {
  readonly isSomebody: boolean;
}

const marksOf = ({ isSomebody, isRefused, isDirect }: Kind, at: number): Record<'outside' | 'refused' | 'direct', number> => ({
  outside: Number(isSomebody && isOutside(at)),
  refused: Number(isRefused),
  direct: Number(isSomebody && isDirect && !isRefused),
});

/** A system that asks by itself is watched for refusals alone; learners look at what is theirs. */
const add = ({ recorded }: ProjectedEvent, rows: RowWriter, { staff, isRefused, isDirect }: Looked): void => {
  const { stream, position, recordedAt: at, meta } = recorded;
  const recipient = meta.actor;
  const isSomebody = staff !== undefined || isOffice(recipient);
  if (recipient === OWN || !(isSomebody || isRefused)) return;
  const [person, learner] = [personIn(recipient, staff), learnerOfDisclosures(stream) ?? ''];
  const marks = marksOf({ isSomebody, isRefused, isDirect }, at);
  rows.put(looks, { recipient, person, day: londonDate(at), learner, position, at, ...marks });
  if (marks.direct === 1) rows.merge(pairs, { learner, recipient, person, times: 1, last: at });
};

const addDecision = (event: ProjectedEvent, rows: RowWriter): void => {
  const decided = event.content<DisclosureDecided>();
  // Feeds run by themselves, and what a receipt tells its sender nobody asked for.
  if (decided === undefined || decided.route === 'feed' || decided.asked.startsWith('existing:')) return;
  const { staff, outcome, route } = decided;
  add(event, rows, { staff, isRefused: outcome !== 'answered', isDirect: route === 'learner' });
};

const addLook = (event: ProjectedEvent, rows: RowWriter): void => {
  const looked = event.content<LookDecided>();
  if (looked === undefined) return;
  const isDirect = learnerOfDisclosures(event.recorded.stream) !== undefined;
  add(event, rows, { staff: looked.staff, isRefused: looked.outcome !== 'answered', isDirect });
};

/** Of a page that was told each row is a look. */
const addList = (event: ProjectedEvent, rows: RowWriter): void => {
  const page = event.content<ListDecided>();
  if (page?.outcome === 'not-permitted') add(event, rows, { staff: page.staff, isRefused: true, isDirect: false });
};

const addRefusal = (event: ProjectedEvent, rows: RowWriter): void => {
  const staff = event.content<DisclosureRefused>()?.staff;
  add(event, rows, { staff, isRefused: true, isDirect: false });
};

const addChange = ({ recorded }: ProjectedEvent, rows: RowWriter): void => {
  const learner = learnerOfStream(recorded.stream);
  if (learner !== undefined) rows.put(changes, { learner, position: recorded.position });
};

const leaveOut = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, category } = erasureIn(event.recorded) ?? {};
  if (learner === undefined) return;
  if (category === undefined || category === DISCLOSURE_CATEGORY) for (const each of [looks, pairs]) rows.remove(each, { learner });
  if (category === undefined) rows.remove(changes, { learner });
};

const handlers: ReadonlyMap<string, (event: ProjectedEvent, rows: RowWriter) => void> = new Map([
  [DISCLOSURE_DECIDED, addDecision],
  [LOOK_DECIDED, addLook],
  [LIST_DECIDED, addList],
  [DISCLOSURE_REFUSED, addRefusal],
  [ERASED, leaveOut],
  ...RELATING.map((type) => [type, addChange] as const),
]);

export const unusualAccess: Projector = {
  name: 'unusual-access',
  version: 4,
  tables: [looks, staffDays, pairs, changes],
  types: new Set(handlers.keys()),
  apply: (event, rows) => handlers.get(event.recorded.type)?.(event, rows),
};
