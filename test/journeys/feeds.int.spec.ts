// A partner's feed holds what the gate permits now, and nothing else: whatever changes that changes the feed (invariants 5, 6 and 9).
import type { EventToSend } from '#client';
import { fixedClock, type LearnerId } from '#kernel';
import { ERASED, erasedPayload } from '#learner-file';
import { FeedTown } from './feed-town.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { assessment, consent, registration, ulnOf } from './town.ts';
import { about, adviser, DAY, leaving, linkAdviser, linkConfirmed, MORNING, programme, referral, signOff } from './told.ts';

const clock = fixedClock(MORNING);
let feeds: FeedTown;
beforeAll(async () => {
  feeds = await FeedTown.open({ clock }, ['forge', 'careers']);
});
afterAll(() => feeds.close());

let [learners, uln, learner]: [number, string, LearnerId] = [0, '', ''];
/** Registered, referred to forge and assessed by careers. */
beforeEach(async () => {
  clock.set(MORNING);
  uln = ulnOf(++learners);
  await tell('careers', registration(uln, `c-${uln}`), referral(uln, 'forge'), assessment(uln, { assessmentId: 'a-1' }));
  learner = await learnerIdOf(feeds.town, 'careers', `uln:${uln}`);
});

const tell = (agency: string, ...events: readonly EventToSend[]) => feeds.town.tell(agency, ...events);
const shown = async (agency: string): Promise<readonly string[]> => {
  await feeds.caughtUp();
  return feeds.lines(agency, learner);
};
const change = { consentId: 'c-1', by: 'learner' };
const [IDENTITY, REFERRED] = ['learner.identity by EP1', 'referral.made by EP2'];
const [EXISTS, WHOLE] = ['assessment.recorded by EP4', 'assessment.recorded by EP3'];
const BASIC = [IDENTITY, REFERRED, EXISTS];
const OWN = ['learner.registered by own', 'referral.made by own', 'assessment.recorded by own'];

const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1);

