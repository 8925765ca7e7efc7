// Lists of things that are about no learner (views.md, S17–S20, S24, S27).
import { first, pick, type Row, value } from './facts.ts';
import type { Town } from './standing.ts';
import { type Agency, daysFrom, plusDays, text, type Told } from './told.ts';

export type ThingRows = (things: readonly Told[], asker: Agency, on: string, agencies: readonly Agency[]) => readonly Row[];

const EVERYBODY: readonly string[] = [
  'connexions',
  'provider',
  'school',
  'college',
  'yot',
  'jobcentre',
  'funder',
  'local-authority',
  'ebp',
];
const PARTIES: readonly string[] = [...EVERYBODY, 'employer', 'social-services', 'learning-partnership', 'custody'];

const has = ({ roles }: Agency, ...wanted: readonly string[]): boolean => roles.some((role) => wanted.includes(role));

/** What the agency may see, its own included. */
export const thingsFor = ({ agencies, planning }: Town, asker: Agency): readonly Told[] =>
  planning.filter((told) => {
    const source = agencies.get(told.by);
    return told.by === asker.slug || (source !== undefined && mayRead(told, source, asker, planning));
  });

type MayRead = (told: Told, source: Agency, asker: Agency, planning: readonly Told[]) => boolean;

const mayReadFinding: MayRead = (told, _, asker, planning) =>
  has(asker, 'funder', 'learning-partnership') || aboutWhom(told, planning) === asker.slug;

const mayReadWorkplace: MayRead = (_, source, asker) =>
  has(asker, 'ebp', 'connexions') || (has(asker, 'provider') && !has(source, 'provider'));

const mayRead: MayRead = (told, source, asker, planning) => {
  if (told.type.startsWith('vacancy.')) return mayReadVacancy(told, source, asker);
  if (told.type === 'workplace.risk-assessed') return mayReadWorkplace(told, source, asker, planning);
  if (told.type.startsWith('quality.finding')) return mayReadFinding(told, source, asker, planning);
  return (
    /^(?:quality\.procedure|provision|labour-need|benchmark|target|partnership|undertaking)[.-]/.test(told.type) && has(asker, ...PARTIES)
  );
};

const mayReadVacancy = ({ data }: Told, source: Agency, asker: Agency): boolean => {
  const only = text(data, 'confidentialTo');
  if (only !== undefined && only !== asker.slug) return false;
  if (has(source, 'provider')) return has(asker, 'connexions', 'jobcentre', 'ebp') && !has(asker, 'provider', 'college', 'school');
  return has(source, 'ebp', 'employer', 'jobcentre', 'connexions') && has(asker, 'connexions', 'ebp', 'jobcentre', 'provider');
};

const aboutWhom = ({ by, data }: Told, planning: readonly Told[]): string | undefined =>
  text(data, 'agency') ??
  planning
    .filter((one) => one.type === 'quality.finding-recorded' && one.by === by && one.data['findingId'] === data['findingId'])
    .map((one) => text(one.data, 'agency'))
    .at(-1);

const plain = (words: unknown): string => (typeof words === 'string' ? words : '').toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Of what an agency calls by one id, the one told last. */
const lastOf = (things: readonly Told[], type: string, id: string): readonly Told[] => {
  const last = new Map(things.filter((one) => one.type === type).map((one) => [`${one.by} ${String(one.data[id])}`, one]));
  return [...last.values()];
};

export const vacancies: ThingRows = (things, _, on) =>
  lastOf(things, 'vacancy.listed', 'vacancyId').flatMap((listed) => {
    const filledOn =
      things
        .filter((one) => one.type === 'vacancy.filled' && one.by === listed.by && one.order > listed.order)
        .filter(({ data }) => data['vacancyId'] === listed.data['vacancyId'])
        .map(({ toldOn }) => toldOn)
        .at(-1) ?? null;
    if (filledOn !== null && plusDays(filledOn, 28) < on) return [];
    return [
      {
        ...pick(listed.data, 'vacancyId', 'employer', 'title', 'area'),
        ...{ of: listed.by, listedOn: listed.toldOn, state: filledOn === null ? 'open' : 'filled', filledOn },
        stale: filledOn === null && daysFrom(listed.toldOn, on) > 90,
        confidential: listed.data['confidentialTo'] !== undefined,
      },
    ];
  });

export const provision: ThingRows = (things) =>
  lastOf(things, 'provision.listed', 'provisionId').map(({ by, toldOn, data }) => ({
    ...pick(data, 'provisionId', 'title', 'kind', 'level', 'area', 'places', 'startsOn'),
    ...{ of: by, listedOn: toldOn },
  }));

const sameGap = (one: Told, other: Told): boolean =>
  plain(one.data['area']) === plain(other.data['area']) &&
  plain(one.data['occupation'] ?? one.data['title']) === plain(other.data['occupation'] ?? other.data['title']) &&
  plain(one.data['level']) === plain(other.data['level']);

export const gaps: ThingRows = (things, _, on) => {
  const groups: Told[][] = [];
  for (const raised of things.filter(({ type }) => type === 'provision.gap-raised')) {
    const group = groups.findLast(([first]) => first !== undefined && sameGap(first, raised));
    if (group && !isOver(group, raised, things)) group.push(raised);
    else groups.push([raised]);
  }
  return groups.flatMap((group) => (group[0] ? [gapRow(group[0], group, things, on)] : []));
};

const yearOf = (day: string): number => Number(day.slice(0, 4)) - (day.slice(5) < '08-01' ? 1 : 0);

