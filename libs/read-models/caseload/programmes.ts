// The learner's programmes as a caseload shows them: in which week, whether agreed to, and when a review is next.
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import { daysBetween, isBy, type SeenItem, type SeenItems } from '../lists/index.ts';

export const PROGRAMME_STATES = ['planned', 'running', 'left', 'moved-on'] as const;
export const SIGN_OFF_STATES = ['to-sign', 'agreed-anew', 'queried', 'signed'] as const;
const SIGN_OFF_DAYS = 28;

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

interface OfProgramme {
  readonly data: { readonly programmeId?: string; readonly of?: string };
}

/** An event names another's programme by `of`, or by its id alone where that suffices (contracts.md). */
const isAbout =
  ({ of, programmeId }: Pick<ProgrammeRow, 'of' | 'programmeId'>) =>
  ({ data }: OfProgramme): boolean =>
    data.programmeId === programmeId && (data.of === undefined || data.of === of);

export const programmesIn = (seen: SeenItems, on: IsoDate): readonly ProgrammeRow[] =>
  seen.of('programme.started').map(({ data, source }) => {
    const { programmeId = null, kind = null, startedOn = null } = data;
    const programme = { of: source ?? null, programmeId, kind, startedOn };
    const week = startedOn === null || startedOn > on ? null : Math.floor(daysBetween(startedOn, on) / 7) + 1;
    return { ...programme, week, state: stateOf(seen, programme, on) };
  });

const stateOf = (seen: SeenItems, programme: Omit<ProgrammeRow, 'week' | 'state'>, on: IsoDate): ProgrammeRow['state'] => {
  const about = isAbout(programme);
  if (seen.of('programme.left-early').some((one) => about(one) && isBy(one.data.leftOn, on))) return 'left';
  if (seen.of('programme.moved-on').some((one) => about(one) && isBy(one.data.on, on))) return 'moved-on';
  return programme.startedOn !== null && programme.startedOn > on ? 'planned' : 'running';
};

export const isRunning = ({ state }: ProgrammeRow): boolean => state === 'running';

/** Of the running programme whose sign-off is due first; where none is to be signed, of the one signed last. */
export const signOffIn = (seen: SeenItems, programmes: readonly ProgrammeRow[], on: IsoDate): SignOffRow | null => {
  const all = programmes.filter(isRunning).flatMap((programme) => signOffOf(seen, programme, on) ?? []);
  const open = all.filter(({ state }) => state !== 'signed').sort((one, other) => compareDays(one.due, other.due));
  return open[0] ?? all.at(-1) ?? null;
};

const signOffOf = (seen: SeenItems, programme: ProgrammeRow, on: IsoDate): SignOffRow | undefined => {
  const about = isAbout(programme);
  const agreed = seen.of('programme.agreed').filter(about).at(-1);
  const queried = seen.of('programme.queried').filter(about).at(-1);
  const signedOff = seen.of('programme.signed-off').filter(about);
  const signed = signedOff.filter(({ data }) => isBy(data.signedOn, on)).at(-1);
  const due = programme.startedOn === null ? null : addDays(programme.startedOn, SIGN_OFF_DAYS);
  if (isAfter(queried, agreed) && isAfter(queried, signed)) return { state: 'queried', due };
  if (signed) return { state: covers(signed, agreed) ? 'signed' : 'agreed-anew', due };
  return agreed || isPast(due, on) ? { state: 'to-sign', due } : undefined;
};

const isPast = (due: IsoDate | null, on: IsoDate): boolean => due !== null && due < on;

const isAfter = (one: { readonly place: number } | undefined, other: { readonly place: number } | undefined): boolean =>
  one !== undefined && one.place > (other?.place ?? -1);

/** A sign-off names the version that it is of, or is of the latest agreed by then. */
const covers = (signed: SeenItem<'programme.signed-off'>, agreed: SeenItem<'programme.agreed'> | undefined): boolean =>
  agreed === undefined || (signed.data.version === undefined ? !isAfter(agreed, signed) : signed.data.version === agreed.data.version);

/** No day comes last. */
export const compareDays = (one: IsoDate | null, other: IsoDate | null): number => {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
};
