// The learner's programmes as lists show them: in which week, and whether agreed to (views.md, S6).
import type { AgencySlug, IsoDate } from '#kernel';
import { compareDays, daysBetween, isBy, isPast, known, type SeenItem, type SeenItems, saidBy } from '../lists/index.ts';
import { isAboutProgramme, isByItsAgency, mayEnd, type SaidOfProgramme } from './owners.ts';
import { dueOfAdviser, type DutiesAt } from './passing-on.ts';
import { termDue } from './terms.ts';

export const PROGRAMME_STATES = ['planned', 'running', 'left', 'moved-on'] as const;
export const SIGN_OFF_STATES = ['to-sign', 'agreed-anew', 'queried', 'signed'] as const;

export interface ProgrammeRow {
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  readonly kind: string | null;
  readonly startedOn: IsoDate | null;
  /** From 1. */
  readonly week: number | null;
  readonly state: (typeof PROGRAMME_STATES)[number];
}

export interface SignOffRow {
  readonly state: (typeof SIGN_OFF_STATES)[number];
  readonly due: IsoDate | null;
}

/** Of a programme, on a day; none before it began. */
export const weekOn = (startedOn: IsoDate | null, on: IsoDate): number | null =>
  startedOn === null || startedOn > on ? null : Math.floor(daysBetween(startedOn, on) / 7) + 1;

export const programmeOf = (seen: SeenItems, { data, source }: SeenItem<'programme.started'>, on: IsoDate): ProgrammeRow => {
  const { programmeId = null, kind = null, startedOn = null } = data;
  const programme = { of: source ?? null, programmeId, kind, startedOn };
  return { ...programme, week: weekOn(startedOn, on), state: stateOf(seen, programme, on) };
};

export const programmesIn = (seen: SeenItems, on: IsoDate): readonly ProgrammeRow[] =>
  seen.of('programme.started').map((started) => programmeOf(seen, started, on));

/** As what is said of it names it; undefined where it is not seen. */
export const programmeNamed = (seen: SeenItems, named: SaidOfProgramme, on: IsoDate): ProgrammeRow | undefined =>
  programmesIn(seen, on).find((programme) => isAboutProgramme(seen, programme)(named));

const stateOf = (seen: SeenItems, programme: Omit<ProgrammeRow, 'week' | 'state'>, on: IsoDate): ProgrammeRow['state'] => {
  const isOf = isByItsAgency(programme);
  if (seen.of('programme.left-early').some((one) => isOf(one) && isBy(one.data.leftOn, on))) return 'left';
  if (seen.of('programme.moved-on').some((one) => isOf(one) && isBy(one.data.on, on))) return 'moved-on';
  return programme.startedOn !== null && programme.startedOn > on ? 'planned' : 'running';
};

/** Day on which the programme that an event names had ended by that day, whether or not its start is seen: as the first says that did. */
export const endedOn = (seen: SeenItems, named: SaidOfProgramme, on: IsoDate): IsoDate | undefined => {
  const ends = [
    ...seen.of('programme.left-early').map((one) => ({ ...one, day: one.data.leftOn })),
    ...seen.of('programme.moved-on').map((one) => ({ ...one, day: one.data.on })),
  ];
  return ends.sort((one, other) => one.place - other.place).find((one) => mayEnd(seen, one, named) && isBy(one.day, on))?.day;
};

export const hasEnded = (seen: SeenItems, named: SaidOfProgramme, on: IsoDate): boolean => endedOn(seen, named, on) !== undefined;

/** The last day of the programmes that the learner is on, or was on that day or later, as told or planned; undefined where one has none. */
export const courseEnd = (seen: SeenItems, { from, on }: { readonly from: IsoDate; readonly on: IsoDate }): IsoDate | undefined => {
  const begun = seen.of('programme.started').filter(({ data }) => isBy(data.startedOn, on));
  const ends = begun
    .map((started) => endOf(seen, started, on) ?? started.data.plannedEnd)
    .filter((end) => end === undefined || end >= from);
  return ends.some((end) => end === undefined) ? undefined : ends.toSorted().at(-1);
};

const endOf = (seen: SeenItems, { data, source }: SeenItem<'programme.started'>, on: IsoDate): IsoDate | undefined => {
  const isOf = isByItsAgency({ of: known(source), programmeId: known(data.programmeId) });
  const left = seen.of('programme.left-early').filter(isOf);
  const moved = seen.of('programme.moved-on').filter(isOf);
  return [...left.map((one) => one.data.leftOn), ...moved.map((one) => one.data.on)].find((day) => isBy(day, on));
};

