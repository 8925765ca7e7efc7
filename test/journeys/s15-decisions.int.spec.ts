// The data manager decides over HTTP what the queue holds, while the agreement that shows it is in force, and takes it back (S15).
import { jest } from '@jest/globals';
import type { JWTPayload } from 'jose';
import { addDays, fixedClock, type IsoDate, type LearnerId, londonDate } from '#kernel';
import { matchId } from '#learner-file';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { OtherIssuer } from './other-issuer.ts';
import { adviser, MORNING, programme } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

jest.setTimeout(120_000);

const clock = fixedClock(MORNING);
const MANAGER = { office: 'data-manager', staff_id: 'mo' };
const BORN = { dateOfBirth: '2010-02-03', postcode: 'WV1 1AA', familyName: 'Smyth', givenName: 'John' };
const REASON = 'The college showed us the certificate of birth.';
let issuer: OtherIssuer;
let town: Town;
let contract: ApiContract;
beforeAll(async () => {
  issuer = await OtherIssuer.open(clock);
  town = await Town.open({ clock, following: true, environment: issuer.settings });
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
  await town.tell('careers', registration(ulnOf(1), 'c-1', BORN));
  await town.tell('forge', { type: 'learner.registered', subject: 'local:f-1', data: { localId: 'f-1', ...BORN } });
  await town.tell('forge', { ...programme(ulnOf(1), 'p-1'), subject: 'local:f-1' });
  await town.tell('careers', registration(ulnOf(2), 'c-2'), registration(ulnOf(3), 'c-3'));
  await town.node.projections.waitFor('data-quality', await town.node.store.head(), 10_000);
});
afterAll(async () => {
  await town.close();
  issuer.close();
});

