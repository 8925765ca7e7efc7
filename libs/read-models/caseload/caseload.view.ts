// Whom an agency advises, when a follow-up that it was asked for is due, until when it has them, and when it was last in touch with them:
// all of it the agency's own words (views.md, S6; ADR 0067).
import type { CatalogueData, ShortType } from '#catalogue';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import { type Beside, type ProjectedEvent, type Projector, type Row, type RowOf, type RowWriter, table } from '../engine/index.ts';
import { thingName } from '../lists/index.ts';
import { ADVISER_ROLES, FOLLOW_UP_DAYS } from '../states/index.ts';

/** Stands for no day, after all of them; and before all of them. */
export const [NEVER, NOT_YET] = ['9999-12-31', ''];

const ASSIGNMENTS = ['assigned', 'ended'] as const;
const CONTACTS = ['informed', 'followed', 'verified'] as const;
type Says = (typeof ASSIGNMENTS | typeof CONTACTS)[number];

/** What agencies said, until they take it back. */
export const said = table({
  name: 'said',
  columns: {
    learner: 'text',
    revision: 'integer',
    agency: 'text',
    category: 'text',
    says: 'text',
    /** Of an adviser. */
    role: 'text?',
    /** On which it was so; empty where none is told. */
    day: 'text',
    /** Stand for what an adviser and the office are called. */
    words: 'text',
  },
  key: ['learner', 'agency', 'says', 'day', 'revision'],
});

/** Of what is told again and again only the last day counts. */
const decidingWith = ({ agency }: Said): readonly Beside[] => [
  ...ASSIGNMENTS.map((says) => ({ where: { agency, says } })),
  ...CONTACTS.map((says) => ({ where: { agency, says }, last: 'day' })),
];
const assignedBy = ({ agency }: Said): readonly Beside[] => [{ where: { agency, says: 'assigned' } }];

export const cases = table({
  name: 'cases',
  columns: {
    learner: 'text',
    agency: 'text',
    /**
     * A fortnight after the last information, as long as no follow-up came after it: whatever terms agreements set, it leaves nobody out,
     * and is the order only of what is too long to be put in the order of its rows, by their days as agreed (ADR 78).
     */
    due: 'text',
    /** From when on it has ended each of its own assignments. */
    ended_on: 'text',
    /** Of a follow-up, or of which it was verified what the learner does. */
    contacted_on: 'text',
  },
  key: ['learner', 'agency'],
  indexes: [['agency', 'due', 'learner', 'ended_on', 'contacted_on']],
  conclusions: {
    of: 'said',
    by: 'learner',
    draw: (rows): readonly Row[] => casesIn(rows as readonly Said[]),
    beside: (row) => decidingWith(row as Said),
  },
});

/** What an agency called the advisers whom it assigned, and their offices. */
export const called = table({
  name: 'called',
  columns: { learner: 'text', word: 'text' },
  key: ['learner', 'word'],
  indexes: [['word', 'learner']],
  conclusions: {
    of: 'said',
    by: 'learner',
    draw: (rows): readonly Row[] => wordsIn(rows as readonly Said[]),
    beside: (row) => assignedBy(row as Said),
  },
});

type Said = RowOf<typeof said>;

const latest = (rows: readonly Said[], ...says: readonly Says[]): IsoDate =>
  rows.reduce((last, { says: one, day }) => (says.includes(one as Says) && day > last ? day : last), NOT_YET);

/** Behind it, of the role that it gave. */
const endOf = (assigned: Said, rows: readonly Said[]): IsoDate =>
  rows.reduce((first, { says, role, revision, day }) => {
    const isOfIt = says === 'ended' && role === assigned.role && revision > assigned.revision;
    return isOfIt && day !== NOT_YET && day < first ? day : first;
  }, NEVER);

const dueIn = (rows: readonly Said[]): IsoDate => {
  const informed = latest(rows, 'informed');
  return informed === NOT_YET || latest(rows, 'followed') >= informed ? NEVER : addDays(informed, FOLLOW_UP_DAYS);
};

