import fc from 'fast-check';
import { readUuid, UUID_BYTES, writeUuid } from './record-form.ts';

const into = Buffer.alloc(UUID_BYTES + 2);

describe('a UUID as bytes', () => {
  it('reads as it was written, between other bytes', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        into.fill(0xee);
        expect(writeUuid(uuid, into, 1)).toBe(true);
        expect(into.toString('hex')).toBe(`ee${uuid.replaceAll('-', '')}ee`);
        expect(readUuid(into, 1)).toBe(uuid);
      }),
    );
  });

  it('knows its canonical text alone', () => {
    const uuid = '018f3a52-7c1e-4b6d-9a20-5d1c0e9b7f44';
    const others = [
      '',
      uuid.toUpperCase(),
      uuid.slice(1),
      `${uuid}0`,
      `{${uuid.slice(2)}}`,
      uuid.replace('-', '0'),
      uuid.replaceAll('-', ''),
      uuid.replace('f', 'g'),
      uuid.replace('1', 'ı'),
      uuid.replace('0', ':'),
    ];
    for (const other of others) expect([other, writeUuid(other, into, 0)]).toEqual([other, false]);
  });
});
