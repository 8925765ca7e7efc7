// What leaves on feeds stands in the log before it leaves (invariant 5), and decided again comes out the same (invariant 10).
import type { EventToSend } from '#client';
import { MERGED_IDENTITY_REVISION, replayDecision } from '#disclosure';
import { fixedClock, type LearnerId } from '#kernel';
import { FeedTown } from './feed-town.ts';
import { itemIdOf } from './pairwise.ts';
import { allDecisions, learnerIdOf } from './recorded-decisions.ts';
import { assessment, consent, registration, ulnOf } from './town.ts';
import { about, adviser, leaving, linkAdviser, linkConfirmed, MORNING, programme, referral, signOff } from './told.ts';

const clock = fixedClock(MORNING);
let feeds: FeedTown;
beforeAll(async () => {
  feeds = await FeedTown.open({ clock }, ['forge', 'careers', 'careers-south']);
});
afterAll(() => feeds.close());

const uln = ulnOf(1);
let learner: LearnerId = '';
const tell = (agency: string, ...events: readonly EventToSend[]) => feeds.town.tell(agency, ...events);
const DAY = 86_400_000;

describe('the log', () => {
  const decisions = async () => (await allDecisions(feeds.town)).filter(({ decided }) => decided.asked === 'feed');

  it('holds the decision before anything arrives', async () => {
    await tell('careers', registration(uln, 'c-1'), referral(uln, 'forge'), assessment(uln, { assessmentId: 'a-1' }));
    learner = await learnerIdOf(feeds.town, 'careers', `uln:${uln}`);
    const missing: string[] = [];
    let looked = 0;
    feeds.kept.before = async (batch) => {
      const events = await feeds.town.node.store.readStream(`learner-${learner}`);
      const idsFor = (recipient: string, revisions: readonly number[]) =>
        revisions.map((revision) =>
          revision === MERGED_IDENTITY_REVISION
            ? 'identity'
            : itemIdOf(feeds.town, recipient, { position: String(events[revision]?.position) }),
        );
      const about = (await decisions()).filter((one) => one.learner === learner);
      for (const { recipient, records } of batch) {
        const decided = about
          .filter(({ decided: { recipient: to } }) => to === recipient)
          .flatMap(({ decided: { changes } }) => idsFor(recipient, changes?.sent ?? []));
        const keys = records.filter(({ key, value }) => key.startsWith('psn:') && value !== null).map(({ key }) => key);
        looked += keys.length;
        missing.push(...keys.filter((key) => !decided.some((id) => key.endsWith(`/${id}`))));
      }
    };
    await tell('careers', adviser(uln));
    await tell('forge', registration(uln, `f-${uln}`));
    await feeds.caughtUp();
    feeds.kept.before = async () => undefined;
    expect(looked).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });

  it('tells who was sent what and why, and each decision comes out the same again', async () => {
    const change = { consentId: 'c-1', by: 'learner' };
    const { protocols, agencies } = feeds.town.node;
    await tell('careers', consent(uln, 'c-1', { expires: '2026-12-31' }));
    await feeds.caughtUp();
    const { decided } = (await decisions()).findLast((one) => one.decided.recipient === 'forge') ?? {};
    expect(decided).toMatchObject({ purposes: 'any', route: 'feed', outcome: 'answered', changes: { sent: [2], withdrawn: [] } });
    expect(decided?.permitted.find(({ items }) => items.includes(2))).toMatchObject({
      clause: 'e2e-passport@1#EP3',
      consent: { id: 'careers/c-1' },
    });
    const steps = [
      () => tell('forge', programme(uln, 'p-1')),
      () => tell('careers', about(uln, 'circumstance.noted', { kind: 'housing', note: 'x' })),
      () => tell('careers', signOff(uln, 'p-1'), linkAdviser('forge'), about(uln, 'consent.paused', change)),
      () => tell('careers-south', linkAdviser('forge')),
      () => tell('forge', linkConfirmed('careers-south')),
      () =>
        tell(
          'careers',
          about(uln, 'consent.resumed', change),
          about(uln, 'objection.raised', { scope: { recipients: ['careers-south'] }, reason: 'x' }),
        ),
      () => protocols.suspend({ protocol: 'e2e-passport', version: 1, reason: 'looked into' }),
      () => protocols.resume({ protocol: 'e2e-passport', version: 1, reason: 'looked into' }),
      () => agencies.register({ slug: 'careers-south', name: 'South', roles: ['employer'], districts: [] }),
      () => tell('forge', leaving(uln, 'p-1')),
      async () => clock.set(clock.now() + 200 * DAY),
    ];
    for (const step of steps) {
      await step();
      feeds.runner.tick();
      await feeds.caughtUp();
    }
    const all = await decisions();
    for (const { learner: id, decided: recorded } of all) {
      const { outcome, permitted, refused } = recorded;
      expect(await replayDecision(feeds.town.node, id, recorded)).toEqual({ outcome, permitted, refused });
    }
    expect(all.length).toBeGreaterThan(15);
    expect(all.some(({ decided: { since } }) => since !== undefined)).toBe(true);
    expect(all.some(({ decided: { outcome, changes } }) => outcome !== 'answered' && (changes?.withdrawn.length ?? 0) > 0)).toBe(true);
  });

  it('holds nothing where nothing changes', async () => {
    await feeds.caughtUp();
    const count = (await decisions()).length;
    feeds.runner.tick();
    await tell('careers', referral(ulnOf(1), 'anvil', { reason: 'x' }));
    await feeds.caughtUp();
    expect((await decisions()).slice(count).map(({ decided }) => decided.recipient)).toEqual(['careers']);
  });
});
