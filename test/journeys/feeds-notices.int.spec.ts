// Whoever was shown something under a consent finds on its feed that it was withdrawn, until it has answered (invariant 6, ADR 0015).
import { NOTICE_ISSUED } from '#consent';
import { fixedClock } from '#kernel';
import { eraseLearner } from '#rights';
import { FeedTown } from './feed-town.ts';
import { learnerOf } from './notices-told.ts';
import { allDecisions } from './recorded-decisions.ts';
import { assessment, consent, registration, ulnOf } from './town.ts';
import { about, MORNING, referral } from './told.ts';

const clock = fixedClock(MORNING);
let feeds: FeedTown;
beforeAll(async () => {
  feeds = await FeedTown.open({ clock, following: true }, ['forge', 'wulfrun']);
});
afterAll(() => feeds.close());

const uln = ulnOf(1);
const NOTICE = 'notice:';
const noticesOf = (agency: string): readonly string[] => [...feeds.kept.of(agency).keys()].filter((key) => key.startsWith(NOTICE));

/** The notice is issued by a reactor that follows the log, and reaches the feed after that. */
const arrival = async (holds: () => boolean): Promise<void> => {
  const arrived = Promise.withResolvers<void>();
  const look = (): void => void (holds() && arrived.resolve());
  feeds.kept.after = async () => look();
  look();
  await arrived.promise;
  feeds.kept.after = async () => undefined;
  await feeds.caughtUp();
};

describe('a notice', () => {
  it('comes to whoever was shown something on its feed, names what, and goes once it is answered', async () => {
    const { town } = feeds;
    await town.tell(
      'careers',
      registration(uln, 'c-1'),
      referral(uln, 'forge'),
      referral(uln, 'wulfrun'),
      assessment(uln),
      consent(uln, 'k-1', { recipients: ['forge'] }),
    );
    await feeds.caughtUp();
    const shown = [...(await feeds.read('forge'))].find(([, { protocol }]) => protocol.endsWith('#EP3'))?.[0];
    await town.tell('careers', about(uln, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' }));
    await arrival(() => noticesOf('forge').length > 0);
    const [key = ''] = noticesOf('forge');
    const notice = (await feeds.read('forge')).get(key);
    expect(notice).toMatchObject({
      id: key,
      type: NOTICE_ISSUED,
      data: { consentId: 'k-1', items: [shown], noticeId: key.slice(NOTICE.length) },
    });
    expect(noticesOf('wulfrun')).toEqual([]);
    const { decided } = (await allDecisions(town)).findLast((one) => one.decided.changes?.noticesSent) ?? {};
    expect(decided).toMatchObject({ recipient: 'forge', changes: { noticesSent: [key.slice(NOTICE.length)] } });

    await town.tell(
      'forge',
      about(uln, 'notice.acknowledged', { noticeId: key.slice(NOTICE.length), on: '2026-10-01', action: 'deleted' }),
    );
    await arrival(() => noticesOf('forge').length === 0);
    expect(feeds.kept.arrived.findLast((one) => one.key === key)).toEqual({ recipient: 'forge', key, value: null });
  });

  it('comes also to whoever has nothing to do with the learner any more', async () => {
    const { town } = feeds;
    const other = ulnOf(2);
    await town.tell(
      'careers',
      registration(other, 'c-2'),
      referral(other, 'wulfrun', { referralId: 'r-x' }),
      assessment(other),
      consent(other, 'k-2'),
    );
    await feeds.caughtUp();
    await town.tell('wulfrun', about(other, 'referral.declined', { referralId: 'r-x' }));
    await feeds.caughtUp();
    await town.tell('careers', about(other, 'consent.withdrawn', { consentId: 'k-2', by: 'learner' }));
    await arrival(() => noticesOf('wulfrun').length > 0);
    expect(noticesOf('wulfrun')).toHaveLength(1);
  });

  it('of an erasure comes as everything else of the learner goes, and goes once it is answered', async () => {
    const { town } = feeds;
    const erased = ulnOf(3);
    await town.tell('careers', registration(erased, 'c-3'), referral(erased, 'forge'));
    await feeds.caughtUp();
    const pseudonym = (await town.passport('forge', 'deliver-programme', `uln:${erased}`)).body.learner ?? '';
    const held = (): readonly string[] => [...feeds.kept.of('forge').keys()].filter((key) => key.startsWith(pseudonym));
    expect(held().length).toBeGreaterThan(0);
    await eraseLearner(town.node, { learner: await learnerOf(town, erased), ground: 'a' });
    await arrival(() => held().length === 0 && noticesOf('forge').length > 0);
    const [key = ''] = noticesOf('forge');
    const noticeId = key.slice(NOTICE.length);
    expect((await feeds.read('forge')).get(key)).toMatchObject({ subject: pseudonym, data: { reason: 'erasure', noticeId } });
    await town.tell('forge', { type: 'notice.acknowledged', data: { noticeId, on: '2026-10-01', action: 'deleted' } });
    await arrival(() => noticesOf('forge').length === 0);
  });
});