/** Only who assigned an adviser has a case. */
const casesIn = (all: readonly Said[]): readonly RowOf<typeof cases>[] =>
  [...Map.groupBy(all, ({ agency }) => agency)].flatMap(([agency, rows]) => {
    const assigned = rows.filter(({ says }) => says === 'assigned');
    const [first] = assigned;
    if (first === undefined) return [];
    const ended_on =
      assigned
        .map((one) => endOf(one, rows))
        .sort()
        .at(-1) ?? NEVER;
    return [{ learner: first.learner, agency, due: dueIn(rows), ended_on, contacted_on: latest(rows, 'followed', 'verified') }];
  });

const wordsIn = (rows: readonly Said[]): readonly RowOf<typeof called>[] => {
  const words = rows.flatMap(({ learner, words: some }) => some.split(' ').map((word) => ({ learner, word })));
  return [...new Map(words.filter(({ word }) => word !== '').map((one) => [one.word, one])).values()];
};

export type CalledBy = 'adviser' | 'office';

/** Stands for it: a view holds no texts. */
export const calledWord = (agency: AgencySlug, by: CalledBy, text: string): string => thingName(agency, by, text);

type Told = Pick<Said, 'says' | 'role' | 'day' | 'words'>;
type Readers = { readonly [Type in ShortType]?: (data: Partial<CatalogueData[Type]>, agency: AgencySlug) => Told | undefined };

const on = (says: Says, day: IsoDate | undefined): Told => ({ says, role: null, day: day ?? NOT_YET, words: '' });

/** A key worker sees what their provider sees, and makes no caseload. */
const assigned = (
  { role, name, staffId, office }: Partial<CatalogueData['learner.adviser-assigned']>,
  agency: AgencySlug,
): Told | undefined => {
  if (role === undefined || !ADVISER_ROLES.some((one) => one === role)) return undefined;
  const word = (by: CalledBy, text: string | undefined): readonly string[] => (text === undefined ? [] : [calledWord(agency, by, text)]);
  const words = new Set([...word('adviser', name), ...word('adviser', staffId), ...word('office', office)]);
  return { says: 'assigned', role, day: NOT_YET, words: [...words].join(' ') };
};

const READERS: Readers = {
  'learner.adviser-assigned': assigned,
  'learner.adviser-ended': ({ role, on: day }) => ({ ...on('ended', day), role: role ?? null }),
  'adviser.informed': (data) => on('informed', data.on),
  'follow-up.made': (data) => on('followed', data.on),
  'destination.recorded': ({ verifiedOn }) => on('verified', verifiedOn),
};

type Reader = (data: object, agency: AgencySlug) => Told | undefined;
const readers = new Map(Object.entries(READERS).map(([short, read]) => [`uk.concordat.${short}.v1`, read]));

const RETRACTED = 'uk.concordat.record.retracted.v1';

const add = (event: ProjectedEvent, rows: RowWriter, read: Reader): void => {
  const { stream, revision, meta } = event.recorded;
  const [learner, data] = [learnerOfStream(stream), event.open()?.event?.data];
  if (learner === undefined || data === undefined || meta.category === undefined) return;
  const told = read(data, meta.actor);
  if (told) rows.put(said, { learner, revision, agency: meta.actor, category: meta.category, ...told });
};

const removeTakenBack = (event: ProjectedEvent, rows: RowWriter): void => {
  const [learner, revision] = [learnerOfStream(event.recorded.stream), event.open()?.header.notes?.names];
  if (learner !== undefined && revision !== undefined) rows.remove(said, { learner, revision });
};

export const caseloadView: Projector = {
  name: 'caseload',
  version: 4,
  tables: [said, cases, called],
  types: new Set([...readers.keys(), RETRACTED, ERASED]),
  apply: (event, rows) => {
    const read = readers.get(event.recorded.type);
    const erasure = event.recorded.type === ERASED ? erasureIn(event.recorded) : undefined;
    if (erasure) rows.remove(said, erasure);
    else if (read) add(event, rows, read);
    else removeTakenBack(event, rows);
  },
};