describe('a feed', () => {
  it('holds what a relationship opens, and the recipient’s own contributions', async () => {
    expect([await shown('forge'), await shown('careers'), await shown('anvil')]).toEqual([BASIC, OWN, []]);
    await tell('forge', programme(uln, 'p-1'));
    expect(await shown('forge')).toEqual([...BASIC, 'programme.started by own']);
  });

  it('holds each item as an answer shows it', async () => {
    await tell('careers', consent(uln, 'c-1'), adviser(uln));
    await feeds.caughtUp();
    const { body } = await feeds.town.passport('forge', 'plan-learning, deliver-programme', `uln:${uln}`);
    const items = [...(await feeds.read('forge')).values()].filter(({ subject }) => subject === body.learner);
    const asAnswered = items.map(({ id, type, contributor: source, category, time, protocol: clause, basis, level, purpose, data }) => ({
      id: id.replace(`${body.learner}/`, ''),
      type,
      source,
      category,
      time: time?.replace('T00:00:00Z', ''),
      clause,
      basis,
      level,
      purpose,
      data,
    }));
    expect(asAnswered.sort(byId)).toEqual((body.items ?? []).map((one) => ({ ...one, id: one.id ?? 'identity' })).sort(byId));
    expect(items.length).toBe(4);
  });

  it('shows what was recorded before a consent once it is given, and no more once it is paused or withdrawn', async () => {
    for (const [event, line] of [
      [consent(uln, 'c-1'), WHOLE],
      [about(uln, 'consent.paused', change), EXISTS],
      [about(uln, 'consent.resumed', change), WHOLE],
      [about(uln, 'consent.withdrawn', change), EXISTS],
    ] as const) {
      await tell('careers', event);
      expect(await shown('forge')).toContain(line);
    }
  });

  it('gets a tombstone for what only a consent showed', async () => {
    const circumstance = about(uln, 'circumstance.noted', { kind: 'housing', note: 'x' });
    await tell('forge', programme(uln, 'p-1'));
    await tell('careers', circumstance, consent(uln, 'c-1', { purposes: ['support-learner'], categories: ['circumstance'] }));
    expect(await shown('forge')).toContain('circumstance.noted by EP10');
    const count = feeds.kept.arrived.length;
    await tell('careers', about(uln, 'consent.withdrawn', change));
    expect(await shown('forge')).not.toContain('circumstance.noted by EP10');
    expect(feeds.arrivedSince(count).filter((line) => line.startsWith('forge -psn:'))).toHaveLength(1);
  });

  it('heeds objections and restrictions until they are decided or lifted', async () => {
    const scope = { categories: ['identity'] };
    for (const [event, sees] of [
      [about(uln, 'objection.raised', { scope, reason: 'x' }), false],
      [about(uln, 'objection.decided', { scope, reason: 'x', outcome: 'overridden', grounds: 'y' }), true],
      [about(uln, 'restriction.requested', { scope, reason: 'x' }), false],
      [about(uln, 'restriction.lifted', { scope, reason: 'x' }), true],
    ] as const) {
      await tell('careers', event);
      expect((await shown('forge')).includes(IDENTITY)).toBe(sees);
    }
  });

  it('says which assessment is superseded', async () => {
    const supersedes = { assessmentId: 'a-1', reason: 'not-comprehensive' } as const;
    await tell('careers', assessment(uln, { assessmentId: 'a-2', supersedes }));
    expect(await shown('forge')).toEqual([IDENTITY, REFERRED, `${EXISTS}, superseded`, EXISTS]);
  });

  it('shows the ULN, and the recipient’s own id, from when the recipient supplied them', async () => {
    const identity = async () => (
      await feeds.caughtUp(),
      [...(await feeds.read('forge')).values()].find(
        ({ subject, type }) => subject === feeds.town.node.pseudonyms.of('forge', learner) && type.endsWith('.identity.v1'),
      )
    );
    await tell('forge', { ...programme(uln, 'p-1'), subject: `uln:${uln}` });
    expect((await identity())?.data['uln']).toBe(uln);
    expect((await identity())?.localid).toBeUndefined();
    await tell('forge', registration(uln, `f-${uln}`));
    expect((await identity())?.localid).toBe(`f-${uln}`);
  });
});

describe('time alone', () => {
  const at = (when: string): void => {
    clock.set(Date.parse(when));
    feeds.runner.tick();
  };

  it('begins and ends a consent', async () => {
    await tell('careers', consent(uln, 'c-1', { validFrom: '2026-10-05', expires: '2026-10-07' }));
    expect(await shown('forge')).toEqual(BASIC);
    at('2026-10-04T23:00:00+00:00');
    expect(await shown('forge')).toContain(WHOLE);
    at('2026-10-07T22:59:59+00:00');
    expect(await shown('forge')).toContain(WHOLE);
    at('2026-10-07T23:00:00+00:00');
    expect(await shown('forge')).toEqual(BASIC);
  });

  it('ends a referral that nobody answered', async () => {
    expect(await shown('forge')).toEqual(BASIC);
    clock.set(MORNING + 180 * DAY);
    feeds.runner.tick();
    expect(await shown('forge')).toEqual(BASIC);
    clock.set(MORNING + 180 * DAY + 1);
    feeds.runner.tick();
    expect(await shown('forge')).toEqual([]);
    expect(await shown('careers')).toEqual(OWN);
  });

  it('ends an enrolment 180 days after it was left', async () => {
    await tell('forge', programme(uln, 'p-1'), leaving(uln, 'p-1', '2026-10-01'));
    expect(await shown('forge')).toContain(IDENTITY);
    at('2027-03-30T22:59:59+00:00');
    expect(await shown('forge')).toContain(IDENTITY);
    at('2027-03-30T23:00:00+00:00');
    expect(await shown('forge')).toEqual(['programme.started by own', 'programme.left-early by own']);
  });
});

