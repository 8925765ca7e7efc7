import fc from 'fast-check';
import type { FeedDelivery, FeedRecord } from '../feed/index.ts';
import { roundsOf } from './feed-rounds.ts';

const LIMITS = { bytesOfOne: 1000, bytesOfAll: 2500, recordsOfOne: 5 };
const record = (key: string, bytes = 10): FeedRecord => ({ key, value: Buffer.alloc(bytes) });
const namesOf = (batch: readonly FeedDelivery[]): readonly (readonly string[])[] =>
  roundsOf(batch, LIMITS).map((round) => [...round].flatMap(([recipient, records]) => records.map(({ key }) => recipient + key)));

describe('a batch', () => {
  it('that fits is one round', () => {
    const records = [record('1'), { key: '2', value: null }];
    expect(
      namesOf([
        { recipient: 'a', records },
        { recipient: 'b', records },
      ]),
    ).toEqual([['a1', 'a2', 'b1', 'b2']]);
    expect(namesOf([{ recipient: 'a', records: [] }])).toEqual([]);
  });

  it.each([
    ['too large for one partition', { recipient: 'a', records: [record('1', 600), record('2', 600)] }],
    ['of too many records', { recipient: 'a', records: Array.from({ length: 6 }, (_, n) => record(String(n))) }],
    ['with a record that is too large anyway', { recipient: 'a', records: [record('1'), record('2', 9000)] }],
  ])('%s is two', (_why, delivery) => {
    expect(namesOf([delivery])).toHaveLength(2);
  });

  it('keeps every record, and each recipient’s in order, whatever is cut', () => {
    const records = fc.array(
      fc.nat(1500).map((bytes) => record(String(bytes), bytes)),
      { maxLength: 12 },
    );
    const batches = fc.array(fc.record({ recipient: fc.constantFrom('a', 'b', 'c'), records }), { maxLength: 6 });
    fc.assert(
      fc.property(batches, (batch) => {
        const rounds = roundsOf(batch, LIMITS);
        for (const recipient of ['a', 'b', 'c']) {
          const given = batch.flatMap((one) => (one.recipient === recipient ? one.records : []));
          expect(rounds.flatMap((round) => round.get(recipient) ?? [])).toEqual(given);
        }
      }),
    );
  });
});
