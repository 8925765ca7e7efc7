// What the wire must not join or give away (sharing-matrix.md; contracts.md, Receipts and HTTP).
import type { Receipt } from '#client';
import { fixedClock } from '#kernel';
import { allDecisions } from './recorded-decisions.ts';
import { assessment, consent, registration, type SeenItem, Town, ulnOf } from './town.ts';
import { MORNING, referral } from './told.ts';

const uln = ulnOf(1);
const MERGED = 'uk.concordat.learner.identity.v1';
const REGISTERED = 'uk.concordat.learner.registered.v1';
const PURPOSES = 'plan-learning, deliver-programme';
const PLAN = { purpose: 'plan-learning' };

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING) });
  await town.tell(
    'careers',
    registration(uln, 'c-1'),
    referral(uln, 'forge'),
    referral(uln, 'wulfrun'),
    assessment(uln, { assessmentId: 'a-1' }),
  );
  await town.tell('careers', consent(uln, 'k-1', { recipients: ['provider', 'college'] }));
  await town.tell('forge', registration(uln, 'f-1'));
});
afterAll(() => town.close());

const bearer = async (agency: string): Promise<{ readonly authorization: string }> => ({
  authorization: `Bearer ${await town.tokenOf(agency)}`,
});
const itemsFor = async (agency: string): Promise<readonly SeenItem[]> =>
  (await town.passport(agency, PURPOSES, `uln:${uln}`)).body.items ?? [];

