// Random bytes drawn many at a time: a call to the generator for each nonce would cost half as much as sealing does.
import { randomFillSync } from 'node:crypto';

const drawn = Buffer.allocUnsafeSlow(16_384);
let used = drawn.length;

/** A view that nobody else is given; once 16 KiB more have been drawn it is filled anew: copy what has to last. At most 64 bytes. */
export const drawRandom = (bytes: number): Buffer => {
  if (used + bytes > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  return drawn.subarray(used, (used += bytes));
};
