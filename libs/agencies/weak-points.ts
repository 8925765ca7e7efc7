// Points of small order. Many verifiers take one signature under such an Ed25519 key for any message, so that its owner could deny each;
// with such an X25519 key everybody knows the shared secret (RFC 7748 section 6.1). The first byte is the lowest; the top bit says nothing.

const edwards = [
  '0000000000000000000000000000000000000000000000000000000000000000', // order 4
  '0100000000000000000000000000000000000000000000000000000000000000', // order 1
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 2
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', // order 8
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', // order 8
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 4, not reduced
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 1, not reduced
];

const montgomery = [
  '0000000000000000000000000000000000000000000000000000000000000000', // order 4
  '0100000000000000000000000000000000000000000000000000000000000000', // order 1
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 4 on the twist
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800', // order 8
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157', // order 8
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 4, not reduced
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f', // order 1, not reduced
];

export const WEAK_POINTS: Readonly<Record<'Ed25519' | 'X25519', readonly string[]>> = { Ed25519: edwards, X25519: montgomery };

/** P-256 has a prime order: it has no such point. */
export const isWeakPoint = (curve: string, x: Uint8Array): boolean => {
  if (curve !== 'Ed25519' && curve !== 'X25519') return false;
  const point = Buffer.from(x);
  point[31] = (point[31] ?? 0) & 0x7f;
  return WEAK_POINTS[curve].includes(point.toString('hex'));
};
