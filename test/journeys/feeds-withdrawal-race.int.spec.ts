// Invariant 6 on feeds: once a withdrawal has its receipt, nothing that it forbids is sent.
// Raced against a transport that lingers and fails.
import { setImmediate as turn } from 'node:timers/promises';
import type { EventToSend } from '#client';
import { type FeedDelivery, FeedTransportError } from '#egress';
import { FeedTown } from './feed-town.ts';
import { assessment, consent, fresh, registration, ulnOf } from './town.ts';
import { about, referral } from './told.ts';

const LEARNERS = 40;
const ROUNDS = 25;
const BY_CONSENT = 'e2e-passport@1#EP3';

let feeds: FeedTown;
beforeAll(async () => {
  feeds = await FeedTown.open({}, ['forge']);
});
afterAll(() => feeds.close());

/** Always the same sequence: a failure comes again. */
const seeded = (seed: number) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;

const ulns = Array.from({ length: LEARNERS }, (_, n) => ulnOf(n));

/** One message, over the intake; resolves with the receipts. */
const tell = async (events: readonly EventToSend[]): Promise<void> => {
  const jws = await feeds.town.jws(
    'careers',
    events.map((event) => feeds.town.event('careers', event)),
  );
  const receipts = await feeds.town.node.intake.receive(Buffer.from(jws), 'http');
  expect(receipts.filter(({ outcome }) => outcome !== 'accepted')).toEqual([]);
};

describe('a thousand withdrawals raced against feeds', () => {
  it('leave nothing on its way after the receipt, and the tombstones come', async () => {
    const random = seeded(7);
    let failed = 0;
    const linger = async (): Promise<void> => {
      for (let turns = Math.floor(random() * 30); turns > 0; turns--) await turn();
    };
    feeds.kept.before = async () => {
      await linger();
      if (random() > 0.5) return;
      failed += 1;
      throw new FeedTransportError('unreachable', 'It does not answer.');
    };
    feeds.kept.after = linger;
    for (const uln of ulns) await tell([registration(uln, `c-${uln}`), assessment(uln), referral(uln, 'forge')]);

    /** By learner: the number of messages that had arrived when the receipt of a withdrawal came, and when the next consent was told. */
    const forbidden = new Map<string, { from: number; to: number }[]>(ulns.map((uln) => [uln, []]));
    const arrived = (): number => feeds.kept.arrived.length;
    const round = async (uln: string): Promise<void> => {
      const consentId = fresh('c');
      const open = forbidden.get(uln)?.at(-1);
      if (open) open.to = arrived();
      await tell([consent(uln, consentId)]);
      await linger();
      await tell([about(uln, 'consent.withdrawn', { consentId, by: 'learner' })]);
      forbidden.get(uln)?.push({ from: arrived(), to: Infinity });
      await linger();
    };
    await Promise.all(
      ulns.map(async (uln) => {
        for (let n = 0; n < ROUNDS; n++) await round(uln);
      }),
    );
    feeds.kept.before = async () => undefined;
    await feeds.caughtUp();

    const subjects = await subjectsOf();
    const shown = (await opened()).filter(({ protocol }) => protocol === BY_CONSENT);
    const after = shown.filter(({ subject, place }) =>
      forbidden.get(subjects.get(subject) ?? '')?.some(({ from, to }) => from <= place && place < to),
    );
    expect(after).toEqual([]);
    expect(shown.length).toBeGreaterThan(LEARNERS);
    expect(failed).toBeGreaterThan(10);
    expect([...(await feeds.read('forge')).values()].filter(({ protocol }) => protocol === BY_CONSENT)).toEqual([]);
    expect(feeds.town.node.inFlight.count).toBe(0);
  }, 240_000);

  it('and a receipt about anything else waits for nothing', async () => {
    const begun = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    feeds.kept.before = async (_batch: readonly FeedDelivery[]) => {
      begun.resolve();
      await answer.promise;
    };
    const [uln = ''] = ulns;
    await tell([consent(uln, 'c-last')]);
    await begun.promise;
    await tell([about(uln, 'circumstance.noted', { kind: 'housing', note: 'x' })]);
    let told = false;
    const withdrawn = tell([about(uln, 'consent.withdrawn', { consentId: 'c-last', by: 'learner' })]).then(() => void (told = true));
    await tell([
      assessment(ulns[1] ?? '', { domain: 'numeracy' }),
      about(ulns[1] ?? '', 'circumstance.noted', { kind: 'housing', note: 'x' }),
    ]);
    expect(told).toBe(false);
    answer.resolve();
    await withdrawn;
    feeds.kept.before = async () => undefined;
    await feeds.caughtUp();
  });
});

/** Forge's pseudonyms, with the ULN of each. */
const subjectsOf = async (): Promise<ReadonlyMap<string, string>> => {
  const answers = await Promise.all(
    ulns.map(async (uln) => [(await feeds.town.passport('forge', 'deliver-programme', `uln:${uln}`)).body.learner ?? '', uln] as const),
  );
  return new Map(answers);
};

/** Every item that ever arrived, with its place among all messages. */
const opened = async () => {
  const items = [];
  for (const [place, { recipient, key, value }] of feeds.kept.arrived.entries()) {
    if (!key.startsWith('psn:') || !value) continue;
    const { subject, protocol } = await feeds.open(recipient, value);
    items.push({ place, subject, protocol });
  }
  return items;
};