describe('two recipients of the same items', () => {
  it('know them by different ids, which stay the same for each', async () => {
    const [forge, wulfrun, again] = [await itemsFor('forge'), await itemsFor('wulfrun'), await itemsFor('forge')];
    expect(forge.length).toBeGreaterThan(2);
    expect(wulfrun.length).toBeGreaterThan(2);
    const ids = [...forge, ...wulfrun].flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(again.map(({ id }) => id)).toEqual(forge.map(({ id }) => id));
  });

  it("learn of others' items neither position nor hour, of their own both", async () => {
    const items = (await itemsFor('forge')) as readonly (SeenItem & { readonly time: string })[];
    const own = items.filter(({ clause }) => clause === 'own');
    expect(own.length).toBe(1);
    for (const one of own) expect([one.position, one.time]).toEqual([expect.stringMatching(/^\d+$/), new Date(MORNING).toISOString()]);
    for (const one of items.filter(({ clause }) => clause !== 'own')) {
      expect(one).not.toHaveProperty('position');
      if (one.type !== MERGED) expect(one.time).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it('are told one identity, of nobody, with the day of each field', async () => {
    const identities = (await itemsFor('forge')).filter(({ type, clause }) => type === MERGED || (type === REGISTERED && clause !== 'own'));
    expect(identities).toEqual([
      {
        type: MERGED,
        category: 'identity',
        clause: 'e2e-passport@1#EP1',
        basis: '6(1)(e)',
        level: 'full',
        purpose: 'deliver-programme',
        data: expect.any(Object),
      },
    ]);
    const { statedOn, uln: supplied, ...fields } = identities[0]?.data as { readonly statedOn: object; readonly uln: string };
    expect(supplied).toBe(uln);
    expect(Object.keys(statedOn).sort()).toEqual(Object.keys(fields).sort());
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(['givenName', 'familyName', 'dateOfBirth']));
  });
});

describe('receipts', () => {
  const post = async (
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly status: number; readonly receipts: readonly Receipt[]; readonly headers: Headers }> => {
    const message = await town.jws('careers', [
      { ...town.event('careers', registration(uln, 'c-1')), id: 'told-1' },
      { ...town.event('careers', assessment(uln, { assessmentId: 'a-2' })), id: 'told-2' },
    ]);
    const response = await town.post(message, headers);
    const { receipts = [] } = (await response.json()) as { readonly receipts?: readonly Receipt[] };
    return { status: response.status, receipts, headers: response.headers };
  };
  const outcomes = (receipts: readonly Receipt[]): readonly string[] => receipts.map(({ outcome }) => outcome);

  it('tell of the learner and of what exists to a token of the sender', async () => {
    const { receipts, headers } = await post(await bearer('careers'));
    expect(receipts).toMatchObject([
      { outcome: 'accepted', learner: expect.stringMatching(/^psn:/) },
      { outcome: 'already-captured', existing: { assessmentId: 'a-1' } },
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await post(await bearer('careers'))).receipts).toMatchObject([
      { outcome: 'duplicate', learner: receipts[0]?.learner },
      { outcome: 'duplicate', existing: { assessmentId: 'a-1' } },
    ]);
  });

  it.each(['nobody', 'forge'])('of a message that %s sends again tell neither', async (who) => {
    const { status, receipts, headers } = await post(who === 'nobody' ? {} : await bearer(who));
    expect([status, ...outcomes(receipts)]).toEqual([200, 'duplicate', 'duplicate']);
    for (const receipt of receipts) expect(Object.keys(receipt).sort()).toEqual(['id', 'outcome', 'position', 'source']);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each(['Bearer stale', 'Basic Zm9v', 'Bearer'])(
    'are not given, and nothing is recorded, where the request says that it is by somebody and does not show it (%s)',
    async (authorization) => {
      const head = await town.node.store.head();
      const { status, headers } = await post({ authorization });
      expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer/)]);
      expect(await town.node.store.head()).toBe(head);
    },
  );
});

describe('a lookup', () => {
  const lookUp = async (
    agency: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = PLAN,
  ): Promise<{ readonly status: number; readonly body: unknown; readonly headers: Headers }> => {
    const response = await fetch(`${town.server.url}/v1/learners/lookup`, {
      method: 'POST',
      headers: { ...(await bearer(agency)), 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  };

  it('gives the pseudonym for each reference of its own, and each agency another', async () => {
    const refs = [`uln:${uln}`, 'local:f-1', town.node.pseudonyms.of('forge', (await allDecisions(town)).at(-1)?.learner ?? '')];
    const found = await Promise.all(refs.map((ref) => lookUp('forge', { ref })));
    expect(found.map(({ status, body }) => [status, body])).toEqual(refs.map(() => [200, { learner: refs[2] }]));
    expect(found[0]?.headers.get('cache-control')).toBe('no-store');
    expect((await lookUp('wulfrun', { ref: `uln:${uln}` })).body).not.toEqual({ learner: refs[2] });
  });

  it('is recorded, and answers also where nothing may be seen', async () => {
    const { status, headers } = await lookUp('wulfrun', { ref: `uln:${uln}` }, { purpose: 'prevent-reoffending' });
    const decided = (await allDecisions(town)).at(-1);
    expect([status, headers.get('concordat-position')]).toEqual([200, String(decided?.position)]);
    expect(decided).toMatchObject({ actor: 'wulfrun', decided: { asked: 'lookup', permitted: [], refused: [] } });
  });

  it('of nobody, or of somebody else’s learner, is as that of a passport', async () => {
    const stranger = await lookUp('anvil', { ref: `uln:${uln}` });
    const nobody = await lookUp('anvil', { ref: `uln:${ulnOf(50)}` });
    const passport = await town.passport('anvil', 'plan-learning', `uln:${uln}`);
    expect([stranger.status, nobody.status, passport.status]).toEqual([404, 404, 404]);
    expect(stranger.body).toEqual(nobody.body);
    expect(stranger.body).toEqual(passport.body);
  });

  it.each([[{}], [{ ref: 7 }], [{ ref: '' }], [{ ref: 'x'.repeat(501) }], [[]], ['uln:9276308686']])('of %j is 400', async (body) => {
    expect(await lookUp('forge', body)).toMatchObject({ status: 400, body: { code: 'bad-request' } });
  });

  it('names its purpose', async () => {
    expect(await lookUp('forge', { ref: `uln:${uln}` }, {})).toMatchObject({ status: 400, body: { code: 'purpose-missing' } });
  });
});

describe('an answer', () => {
  it.each(['Plan-Learning', 'plan learning', 'plan-learning;x', '-plan', 'plan-learning, ,unheard-of'])(
    'to a Purpose header of another form than described is 400: %s',
    async (purpose) => {
      expect(await town.passport('forge', purpose, `uln:${uln}`)).toMatchObject({ status: 400, body: { code: 'purpose-unknown' } });
    },
  );
});
