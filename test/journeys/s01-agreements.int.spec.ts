// S1: agreements in the open: where each stands, who signed it, whose turn it is, and that it stops when nobody reviews it.
import { jest } from '@jest/globals';
import { addDays, fixedClock } from '#kernel';
import { shippedProtocols } from '#sharing-protocols';
import { BLACK_COUNTRY } from './black-country.ts';
import { MORNING } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

jest.setTimeout(120_000);
const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock, cast: BLACK_COUNTRY });
});
afterAll(() => town.close());

interface Summary {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly daysToReview: number;
  readonly parties: readonly { readonly agency: string; readonly roles: readonly string[]; readonly keyId: string }[];
  readonly missing: readonly { readonly role: string; readonly agencies: readonly string[] }[];
}
interface Told {
  readonly status: number;
  readonly text: string;
  readonly protocols: readonly Summary[];
  readonly versions: readonly Summary[];
  readonly code?: string;
}
/** Nobody says who asks: agreements are public. */
const ask = async (path = '', accept = 'application/json'): Promise<Told> => {
  const response = await fetch(`${town.server.url}/v1/protocols${path}`, { headers: { accept } });
  const text = await response.text();
  const body = response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as object) : {};
  return { protocols: [], versions: [], ...body, status: response.status, text };
};
const PASSPORT = shippedProtocols().find(({ id }) => id === 'e2e-passport');
const { due, graceDays } = PASSPORT?.review ?? { due: '', graceDays: 0 };
const at = (day: string): number => Date.parse(`${day}T09:00:00Z`);
const statusOf = async (): Promise<string | undefined> =>
  (await ask('/e2e-passport')).versions.find(({ version }) => version === 1)?.status;

it('whoever asks reads which agreements there are, who signed them and until when they hold', async () => {
  const { protocols, status } = await ask();
  expect([status, protocols.map(({ id }) => id)]).toEqual([
    200,
    shippedProtocols()
      .map(({ id }) => id)
      .sort(),
  ]);
  const passport = protocols.find(({ id }) => id === 'e2e-passport');
  expect(passport).toMatchObject({ version: 1, status: 'in-force', reviewDue: due, graceUntil: addDays(due, graceDays), missing: [] });
  expect(passport?.parties).toContainEqual({
    ...{
      agency: 'bct',
      roles: ['provider'],
      signedOn: '2026-10-01',
      position: expect.stringMatching(/^\d+$/),
      keyId: town.keyOf('bct').kid,
    },
    ...{ boundUntil: due, leftOn: null },
  });
});

it('they are chosen by status, role and review', async () => {
  const ids = async (search: string): Promise<readonly string[]> => (await ask(search)).protocols.map(({ id }) => id);
  expect(await ids('?status=in-force&role=yot')).toContain('youth-justice');
  expect(await ids('?role=yot')).not.toContain('learner-voice');
  expect([await ids('?status=stopped'), await ids('?review-due-before=2020-01-01')]).toEqual([[], []]);
  expect(await ids(`?review-due-before=${addDays(due, 1)}`)).toContain('e2e-passport');
});

