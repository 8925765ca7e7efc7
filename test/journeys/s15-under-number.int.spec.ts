// What was told under a number alone while two records were one (views.md, S15; V14): it waits after the un-merge until the data manager
// says whose it is, which can be said otherwise at any time.
import { jest } from '@jest/globals';
import { decideMatch, unmerge } from '#admission';
import { shippedCatalogue } from '#catalogue';
import { RECORDED_FORMS, replay } from '#disclosure';
import type { LearnerId } from '#kernel';
import { matchId, MATCH_DECIDED } from '#learner-file';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { BlackCountry } from './black-country.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { adviser, programme, referral } from './told.ts';
import { registration } from './town.ts';

jest.setTimeout(60_000);
const place = new Workplace();
afterAll(() => place.remove());

const ULN = '3104690978';
const JON = 'local:bct-1';
const BORN = { dateOfBirth: '2010-02-03', postcode: 'WV1 1AA', familyName: 'Smyth' };

let country: BlackCountry;
let john: LearnerId;
let jon: LearnerId;

beforeEach(async () => {
  country = await BlackCountry.open('2026-10-05');
  const { town } = country;
  await town.tell('connexions-north', registration(ULN, 'c-1', { ...BORN, givenName: 'John' }), adviser(ULN), referral(ULN, 'wulfrun'));
  await town.tell('wulfrun', registration(ULN, 'w-1', { ...BORN, givenName: 'John' }));
  await town.tell('bct', { type: 'learner.registered', subject: JON, data: { localId: 'bct-1', givenName: 'Jon', ...BORN } });
  [john, jon] = [await learnerIdOf(town, 'wulfrun', `uln:${ULN}`), await learnerIdOf(town, 'bct', JON)];
});
afterEach(async () => country.town.close());

const items = async (agency: string, purpose: string, ref = `uln:${ULN}`): Promise<string> =>
  JSON.stringify((await country.town.passport(agency, purpose, ref)).body.items ?? []);
const seen = async () => ({
  adviser: await items('connexions-north', 'support-learner'),
  source: await items('wulfrun', 'deliver-programme'),
  other: await items('bct', 'deliver-programme', JON),
  stranger: await items('hts', 'deliver-programme'),
});

/** Two that are one while something is told of the number alone, and are two again. */
const parted = async (): Promise<string> => {
  const match = matchId('possible-match', [john, jon]);
  const { town } = country;
  await decideMatch(town.node, { match, outcome: 'same', reason: 'They look alike.' });
  await town.tell('wulfrun', programme(ULN, 'under-uln'));
  await unmerge(town.node, { match, reason: 'Twins.' });
  return match;
};

const concordat = (...words: readonly string[]) =>
  place.run(['data-quality', ...words], { environment: { CONCORDAT_DATA: country.town.data } });
interface Found {
  readonly match: string;
  readonly kind: string;
  readonly agency?: string;
  readonly type?: string;
  readonly learners: readonly string[];
  readonly waiting: readonly { readonly agency?: string; readonly type?: string; readonly match: string }[];
}
const queue = async (state: string): Promise<readonly Found[]> => {
  const { node } = country.town;
  await node.projections.waitFor('data-quality', await node.store.head(), 10_000);
  return JSON.parse((await concordat('list', '--state', state, '--json')).out) as readonly Found[];
};
const waiting = async (): Promise<Found> => {
  const [found] = (await queue('open')).filter(({ kind }) => kind === 'under-number-alone');
  if (found === undefined) throw new Error('Nothing waits.');
  return found;
};
const decide = async (match: string, outcome: string) =>
  concordat('decide', match, outcome, '--reason', 'Wulfrun showed us the enrolment.');

it('stands in the queue, with its type and its source, and hangs on the pair', async () => {
  const match = await parted();
  const found = await waiting();
  const told = { agency: 'wulfrun', type: 'uk.concordat.programme.started.v1' };
  expect(found).toMatchObject({ ...told, learners: [john] });
  const hangs = (await queue('different')).find((one) => one.match === match)?.waiting;
  expect(hangs).toEqual([expect.objectContaining({ ...told, match: found.match })]);
});

