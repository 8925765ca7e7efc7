// A receipt for a change of consent is given when nothing is on its way any more that was decided before it (invariant 6).
import type { LearnerId } from '#kernel';
import { batchOf, inboxOf } from '../kafka/inbox-under-test.ts';
import { until } from '../until.ts';
import { assessment, consent, registration, Town, ulnOf } from './town.ts';

const CAST = [
  { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
  { slug: 'forge', roles: ['provider'] },
] as const;
const ULN = ulnOf(1);

let town: Town;
let learner: LearnerId;
beforeAll(async () => {
  town = await Town.open({ cast: CAST, environment: { CONCORDAT_VERIFY_WORKERS: '0' } });
  const [receipt] = await town.tell('careers', registration(ULN, 'c-1'));
  learner = town.node.pseudonyms.resolve('careers', receipt?.learner ?? '') ?? '';
});
afterAll(() => town.close());

/** What has come out by the time that this message is in the log. */
const whenRecorded = async (type: string, given: Promise<unknown>): Promise<'given' | 'waits'> => {
  let outcome: 'given' | 'waits' = 'waits';
  void given.then(() => (outcome = 'given'));
  await until(async () => (await town.node.store.readAll({ direction: 'backwards', limit: 3 })).some((event) => event.type.includes(type)));
  await new Promise((resolve) => setImmediate(resolve));
  return outcome;
};

describe('while something is on its way about a learner', () => {
  it("a receipt over HTTP for that learner's consent waits, and for anything else does not", async () => {
    const over = town.node.inFlight.begin([learner]);
    const waiting = town.send('careers', consent(ULN, 'k-1'));
    expect(await whenRecorded('consent.given', waiting)).toBe('waits');
    expect(await town.send('careers', assessment(ULN))).toMatchObject([{ outcome: 'accepted' }]);
    over();
    expect(await waiting).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('a receipt over Kafka waits as well', async () => {
    const { inbox, outbox } = inboxOf(town.node);
    const over = town.node.inFlight.begin([learner]);
    const withdrawn = town.event('careers', {
      type: 'consent.withdrawn',
      subject: `uln:${ULN}`,
      data: { consentId: 'k-1', by: 'learner' },
    });
    await inbox.take(batchOf('careers', [await town.jws('careers', withdrawn)], { topic: 'in.careers' }));
    await until(() => outbox.waiting().length === 1);
    const [owed] = outbox.waiting();
    expect(await whenRecorded('consent.withdrawn', owed?.records ?? Promise.resolve())).toBe('waits');
    over();
    expect(await owed?.records).toHaveLength(1);
    await inbox.stop();
  });
});
