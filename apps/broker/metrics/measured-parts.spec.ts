import { Registry } from 'prom-client';
import { rootKeyOf } from '#privacy';
import { MemoryVault } from '#privacy/memory';
import type { Quarantined } from '#quarantine';
import { MemoryQuarantine } from '#quarantine/memory';
import { measureParts } from './measured-parts.ts';

const quarantine = new MemoryQuarantine(new MemoryVault({ rootKey: rootKeyOf(Buffer.alloc(32, 3)) }));
const registry = new Registry();
measureParts(registry, {
  intake: { inFlight: 0 },
  quarantine,
  store: { head: async () => 0 },
  tail: { health: async () => ({ head: 0, consumers: [] }) },
});

const refused = (agency: string): Quarantined => ({
  kind: 'event',
  channel: 'http',
  code: 'schema',
  says: 'No.',
  agency,
  receivedAt: 0,
  content: Buffer.from('x'),
});
const figures = async (): Promise<readonly string[]> =>
  (await registry.metrics()).split('\n').filter((line) => line.startsWith('concordat_quarantine_'));

it('the figures of the quarantine are those of the moment, also where several ask at once, and left out once it is closed', async () => {
  for (const agency of ['forge', 'forge', 'anvil']) await quarantine.add(refused(agency));
  await quarantine.remove({ agency: 'forge' }, 'discarded');
  const size = await quarantine.size();
  const expected = [
    'concordat_quarantine_waiting 1',
    `concordat_quarantine_bytes ${size}`,
    'concordat_quarantine_let_go_total{agency="forge",why="discarded"} 2',
  ];
  expect(await Promise.all([figures(), figures()])).toEqual([expected, expected]);
  await quarantine.close();
  expect(await figures()).toEqual([]);
});
