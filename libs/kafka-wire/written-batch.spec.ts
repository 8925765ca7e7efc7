import fc from 'fast-check';
import { batchesIn, CommittedOnly, recordsOf } from './index.ts';
import { type RecordToWrite, writtenBatch } from './written-batch.ts';

const AT = 1_796_000_000_000;
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const records = fc.array(
  fc.record<RecordToWrite>({
    key: fc.option(bytes),
    value: fc.option(bytes),
    headers: fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 9 }), fc.string({ unit: 'grapheme', maxLength: 200 }), { maxKeys: 3 }),
  }),
  { minLength: 1, maxLength: 200 },
);

const only = (batch: Buffer) => {
  const [one, ...others] = batchesIn(batch);
  if (!one || others.length > 0) throw new Error('It is not one batch.');
  return one;
};

describe('a batch that is written', () => {
  it('is read as the records that it was made of, one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (written) => {
        const batch = only(writtenBatch(written, AT));
        const expected = written.map(({ key, value }, offset) => ({ offset, key, value }));
        expect([batch.isWhole, await recordsOf(batch)]).toEqual([true, expected]);
      }),
    );
  });

  it('belongs to a transaction where it is said of which', () => {
    const record: RecordToWrite = { key: null, value: Buffer.from('v'), headers: { origin: 'x' } };
    const aborted = (): CommittedOnly => new CommittedOnly([{ producer: 7n, first: 0 }]);
    expect(aborted().takes(only(writtenBatch([record], AT, { id: 7n, epoch: 2, sequence: 3 })))).toBe(false);
    expect(aborted().takes(only(writtenBatch([record], AT)))).toBe(true);
  });
});
