import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type Evidence, evidenceOf, type EvidencePart, type SignedMessage, type VerificationKey, verifyEvidence } from '#privacy';

interface Signer {
  readonly alg: 'EdDSA' | 'ES256';
  readonly key: VerificationKey;
  readonly privateKey: KeyObject;
}

const eddsa = (): Signer => signerOf('EdDSA', generateKeyPairSync('ed25519'));
const es256 = (): Signer => signerOf('ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const signerOf = (alg: Signer['alg'], pair: { publicKey: KeyObject; privateKey: KeyObject }): Signer => ({
  alg,
  key: pair.publicKey.export({ format: 'jwk' }),
  privateKey: pair.privateKey,
});

const signed = ({ alg, key, privateKey }: Signer, events: readonly string[], gaps: readonly string[]): SignedMessage => {
  const payload = gaps.length === 0 ? (events[0] ?? '') : gaps.map((gap, index) => gap + (events[index] ?? '')).join('');
  const protectedB64 = Buffer.from(JSON.stringify({ alg })).toString('base64url');
  const input = Buffer.from(`${protectedB64}.${Buffer.from(payload).toString('base64url')}`);
  const signature = alg === 'EdDSA' ? sign(null, input, privateKey) : sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return {
    protectedB64,
    signatureB64: signature.toString('base64url'),
    key,
    events: events.map((text) => ({ bytes: Buffer.from(text) })),
    gaps: gaps.map((gap) => Buffer.from(gap)),
  };
};

/** As they come back from the log: the evidence through JSON. */
const partsOf = (message: SignedMessage): readonly EvidencePart[] =>
  evidenceOf(message, 'batch-1').map((evidence, index) => ({
    evidence: JSON.parse(JSON.stringify(evidence)) as Evidence,
    bytes: message.events[index]?.bytes ?? new Uint8Array(),
  }));

describe.each([
  ['EdDSA', eddsa],
  ['ES256', es256],
])('evidence of a message signed with %s', (_, makeSigner) => {
  const signer = makeSigner();
  const single = signed(signer, [' {"a" : "é"}\n'], []);
  const batch = signed(signer, ['{"a":1}', '{ "b":2 }', '{"c":3}'], [' [\n', ' ,', ',\t', ']\n']);

  it('proves a single', () => {
    expect(verifyEvidence(partsOf(single), signer.key)).toEqual({ verdict: 'verified' });
  });

  it('proves a whole batch, with its parts in any order', () => {
    expect(verifyEvidence(partsOf(batch), signer.key)).toEqual({ verdict: 'verified' });
    expect(verifyEvidence(partsOf(batch).toReversed(), signer.key)).toEqual({ verdict: 'verified' });
  });

  it('proves a batch of one', () => {
    expect(verifyEvidence(partsOf(signed(signer, ['{}'], ['[', ']'])), signer.key)).toEqual({ verdict: 'verified' });
  });

  it('tells which parts of a batch are gone', () => {
    expect(verifyEvidence(partsOf(batch).slice(1, 2), signer.key)).toEqual({ verdict: 'incomplete', missing: [0, 2] });
    expect(verifyEvidence([], signer.key)).toEqual({ verdict: 'incomplete', missing: [] });
  });

  it('refutes altered bytes', () => {
    const altered = (message: SignedMessage): readonly EvidencePart[] =>
      partsOf(message).map((part, index) => (index === 0 ? { ...part, bytes: Buffer.from('{"a":2}') } : part));
    expect(verifyEvidence(altered(single), signer.key)).toEqual({ verdict: 'refuted', because: 'signature' });
    expect(verifyEvidence(altered(batch), signer.key)).toEqual({ verdict: 'refuted', because: 'digest' });
  });

  it("refutes another agency's key", () => {
    expect(verifyEvidence(partsOf(single), makeSigner().key)).toEqual({ verdict: 'refuted', because: 'signature' });
    expect(verifyEvidence(partsOf(batch), makeSigner().key).verdict).toBe('refuted');
  });

  it('refutes parts of different messages', () => {
    const other = partsOf(signed(signer, ['{"a":1}', '{"d":4}'], ['[', ',', ']']));
    const mixed = [...partsOf(batch).slice(0, 2), ...other.slice(1)];
    expect(verifyEvidence(mixed, signer.key)).toEqual({ verdict: 'refuted', because: 'parts-of-different-messages' });
    expect(verifyEvidence([...partsOf(single), ...partsOf(single)], signer.key)).toEqual({
      verdict: 'refuted',
      because: 'parts-of-different-messages',
    });
  });

  it("keeps nothing of other learners' events but a digest of the whole", () => {
    const kept = JSON.stringify(evidenceOf(batch, 'batch-1')[1]);
    for (const word of ['{"a":1}', '{"c":3}'].map((text) => Buffer.from(text).toString('base64url'))) expect(kept).not.toContain(word);
  });
});
