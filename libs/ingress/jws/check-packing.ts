// Many checks in one message to a worker, as one buffer that moves instead of being copied:
// [count][per check: key index, length of its input][per check: signature, 64 bytes][inputs, end to end]; numbers are u32, little-endian.
import { SIGNATURE_BYTES } from './signature-keys.ts';

export interface Check {
  /** Names a key that the worker was told. */
  readonly key: number;
  readonly input: Uint8Array;
  readonly signature: Uint8Array;
}

const NUMBER = 4;
const ROW = 2 * NUMBER;

export const packChecks = (checks: readonly Check[]): ArrayBuffer => {
  const signaturesAt = NUMBER + ROW * checks.length;
  let at = signaturesAt + SIGNATURE_BYTES * checks.length;
  const packed = new Uint8Array(checks.reduce((length, { input }) => length + input.byteLength, at));
  const view = new DataView(packed.buffer);
  view.setUint32(0, checks.length, true);
  for (const [index, { key, input, signature }] of checks.entries()) {
    view.setUint32(NUMBER + ROW * index, key, true);
    view.setUint32(NUMBER + ROW * index + NUMBER, input.byteLength, true);
    packed.set(signature, signaturesAt + SIGNATURE_BYTES * index);
    packed.set(input, at);
    at += input.byteLength;
  }
  return packed.buffer;
};

export const unpackChecks = (packed: ArrayBuffer): readonly Check[] => {
  const view = new DataView(packed);
  const count = view.getUint32(0, true);
  const signaturesAt = NUMBER + ROW * count;
  let at = signaturesAt + SIGNATURE_BYTES * count;
  return Array.from({ length: count }, (_, index) => {
    const length = view.getUint32(NUMBER + ROW * index + NUMBER, true);
    const input = new Uint8Array(packed, at, length);
    at += length;
    return {
      key: view.getUint32(NUMBER + ROW * index, true),
      input,
      signature: new Uint8Array(packed, signaturesAt + SIGNATURE_BYTES * index, SIGNATURE_BYTES),
    };
  });
};

/** What is asked of a worker. */
export interface CheckRequest {
  readonly id: number;
  readonly packed: ArrayBuffer;
  /** Keys that this worker has not been told before. */
  readonly keys: readonly (readonly [index: number, jwk: object])[];
}

export interface CheckAnswer {
  readonly id: number;
  /** 1 where the signature holds, else 0; in the order asked. */
  readonly results: Uint8Array;
}
