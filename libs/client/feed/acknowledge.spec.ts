// A notice, as the broker's own sealer makes it, and what its recipient answers.
import { exportJWK } from 'jose';
import { ITEM, Partners } from '#egress/fixtures';
import { localBrokerKeys } from '../broker-keys.ts';
import { acknowledge, acknowledgementOf } from './acknowledge.ts';
import type { FeedItem, NoticeData } from './feed-item.ts';
import { FeedReader } from './feed-reader.ts';
import { MemoryCopy } from './local-copy.ts';

const NOTICE = {
  noticeId: '5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01',
  recipient: 'eastgate',
  reason: 'withdrawal' as const,
  consentId: 'k-1',
  items: [],
  issuedAt: Date.UTC(2026, 2, 2),
  due: '2026-03-07',
};

/** As the client gives it to its agency. */
const received = async () => {
  const partners = await Partners.of();
  const { privateKeys } = await partners.add('eastgate');
  const { epoch } = partners.inUse('eastgate');
  const notice = { learner: ITEM.learner, localId: 'BCT-1001', items: ['one'], notice: NOTICE };
  const sealed = [await partners.sealer.announcement('eastgate', epoch), partners.sealer.notice('eastgate', epoch, notice)];
  const { publicKey, kid: brokerKid } = partners.broker;
  const brokerKeys = localBrokerKeys({ keys: [{ ...(await exportJWK(publicKey)), alg: 'EdDSA', kid: brokerKid }] });
  const keys = [...privateKeys].map(([kid, key]) => ({ kid, key }));
  const reader = new FeedReader({ agency: 'eastgate', keys, brokerKeys, copy: new MemoryCopy() });
  const [, change] = await reader.take(
    sealed.map(({ key, value }) => ({ key, value: String(value) })),
    new Map([[0, '2']]),
  );
  return change;
};

describe('a notice', () => {
  it('is told as such and acknowledged by an event about its learner, the same each time', async () => {
    const change = await received();
    expect(change).toMatchObject({
      kind: 'notice',
      item: { data: { noticeId: NOTICE.noticeId, items: [`${ITEM.learner}/one`], due: '2026-03-07' } },
    });
    const notice = (change as { readonly item: FeedItem<NoticeData> }).item;
    const event = acknowledgementOf('eastgate', notice, { action: 'deleted', on: '2026-03-03' });
    expect(event).toEqual(acknowledgementOf('eastgate', notice, { action: 'deleted', on: '2026-03-03' }));
    expect(event).toMatchObject({
      type: 'uk.concordat.notice.acknowledged.v1',
      source: 'urn:concordat:agency:eastgate',
      subject: 'local:BCT-1001',
      data: { noticeId: NOTICE.noticeId, on: '2026-03-03', action: 'deleted' },
    });
  });

  it('is acknowledged by any channel that gives receipts', async () => {
    const notice: FeedItem<NoticeData> = {
      specversion: '1.0',
      id: 'n',
      source: 's',
      type: 't',
      subject: 'psn:x',
      localid: 'L-1',
      time: 't',
      data: { ...NOTICE, items: [] },
    };
    const sent: unknown[] = [];
    const receipt = await acknowledge(
      async (events) => {
        sent.push(...events);
        return events.map(({ id, source }) => ({ id, source, outcome: 'accepted' }));
      },
      'eastgate',
      { notice, action: 'stopped-using', on: '2026-03-03' },
    );
    expect(receipt.outcome).toBe('accepted');
    expect(sent).toEqual([acknowledgementOf('eastgate', notice, { action: 'stopped-using', on: '2026-03-03' })]);
    await expect(acknowledge(async () => [], 'eastgate', { notice, action: 'deleted' })).rejects.toMatchObject({ code: 'no-receipt' });
  });

  it('about a learner to whom the agency gave no id, or who was erased, is named by the notice alone', () => {
    const { localid: _none, ...notice } = {
      specversion: '1.0',
      id: 'n',
      source: 's',
      type: 't',
      subject: 'psn:x',
      localid: 'x',
      time: 't',
      data: { ...NOTICE, items: [] },
    } as const;
    expect(acknowledgementOf('eastgate', notice, { action: 'nothing-held' })).not.toHaveProperty('subject');
    expect(acknowledgementOf('eastgate', notice, { action: 'nothing-held', subject: 'uln:9276308686' }).subject).toBe('uln:9276308686');
  });
});