interface DecisionTold {
  readonly outcome: string;
  readonly isUnmerge: boolean;
  readonly reason: string;
  readonly staff?: string;
  readonly decidedAt: string;
}
interface Body {
  readonly decisions?: readonly DecisionTold[];
  readonly code?: string;
  readonly outcome?: string;
  readonly goesOn?: string;
  readonly matches?: readonly {
    readonly match: string;
    readonly state: string;
    readonly overdue: boolean;
    readonly since: string;
    readonly agency?: string;
    readonly decisions?: readonly DecisionTold[];
    readonly kind: string;
    readonly waiting: readonly object[];
  }[];
  readonly next?: string;
  readonly records?: readonly unknown[];
  readonly agreeOn?: readonly string[];
}
const send = async (claims: JWTPayload, method: 'get' | 'post', [path, at]: readonly [string, string], body?: object) => {
  const headers = { authorization: await issuer.bearer(claims), ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const response = await fetch(`${town.server.url}${at}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  contract.check({ method, path, response, text });
  return { status: response.status, body: JSON.parse(text) as Body };
};
const MATCH = '/v1/data-quality/matches/{match}';
const decide = (match: string, outcome: string, claims: JWTPayload = MANAGER) =>
  send(claims, 'post', [`${MATCH}/decision`, `/v1/data-quality/matches/${match}/decision`], { outcome, reason: REASON });
const unmerge = (match: string) =>
  send(MANAGER, 'post', ['/v1/data-quality/unmerge', '/v1/data-quality/unmerge'], { match, reason: 'Twins.' });
const queue = async () => {
  await town.node.projections.waitFor('data-quality', await town.node.store.head(), 10_000);
  return send(MANAGER, 'get', ['/v1/data-quality/matches', '/v1/data-quality/matches'], undefined);
};

const possibleMatches = async () => ((await queue()).body.matches ?? []).filter(({ kind }) => kind === 'possible-match');

const idOf = async (identifier: { readonly uln: string }): Promise<LearnerId> => {
  const { streams } = town.node;
  const [{ learner = '' } = {}] = (await streams.identifiers.load(streams.streamOf(identifier))).state;
  return learner;
};

it('finds the pair, looks at it, says that it is one person, and takes that back', async () => {
  const pairs = await possibleMatches();
  expect(pairs).toEqual([
    expect.objectContaining({ state: 'open', score: 100, agencies: ['careers', 'forge'], waiting: [], overdue: false, differOn: [] }),
  ]);
  const match = pairs[0]?.match ?? '';
  const seen = await send(MANAGER, 'get', [MATCH, `/v1/data-quality/matches/${match}`]);
  expect(seen.body.agreeOn).toEqual(expect.arrayContaining(['dateOfBirth', 'postcode']));
  expect(await decide(match, 'same')).toMatchObject({ status: 200, body: { outcome: 'same', goesOn: expect.any(String) } });
  expect((await decide(match, 'different')).body.code).toBe('match-not-settled');
  expect(await unmerge(match)).toMatchObject({ status: 200, body: { outcome: 'different' } });
});

it('tells what was decided, when, by whom and why, an un-merge as such, and of what is listed where that is asked for', async () => {
  const [found] = await possibleMatches();
  const made = { staff: 'mo', decidedAt: new Date(MORNING).toISOString() };
  const decisions = [
    { ...made, outcome: 'same', isUnmerge: false, reason: REASON },
    { ...made, outcome: 'different', isUnmerge: true, reason: 'Twins.' },
  ].map((one) => expect.objectContaining(one));
  expect((await send(MANAGER, 'get', [MATCH, `/v1/data-quality/matches/${found?.match}`])).body.decisions).toEqual(decisions);
  const inState = async (state: string) =>
    (await send(MANAGER, 'get', ['/v1/data-quality/matches', `/v1/data-quality/matches?state=${state}`])).body.matches?.filter(
      ({ kind }) => kind === 'possible-match',
    );
  expect([found?.decisions, await inState('open')]).toEqual([undefined, []]);
  for (const state of ['decided', 'different']) expect(await inState(state)).toEqual([expect.objectContaining({ decisions })]);
});

it('nobody else decides, and no pair is decided on that the queue does not hold', async () => {
  const made = matchId('possible-match', [await idOf({ uln: ulnOf(2) }), await idOf({ uln: ulnOf(3) })]);
  expect(await decide(made, 'same')).toMatchObject({ status: 404, body: { code: 'no-such-match' } });
  for (const claims of [{ office: 'dpo-partnership' }, { office: 'operator' }, { office: 'dpo-of:forge' }])
    expect(await decide(made, 'same', claims)).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
});

it('while the agreement is not in force nothing is decided or taken back', async () => {
  const match = (await possibleMatches())[0]?.match ?? '';
  await town.node.protocols.suspend({ protocol: 'data-quality', version: 1, reason: 'a review' });
  expect([(await decide(match, 'same')).body.code, (await unmerge(match)).body.code]).toEqual(['not-permitted', 'not-permitted']);
  await town.node.protocols.resume({ protocol: 'data-quality', version: 1, reason: 'reviewed' });
  expect((await decide(match, 'deferred')).status).toBe(200);
});

const workingDays = (since: IsoDate): readonly IsoDate[] =>
  Array.from({ length: 20 }, (_, n) => addDays(since, n + 1)).filter((day) => ![0, 6].includes(new Date(`${day}T12:00Z`).getUTCDay()));

it('what is open for more than ten working days is overdue', async () => {
  const found = async () => (await possibleMatches())[0];
  const since = londonDate(Date.parse((await found())?.since ?? ''));
  const last = workingDays(since).slice(0, 10).at(-1) ?? '';
  const overdueOn = async (day: string) => {
    clock.set(Date.parse(`${day}T09:00:00Z`));
    return (await found())?.overdue;
  };
  // Deferred is still to be decided.
  expect([await overdueOn(last), await overdueOn(addDays(last, 1))]).toEqual([false, true]);
  clock.set(MORNING);
});

it('where only an agency itself says that a learner lives, or that it advises one, waits in the queue until somebody vouches for it', async () => {
  const uln = ulnOf(4);
  await town.tell('st-chads', registration(uln, 's-4'));
  await town.tell('careers', registration(uln, 'c-4'));
  await town.tell('careers-south', registration(uln, 'o-4', { postcode: 'B1 1AA' }), { ...adviser(uln), subject: `uln:${uln}` });
  await town.node.projections.waitFor('ties', await town.node.store.head(), 10_000);
  const ofKind = async (kind: string) =>
    (await send(MANAGER, 'get', ['/v1/data-quality/matches', `/v1/data-quality/matches?kind=${kind}`])).body.matches ?? [];
  const id = await idOf({ uln });
  const residences = (await ofKind('residence-unconfirmed')).map(({ match }) => match);
  expect(residences.filter((match) => match.includes(id))).toEqual([`residence-unconfirmed.${id}.careers-south`]);
  const [found] = await ofKind('adviser-unconfirmed');
  expect(found).toMatchObject({ match: `adviser-unconfirmed.${id}.careers-south`, agency: 'careers-south', overdue: false });
  const seen = await send(MANAGER, 'get', [MATCH, `/v1/data-quality/matches/${found?.match}`]);
  expect([seen.status, seen.body.records?.length]).toEqual([200, 1]);
  expect((await decide(found?.match ?? '', 'same')).body.code).toBe('match-not-settled');
  for (const claims of [{ office: 'dpo-partnership' }, { office: 'operator' }])
    expect((await send(claims, 'get', ['/v1/data-quality/matches', '/v1/data-quality/matches?kind=adviser-unconfirmed'])).status).toBe(403);
});

it('of claims that nobody vouched for a page is gone through at a time, and no learner of whom nothing is claimed is looked at', async () => {
  for (let n = 0; n < 60; n++) {
    const uln = ulnOf(100 + n);
    await town.tell('st-chads', registration(uln, `q-${n}`));
    await town.tell('careers-south', registration(uln, `qo-${n}`), { ...adviser(uln), subject: `uln:${uln}` });
  }
  await town.node.projections.waitFor('ties', await town.node.store.head(), 10_000);
  const before = await town.node.store.head();
  const page = async (cursor?: string) =>
    send(MANAGER, 'get', [
      '/v1/data-quality/matches',
      `/v1/data-quality/matches?kind=adviser-unconfirmed${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    ]);
  const first = await page();
  const second = await page(first.body.next);
  const looks = (await town.node.store.readAll({ after: before, limit: 1000 })).length;
  const all = [...(first.body.matches ?? []), ...(second.body.matches ?? [])].map(({ match }) => match);
  expect([first.body.matches?.length, second.body.next, new Set(all).size === all.length, all.length >= 60]).toEqual([
    50,
    undefined,
    true,
    true,
  ]);
  expect(looks).toBeLessThan(2 * all.length);
  const sealed = (places: object | number) =>
    town.node.cursors.ofList({ agency: 'operator:data-manager', asked: 'adviser-unconfirmed' }, JSON.stringify(places));
  expect((await page(await sealed({ 'adviser-unconfirmed': 0 }))).body.matches).toHaveLength(50);
  // From when pages were of one kind alone a cursor has a number.
  for (const cursor of ['x', first.body.next?.slice(1), '', await sealed(0)])
    expect((await page(cursor)).body.code).toBe('cursor-malformed');
  const elsewhere = `/v1/data-quality/matches?kind=residence-unconfirmed&cursor=${encodeURIComponent(first.body.next ?? '')}`;
  expect((await send(MANAGER, 'get', ['/v1/data-quality/matches', elsewhere])).body.code).toBe('cursor-malformed');
});

