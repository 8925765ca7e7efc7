// A feed ends as it has to be, whatever of what carries the feeds fails; and whose own feed fails holds up nobody else.
import { rmSync } from 'node:fs';
import type { EventToSend } from '#client';
import { FeedTransportError } from '#egress';
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

const contents = () => feeds.contents('forge', 'careers');
const afresh = () => feeds.afresh('forge', 'careers');

const unreachable = (): FeedTransportError => new FeedTransportError('unreachable', 'It does not answer.');

describe('while what carries the feeds does not answer', () => {
  it('nothing is lost, and what stands no longer is not sent when it answers again', async () => {
    await feeds.caughtUp();
    let refused = 0;
    const twice = Promise.withResolvers<void>();
    feeds.kept.before = async () => {
      if (++refused === 2) twice.resolve();
      throw unreachable();
    };
    const uln = await begin();
    await twice.promise;
    await tell('careers', about(uln, 'consent.withdrawn', change));
    const count = feeds.kept.arrived.length;
    feeds.kept.before = async () => undefined;
    await feeds.caughtUp();
    expect(feeds.failures).toContain('unreachable');
    expect(feeds.kept.arrived.length).toBeGreaterThan(count);
    expect(await contents()).toEqual(await afresh());
  });

  it('a partner whose feed is missing does not hold up the others, and catches up', async () => {
    await feeds.caughtUp();
    const missing = Promise.withResolvers<void>();
    feeds.kept.before = async (batch) => {
      if (!batch.some(({ recipient }) => recipient === 'forge')) return;
      missing.resolve();
      throw new FeedTransportError('unknown-feed', 'It is missing.', []);
    };
    const uln = await begin();
    await missing.promise;
    await feeds.caughtUp();
    expect((await feeds.health()).stuck).toEqual(['forge']);
    expect(JSON.stringify([...(await feeds.read('careers')).values()])).toContain(`c-${uln}`);
    await tell('careers', about(uln, 'circumstance.noted', { kind: 'housing', note: 'x' }), about(uln, 'consent.withdrawn', change));
    await feeds.caughtUp();
    const { lags } = await feeds.health();
    expect(lags.get('careers')).toBe(0);
    expect(lags.get('forge')).toBeGreaterThanOrEqual(2);
    feeds.kept.before = async () => undefined;
    clock.set(clock.now() + 1000);
    feeds.runner.tick();
    await feeds.caughtUp();
    expect(await feeds.health()).toMatchObject({
      stuck: [],
      lags: new Map([
        ['careers', 0],
        ['forge', 0],
      ]),
    });
    expect(await contents()).toEqual(await afresh());
  });

  it('a partner whose feed cannot be read does not hold up the others, and catches up', async () => {
    await feeds.caughtUp();
    await feeds.stop();
    rmSync(feeds.ledgerFile);
    const keys = feeds.kept.keys.bind(feeds.kept);
    feeds.kept.keys = async (recipient) =>
      recipient === 'forge' ? Promise.reject(new FeedTransportError('refused', 'It may not be read.')) : keys(recipient);
    feeds.kept.put('forge', 'psn:AAAAAAAAAAAAAAAAAAAAAA/99');
    feeds.start();
    const uln = await begin();
    await feeds.caughtUp();
    expect((await feeds.health()).stuck).toEqual(['forge']);
    expect(JSON.stringify([...(await feeds.read('careers')).values()])).toContain(`c-${uln}`);
    feeds.kept.keys = keys;
    clock.set(clock.now() + 1000);
    feeds.runner.tick();
    await feeds.caughtUp();
    expect((await feeds.health()).stuck).toEqual([]);
    expect(await contents()).toEqual(await afresh());
  });
});

describe('a feed that was deleted and made anew', () => {
  it('while the broker was stopped holds again all that its partner may see, and is named', async () => {
    await begin();
    await feeds.caughtUp();
    const before = await contents();
    await feeds.stop();
    feeds.kept.makeAnew('forge');
    feeds.start();
    await feeds.caughtUp();
    expect(await contents()).toEqual(before);
    expect(feeds.anew).toEqual(['forge']);
  });

  it('holds no tombstones of the one before, and what is withdrawn afterwards goes', async () => {
    const uln = await begin();
    await feeds.caughtUp();
    await feeds.stop();
    feeds.kept.makeAnew('forge');
    feeds.start();
    await feeds.caughtUp();
    await tell('careers', about(uln, 'consent.withdrawn', change));
    await feeds.caughtUp();
    expect(await contents()).toEqual(await afresh());
  });
});
