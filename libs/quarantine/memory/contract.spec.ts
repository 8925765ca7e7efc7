import { quarantineContract } from '../contract/index.ts';
import { MemoryQuarantine, QuarantineRoom } from './index.ts';

quarantineContract('MemoryQuarantine', async ({ vault, clock }) => {
  const room = new QuarantineRoom();
  return { open: (shares) => new MemoryQuarantine(vault, { shares, clock, room }), discard: async () => undefined };
});
