import { fixedClock } from '#kernel';
import { learnerStream, noticeEvent } from '#learner-file';
import { sealedEvent } from '#unit-of-work';
import { parseConfig } from '../../broker/config.ts';
import { openNode } from '../../broker/node.ts';
import { Workplace } from '../fixtures/captured-run.ts';

const LEARNER = '00000000-0000-4000-8000-00000000000a';
const LONG_AGO = Date.UTC(2026, 0, 5, 12);
const OLD = '00000000-0000-8000-8000-000000000001';
const NEW = '00000000-0000-8000-8000-000000000002';

const place = new Workplace();
const stream = learnerStream(LEARNER);

beforeAll(async () => {
  const node = await openNode(parseConfig({ CONCORDAT_DATA: place.data }), { clock: fixedClock(LONG_AGO), verifyWorkers: 0 });
  const notices = [
    { noticeId: OLD, recipient: 'eastgate', due: '2026-01-10' },
    { noticeId: NEW, recipient: 'westgate', due: '9999-12-31' },
  ].map((one) => ({ ...one, reason: 'withdrawal' as const, consentId: 'consent of Chloë', items: [3], issuedAt: LONG_AGO }));
  const plain = notices.map((notice) => noticeEvent(stream, notice, { correlation: 'c', causation: 'w' }));
  const keys = await node.vault.load([{ owner: stream, category: 'consent' }]);
  const events = plain.map((event, revision) => sealedEvent(keys, event, { stream, revision }));
  await node.vault.durable();
  await node.store.append([{ stream, expected: 'no-stream', events }]);
  await node.close();
});
afterAll(() => place.remove());

describe('concordat notices', () => {
  it('lists who was told, and has to answer by when', async () => {
    const { code, out } = await place.run(['notices']);
    expect(code).toBe(0);
    expect(
      out
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ['RECIPIENT', 'NOTICE', 'REASON', 'ISSUED', 'DUE', 'STATE'],
      ['eastgate', OLD, 'withdrawal', '2026-01-05T12:00:00.000Z', '2026-01-10', 'overdue'],
      ['westgate', NEW, 'withdrawal', '2026-01-05T12:00:00.000Z', '9999-12-31', 'open'],
    ]);
    expect(out).not.toContain('Chloë');
  });

  it.each([
    [['--overdue'], [OLD]],
    [['--agency', 'westgate'], [NEW]],
    [['--overdue', '--agency', 'westgate'], []],
  ])('narrowed by %s', async (options, expected) => {
    const { out } = await place.run(['notices', '--json', ...options]);
    expect((JSON.parse(out) as readonly { readonly notice: string }[]).map(({ notice }) => notice)).toEqual(expected);
  });

  it('says so where there is none', async () => {
    expect((await place.run(['notices', '--overdue', '--agency', 'nobody'])).err).toBe('No notice is overdue.\n');
  });
});
