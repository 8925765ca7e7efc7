// A learner's programmes as a document shows them: as agreed last, signed off, queried, ended; and which of them is the current one.
import type { AgencySlug, IsoDate } from '#kernel';
import {
  coded,
  day,
  type FieldsOf,
  flag,
  group,
  isBy,
  orEmpty,
  orNull,
  saidBy,
  type SeenItem,
  type SeenItems,
  text,
  texts,
} from '../lists/index.ts';
import { isAboutProgramme, isByItsAgency, type SaidOfProgramme } from '../states/index.ts';

export interface SignedOffRow {
  readonly by: string | null;
  readonly onBehalfOf: string | null;
  readonly on: IsoDate | null;
  readonly version: string | null;
}

export interface ProgrammeRow {
  readonly programmeId: string | null;
  readonly of: AgencySlug | null;
  readonly kind: string | null;
  readonly title: string | null;
  readonly strand: string | null;
  readonly startedOn: IsoDate | null;
  readonly plannedEnd: IsoDate | null;
  readonly primary: boolean;
  readonly version: string | null;
  readonly objectives: readonly string[];
  readonly support: readonly string[];
  readonly signedOff: SignedOffRow | null;
  readonly queried: string | null;
  readonly endedOn: IsoDate | null;
}

export const programmeFields: FieldsOf<ProgrammeRow> = {
  programmeId: text('Its id, of the agency that runs it.'),
  of: text('Slug of the agency that runs it.'),
  kind: coded(text('Kind, such as e2e.'), 'programme-kinds'),
  title: text('Title.'),
  strand: text('Strand.'),
  startedOn: day('First day.'),
  plannedEnd: day('Last day, as planned.'),
  primary: flag('Whether it is the current one, of several the one that started last.'),
  version: text('Version agreed last.'),
  objectives: texts('Objectives of that version.'),
  support: texts('Support agreed in that version.'),
  signedOff: group<SignedOffRow>('Sign-off by the responsible adviser, the last.', {
    by: text('Who signed.'),
    onBehalfOf: text('For whom, where a link adviser signed.'),
    on: day('Day.'),
    version: text('Version that was signed: as named, or the one agreed last by then.'),
  }),
  queried: text('Why it is queried, until it is agreed anew or signed off.'),
  endedOn: day('Day of leaving early or of moving on.'),
};

type Started = SeenItem<'programme.started'>;

const versionText = (version: string | number | undefined): string | null => (version === undefined ? null : String(version));

type Agreed = SeenItem<'programme.agreed'>;

const signedOffIn = (signed: SeenItem<'programme.signed-off'> | undefined, agreed: readonly Agreed[]): SignedOffRow | null => {
  if (!signed) return null;
  const { signedBy, onBehalfOf = null, signedOn = null, version } = signed.data;
  const byThen = agreed.filter((one) => signedOn !== null && isBy(one.toldOn, signedOn)).at(-1);
  return { by: signedBy?.name ?? null, onBehalfOf, on: signedOn, version: versionText(version ?? byThen?.data.version) };
};

/** Later than whatever settles it. */
const openQuery = (all: readonly SeenItem<'programme.queried'>[], settled: readonly { readonly place: number }[]): string | null => {
  const queried = all.at(-1);
  return queried && settled.every(({ place }) => place < queried.place) ? (queried.data.reason ?? null) : null;
};

const endIn = (seen: SeenItems, isOf: (one: SaidOfProgramme) => boolean, on: IsoDate): IsoDate | null => {
  const ends = [
    ...seen
      .of('programme.left-early')
      .filter(isOf)
      .map(({ place, data }) => ({ place, on: data.leftOn })),
    ...seen
      .of('programme.moved-on')
      .filter(isOf)
      .map(({ place, data }) => ({ place, on: data.on })),
  ];
  // The first that was accepted ends it (views.md, V10).
  const first = ends.sort((one, other) => one.place - other.place)[0]?.on;
  return first !== undefined && first <= on ? first : null;
};

type Unranked = Omit<ProgrammeRow, 'primary'> & { readonly place: number };

const rowOf = (seen: SeenItems, { data, source, place }: Started, on: IsoDate): Unranked => {
  const of = source ?? null;
  const { programmeId } = orNull(data, 'programmeId');
  const about = isAboutProgramme(seen, { of, programmeId });
  const isOf = isByItsAgency({ of, programmeId });
  const agreed = seen.of('programme.agreed').filter(isOf).filter(saidBy(on));
  const signed = seen
    .of('programme.signed-off')
    .filter(about)
    .filter(({ data: { signedOn } }) => isBy(signedOn, on));
  const plan = agreed.at(-1)?.data ?? {};
  return {
    ...orNull(data, 'programmeId', 'kind', 'title', 'strand', 'startedOn', 'plannedEnd'),
    of,
    version: versionText(plan.version),
    ...orEmpty(plan, 'objectives', 'support'),
    signedOff: signedOffIn(signed.at(-1), agreed),
    queried: openQuery(seen.of('programme.queried').filter(about).filter(saidBy(on)), [...agreed, ...signed]),
    endedOn: endIn(seen, isOf, on),
    place,
  };
};

const isRunning = ({ startedOn, endedOn }: Unranked, on: IsoDate): boolean => isBy(startedOn ?? undefined, on) && endedOn === null;

const byStart = (one: Unranked, other: Unranked): number =>
  (one.startedOn ?? '').localeCompare(other.startedOn ?? '') || one.place - other.place;

/** By their first days; the current one that started last is marked. */
export const programmesIn = (seen: SeenItems, on: IsoDate): readonly ProgrammeRow[] => {
  const all = seen
    .of('programme.started')
    .map((started) => rowOf(seen, started, on))
    .sort(byStart);
  const primary = all.findLast((one) => isRunning(one, on));
  return all.map(({ place, ...row }) => ({ ...row, primary: place === primary?.place }));
};
