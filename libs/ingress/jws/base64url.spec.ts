import fc from 'fast-check';
import { decodeBase64url } from './base64url.ts';

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

  it.each(['QQ==', 'QQ=', 'Q', 'QR', 'QUJ', 'QU I', ' QUI', 'QUI\n', 'Q+Q', 'Q/Q', 'QUJDR', 'ＱＵＩ'])('refuses %j', (text) => {
    expect(decodeBase64url(text)).toBeUndefined();
  });
});
