// A notice, as the broker's own sealer makes it, and what its recipient answers.
import { exportJWK } from 'jose';
import { ITEM, type Partner, Partners } from '#egress/fixtures';
import { type BrokerKeys, localBrokerKeys } from '../broker-keys.ts';
import { acknowledge, acknowledgementOf } from './acknowledge.ts';
import type { FeedItem, FeedRecord, NoticeData } from './feed-item.ts';
import { FeedReader } from './feed-reader.ts';
import { type LocalCopy, MemoryCopy } from './local-copy.ts';

const NOTICE = {
  noticeId: '5d1c6b1e-6b1f-8b7e-9f52-6d8f6a1f0c01',
  recipient: 'eastgate',
  reason: 'withdrawal' as const,
  consentId: 'k-1',
  items: [],
  issuedAt: Date.UTC(2026, 2, 2),
  due: '2026-03-07',
};

const asRead = ({ key, value }: { readonly key: string; readonly value: Buffer | null }): FeedRecord => ({
  key,
  value: value && value.toString(),
});

let partners: Partners;
let eastgate: Partner;
let brokerKeys: BrokerKeys;

beforeEach(async () => {
  partners = await Partners.of();
  eastgate = await partners.add('eastgate');
  const jwk = { ...(await exportJWK(partners.broker.publicKey)), alg: 'EdDSA', kid: partners.broker.kid };
  brokerKeys = localBrokerKeys({ keys: [jwk] });
});

const epoch = (): string => partners.inUse('eastgate').epoch;
const keyRecord = async (slug = 'eastgate', of = partners.inUse(slug).epoch): Promise<FeedRecord> =>
  asRead(await partners.sealer.announcement(slug, of));
const itemKey = (id = 'one'): string => `${ITEM.learner}/${id}`;

const reader = (copy: LocalCopy = new MemoryCopy(), kids: readonly string[] = [...eastgate.privateKeys.keys()]): FeedReader => {
  const keys = [...eastgate.privateKeys].filter(([kid]) => kids.includes(kid)).map(([kid, key]) => ({ kid, key }));
  return new FeedReader({ agency: 'eastgate', keys, brokerKeys, copy, now: () => 1000 });
};
const at = (next: number): ReadonlyMap<number, string> => new Map([[0, String(next)]]);

describe('a notice', () => {
  it('is told as such and acknowledged by an event about its learner, the same each time', async () => {
    const record = asRead(
      partners.sealer.notice('eastgate', epoch(), { learner: ITEM.learner, localId: 'BCT-1001', items: ['one'], notice: NOTICE }),
    );
    const [, change] = await reader().take([await keyRecord(), record], at(2));
    expect(change).toMatchObject({ kind: 'notice', item: { data: { noticeId: NOTICE.noticeId, items: [itemKey()], due: '2026-03-07' } } });
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

  it('about a learner to whom the agency gave no id needs a subject', () => {
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
    expect(() => acknowledgementOf('eastgate', notice, { action: 'nothing-held' })).toThrow(
      expect.objectContaining({ code: 'subject-needed' }),
    );
    expect(acknowledgementOf('eastgate', notice, { action: 'nothing-held', subject: 'uln:9276308686' }).subject).toBe('uln:9276308686');
  });
});
