// Who has to act is told at once: an early leaving, a concern and a request to attend are on the adviser's feed within two seconds of the
// receipt (views.md, V17).
import { jest } from '@jest/globals';
import { systemClock } from '#kernel';
import { FeedTown, KeptFeeds } from './feed-town.ts';
import { about, adviser, programme, referral } from './told.ts';
import { registration, ulnOf } from './town.ts';

jest.setTimeout(180_000);

const LEARNERS = 20;
const LIMIT_MS = 2000;
const today = new Date().toISOString().slice(0, 10);

/** When each item arrived, by the feed it arrived on. */
const arrivals: { readonly recipient: string; readonly at: number }[] = [];
const kept = new KeptFeeds();
kept.after = (batch) => {
  const at = performance.now();
  for (const { recipient, records } of batch) for (const { value } of records) if (value !== null) arrivals.push({ recipient, at });
  return Promise.resolve();
};

let feeds: FeedTown;
beforeAll(async () => {
  feeds = await FeedTown.open({ clock: systemClock }, ['careers', 'forge'], kept);
});
afterAll(() => feeds.close());

it('within two seconds, learner by learner', async () => {
  const took: number[] = [];
  for (let n = 1; n <= LEARNERS; n++) {
    const [uln, programmeId] = [ulnOf(n), `p-${n}`];
    await feeds.town.tell('careers', registration(uln, `c-${n}`), adviser(uln), referral(uln, 'forge'));
    const started = { startedOn: '2026-01-05', plannedEnd: '2026-12-18' };
    await feeds.town.tell('forge', registration(uln, `f-${n}`), programme(uln, programmeId, started));
    await feeds.caughtUp();
    for (const event of [
      about(uln, 'attendance.concern', { programmeId, on: today, kind: 'absence' }),
      about(uln, 'review.scheduled', {
        reviewId: `v-${n}`,
        programmeId,
        on: today,
        attendanceRequested: ['personal-adviser'],
        reason: 'housing',
      }),
      about(uln, 'programme.left-early', { programmeId, leftOn: today, reason: 'job-offer' }),
    ]) {
      const before = arrivals.length;
      await feeds.town.tell('forge', event);
      const receipt = performance.now();
      await feeds.caughtUp();
      const told = arrivals.slice(before).find(({ recipient }) => recipient === 'careers');
      expect(told).toBeDefined();
      took.push((told?.at ?? Infinity) - receipt);
    }
  }
  const sorted = took.toSorted((one, other) => one - other);
  const [median, last] = [sorted[sorted.length >> 1] ?? 0, sorted.at(-1) ?? Infinity];
  process.stderr.write(`\n${took.length} alerts: median ${median.toFixed(0)} ms, the slowest ${last.toFixed(0)} ms after the receipt\n`);
  expect(last).toBeLessThan(LIMIT_MS);
});
