// S11: a programme that its source ended in both records of one person ended once, and no page of the months' lists tells of the other end
// (views.md, V10 and V14). What was taken back fills no page either.
import { jest } from '@jest/globals';
import { decideMatch } from '#admission';
import type { EventToSend } from '#client';
import type { AgencySlug } from '#kernel';
import { matchId } from '#learner-file';
import { BlackCountry, CHLOE, DEV, type Listed, registered } from './black-country.ts';
import { allDecisions } from './recorded-decisions.ts';
import { about, leaving, programme } from './told.ts';
import { registration } from './town.ts';

jest.setTimeout(120_000);

const [NORTH, ULN, JON] = ['connexions-north', '3104690978', 'local:bct-2'];
const ASKING = [NORTH, 'lsc', 'bct'];
const SMYTH = { familyName: 'Smyth', dateOfBirth: '2010-02-03', postcode: 'WV1 1AA' };

let country: BlackCountry;
let pair: readonly string[];

const begun = (uln: string, programmeId: string, startedOn: string): EventToSend => programme(uln, programmeId, { startedOn });
const moved = (on: string): EventToSend => about(ULN, 'programme.moved-on', { programmeId: 'j-1', on, destination: '310' });
const ofJon = (event: EventToSend): EventToSend => ({ ...event, subject: JON });
const purposeOf = (agency: AgencySlug): string => (agency === NORTH ? 'track-participation' : 'account-for-funding');
const lines = ({ rows }: Listed): readonly string[] => rows.map(({ event, programmeId, on }) => [event, programmeId, on].join(' '));

/** Each page of one row. */
const walked = async (agency: AgencySlug, month: string): Promise<readonly (readonly string[])[]> => {
  const pages: Listed[] = [];
  do {
    const cursor = pages.map(({ next }) => `&cursor=${next}`).at(-1) ?? '';
    pages.push(await country.list(agency, `starts-and-finishes?month=${month}&limit=1${cursor}`, purposeOf(agency)));
  } while (pages.at(-1)?.next !== undefined);
  return pages.map(lines);
};

const learnerOf = async (
  identifier: { readonly uln: string } | { readonly agency: AgencySlug; readonly localId: string },
): Promise<string> => {
  const { streams } = country.town.node;
  const [{ learner = '' } = {}] = (await streams.identifiers.load(streams.streamOf(identifier))).state;
  return learner;
};

beforeAll(async () => {
  country = await BlackCountry.open('2026-09-01');
  const john = (localId: string) => registration(ULN, localId, { ...SMYTH, givenName: 'John' });
  const jon = { type: 'learner.registered', subject: JON, data: { ...SMYTH, localId: 'bct-2', givenName: 'Jon' } } as EventToSend;
  await country.tell('2026-09-01', 'bct', john('bct-1'), jon, registered(CHLOE, 'Chloe'), registered(DEV, 'Dev'));
  await country.tell('2026-09-01', NORTH, john('n-1'), registered(CHLOE, 'Chloe'), registered(DEV, 'Dev'));
  await country.tell('2026-09-30', 'bct', begun(ULN, 'j-1', '2026-09-07'), { ...leaving(ULN, 'j-1', '2026-09-24'), id: 'first' });
  await country.tell('2026-10-04', 'bct', ofJon(begun(ULN, 'j-1', '2026-09-08')), ofJon(moved('2026-10-01')));
  await country.tell('2026-10-04', 'bct', begun(CHLOE, 'c-1', '2026-10-02'), begun(DEV, 'd-1', '2026-10-03'));
  pair = await Promise.all([learnerOf({ uln: ULN }), learnerOf({ agency: 'bct', localId: 'bct-2' })]);
  const match = matchId('possible-match', pair);
  expect(await decideMatch(country.town.node, { match, outcome: 'same', reason: 'One certificate.' })).toMatchObject({ ok: true });
});
afterAll(() => country.close());

const OTHERS = [['start c-1 2026-10-02'], ['start d-1 2026-10-03']];

it('no page of one row is empty, though rows follow the second end, and nobody is looked at for it', async () => {
  for (const agency of ASKING) expect([agency, await walked(agency, '2026-10')]).toEqual([agency, OTHERS]);
  const looks = (await allDecisions(country.town)).filter(({ decided }) => decided.route === 'list');
  expect(looks).toHaveLength(ASKING.length * OTHERS.length);
  expect(looks.filter(({ learner }) => pair.includes(learner))).toEqual([]);
  const september = [['start j-1 2026-09-07'], ['start j-1 2026-09-08'], ['left-early j-1 2026-09-24']];
  for (const agency of ASKING) expect([agency, await walked(agency, '2026-09')]).toEqual([agency, september]);
});

it('the other end counts once the first is taken back, whose place is no page either', async () => {
  await country.tell('2026-10-05', 'bct', about(ULN, 'record.retracted', { of: 'first', reason: 'other' }));
  const ended = [['moved-on j-1 2026-10-01'], ...OTHERS];
  for (const agency of ASKING) expect([agency, await walked(agency, '2026-10')]).toEqual([agency, ended]);
  const begins = [['start j-1 2026-09-07'], ['start j-1 2026-09-08']];
  for (const agency of ASKING) expect([agency, await walked(agency, '2026-09')]).toEqual([agency, begins]);
});