it('a version is read as data, as text, and with its signatures over one digest', async () => {
  expect(JSON.parse((await ask('/e2e-passport/1')).text)).toMatchObject({
    id: 'e2e-passport',
    digest: expect.stringMatching(/^sha256:/),
    document: { id: 'e2e-passport' },
  });
  const { text } = await ask('/e2e-passport/1', 'text/markdown');
  expect(text).toMatch(/^# .*\n\nSharing protocol e2e-passport, version 1 /);
  const { digest, signatures } = JSON.parse((await ask('/e2e-passport/1/signatures')).text) as {
    readonly digest: string;
    readonly signatures: readonly { readonly agency: string; readonly signature: string }[];
  };
  const signed = signatures.map(
    ({ signature }) => JSON.parse(Buffer.from(signature.split('.')[1] ?? '', 'base64url').toString()) as { digest: string },
  );
  expect([text.includes(digest), new Set(signed.map((one) => one.digest))]).toEqual([true, new Set([digest])]);
  expect(signatures.map(({ agency }) => agency)).toContain('bct');
});

it('a version that was drafted says whose signature is missing', async () => {
  if (PASSPORT) await town.node.protocols.draft({ ...PASSPORT, version: 2 });
  const { versions } = await ask('/e2e-passport');
  expect(versions.map(({ version, status }) => [version, status])).toEqual([
    [2, 'drafted'],
    [1, 'in-force'],
  ]);
  expect(versions[0]?.missing).toContainEqual({ role: 'connexions', agencies: ['connexions-north', 'connexions-south'] });
});

it('what a version would change is told in sentences, and the version itself as a policy in ODRL', async () => {
  if (!PASSPORT) throw new Error('e2e-passport does not ship.');
  const [reviews] = PASSPORT.flows.filter(({ share }) => share.some(({ category }) => category === 'review'));
  if (!reviews) throw new Error('Nobody sees reviews.');
  const share = [{ category: 'review' as const }];
  const to = [{ roles: ['jobcentre' as const], relationship: ['adviser-for' as const] }];
  const added = { ...reviews, id: 'EP99', share, to, for: ['plan-learning'], consent: 'required' as const };
  await town.node.protocols.draft({ ...PASSPORT, version: 3, flows: [...PASSPORT.flows, added] });
  const { sentences } = JSON.parse((await ask('/e2e-passport/3/diff?against=1')).text) as { readonly sentences: readonly string[] };
  expect(sentences).toEqual([expect.stringMatching(/^Jobcentres gain reviews for plan-learning, with consent \(.*\)\.$/)]);
  expect((await ask('/e2e-passport/1/diff?against=3')).text).toContain('Jobcentres lose reviews for plan-learning.');
  const policy = await ask('/e2e-passport/1', 'application/ld+json');
  expect(JSON.parse(policy.text)).toMatchObject({ '@type': 'Agreement', uid: 'urn:concordat:protocol:e2e-passport:1' });
  expect(await ask('/e2e-passport/1/diff?against=9')).toMatchObject({ status: 404, code: 'no-such-protocol' });
  for (const search of ['', '?against=x'])
    expect(await ask(`/e2e-passport/1/diff${search}`)).toMatchObject({ status: 400, code: 'filter-invalid' });
  expect(await ask('/e2e-passport/1/diff?against=1&x=1')).toMatchObject({ status: 400, code: 'filter-unknown' });
});

it('an unknown one is 404, and a filter that is none is 400', async () => {
  for (const path of ['/nothing', '/e2e-passport/9', '/e2e-passport/x/signatures'])
    expect(await ask(path)).toMatchObject({ status: 404, code: 'no-such-protocol' });
  expect(await ask('?colour=red')).toMatchObject({ status: 400, code: 'filter-unknown' });
  for (const search of ['?status=gone', '?role=bank', '?review-due-before=2026-02-30'])
    expect(await ask(search)).toMatchObject({ status: 400, code: 'filter-invalid' });
});

it('the day after its review was due it says so and goes on; after the days of grace it is stopped, and nothing is shared under it', async () => {
  const uln = ulnOf(1);
  await town.tell('bct', registration(uln, 'b-1'));
  const read = async (): Promise<number> => (await town.passport('bct', 'deliver-programme', `uln:${uln}`)).status;
  clock.set(at(due));
  expect([await statusOf(), await read()]).toEqual(['in-force', 200]);
  clock.set(at(addDays(due, 1)));
  expect([await statusOf(), await read()]).toEqual(['review-due', 200]);
  clock.set(at(addDays(due, graceDays)));
  expect(await statusOf()).toBe('review-due');
  clock.set(at(addDays(due, graceDays + 1)));
  expect(await statusOf()).toBe('stopped');
  expect((await ask()).protocols.find(({ id, version }) => id === 'e2e-passport' && version === 1)?.daysToReview).toBe(-graceDays - 1);
});

it('whoever asks reads who takes part, by name; who was stopped is not in it, and nothing says so', async () => {
  const listed = async (): Promise<readonly { readonly slug: string; readonly name: string; readonly roles: readonly string[] }[]> => {
    const response = await fetch(`${town.server.url}/v1/agencies`);
    expect(response.status).toBe(200);
    return ((await response.json()) as { readonly agencies: Awaited<ReturnType<typeof listed>> }).agencies;
  };
  const before = await listed();
  expect(before.find(({ slug }) => slug === 'bct')).toEqual({ slug: 'bct', name: expect.any(String), roles: ['provider'] });
  expect(before.map(({ slug }) => slug)).toEqual(BLACK_COUNTRY.map(({ slug }) => slug).sort());
  await town.node.agencies.suspend('bct', 'inspection');
  expect(await listed()).toEqual(before.filter(({ slug }) => slug !== 'bct'));
  await town.node.agencies.readmit('bct', 'inspected');
  expect(await listed()).toEqual(before);
});
