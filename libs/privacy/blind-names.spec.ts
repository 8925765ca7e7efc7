import { BlindNames } from './pseudonyms.ts';
import { rootKeyOf } from './root-key.ts';

const names = new BlindNames(rootKeyOf(Buffer.alloc(32, 7)));
const others = new BlindNames(rootKeyOf(Buffer.alloc(32, 8)));

describe('blind names', () => {
  it('are the same for equal values, in this process and the next', () => {
    expect(names.blind('uln', '9276308686')).toBe('UypUop7VjgyWRRfYby3DJA');
    expect(names.blindId('event', 'urn:concordat:agency:a\n1')).toBe('bea9ebf7-147c-80b1-94b0-289205687e71');
  });

  it('differ by kind, by value and by root key', () => {
    const all = [names.blind('uln', '1'), names.blind('uln', '2'), names.blind('local', '1'), others.blind('uln', '1')];
    expect(new Set(all).size).toBe(4);
  });

  it('have 128 bits', () => {
    expect(names.blind('uln', '1')).toMatch(/^[A-Za-z0-9_-]{22}$/);
  });

  it('are UUIDs of version 8 as ids', () => {
    for (let n = 0; n < 200; n++)
      expect(names.blindId('event', String(n))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
