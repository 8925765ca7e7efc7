// Every answer and every refusal stands in the log before it leaves (invariant 5), and decided again comes out the same (invariant 10).
import type { Gate } from '#disclosure';
import { MERGED_IDENTITY_REVISION, replayDecision } from '#disclosure';
import { EventStoreError, type StreamWrite } from '#event-store';
import { fixedClock } from '#kernel';
import { LINK_ADVISERS, learnerStream } from '#learner-file';
import { itemIdOf } from './pairwise.ts';
import { allDecisions, learnerIdOf, refusalsOfNobody, type RecordedDecision } from './recorded-decisions.ts';
import { assessment, consent, registration, Town, ulnOf } from './town.ts';
import { about, adviser, DAY, leaving, linkAdviser, MORNING, programme, referral, signOff } from './told.ts';

const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock });
});
afterAll(() => town.close());

let learners = 0;
const newLearner = async (): Promise<string> => {
  const uln = ulnOf(++learners);
  await town.tell('careers', registration(uln, `c-${uln}`), adviser(uln), referral(uln, 'forge'), assessment(uln));
  return uln;
};
const lastDecision = async (): Promise<RecordedDecision> => (await allDecisions(town)).at(-1) as RecordedDecision;

describe('an answer', () => {
  it('is in the log, item by item, as it was given', async () => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1'), about(uln, 'consent.paused', { consentId: 'c-1', by: 'learner' }));
    await town.tell('careers', about(uln, 'consent.resumed', { consentId: 'c-1', by: 'learner' }));
    await town.tell('careers', about(uln, 'circumstance.noted', { kind: 'housing', note: 'x' }));
    const answer = await town.passport('forge', 'plan-learning, deliver-programme', `uln:${uln}`);
    const { position, actor, decided, learner } = await lastDecision();
    expect(answer.headers.get('concordat-position')).toBe(String(position));
    expect(actor).toBe('forge');
    expect(decided).toMatchObject({ outcome: 'answered', recipient: 'forge', purposes: ['plan-learning', 'deliver-programme'] });
    expect(decided).toMatchObject({ route: 'learner', asked: 'passport', at: clock.now() });

    const events = await town.node.store.readStream(learnerStream(learner));
    const idOf = (revision: number): string | undefined =>
      revision === MERGED_IDENTITY_REVISION ? undefined : itemIdOf(town, 'forge', { position: String(events[revision]?.position) });
    const logged = decided.permitted.flatMap(({ items, ...ground }) => items.map((revision) => ({ ...ground, id: idOf(revision) })));
    for (const { id, clause, basis, level, purpose } of answer.body.items ?? []) {
      expect(logged).toContainEqual(expect.objectContaining({ id, clause, basis, level, purpose }));
    }
    expect(logged).toHaveLength(answer.body.items?.length ?? 0);
    const resumed = events.findLast(({ type }) => type === 'uk.concordat.consent.resumed.v1');
    const relying = decided.permitted.filter((group) => group.consent);
    expect(relying).toMatchObject([{ clause: 'e2e-passport@1#EP3', consent: { id: 'careers/c-1', revision: resumed?.revision } }]);
    expect(decided.learner).toBe(events.length - 1);
    const refused = decided.refused.flatMap(({ items }) => items.map((revision) => events[revision]?.type.split('.')[2]));
    expect(refused.sort()).toEqual(['circumstance', 'consent', 'consent', 'consent', 'learner']);
  });

  it('names the member of staff who asked', async () => {
    const uln = await newLearner();
    const token = await town.node.tokens.issue({ agency: 'careers', staff: 'pat@careers' });
    const headers = { authorization: `Bearer ${token}`, purpose: 'plan-learning' };
    expect((await fetch(`${town.server.url}/v1/learners/uln:${uln}/passport`, { headers })).status).toBe(200);
    expect((await lastDecision()).decided.staff).toBe('pat@careers');
  });

  it('does not leave where its decision cannot be recorded', async () => {
    const uln = await newLearner();
    await failing(
      (writes) => writes.some(({ stream }) => stream.startsWith('disclosure-')),
      async () => {
        const { status, text } = await town.passport('careers', 'plan-learning', `uln:${uln}`);
        expect([status, text.includes('Sam')]).toEqual([503, false]);
      },
    );
    expect((await town.passport('careers', 'plan-learning', `uln:${uln}`)).status).toBe(200);
  });

  it('rests on no link adviser whose assignment was never recorded', async () => {
    const uln = await newLearner();
    await town.tell('forge', programme(uln, 'p-1'));
    await town.passport('careers-south', 'deliver-programme', `uln:${uln}`);
    let asked: ReturnType<Gate['ask']> | undefined;
    const askedMeanwhile = (writes: readonly StreamWrite[]): boolean => {
      if (!writes.some(({ stream, events }) => stream === LINK_ADVISERS && events.length > 0)) return false;
      asked ??= town.node.gate.ask({
        asker: { agency: 'careers-south' },
        ref: `uln:${uln}`,
        purposes: ['deliver-programme'],
        asked: 'passport',
        page: { after: 0, limit: 10 },
      });
      return true;
    };
    await failing(askedMeanwhile, async () => {
      expect((await town.post(await town.jws('careers-south', town.event('careers-south', linkAdviser('forge'))))).status).toBe(503);
    });
    expect(await asked).toEqual({ outcome: 'not-known', position: expect.any(Number) });
  });
});