export const isRunning = ({ state }: ProgrammeRow): boolean => state === 'running';

/** Of the running programme whose sign-off is due first; where none is to be signed, of the one signed last. */
export const signOffIn = (seen: SeenItems, programmes: readonly ProgrammeRow[], at: DutiesAt): SignOffRow | null => {
  const all = programmes.filter(isRunning).flatMap((programme) => {
    const found = signOffOf(seen, programme, at);
    return found ? [{ state: found.state, due: found.due }] : [];
  });
  const open = all.filter(({ state }) => state !== 'signed').sort((one, other) => compareDays(one.due, other.due));
  return open[0] ?? all.at(-1) ?? null;
};

type Agreed = SeenItem<'programme.agreed'>;
type Signed = SeenItem<'programme.signed-off'>;

export interface SignOff extends SignOffRow {
  /** The latest by that day. */
  readonly agreed: Agreed | undefined;
  /** The latest of that version, else of any. */
  readonly signed: Signed | undefined;
  /** Where nothing answered it since. */
  readonly queried: SeenItem<'programme.queried'> | undefined;
}

/** Of the latest agreed version; undefined where there is nothing to sign yet. */
export const signOffOf = (seen: SeenItems, programme: ProgrammeRow, at: DutiesAt): SignOff | undefined => {
  const { on } = at;
  const about = isAboutProgramme(seen, programme);
  const agreed = seen.of('programme.agreed').filter(isByItsAgency(programme)).filter(saidBy(on));
  const asked = seen.of('programme.queried').filter(about).filter(saidBy(on)).at(-1);
  const signedOff = seen
    .of('programme.signed-off')
    .filter(about)
    .filter(({ data }) => isBy(data.signedOn, on));
  const last = signedOff.at(-1);
  const queried = isAfter(asked, agreed.at(-1)) && isAfter(asked, last) ? asked : undefined;
  const covering = signedOff.findLast((one) => covers(one, agreed));
  const due = signDueOf(seen, programme, at, queried === undefined ? covering?.data.signedOn : undefined);
  const state = signOffState({ agreed, signed: last, covering, queried }, isPast(due, on));
  return state && { state, due, agreed: agreed.at(-1), signed: covering ?? last, queried };
};

/** Four weeks after the start, or as agreed, and longer where another agency's adviser came to be responsible before it was signed. */
const signDueOf = (seen: SeenItems, { of, programmeId, startedOn }: ProgrammeRow, at: DutiesAt, signedOn?: IsoDate): IsoDate | null => {
  if (startedOn === null) return null;
  const isIt = ({ source, data }: SeenItem<'programme.started'>): boolean =>
    (source ?? null) === of && (data.programmeId ?? null) === programmeId;
  const started = seen.of('programme.started').find(isIt);
  const settledOn = signedOn ?? (started && endedOn(seen, started, at.on));
  const due = termDue(at, { duty: 'sign-off', usual: 'P28D', from: startedOn, toldOn: started?.toldOn });
  return dueOfAdviser(seen, at, { due, toldOn: started?.toldOn, settledOn });
};

interface SignedBy {
  readonly agreed: readonly Agreed[];
  readonly signed: Signed | undefined;
  readonly covering: Signed | undefined;
  readonly queried: SeenItem<'programme.queried'> | undefined;
}

const signOffState = ({ agreed, signed, covering, queried }: SignedBy, isOverdue: boolean): SignOffRow['state'] | undefined => {
  if (queried) return 'queried';
  if (signed) return covering ? 'signed' : 'agreed-anew';
  return agreed.length > 0 || isOverdue ? 'to-sign' : undefined;
};

const isAfter = (one: { readonly place: number } | undefined, other: { readonly place: number } | undefined): boolean =>
  one !== undefined && one.place > (other?.place ?? -1);

/** Whether it is of the version agreed last: the one that a sign-off names, or, where it names none, the latest agreed by its day. */
const covers = ({ data: { version, signedOn = '' } }: Signed, agreed: readonly Agreed[]): boolean => {
  const latest = agreed.at(-1);
  if (latest === undefined) return true;
  return version === undefined ? agreed.findLast(saidBy(signedOn)) === latest : version === latest.data.version;
};
