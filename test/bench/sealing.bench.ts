// Part of goal P5: an item of 1 KB sealed for a feed, as CloudEvent and JWE, beside the bare cipher on as many bytes in the same run.
import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { type FeedItem, feedItemEvent, FeedSealer, type FeedSealerParts } from '#egress';
import { fixedClock } from '#kernel';
import { FeedKeys, rootKeyOf } from '#privacy';
import { median, type Row } from './row.ts';

const ITEMS = 20_000;
const ROUNDS = 9;
const EPOCH = '2026-03-02T06Z.1';

const itemAt = (position: number): FeedItem => ({
  learner: 'psn:166QVNau_589ay5ejxFgOg',
  localId: 'BCT-1001',
  item: {
    id: `m-${position}`,
    type: 'uk.concordat.review.held.v1',
    source: 'urn:concordat:agency:northside',
    category: 'review',
    position: String(position),
    time: '2026-03-01T10:00:00Z',
    clause: 'e2e-passport@1#EP5',
    basis: '6(1)(a)',
    level: 'full',
    purpose: 'plan-learning',
    data: { reviewId: 'r-1', summary: 'x'.repeat(500) },
  },
});

/** Seconds of CPU, since the machine has other work. */
const cpuOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const bareCipher = (plain: Buffer): (() => void) => {
  const key = createSecretKey(randomBytes(32));
  return () => {
    for (let n = 0; n < ITEMS; n++) {
      const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12), { authTagLength: 16 });
      cipher.update(plain);
      cipher.final();
      cipher.getAuthTag();
    }
  };
};

export const sealingBench = async (): Promise<readonly Row[]> => {
  const keys = new FeedKeys(rootKeyOf(randomBytes(32)));
  const unused = { agencies: undefined, identity: undefined } as unknown as Pick<FeedSealerParts, 'agencies' | 'identity'>;
  const sealer = new FeedSealer({ ...unused, keys, name: 'bench', clock: fixedClock(0) });
  const text = JSON.stringify(feedItemEvent('urn:concordat:broker:bench', itemAt(1)));
  const items = Array.from({ length: ITEMS }, (_, position) => itemAt(position));
  const key = keys.of('eastgate', EPOCH);
  const bare = bareCipher(Buffer.from(text));
  const rounds = Array.from({ length: ROUNDS }, () => ({
    limit: ITEMS / cpuOf(bare),
    sealed: ITEMS / cpuOf(() => items.forEach(() => key.seal(text))),
    items: ITEMS / cpuOf(() => items.forEach((item) => sealer.item('eastgate', EPOCH, item))),
  }));
  const limit = median(rounds.map((round) => round.limit));
  const row = (name: string, ours: number, target: number): Row => ({
    goal: 'P5',
    name,
    limit,
    ours,
    ratio: ours / limit,
    target,
    unit: 'items/s of CPU',
  });
  return [
    row(`sealing ${text.length} bytes as JWE, beside the bare cipher`, median(rounds.map(({ sealed }) => sealed)), 0.6),
    row('the same with making the CloudEvent', median(rounds.map((round) => round.items)), 0.4),
  ];
};