it('is told to its source alone among what is doubtful, with what to do, until it counts', async () => {
  await parted();
  const rowsOf = async (agency: string) => {
    await country.town.node.projections.waitFor('data-quality', await country.town.node.store.head(), 10_000);
    return (await country.list(agency, 'identity-issues', 'deliver-programme')).rows;
  };
  const waits = { localId: 'w-1', kind: 'under-number-alone', since: '2026-10-05', id: expect.stringMatching(/./) };
  expect(await rowsOf('wulfrun')).toEqual([
    expect.objectContaining({ ...waits, advice: expect.stringContaining('the data manager says') }),
  ]);
  expect((await rowsOf('bct')).map(({ kind }) => kind)).toEqual(['uln-missing']);
  expect((await country.list('connexions-north', 'identity-issues', 'deliver-programme')).text).not.toContain('under-number-alone');
  const { match } = await waiting();
  await decide(match, 'different');
  expect(await rowsOf('wulfrun')).toEqual([expect.objectContaining({ ...waits, advice: expect.stringContaining('take it back') })]);
  await decide(match, 'same');
  expect(await rowsOf('wulfrun')).toEqual([]);
});

it('counts once it is said to be of the one with the number, exactly as if the two had never been one, and waits again when that is taken back', async () => {
  await parted();
  const before = await seen();
  expect([before.source.includes('under-uln'), before.adviser.includes('under-uln')]).toEqual([true, false]);
  const { match } = await waiting();
  expect((await decide(match, 'same')).err).toBe('');
  const counted = await seen();
  expect(counted.adviser).toContain('under-uln');
  expect([counted.other, counted.stranger]).toEqual([before.other, before.stranger]);
  expect((await decide(match, 'deferred')).err).toBe('');
  expect(await seen()).toEqual(before);
  expect((await decide(match, 'different')).err).toBe('');
  expect(await seen()).toEqual(before);
});

it('gives nobody standing by that: whoever told it of the number is heard as after any un-merge', async () => {
  const match = matchId('possible-match', [john, jon]);
  const { town } = country;
  await decideMatch(town.node, { match, outcome: 'same', reason: 'They look alike.' });
  // Forge has nothing to do with the learner: what it begins waits for a voucher.
  await town.tell('forge', registration(ULN, 'f-1', { ...BORN, givenName: 'John' }), programme(ULN, 'by-a-stranger'));
  await unmerge(town.node, { match, reason: 'Twins.' });
  const before = await seen();
  const found = (await queue('open')).filter(({ kind }) => kind === 'under-number-alone');
  for (const one of found) await decide(one.match, 'same');
  expect(found.map(({ agency }) => agency)).toContain('forge');
  expect(await seen()).toEqual(before);
});

it('decides again alike, and is recorded in the stream of that learner alone', async () => {
  await parted();
  await seen();
  const { match } = await waiting();
  await decide(match, 'same');
  await seen();
  const { store } = country.town.node;
  const events = await store.readAll({ limit: 10_000 });
  const [last] = events.filter(({ type }) => type === MATCH_DECIDED).slice(-1);
  expect(last?.stream).toBe(`learner-${john}`);
  for (const event of events.filter(({ type }) => RECORDED_FORMS.includes(type))) {
    const { recorded: was, again } = (await replay({ ...country.town.node, catalogue: shippedCatalogue() }, event)) ?? {};
    expect(again).toEqual(was);
  }
});

it('is said of nothing that does not wait, and not while the two are one again', async () => {
  const pair = await parted();
  expect((await decide(`under-number-alone.${john}.0`, 'same')).err).toContain('There is no such match');
  const { match } = await waiting();
  const withRight = await decideMatch(country.town.node, { match, outcome: 'same', reason: 'It is.', right: 'x'.repeat(1000) });
  expect([withRight, (await waiting()).match]).toEqual([{ ok: false, error: expect.objectContaining({ code: 'which-is-right' }) }, match]);
  await decideMatch(country.town.node, { match: pair, outcome: 'same', reason: 'They are one after all.' });
  const into = await learnerIdOf(country.town, 'wulfrun', `uln:${ULN}`);
  expect(into).toBe(john);
  expect((await items('connexions-north', 'support-learner')).includes('under-uln')).toBe(true);
  expect((await decide(match, 'different')).err).toBe('');
  expect((await items('connexions-north', 'support-learner')).includes('under-uln')).toBe(true);
});
