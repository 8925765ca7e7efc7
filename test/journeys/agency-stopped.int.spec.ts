// An agency that is suspended or let go contributes nothing and is shown nothing, from the operator's word on;
// what it said before stays as recorded.
import { signingKeyOf } from '#client';
import { AskForExplanation } from '#egress';
import { fixedClock, londonDate } from '#kernel';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { withUseCasesOf } from '../../apps/cli/data-directory.ts';
import { knownIn, toldOf } from '../../apps/cli/looking.ts';
import { FeedTown } from './feed-town.ts';
import { postAssertion } from './request-token.ts';
import { MORNING, programme, referral } from './told.ts';
import { assessment, registration, Town, ulnOf } from './town.ts';

const uln = ulnOf(1);
const clock = fixedClock(MORNING);

/** Another process beside the broker, as the command line is one. */
const beside = async <Result>(town: Town, work: (node: BrokerNode) => Promise<Result>): Promise<Result> => {
  const node = await openNode(town.node.config, { clock, verifyWorkers: 0 });
  try {
    return await work(node);
  } finally {
    await node.close();
  }
};

describe.each(['suspend', 'end'] as const)('an agency, upon %s,', (stop) => {
  let town: Town;
  let token: string;
  let before: readonly string[];
  const seenBy = async (agency: string): Promise<readonly string[]> => {
    const purposes = [...town.node.registers.inForce(londonDate(MORNING)).purposes].join(', ');
    const { body } = await town.passport(agency, purposes, `uln:${uln}`);
    return (body.items ?? []).map(
      ({ type, source }) => `${type.slice('uk.concordat.'.length, -'.v1'.length)} from ${source?.split(':').at(-1) ?? 'all'}`,
    );
  };
  beforeAll(async () => {
    town = await Town.open({ clock });
    await town.tell('careers', registration(uln, 'c-1'), referral(uln, 'forge'), assessment(uln));
    await town.tell('forge', registration(uln, 'f-1'), programme(uln, 'p-1'));
    before = await seenBy('careers');
    token = await town.tokenOf('forge');
    expect((await town.passport('forge', 'plan-learning', `uln:${uln}`)).body.items?.length).toBeGreaterThan(0);
    // The broker has not heard of it yet: what it decides holds only on the register as it is on disk.
    await beside(town, ({ agencies }) => agencies[stop]('forge', 'inspection'));
  });
  afterAll(() => town.close());

  const asked = async (path: string): Promise<number> =>
    (await fetch(`${town.server.url}${path}`, { headers: { authorization: `Bearer ${token}`, purpose: 'plan-learning' } })).status;

  it('is shown nothing with a token that it had, its own included', async () => {
    expect([401, 404]).toContain(await asked(`/v1/learners/uln:${uln}/passport`));
    await town.node.agencies.refresh();
    expect(await asked(`/v1/learners/uln:${uln}/passport`)).toBe(401);
    expect(await asked('/v1/notices')).toBe(401);
  });

  it('is explained so to the operator', async () => {
    const asked = { agency: 'forge', ref: 'local:f-1', purposes: ['plan-learning'], route: 'learner' } as const;
    const explanation = new AskForExplanation({ asker: { office: 'operator' }, ...asked });
    const { items } = toldOf(knownIn(await withUseCasesOf(town.node, (ask) => ask(explanation)))) ?? { items: [] };
    expect(items.map(({ permitted }) => permitted)).not.toContain(true);
    expect(items[0]?.why).toEqual([`forge is ${stop === 'end' ? 'let go' : 'suspended'}: nothing is shown to it until it is readmitted.`]);
  });

  it('gets no token', async () => {
    const key = await signingKeyOf(town.keyOf('forge').privateJwk);
    const refused = await postAssertion({ url: town.server.url, agency: 'forge', key, now: clock.now() });
    expect([refused.status, await refused.json()]).toEqual([401, expect.objectContaining({ error: 'invalid_client' })]);
  });

  it('is told by a receipt that it may contribute nothing, and what it sent is kept', async () => {
    const jws = await town.jws('forge', town.event('forge', { id: 'late', ...registration(ulnOf(2), 'f-2') }));
    const { receipts } = (await (await town.post(jws)).json()) as {
      receipts: { outcome: string; problem?: { code: string; detail: string } }[];
    };
    expect(receipts).toMatchObject([
      { outcome: 'rejected', problem: { code: 'role-not-allowed', detail: expect.stringContaining('Ask the operator') } },
    ]);
    expect(await town.node.quarantine.list({ agency: 'forge', limit: 10 })).toMatchObject([{ code: 'role-not-allowed', state: 'waiting' }]);
  });

  it('is seen by the others as before: what it said stays', async () => {
    expect(await seenBy('careers')).toEqual(before);
    expect(before).toContain('programme.started from forge');
  });

  it('takes part again once it is readmitted, and what waited in quarantine is taken', async () => {
    await beside(town, ({ agencies }) => agencies.readmit('forge', 'settled'));
    await town.node.agencies.refresh();
    expect((await town.passport('forge', 'plan-learning', `uln:${uln}`)).body.items?.length).toBeGreaterThan(0);
    const [entry] = await town.node.quarantine.list({ agency: 'forge', limit: 10 });
    if (!entry) throw new Error('Nothing waits.');
    expect(await town.node.intake.retry(entry)).toMatchObject([{ outcome: 'accepted' }]);
  });
});

