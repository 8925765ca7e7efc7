import { PackedItems } from './packed-items.ts';

const MIB = 2 ** 20;
const item = (position: number, data: Readonly<Record<string, unknown>>) =>
  ({
    event: { type: 'uk.concordat.referral.made.v1', source: 'urn:concordat:agency:careers', time: '2026-09-01T23:30:00Z', data },
    position,
    day: '2026-09-02',
    bytes: 420,
  }) as const;
/** As long packed as it is: nothing in it is met twice. */
const incompressible = (bytes: number, seed: number): string => {
  let state = seed + 1;
  return Array.from({ length: bytes }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
};

describe('packed items', () => {
  it('are unpacked as they were', () => {
    const items = new Map([
      [0, item(7, { referralId: 'r-1', note: 'Ångström ☃ \u0000 "quoted"', deep: { list: [1.5, null, true, {}] } })],
      [12, item(2 ** 40, JSON.parse('{ "__proto__": { "a": 1 } }') as Record<string, unknown>)],
    ]);
    const packed = new PackedItems(MIB);
    packed.put('L1', items);
    expect(packed.has('L1')).toBe(true);
    expect(JSON.stringify([...(packed.get('L1') ?? [])])).toBe(JSON.stringify([...items]));
    expect(packed.get('L2')).toBeUndefined();
  });

  it('are those that were packed last', () => {
    const packed = new PackedItems(MIB);
    packed.put('L1', new Map([[0, item(1, { told: 'before' })]]));
    packed.put('L1', new Map([[0, item(1, { told: 'now' })]]));
    expect(packed.get('L1')?.get(0)?.event.data).toEqual({ told: 'now' });
    packed.clear();
    expect([packed.has('L1'), packed.get('L1')]).toEqual([false, undefined]);
  });

  it('go by age where there is no room, and no others', () => {
    const packed = new PackedItems(3 * MIB);
    const bytes = MIB / 8;
    for (let n = 0; n < 30; n++) packed.put(`L${n}`, new Map([[0, item(n, { said: incompressible(bytes, n) })]]));
    const held = Array.from({ length: 30 }, (_, n) => n).filter((n) => packed.has(`L${n}`));
    expect(held).toEqual(Array.from({ length: held.length }, (_, n) => 30 - held.length + n));
    expect(held.length).toBeGreaterThan(8);
    expect(held.length * bytes * 0.8).toBeLessThan(3 * MIB);
    for (const n of held) expect(packed.get(`L${n}`)?.get(0)?.position).toBe(n);
  });

  it('are not kept where one learner’s are more than a buffer holds', () => {
    const packed = new PackedItems(2 * MIB);
    packed.put('L1', new Map([[0, item(1, { told: 'little' })]]));
    packed.put('L1', new Map([[0, item(1, { said: incompressible(2 * MIB, 1) })]]));
    expect(packed.has('L1')).toBe(false);
  });
});
