import { smallProtocol } from './fixtures/small-protocol.ts';
import { canonicalBytes, digestOf, signaturePayload } from './register-signatures.ts';
import { parseProtocol } from './parse.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('the digest of a protocol', () => {
  it('is SHA-256 over the RFC 8785 form', () => {
    expect(text(canonicalBytes({ b: 2, a: ['ŵ', 1.0] }))).toBe('{"a":["ŵ",1],"b":2}');
    expect(digestOf(smallProtocol)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('does not depend on the order of keys, on layout or on comments', () => {
    const { id, ...rest } = smallProtocol;
    const reordered = `# the same\n${JSON.stringify({ ...rest, id }, null, 3)}\n`;
    const parsed = parseProtocol(reordered);
    expect(parsed.ok && digestOf(parsed.value)).toBe(digestOf(smallProtocol));
  });

  it('changes with any word', () => {
    expect(digestOf({ ...smallProtocol, title: 'Attendances' })).not.toBe(digestOf(smallProtocol));
  });

  it('goes into what is signed, with protocol and version', () => {
    expect(text(signaturePayload({ protocol: 'attendance', version: 1, digest: 'sha256:00' }))).toBe(
      '{"digest":"sha256:00","protocol":"attendance","version":1}',
    );
  });

  it('refuses what is no JSON', () => {
    expect(() => canonicalBytes(undefined)).toThrow(TypeError);
  });
});
