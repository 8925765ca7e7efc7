// When feed keys change, as their recipients meet it.
import { FeedKeys, rootKeyOf } from '#privacy';
import { ITEM, MORNING, openItem, Partners } from '../fixtures/index.ts';

const HOUR = 3_600_000;

let partners: Partners;

beforeEach(async () => {
  partners = await Partners.of();
});

describe('epochs', () => {
  it('last six hours at most, and follow from the clock', async () => {
    const eastgate = await partners.add('eastgate');
    const epochs = [0, 3.4, 3.5, 9.6, 15.6, 21.6].map((hours) => {
      partners.clock.set(MORNING + hours * HOUR);
      return partners.inUse(eastgate.slug).epoch;
    });
    expect(epochs).toEqual([
      '2026-03-02T06Z.1',
      '2026-03-02T06Z.1',
      '2026-03-02T12Z.1',
      '2026-03-02T18Z.1',
      '2026-03-03T00Z.1',
      '2026-03-03T06Z.1',
    ]);
  });

  it('end when an encryption key comes in force, ends or is revoked, and none comes back', async () => {
    const eastgate = await partners.add('eastgate');
    const [first = ''] = eastgate.privateKeys.keys();
    const seen = [partners.inUse('eastgate')];
    partners.clock.set(MORNING + 1000);
    const second = await eastgate.addKey(partners.clock.now());
    seen.push(partners.inUse('eastgate'));
    partners.clock.set(MORNING + 2000);
    eastgate.endKey(second, partners.clock.now());
    seen.push(partners.inUse('eastgate'));
    expect(new Set(seen.map(({ kid }) => kid)).size).toBe(3);
    expect(seen.map(({ wrappedFor }) => wrappedFor)).toEqual([first, second, first]);
  });

  it('late, a partner with a new key alone reads them all', async () => {
    const eastgate = await partners.add('eastgate');
    const [old = ''] = eastgate.privateKeys.keys();
    const sent = [];
    for (const hours of [0, 6, 12, 30]) {
      partners.clock.set(MORNING + hours * HOUR);
      const { epoch } = partners.inUse('eastgate');
      sent.push({ epoch, record: partners.sealer.item('eastgate', epoch, ITEM) });
    }
    await eastgate.addKey(partners.clock.now(), 'P-256');
    eastgate.endKey(old, partners.clock.now());
    eastgate.privateKeys.delete(old);
    for (const { epoch, record } of sent)
      expect((await openItem(record, await partners.announced(eastgate, epoch)))['id']).toBe(record.key.split('/')[1]);
  });

  it('have the same keys after a restart, and others under another root key', async () => {
    await partners.add('eastgate');
    const { kid, epoch } = partners.inUse('eastgate');
    expect(new FeedKeys(rootKeyOf(Buffer.alloc(32, 7))).of('eastgate', epoch).kid).toBe(kid);
    expect(new FeedKeys(rootKeyOf(Buffer.alloc(32, 8))).of('eastgate', epoch).kid).not.toBe(kid);
  });
});
