// A withdrawal as its recipients' feeds show it: what rested on the consent goes, a notice comes, and goes once it is answered.
import { NOTICE_ISSUED } from '#consent';
import type { NoticeData } from '#egress';
import { fixedClock } from '#kernel';
import { FeedTown } from './feed-town.ts';
import { assessment, consent, registration, ulnOf } from './town.ts';
import { about, adviser, MORNING, referral } from './told.ts';

const clock = fixedClock(MORNING);
let feeds: FeedTown;
beforeAll(async () => {
  feeds = await FeedTown.open({ clock, following: true }, ['forge', 'college', 'careers']);
});
afterAll(() => feeds.close());

const uln = ulnOf(1);
const NOTICE = /^notice:/;

/** Resolves once so many notices were issued and the feeds say so. */
const issued = async (count: number): Promise<void> => {
  const enough = new AbortController();
  let seen = 0;
  for await (const events of feeds.town.node.store.subscribe({ after: 0, signal: enough.signal })) {
    seen += events.filter(({ type }) => type === NOTICE_ISSUED).length;
    if (seen >= count) break;
  }
  enough.abort();
  await feeds.caughtUp();
};
const noticesOf = (agency: string): readonly string[] => [...feeds.kept.of(agency).keys()].filter((key) => NOTICE.test(key));

it('tombstones what rested on the consent, and a notice that names it by the keys it had', async () => {
  const { town } = feeds;
  await town.tell('careers', registration(uln, 'c-1'), adviser(uln), referral(uln, 'forge'), referral(uln, 'college'), assessment(uln), consent(uln, 'k-1'));
  await feeds.caughtUp();
  const before = await feeds.read('forge');
  const underConsent = [...before.values()].filter(({ protocol }) => protocol.endsWith('#EP3')).map(({ id }) => id);
  expect(underConsent.length).toBeGreaterThan(0);

  await town.tell('careers', about(uln, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' }));
  await issued(2);
  expect([...(await feeds.read('forge')).values()].filter(({ protocol }) => protocol?.endsWith('#EP3'))).toEqual([]);
  expect([noticesOf('forge').length, noticesOf('college').length, noticesOf('careers').length]).toEqual([1, 1, 0]);

  const [key = ''] = noticesOf('forge');
  const notice = await feeds.open('forge', feeds.kept.of('forge').get(key) as Buffer);
  const data = notice.data as unknown as NoticeData;
  expect(notice).toMatchObject({ id: key, type: NOTICE_ISSUED, category: 'consent', time: new Date(MORNING).toISOString(), position: expect.stringMatching(/^\d+$/) });
  expect(data).toMatchObject({ consentId: 'k-1', due: '2026-10-06' });
  expect(data.items).toEqual(expect.arrayContaining(underConsent));
  expect([...before.keys()]).toEqual(expect.arrayContaining([...data.items]));
  const [stored] = (await town.node.store.findByIds([data.noticeId])).values();
  expect(notice.position).toBe(String(stored?.position));
});

it('loses the notice once its recipient has answered, and nobody else’s', async () => {
  const [key = ''] = noticesOf('forge');
  await feeds.town.tell('forge', about(uln, 'notice.acknowledged', { noticeId: key.replace(NOTICE, ''), on: '2026-10-01', action: 'deleted' }));
  await feeds.caughtUp();
  expect([noticesOf('forge').length, noticesOf('college').length]).toEqual([0, 1]);
  expect(feeds.arrivedSince(0)).toContain(`forge -${key}`);
});
