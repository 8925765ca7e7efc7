import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { deriveKey, rootKeyOf, unambiguous } from './root-key.ts';
import { keyNumberOf, openWith, SEAL_BYTES, sealWith } from './sealing.ts';
import type { Place } from './vault.ts';

const numbered = { number: 0xfedc_ba98_7654, key: deriveKey(rootKeyOf(randomBytes(32)), 'spec') };
const place: Place = { stream: 'learner-1', revision: 3, type: 'uk.concordat.referral.made.v1' };
const plain = Buffer.from('{"a":1}');

describe('sealing', () => {
  it('gives back what was sealed, and names its key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        const sealed = sealWith(numbered, place, bytes);
        expect(sealed.byteLength).toBe(bytes.byteLength + SEAL_BYTES);
        expect(keyNumberOf(sealed)).toBe(numbered.number);
        expect([...openWith(numbered.key, place, sealed)]).toEqual([...bytes]);
      }),
    );
  });

  it('never seals alike twice', () => {
    const seen = new Set(Array.from({ length: 3000 }, () => Buffer.from(sealWith(numbered, place, plain)).toString('hex', 7, 19)));
    expect(seen.size).toBe(3000);
  });

  it('notices any byte that changed', () => {
    const sealed = sealWith(numbered, place, plain);
    for (let at = 7; at < sealed.byteLength; at++) {
      const altered = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
      expect(() => openWith(numbered.key, place, altered)).toThrow(expect.objectContaining({ code: 'not-sealed-here' }));
    }
  });

  it.each([{ stream: 'learner-2' }, { revision: 4 }, { type: 'uk.concordat.referral.declined.v1' }])(
    'opens at its place only: not at %j',
    (other) => {
      const sealed = sealWith(numbered, place, plain);
      expect(() => openWith(numbered.key, { ...place, ...other }, sealed)).toThrow(expect.objectContaining({ code: 'not-sealed-here' }));
    },
  );

  it.each([[new Uint8Array()], [new Uint8Array(SEAL_BYTES)], [Uint8Array.of(1, 2, 3)]])('refuses bytes of another form', (bytes) => {
    expect(() => keyNumberOf(bytes)).toThrow(expect.objectContaining({ code: 'not-sealed-here' }));
  });

  it('names parts so that no two lists read alike', () => {
    const lists = fc.array(fc.string({ unit: fc.constantFrom('1', ':', 'a'), maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(lists, lists, (one, other) => {
        expect(unambiguous(...one) === unambiguous(...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 1000 },
    );
  });
});
