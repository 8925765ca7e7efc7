import fc from 'fast-check';
import { decodeBase64url as decodeBytes } from './compact-jws.ts';

const decodeBase64url = (text: string): Buffer | undefined => decodeBytes(Buffer.from(text));

/** By the definition: what encodes to the text again. */
const byDefinition = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
};

describe('canonical base64url', () => {
  it('decodes what was encoded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(decodeBase64url(Buffer.from(bytes).toString('base64url'))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('takes exactly the texts that encode something', () => {
    const nearly = fc.string({ unit: fc.constantFrom(...'AQgwBZaz09-_+/= \n\té\u0000'), maxLength: 13 });
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string({ unit: fc.constantFrom(...'AQgw-_'), maxLength: 13 })), (text) => {
        expect(decodeBase64url(text)).toEqual(byDefinition(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([0, 1, 49_151, 49_152, 49_153, 98_304, 200_000])('decodes %i bytes', (length) => {
    const bytes = Buffer.from(Array.from({ length }, (_, n) => n % 251));
    const encoded = Buffer.from(bytes.toString('base64url'));
    expect(decodeBytes(encoded)?.equals(bytes)).toBe(true);
    if (length > 0) expect(decodeBytes(Buffer.concat([encoded, Buffer.from('=')]))).toBeUndefined();
    if (length > 49_152) expect(decodeBytes(Buffer.from(encoded).fill(' ', 10, 11))).toBeUndefined();
  });

  it.each(['QQ==', 'QQ=', 'Q', 'QR', 'QUJ', 'QU I', ' QUI', 'QUI\n', 'Q+Q', 'Q/Q', 'QUJDR', 'ＱＵＩ'])('refuses %j', (text) => {
    expect(decodeBase64url(text)).toBeUndefined();
  });
});
