// Which open vacancies fit what a learner seeks: the same kind of work, near enough, with what is known of the risks there (views.md, S18).
// Made of rows that the asker sees anyway.
import { type OccupationCode, shippedCodes } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import { alike, type SourceRow, type WorkedOutRow, type WorkingOut } from '../lists/index.ts';
import type { PlacementSoughtRow } from '../placements-sought/index.ts';
import { type VacancyRow, vacancyList } from '../vacancies/index.ts';
import { type WorkplaceRow, workplaceList } from '../workplaces/index.ts';

export const NEARNESS = ['same-area', 'neighbouring', 'same-partnership'] as const;
export type Nearness = (typeof NEARNESS)[number];

export interface RiskRow {
  readonly on: IsoDate | null;
  readonly outcome: string | null;
  readonly result: string | null;
  readonly validUntil: IsoDate | null;
  readonly by: AgencySlug | null;
}

export interface MatchRow {
  readonly givenName: string | null;
  readonly occupation: string | null;
  readonly soughtIn: string | null;
  readonly waitingDays: number;
  readonly vacancyId: string | null;
  readonly title: string | null;
  readonly employer: string | null;
  readonly area: string | null;
  readonly of: AgencySlug | null;
  readonly nearness: Nearness;
  readonly riskAssessed: RiskRow | null;
}

const wordsIn = (text: string | null): string => ` ${(text ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;

const isIn =
  (text: string) =>
  ({ words }: OccupationCode): boolean =>
    words.some((word) => text.includes(` ${word} `));

/** Codes of the kinds of work that a title tells of. */
const kindsOf = (title: string | null): ReadonlySet<string> => {
  const text = wordsIn(title);
  return new Set(
    shippedCodes()
      .occupations.codes.filter(isIn(text))
      .map(({ code }) => code),
  );
};

/** In the same words, or of the same kind of work. */
export const isSameWork = (sought: string | null, title: string | null): boolean => {
  if (sought === null || title === null) return false;
  if (alike(title) === alike(sought) || wordsIn(title).includes(wordsIn(sought))) return true;
  const kinds = kindsOf(sought);
  return [...kindsOf(title)].some((kind) => kinds.has(kind));
};

const OUTWARD = /^([A-Z]{1,2}\d[A-Z\d]?)(?:\s*\d[A-Z]{2})?$/;

/** Of a postcode or its outward part; undefined of areas that are called otherwise. */
const outwardOf = (area: string): string | undefined => OUTWARD.exec(area.trim().toUpperCase())?.[1];

const areNeighbours = (one: string, other: string): boolean =>
  shippedCodes()['area-neighbours'].codes.some(
    ({ code, neighbours }) => (code === one && neighbours.includes(other)) || (code === other && neighbours.includes(one)),
  );

type Districts = readonly (readonly string[])[];

const nearnessOfDistricts = (from: string, to: string, partnerships: Districts): Nearness | undefined => {
  if (from === to) return 'same-area';
  if (areNeighbours(from, to)) return 'neighbouring';
  return partnerships.some((districts) => districts.includes(from) && districts.includes(to)) ? 'same-partnership' : undefined;
};

/** `partnerships`: the districts of each. Undefined: too far, or not known. */
export const nearnessOf = (one: string | null, other: string | null, partnerships: Districts): Nearness | undefined => {
  if (one === null || other === null) return undefined;
  if (alike(one) === alike(other)) return 'same-area';
  const [from, to] = [outwardOf(one), outwardOf(other)];
  return from === undefined || to === undefined ? undefined : nearnessOfDistricts(from, to, partnerships);
};

interface Known {
  readonly vacancies: readonly VacancyRow[];
  readonly workplaces: readonly WorkplaceRow[];
  readonly partnerships: Districts;
}

const rowsOf = <Row>(things: WorkingOut['things'], name: string): readonly Row[] => (things.get(name) ?? []) as unknown as readonly Row[];

const riskOf = (employer: string | null, { workplaces }: Known): RiskRow | null => {
  const [last] = workplaces
    .filter((one) => one.state === 'valid' && alike(one.employer) === alike(employer))
    .toSorted((one, other) => (other.on ?? '').localeCompare(one.on ?? ''));
  if (last === undefined) return null;
  const { on, outcome, result, validUntil, by } = last;
  return { on, outcome, result, validUntil, by };
};

const matchesOf = (source: SourceRow, known: Known): readonly WorkedOutRow<MatchRow>[] => {
  const { givenName, occupation, area: soughtIn, waitingDays } = source.row as unknown as PlacementSoughtRow;
  return known.vacancies.flatMap(({ vacancyId, title, employer, area, of, state }) => {
    const nearness = state === 'open' && isSameWork(occupation, title) ? nearnessOf(soughtIn, area, known.partnerships) : undefined;
    if (nearness === undefined) return [];
    const vacancy = { vacancyId, title, employer, area, of, nearness, riskAssessed: riskOf(employer, known) };
    return [{ row: { givenName, occupation, soughtIn, waitingDays, ...vacancy }, of: [source] }];
  });
};

const inOrder = ({ row: one }: WorkedOutRow<MatchRow>, { row: other }: WorkedOutRow<MatchRow>): number =>
  other.waitingDays - one.waitingDays ||
  NEARNESS.indexOf(one.nearness) - NEARNESS.indexOf(other.nearness) ||
  (one.title ?? '').localeCompare(other.title ?? '');

/** Whoever waits longest first, then what is nearest. */
export const matchRows = ({ rows, things, chosen }: WorkingOut): readonly WorkedOutRow<MatchRow>[] => {
  const known: Known = {
    vacancies: rowsOf(things, vacancyList.name),
    workplaces: rowsOf(things, workplaceList.name),
    partnerships: rowsOf<{ readonly districts: readonly string[] }>(things, 'partnerships').map(({ districts }) => districts),
  };
  const asked = chosen['sought'];
  return rows
    .filter(({ learner }) => (asked ?? learner) === learner)
    .flatMap((source) => matchesOf(source, known))
    .toSorted(inOrder);
};
