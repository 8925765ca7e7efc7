// A feed ends as it has to be, whenever the broker ends, and though its ledger be lost.
import { copyFileSync, rmSync } from 'node:fs';
import type { EventToSend } from '#client';
import { type FeedDelivery, FeedTransportError } from '#egress';
import { SqliteFeedLedger } from '#egress/sqlite';
import { fixedClock } from '#kernel';
import { FeedTown } from './feed-town.ts';
import { assessment, consent, registration, ulnOf } from './town.ts';
import { about, MORNING, referral } from './told.ts';

const clock = fixedClock(MORNING);
let feeds: FeedTown;
beforeAll(async () => {
  feeds = await FeedTown.open({ clock }, ['forge', 'careers']);
});
afterAll(() => feeds.close());
afterEach(async () => {
  feeds.kept.before = async () => undefined;
  feeds.kept.after = async () => undefined;
  feeds.failures.length = 0;
  await feeds.caughtUp();
});

let learners = 0;
const change = { consentId: 'c-1', by: 'learner' };
const tell = (agency: string, ...events: readonly EventToSend[]) => feeds.town.tell(agency, ...events);
const begin = async (): Promise<string> => {
  const uln = ulnOf(++learners);
  await tell(
    'careers',
    registration(uln, `c-${uln}`),
    referral(uln, 'forge'),
    assessment(uln, { assessmentId: 'a-1' }),
    consent(uln, 'c-1'),
  );
  return uln;
};

/** Whether the partner reads what was assessed, of this learner. */
const readsAssessment = async (agency: string, uln: string): Promise<boolean> => {
  const { body } = await feeds.town.passport(agency, 'deliver-programme', `uln:${uln}`);
  return [...(await feeds.read(agency)).values()].some(
    ({ subject, data }) => subject === body.learner && JSON.stringify(data).includes('Reads well.'),
  );
};

const contents = () => feeds.contents('forge', 'careers');
const afresh = () => feeds.afresh('forge', 'careers');

const unreachable = (): FeedTransportError => new FeedTransportError('unreachable', 'It does not answer.');
const isAbout = (batch: readonly FeedDelivery[]): boolean => batch.some(({ records }) => records.some(({ key }) => key.startsWith('psn:')));

/** Where a broker may be killed: around the decision, around what arrives. */
type Moment = 'before the decision' | 'after the decision' | 'before anything arrived' | 'after it arrived';
const MOMENTS: readonly Moment[] = ['before the decision', 'after the decision', 'before anything arrived', 'after it arrived'];

/** Has the broker stop at that moment: `reached` is called there, and what comes of it waits. The answer undoes it. */
const stopAt = (moment: Moment, reached: () => Promise<void>): (() => void) => {
  const { gate } = feeds.town.node;
  if (moment === 'before anything arrived' || moment === 'after it arrived') {
    const hook = moment === 'after it arrived' ? 'after' : 'before';
    feeds.kept[hook] = async (batch) => (isAbout(batch) ? reached() : undefined);
    return () => void (feeds.kept[hook] = async () => undefined);
  }
  const decide = gate.feed.bind(gate);
  gate.feed = async (inquiry) => {
    if (moment === 'before the decision') await reached();
    const decided = await decide(inquiry);
    await reached();
    return decided;
  };
  return () => void (gate.feed = decide);
};

/** The files as they are at this moment, as a kill would leave them; what is in memory is gone. */
const killedWhile = async (work: () => Promise<unknown>, moment: Moment): Promise<void> => {
  const reached = Promise.withResolvers<void>();
  const killed = Promise.withResolvers<never>();
  killed.promise.catch(() => undefined);
  const undo = stopAt(moment, async () => {
    reached.resolve();
    await killed.promise;
  });
  const working = work();
  await reached.promise;
  for (const end of ['', '-wal']) copyFileSync(`${feeds.ledgerFile}${end}`, `${feeds.ledgerFile}.killed${end}`);
  const stopped = feeds.stop();
  killed.reject(unreachable());
  await stopped;
  await working;
  undo();
  for (const end of ['', '-wal']) copyFileSync(`${feeds.ledgerFile}.killed${end}`, `${feeds.ledgerFile}${end}`);
  feeds.start();
  await feeds.caughtUp();
};