/** Does the work while the store refuses appends of this kind. */
const failing = async (kind: (writes: readonly StreamWrite[]) => boolean, work: () => Promise<void>): Promise<void> => {
  const { store } = town.node;
  const append = store.append.bind(store);
  store.append = (writes) => (kind(writes) ? Promise.reject(new EventStoreError('unavailable', 'The disk is full.')) : append(writes));
  try {
    await work();
  } finally {
    store.append = append;
  }
};

describe('a refusal', () => {
  it('of whoever has a relationship is in the log with what each item lacked', async () => {
    const uln = await newLearner();
    expect((await town.passport('forge', 'prevent-reoffending', `uln:${uln}`)).status).toBe(403);
    const { decided } = await lastDecision();
    expect(decided).toMatchObject({ outcome: 'not-permitted', recipient: 'forge', permitted: [] });
    expect(decided.refused).toEqual([{ lacks: 'no-clause', items: [MERGED_IDENTITY_REVISION, 0, 1, 2, 3] }]);
  });

  it('of whoever has none is in the log of the learner, of a learner who does not exist in that of nobody', async () => {
    const uln = await newLearner();
    const [decisions, refusals] = [(await allDecisions(town)).length, (await refusalsOfNobody(town)).length];
    const { headers } = await town.passport('anvil', 'plan-learning', `uln:${uln}`);
    expect(headers.get('concordat-position')).toBe(String((await lastDecision()).position));
    expect((await lastDecision()).decided).toMatchObject({ outcome: 'not-known', recipient: 'anvil', permitted: [] });
    for (const ref of [`uln:${ulnOf(9999)}`, 'nobody']) await town.passport('anvil', 'plan-learning', ref);
    expect((await allDecisions(town)).length).toBe(decisions + 1);
    const added = (await refusalsOfNobody(town)).slice(refusals);
    expect(added.map(({ meta }) => meta.actor)).toEqual(['anvil', 'anvil']);
    expect(JSON.stringify(added.map(({ payload }) => Buffer.from(payload).toString()))).not.toContain(ulnOf(9999));
  });

  it('of whoever no agency is is none: nobody asks', async () => {
    const head = await town.node.store.head();
    const authorization = `Bearer ${await town.node.tokens.issue({ agency: 'pat@stranger' })}`;
    expect((await town.passport('anvil', 'plan-learning', `uln:${ulnOf(1)}`, { authorization })).status).toBe(401);
    expect(await town.node.store.head()).toBe(head);
  });

  it('of a request that asks for nothing is none', async () => {
    const head = await town.node.store.head();
    await town.passport('anvil', 'curiosity', `uln:${ulnOf(1)}`);
    expect(await town.node.store.head()).toBe(head);
  });
});

describe('decided again', () => {
  const replay = ({ learner, decided }: RecordedDecision, changes: Partial<RecordedDecision['decided']> = {}) =>
    replayDecision(town.node, learner, { ...decided, ...changes });

  it('every decision comes out the same, whatever happened since', async () => {
    const ulns = [await newLearner(), await newLearner()];
    const every = [...town.node.registers.inForce('2026-10-01').purposes].join(',');
    const readAll = async (): Promise<void> => {
      for (const uln of ulns) {
        for (const agency of ['careers', 'careers-south', 'forge', 'anvil', 'council']) {
          for (const query of ['passport', 'assessments', 'timeline?limit=2']) await town.read(agency, every, `uln:${uln}/${query}`);
        }
      }
    };
    const [one = '', other = ''] = ulns;
    const steps = [
      () => town.tell('careers', consent(one, 'c-1'), consent(other, 'c-1', { recipients: ['forge'] })),
      () => town.tell('forge', registration(one, 'f-1'), programme(one, 'p-1'), programme(other, 'p-1')),
      () =>
        town.tell(
          'careers',
          signOff(one, 'p-1'),
          linkAdviser('forge'),
          about(one, 'consent.withdrawn', { consentId: 'c-1', by: 'learner' }),
        ),
      () => town.tell('careers-south', linkAdviser('forge')),
      () => town.tell('forge', leaving(one, 'p-1'), about(other, 'objection.raised', { scope: {}, reason: 'x' })),
      () => town.node.protocols.suspend({ protocol: 'early-leaving', version: 1, reason: 'looked into' }),
      () => town.node.agencies.register({ slug: 'council', name: 'council', roles: ['funder'], districts: [] }),
      async () => clock.set(clock.now() + 200 * DAY),
    ];
    for (const step of steps) {
      await step();
      await readAll();
    }
    const decisions = await allDecisions(town);
    for (const one of decisions) {
      const { outcome, permitted, refused } = one.decided;
      expect(await replay(one)).toEqual({ outcome, permitted, refused });
    }
    expect(decisions.length).toBeGreaterThan(200);
    expect(new Set(decisions.flatMap(({ decided }) => decided.permitted.map(({ clause }) => clause))).size).toBeGreaterThan(8);
  }, 120_000);

  it('on another state of the learner or at another time it may come out otherwise', async () => {
    const uln = await newLearner();
    const id = await learnerIdOf(town, 'careers', `uln:${uln}`);
    await town.tell('careers', consent(uln, 'c-1'));
    await town.passport('forge', 'plan-learning', `uln:${uln}`);
    const consented = await lastDecision();
    expect(consented.learner).toBe(id);
    expect((await replay(consented)).permitted).toMatchObject([{ clause: 'e2e-passport@1#EP3' }]);
    expect((await replay(consented, { learner: consented.decided.learner - 1 })).permitted).toMatchObject([
      { clause: 'e2e-passport@1#EP4' },
    ]);
    expect(await replay(consented, { at: clock.now() + 181 * DAY })).toMatchObject({ outcome: 'not-known' });
  });
});