describe('another process', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open({ clock });
  });
  afterAll(() => town.close());

  it('that suspends a protocol is heeded by the very next question, and that resumes it too', async () => {
    await town.tell('careers', registration(uln, 'c-1'), referral(uln, 'forge'), assessment(uln));
    const clauses = async (): Promise<readonly string[]> =>
      ((await town.passport('forge', 'plan-learning', `uln:${uln}`)).body.items ?? [])
        .map(({ clause }) => clause)
        .filter((clause) => clause.startsWith('e2e-passport@1#'));
    const stop = { protocol: 'e2e-passport', version: 1, reason: 'a breach' };
    const before = await clauses();
    expect(before.length).toBeGreaterThan(0);
    await beside(town, ({ protocols }) => protocols.suspend(stop));
    expect(await clauses()).toEqual([]);
    await beside(town, ({ protocols }) => protocols.resume(stop));
    await town.node.protocols.refresh();
    expect(await clauses()).toEqual(before);
    await beside(town, ({ protocols }) => protocols.end(stop));
    expect(await clauses()).toEqual([]);
  });

  it('that suspends an agency is heeded by the very next message, before the broker has read of it', async () => {
    const jws = await town.jws('careers', town.event('careers', registration(uln, 'c-1')));
    const [receipt] = await beside(town, async ({ agencies }) => {
      await agencies.suspend('careers', 'inspection');
      return town.node.intake.receive(Buffer.from(jws), 'http');
    });
    expect(receipt).toMatchObject({ outcome: 'rejected', problem: { code: 'role-not-allowed' } });
  });
});

describe('the feed of an agency that is suspended', () => {
  let feeds: FeedTown;
  beforeAll(async () => {
    feeds = await FeedTown.open({ clock }, ['forge']);
  });
  afterAll(() => feeds.close());

  it('is emptied and takes nothing more, and is filled again when it is readmitted', async () => {
    const { town } = feeds;
    await town.tell('careers', registration(uln, 'c-1'), referral(uln, 'forge'), assessment(uln));
    await feeds.caughtUp();
    const before = (await feeds.read('forge')).size;
    expect(before).toBeGreaterThan(0);
    await town.node.agencies.suspend('forge', 'inspection');
    await town.tell('careers', assessment(uln, { domain: 'numeracy' }));
    await feeds.caughtUp();
    expect([...feeds.kept.of('forge').keys()]).toEqual([]);
    await town.node.agencies.readmit('forge', 'settled');
    await feeds.caughtUp();
    expect((await feeds.read('forge')).size).toBe(before + 1);
  });
});
