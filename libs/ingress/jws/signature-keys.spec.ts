import fc from 'fast-check';
import { packChecks, unpackChecks } from './signature-keys.ts';

describe('packed checks', () => {
  it('come out as they went in', () => {
    const check = fc.record({
      key: fc.nat(0xffff_ffff),
      input: fc.uint8Array({ maxLength: 200 }),
      signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
    });
    fc.assert(
      fc.property(fc.array(check, { maxLength: 20 }), (checks) => {
        expect(unpackChecks(packChecks(checks))).toEqual(checks);
      }),
    );
  });
});
