// What of one learner counts for how complete an agency's records are, of that agency's words alone, and what all of it comes to, agency by
// agency (views.md, S16; ADR 0071). What depends on the day is kept as what each day adds and takes away.
import type { IsoDate } from '#kernel';
import { type Row, type RowOf, table } from '../engine/index.ts';
import { type Destined, standingOn } from '../states/index.ts';
import { countedWith } from './deciding-facts.ts';
import type { FactRow } from './fact-table.ts';
import { GIVES_POSTCODE, GIVES_ULN } from './facts.ts';

const COUNTS = {
  /** Learners of whom it told who they are, and of these whose ULN, postcode and date of birth it gave. */
  registered: 'integer',
  uln: 'integer',
  postcode: 'integer',
  born: 'integer',
  /** Programmes begun, and of these those that were reviewed. */
  started: 'integer',
  reviewed: 'integer',
  /** Learners of whom it told what they do, and of these those of whom that counts. */
  placed: 'integer',
  current: 'integer',
} as const;

type Counts = { readonly [Name in keyof typeof COUNTS]: number };
type Facts = readonly FactRow[];

/** Of what counts on every day. */
const ALWAYS = '';
const OF_THE_LEARNER = '';
/** Whatever it is called, nothing else is called so. */
const ofProgramme = (thing: string): string => `programme ${thing}`;

export const measuredTable = table({
  name: 'measured',
  // `about`: one programme, or the learner.
  columns: { learner: 'text', source: 'text', about: 'text', from_day: 'text', ...COUNTS },
  key: ['learner', 'source', 'about', 'from_day'],
  conclusions: {
    of: 'facts',
    by: 'learner',
    draw: (rows): readonly Row[] => measuredIn(rows as readonly FactRow[]),
    beside: (row) => countedWith(row as FactRow),
  },
});

/** Of each agency and day what is added from that day on, negative where something counts no more. */
export const measuresTable = table({
  name: 'measures',
  columns: { source: 'text', from_day: 'text', measured: 'integer', ...COUNTS },
  key: ['source', 'from_day'],
  totals: { of: 'measured', rows: 'measured' },
});

type MeasuredRow = RowOf<typeof measuredTable>;

const NOTHING: Counts = { registered: 0, uln: 0, postcode: 0, born: 0, started: 0, reviewed: 0, placed: 0, current: 0 };

const IDENTITIES: readonly string[] = ['learner.registered', 'learner.corrected'];

const identifiedIn = (own: Facts): Counts => {
  const identities = own.filter(({ type }) => IDENTITIES.includes(type));
  const gives = (word: string | undefined): number => Number(identities.some(({ code }) => code?.split(' ').some((one) => one === word)));
  return {
    ...NOTHING,
    registered: Number(identities.length > 0),
    uln: gives(GIVES_ULN),
    postcode: gives(GIVES_POSTCODE),
    born: Number(identities.some(({ day }) => day !== null)),
  };
};

const programmesIn = (own: Facts): readonly (Counts & Pick<MeasuredRow, 'about'>)[] => {
  const thingsOf = (wanted: string): ReadonlySet<string> => new Set(own.filter(({ type }) => type === wanted).map(({ thing }) => thing));
  const held = thingsOf('review.held');
  return [...thingsOf('programme.started')].map((thing) => ({
    ...{ ...NOTHING, about: ofProgramme(thing) },
    ...{ started: 1, reviewed: Number(held.has(thing)) },
  }));
};

type Turn = Pick<Counts, 'placed' | 'current'>;

interface Told extends Destined {
  readonly until: IsoDate | null;
}

const destinationsIn = (own: Facts): readonly Told[] =>
  own
    .filter(({ type }) => type === 'destination.recorded')
    .map(({ day: from, verified: verifiedOn, revision: place, until }) => ({ from, verifiedOn, place, until }));

/** Whether there is a record of it, which may have been verified since. */
const firstDay = ({ from }: Told): IsoDate | null => from;

/** Of the one that stands (views.md, V10), and whether it has not lapsed. */
const placedOn = (destinations: readonly Told[], on: IsoDate): Turn => {
  const standing = standingOn(destinations, on, firstDay);
  return {
    placed: Number(standing !== undefined),
    current: Number(standing !== undefined && (standing.until === null || on < standing.until)),
  };
};

/** Days on which the learner begins to count, and counts no more since it lapsed. */
const turnsIn = (own: Facts): readonly (Turn & { readonly from_day: IsoDate })[] => {
  const destinations = destinationsIn(own);
  const days = new Set(destinations.flatMap((one) => [firstDay(one), one.until]).filter((day) => day !== null));
  let before: Turn = NOTHING;
  return [...days].sort().map((from_day) => {
    const [{ placed, current }, turn] = [before, placedOn(destinations, from_day)];
    before = turn;
    return { from_day, placed: turn.placed - placed, current: turn.current - current };
  });
};

const isSomething = (row: MeasuredRow): boolean => Object.values(row).some((value) => typeof value === 'number' && value !== 0);

/** Of one learner. */
const measuredIn = (facts: Facts): readonly MeasuredRow[] =>
  [...Map.groupBy(facts, ({ source }) => source)].flatMap(([source, own]) => {
    const of = { learner: own[0]?.learner ?? '', source, about: OF_THE_LEARNER, from_day: ALWAYS };
    const programmes = programmesIn(own).map((programme) => ({ ...of, ...programme }));
    const turns = turnsIn(own).map((turn) => ({ ...of, ...NOTHING, ...turn }));
    return [{ ...of, ...identifiedIn(own) }, ...programmes, ...turns].filter(isSomething);
  });
