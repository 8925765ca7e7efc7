import fc from 'fast-check';
import { crc32c } from './record-batch.ts';
import { batch, type Made } from './fixtures/index.ts';
import { batchesIn, CommittedOnly, recordsOf } from './index.ts';

const only = (bytes: Buffer) => {
  const [one] = batchesIn(bytes);
  if (!one) throw new Error('There is no batch.');
  return one;
};

it('CRC-32C has its known values', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe306_9283);
  // RFC 3720 B.4
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a91_36aa);
  expect(crc32c(Buffer.from(Array.from({ length: 32 }, (_, place) => place)))).toBe(0x46dd_794e);
});

describe('batches', () => {
  it('are told apart, without the one that is cut', () => {
    const bytes = Buffer.concat([
      batch(),
      batch({
        first: 1,
        records: [
          ['a', '1'],
          ['b', '2'],
        ],
      }),
      batch({ first: 3 }).subarray(0, 40),
    ]);
    expect([...batchesIn(bytes)].map(({ first, last }) => [first, last])).toEqual([
      [0, 0],
      [1, 2],
    ]);
  });

  it('give their records', async () => {
    const read = await recordsOf(
      only(
        batch({
          first: 7,
          records: [
            ['k', undefined],
            [undefined, 'v'],
            ['', 'x'.repeat(300)],
          ],
        }),
      ),
    );
    expect(read.map(({ offset, key, value }) => [offset, key?.toString(), value?.toString()])).toEqual([
      [7, 'k', undefined],
      [8, undefined, 'v'],
      [9, '', 'x'.repeat(300)],
    ]);
  });

  it('that were damaged say so, wherever it was', async () => {
    const whole = batch({
      records: [
        ['key', 'value'],
        ['k', 'v'],
      ],
    });
    const flips = fc.tuple(fc.integer({ min: 16, max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(flips, async ([at, flip]) => {
        const bytes = Buffer.from(whole);
        bytes.writeUInt8((bytes[at] ?? 0) ^ flip, at);
        await expect(recordsOf(only(bytes))).rejects.toMatchObject({ code: 'corrupt' });
      }),
    );
  });

  it.each([
    ['more records than there are bytes', { count: 2_000_000_000 }],
    ['fewer records than they say', { count: 2 }],
    ['less than none', { count: -1 }],
  ])('with %s say so', async (_what, made) => {
    await expect(recordsOf(only(batch(made)))).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('of a codec that nobody knows say so', async () => {
    await expect(recordsOf(only(batch({ attributes: 6 })))).rejects.toMatchObject({ code: 'unknown-compression' });
  });

  it('whose length cannot be are the last of their answer', () => {
    const broken = batch();
    broken.writeInt32BE(-5, 8);
    expect([...batchesIn(Buffer.concat([batch(), broken, batch()]))]).toHaveLength(2);
  });

  it('that were taken back are left out until their mark, and marks always', () => {
    const [inTransaction, mark] = [
      { attributes: 0x10, producer: 9n },
      { attributes: 0x30, producer: 9n },
    ];
    const marked = (kind: number): Made => ({ ...mark, records: [[Buffer.from([0, 0, 0, kind]).toString('latin1'), 'x']] });
    const bytes = [
      batch(inTransaction),
      batch({ first: 1, attributes: 0x10, producer: 4n }),
      batch({ first: 2, ...marked(0) }),
      batch({ first: 3, ...inTransaction }),
      batch({ first: 4, ...marked(1) }),
      batch({ first: 5 }),
    ];
    const committed = new CommittedOnly([{ producer: 9n, first: 0 }]);
    expect([...batchesIn(Buffer.concat(bytes))].map((one) => committed.takes(one))).toEqual([false, true, false, true, false, true]);
  });
});