describe('after a kill', () => {
  it.each(MOMENTS)('%s, what was to be sent is', async (moment) => {
    await feeds.caughtUp();
    await killedWhile(begin, moment);
    const ended = await contents();
    expect(ended).toEqual(await afresh());
  });

  it.each(MOMENTS)('%s, what is not to be seen any more is not', async (moment) => {
    const uln = await begin();
    await feeds.caughtUp();
    await feeds.stop();
    await tell('careers', about(uln, 'consent.paused', change));
    feeds.start();
    await feeds.caughtUp();
    await killedWhile(async () => tell('careers', about(uln, 'consent.resumed', change)), moment);
    await feeds.stop();
    await tell('careers', about(uln, 'consent.withdrawn', change));
    feeds.start();
    await feeds.caughtUp();
    const ended = await contents();
    expect(await readsAssessment('forge', uln)).toBe(false);
    expect(ended).toEqual(await afresh());
  });

  it('of a sender whose item arrived and whose permission ended while it was down, the item goes', async () => {
    const uln = await begin();
    await feeds.caughtUp();
    await killedWhile(
      async () => tell('careers', about(uln, 'circumstance.noted', { kind: 'housing', note: 'x' }), about(uln, 'consent.paused', change)),
      'after it arrived',
    );
    await feeds.stop();
    await feeds.town.node.protocols.suspend({ protocol: 'e2e-passport', version: 1, reason: 'x' });
    feeds.start();
    await feeds.caughtUp();
    expect([...(await feeds.read('forge')).values()]).toEqual([]);
    await feeds.town.node.protocols.resume({ protocol: 'e2e-passport', version: 1, reason: 'x' });
    await feeds.caughtUp();
    expect(await contents()).toEqual(await afresh());
  });
});

describe('the ledger lost', () => {
  it('is rebuilt from the log; what lies on feeds and is nobody’s any more goes, and nothing else is touched', async () => {
    const uln = await begin();
    await feeds.caughtUp();
    await feeds.stop();
    await tell('careers', about(uln, 'consent.withdrawn', change));
    rmSync(feeds.ledgerFile);
    feeds.kept.put('forge', 'psn:AAAAAAAAAAAAAAAAAAAAAA/99');
    feeds.kept.put('forge', 'feed-key:old');
    feeds.kept.put('forge', 'notice:5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01');
    const count = feeds.kept.arrived.length;
    feeds.start();
    await feeds.caughtUp();
    const gone = feeds.kept.arrived.slice(count).flatMap(({ key, value }) => (value === null ? [key] : []));
    expect(gone.sort()).toEqual(['feed-key:old', 'notice:5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01', 'psn:AAAAAAAAAAAAAAAAAAAAAA/99']);
    expect(await contents()).toEqual(await afresh());
  });

  it('and far behind, decides each learner once, also where it ends in between', async () => {
    for (let n = 0; n < 12; n++) await begin();
    await feeds.caughtUp();
    const whole = await contents();
    await feeds.stop();
    rmSync(feeds.ledgerFile);
    feeds.kept.feeds.clear();
    feeds.limits = { round: 2, pending: 3 };
    const count = feeds.kept.arrived.length;
    const some = Promise.withResolvers<void>();
    feeds.kept.after = async () => void (feeds.kept.arrived.length > count + 20 && some.resolve());
    feeds.start();
    await some.promise;
    await feeds.stop();
    feeds.start();
    await feeds.caughtUp();
    const items = feeds.kept.arrived.slice(count).filter(({ key }) => key.startsWith('psn:'));
    expect(await contents()).toEqual(whole);
    expect(items.length).toBeLessThan(1.5 * whole.length);
    feeds.limits = undefined;
  });

  it('or of another log, begins anew', async () => {
    await feeds.caughtUp();
    await feeds.stop();
    const ledger = SqliteFeedLedger.open(feeds.ledgerFile);
    await ledger.write({ position: 1_000_000 });
    await ledger.close();
    const count = feeds.kept.arrived.length;
    feeds.start();
    await feeds.caughtUp();
    expect(feeds.kept.arrived.slice(count).some(({ value }) => value === null)).toBe(false);
    expect(await contents()).toEqual(await afresh());
  });
});
