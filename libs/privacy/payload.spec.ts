import fc from 'fast-check';
import { decodePayload, encodePayload } from './sealing.ts';

describe('a payload', () => {
  it('gives back header and bytes as they were', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.uint8Array({ maxLength: 500 }), (value, bytes) => {
        const header = JSON.parse(JSON.stringify(value)) as unknown;
        const decoded = decodePayload(encodePayload({ header, bytes }));
        expect(decoded.header).toEqual(header);
        expect([...decoded.bytes]).toEqual([...bytes]);
      }),
    );
  });

  it('has the framing that is documented', () => {
    const payload = encodePayload({ header: { é: 1 }, bytes: Buffer.from('{}') });
    expect(Buffer.from(payload).toString('hex')).toBe(`00000008${Buffer.from('{"é":1}{}').toString('hex')}`);
  });

  it.each(['', '000000', '00000001', '00000002{}'.replace('{}', '7b'), '000000017b'])(
    'refuses what is none, and does not tell what it held: %s',
    (hex) => {
      const refused = expect.objectContaining({
        code: 'not-sealed-here',
        message: 'What was sealed here is no event: header and bytes do not fit.',
      });
      expect(() => decodePayload(Buffer.from(hex, 'hex'))).toThrow(refused);
      expect(() => decodePayload(Buffer.from(hex, 'hex'))).not.toThrow(expect.objectContaining({ cause: expect.anything() }));
    },
  );
});