describe('what holds for everybody', () => {
  it('shows itself on all feeds: a protocol suspended and resumed', async () => {
    expect(await shown('forge')).toEqual(BASIC);
    const stop = { protocol: 'e2e-passport', version: 1, reason: 'looked into' };
    await feeds.town.node.protocols.suspend(stop);
    expect([await shown('forge'), await shown('careers')]).toEqual([[], OWN]);
    await feeds.town.node.protocols.resume(stop);
    expect(await shown('forge')).toEqual(BASIC);
  });

  it('shows itself on all feeds: an agency that has another role', async () => {
    const { agencies } = feeds.town.node;
    await agencies.register({ slug: 'forge', name: 'forge', roles: ['employer'], districts: [] });
    expect(await shown('forge')).toEqual([]);
    await agencies.register({ slug: 'forge', name: 'forge', roles: ['provider'], districts: [] });
    expect(await shown('forge')).toEqual(BASIC);
  });

  it('shows itself on all feeds: the link adviser of a provider', async () => {
    await feeds.addKey('careers-south');
    await tell('forge', programme(uln, 'p-1'));
    await tell('careers', signOff(uln, 'p-1'));
    expect(await shown('careers-south')).toEqual([]);
    await tell('careers-south', linkAdviser('forge'));
    expect(await shown('careers-south')).toEqual([]);
    await tell('forge', linkConfirmed('careers-south'));
    expect(await shown('careers-south')).toEqual(['programme.started by EP7']);
    await tell('careers', linkAdviser('forge'));
    expect(await shown('careers-south')).toEqual(['programme.started by EP7']);
    await tell('forge', linkConfirmed('careers'));
    expect(await shown('careers-south')).toEqual([]);
  });

  it('catches up a partner whose key is registered later', async () => {
    await tell('careers', referral(uln, 'wulfrun'));
    expect(await shown('wulfrun')).toEqual([]);
    expect((await feeds.health()).withoutKey).toContain('wulfrun');
    await feeds.addKey('wulfrun');
    expect(await shown('wulfrun')).toEqual([IDENTITY, EXISTS, REFERRED]);
    expect((await feeds.health()).withoutKey).not.toContain('wulfrun');
  });

  it('announces keys anew to a new key, all that were used, and empties the feed of a partner that has none', async () => {
    await tell('careers', referral(uln, 'anvil'));
    const first = await feeds.addKey('anvil');
    const before = await shown('anvil');
    expect(before).toContain(IDENTITY);
    await feeds.addKey('anvil', 1000);
    clock.set(clock.now() + 1000);
    await tell('careers', referral(uln, 'anvil', { reason: 'again' }));
    expect(await shown('anvil')).toHaveLength(before.length + 1);
    expect([...feeds.kept.of('anvil').keys()].filter((key) => key.startsWith('feed-key:')).length).toBeGreaterThan(1);
    const { agencies } = feeds.town.node;
    for (const { kid } of agencies.keysInForce('anvil', 'enc')) await agencies.revokeKey('anvil', kid, 'lost');
    await feeds.caughtUp();
    expect([...feeds.kept.of('anvil').keys()]).toEqual([]);
    expect(first).not.toBe(await feeds.addKey('anvil'));
    expect(await shown('anvil')).toHaveLength(before.length + 1);
  });
});

describe('erasure', () => {
  it('of one category takes its items off every feed, of all takes the learner off', async () => {
    const { vault, store } = feeds.town.node;
    const erase = async (category?: string): Promise<void> => {
      await vault.destroy(`learner-${learner}`, category);
      const payload = erasedPayload(category === undefined ? {} : { category });
      await store.append([
        {
          stream: `learner-${learner}`,
          expected: 'any',
          events: [{ id: crypto.randomUUID(), type: ERASED, meta: { actor: 'operator', correlation: 'c', schema: 1 }, payload }],
        },
      ]);
    };
    expect(await shown('forge')).toEqual(BASIC);
    await erase('assessment');
    expect(await shown('forge')).toEqual([IDENTITY, REFERRED]);
    expect(await shown('careers')).toEqual(OWN.slice(0, 2));
    await erase();
    expect([await shown('forge'), await shown('careers')]).toEqual([[], []]);
  });
});