/** Places came meanwhile, or it was answered in an earlier school year. */
const isOver = (group: readonly Told[], raised: Told, things: readonly Told[]): boolean => {
  const before = things.filter(({ order }) => order < raised.order);
  const [first = raised] = group;
  const answer = answerTo(first, group, before);
  const isListed = lastOf(before, 'provision.listed', 'provisionId').some(
    (one) => sameGap(raised, one) && one.order > first.order && Number(one.data['places']) > 0,
  );
  return isListed || (answer !== undefined && yearOf(answer.toldOn) < yearOf(raised.toldOn));
};

const gapRow = (raised: Told, same: readonly Told[], things: readonly Told[], on: string): Row => {
  const alike = (type: string): readonly Told[] => things.filter((one) => one.type === type && sameGap(raised, one));
  const listed = lastOf(things, 'provision.listed', 'provisionId').filter((one) => sameGap(raised, one));
  const answer = answerTo(raised, same, things);
  const isMet = listed.some(({ order, data }) => order > raised.order && Number(data['places']) > 0);
  const due = plusDays(raised.toldOn, 42);
  return {
    ...pick(raised.data, 'gapId', 'area', 'occupation', 'level', 'reason'),
    ...{ raisedBy: raised.by, raisedOn: raised.toldOn, askedBy: null, due },
    supportedBy: [...new Set(same.map(({ by }) => by))].filter((by) => by !== raised.by),
    places: listed.reduce((sum, { data }) => sum + Number(data['places']), 0),
    needs: value(alike('labour-need.published').at(-1)?.data, 'count'),
    answer: answer ? { ...pick(answer.data, 'decision', 'note'), on: answer.toldOn, by: answer.by } : null,
    answeredBy: first(['provision', isMet], ['funder', answer !== undefined]) ?? null,
    state: first(['closed', isMet], ['answered', answer !== undefined], ['overdue', due < on], ['open', true]),
  };
};

const answerTo = ({ order }: Told, same: readonly Told[], things: readonly Told[]): Told | undefined =>
  things
    .filter((one) => one.type === 'provision.gap-answered' && one.order > order)
    .filter(({ data: { gapId } }) => same.some(({ data }) => data['gapId'] === gapId))
    .at(-1);

/** Of those that speak of the same, whoever they are, the last. */
const lastAlike = (things: readonly Told[], type: string, ...names: readonly string[]): readonly Told[] => [
  ...new Map(things.filter((one) => one.type === type).map((one) => [names.map((name) => plain(one.data[name])).join('|'), one])).values(),
];

export const labourNeeds: ThingRows = (things) =>
  lastAlike(things, 'labour-need.published', 'area', 'occupation', 'level', 'period').map(({ by, toldOn, data }) => ({
    ...pick(data, 'area', 'occupation', 'level', 'count'),
    ...{ period: String(data['period']), of: by, publishedOn: toldOn },
  }));

export const targets: ThingRows = (things) => {
  const names = ['measure', 'scope', 'period'] as const;
  const benchmarks = lastAlike(things, 'benchmark.published', ...names);
  const set = lastAlike(things, 'target.set', ...names);
  const isSame = (one: Told, other: Told): boolean => names.every((name) => plain(one.data[name]) === plain(other.data[name]));
  const alone = benchmarks.filter((one) => !set.some((other) => isSame(one, other)));
  return [...set, ...alone].map((one) => {
    const isTarget = one.type === 'target.set';
    return {
      ...pick(one.data, 'measure', 'scope'),
      ...{ period: String(one.data['period']), benchmark: benchmarks.find((other) => isSame(one, other))?.data['value'] ?? null },
      ...{ target: isTarget ? one.data['value'] : null, setBy: isTarget ? one.by : null, setOn: isTarget ? one.toldOn : null },
      ...{ actual: null, expectedByNow: null, forecast: null, state: 'no-data', warnedOn: null },
    };
  });
};

const nextYear = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace('-02-29', '-02-28')}`;

export const workplaces: ThingRows = (things, _, on) => {
  const assessed = things.filter(({ type, data }) => type === 'workplace.risk-assessed' && String(data['on']) <= on);
  const placeOf = ({ by, data }: Told): string => `${by} ${plain(data['employer'])}`;
  const rank = ({ data, order }: Told): string => `${String(data['on'])} ${String(order).padStart(9, '0')}`;
  return assessed
    .filter((one) => !assessed.some((other) => placeOf(other) === placeOf(one) && rank(other) > rank(one)))
    .map(({ by, data }) => {
      const validUntil = text(data, 'validUntil') ?? nextYear(String(data['on']));
      const state = validUntil < on ? 'expired' : 'valid';
      return { ...pick(data, 'employer', 'employerId', 'area', 'on', 'result', 'outcome'), by, validUntil, state };
    });
};

export const procedures: ThingRows = (things) =>
  lastOf(things, 'quality.procedure-published', 'procedureId').map(({ by, toldOn, data }) => ({
    ...pick(data, 'procedureId', 'title', 'text'),
    ...{ by, publishedOn: toldOn },
  }));

export const findings: ThingRows = (things, _, on) =>
  lastOf(things, 'quality.finding-recorded', 'findingId').map((one) => {
    const closed = things.find(
      ({ type, by, order, data }) =>
        type === 'quality.finding-closed' && by === one.by && order > one.order && data['findingId'] === one.data['findingId'],
    );
    const closedOn = closed ? text(closed.data, 'on') : undefined;
    const { procedureId: procedure, finding: says, due } = one.data;
    const state = closedOn !== undefined && closedOn <= on ? 'closed' : String(due) < on ? 'overdue' : 'open';
    return {
      ...pick(one.data, 'findingId', 'agency', 'action', 'due'),
      procedure,
      says,
      by: one.by,
      recordedOn: one.toldOn,
      closedOn: closedOn ?? null,
      state,
    };
  });