describe('where no kind is named', () => {
  const page = async (search: string) =>
    (await send(MANAGER, 'get', ['/v1/data-quality/matches', `/v1/data-quality/matches${search}`])).body;
  const kindsOf = ({ matches = [] }: Body) => [...new Set(matches.map(({ kind }) => kind))].sort();

  it('ties are told with all else, each once over all pages', async () => {
    const first = await page('');
    const second = await page(`?cursor=${encodeURIComponent(first.next ?? '')}`);
    expect(kindsOf(first)).toEqual(['adviser-unconfirmed', 'possible-match', 'residence-unconfirmed']);
    expect(kindsOf(second)).not.toContain('possible-match');
    const all = [first, second].flatMap(({ matches = [] }) => matches);
    expect([second.next, new Set(all.map(({ match }) => match)).size]).toEqual([undefined, all.length]);
    const advisers = all.filter(({ kind }) => kind === 'adviser-unconfirmed');
    expect(advisers.length).toBeGreaterThan(60);
    for (const { match, since, waiting } of advisers)
      expect(waiting).toEqual([{ match, kind: 'adviser-unconfirmed', agency: 'careers-south', since }]);
    expect(kindsOf(await page('?state=same'))).toEqual([]);
  });

  it('no cursor is of another question', async () => {
    const { next = '' } = await page('');
    for (const search of ['?state=open&', '?state=same&', '?kind=possible-match&', '?kind=adviser-unconfirmed&'])
      expect((await page(`${search}cursor=${encodeURIComponent(next)}`)).code).toBe('cursor-malformed');
  });
});

it('a page of which nothing waits is gone over, to the claim that does', async () => {
  const learners = Array.from({ length: 120 }, (_, n) => ulnOf(300 + n));
  for (const [n, uln] of learners.entries()) {
    await town.tell('st-chads', registration(uln, `v-${n}`));
    await town.tell('careers', registration(uln, `vc-${n}`));
  }
  const last = ulnOf(500);
  await town.tell('careers', registration(last, 'vc-last'));
  await town.node.projections.waitFor('ties', await town.node.store.head(), 10_000);
  const page = async (cursor = '') =>
    (await send(MANAGER, 'get', ['/v1/data-quality/matches', `/v1/data-quality/matches?kind=residence-unconfirmed${cursor}`])).body;
  const first = await page();
  const second = await page(`&cursor=${encodeURIComponent(first.next ?? '')}`);
  expect([second.matches?.map(({ match }) => match), second.next]).toEqual([
    [`residence-unconfirmed.${await idOf({ uln: last })}.careers`],
    undefined,
  ]);
});
