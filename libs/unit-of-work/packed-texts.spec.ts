import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { PackedTexts, type TakenText } from './packed-texts.ts';

const MIB = 2 ** 20;

/** Three quarters as long when packed: nothing in it is met twice. */
const incompressible = (bytes: number, seed: number): string =>
  many(0, Math.ceil(bytes / 43))
    .map((n) => createHash('sha256').update(`${seed} ${n}`).digest('base64url'))
    .join('');
const nameOf = (n: number): string => `name-${n}`;
const many = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, n) => from + n);

describe('packed texts', () => {
  it('are unpacked as they were, with words in common and without', () => {
    const said = 'Ångström ☃ \u0000 "quoted", said twice: said twice';
    for (const options of [{}, { dictionary: () => Buffer.from('said twice') }]) {
      const texts = new PackedTexts(options);
      texts.put('one', said);
      texts.put('none', '');
      expect([texts.get('one'), texts.get('none'), texts.get('other')]).toEqual([said, '', undefined]);
    }
  });

  it('are the oldest gone where there are too many, in the order in which they were put or given back', () => {
    const texts = new PackedTexts({ most: 3 });
    for (const n of many(0, 3)) texts.put(nameOf(n), String(n));
    const taken = texts.take(nameOf(0));
    expect([taken?.text, texts.has(nameOf(0))]).toEqual(['0', false]);
    expect(taken && texts.giveBack(taken)).toBe(true);
    texts.put(nameOf(3), '3');
    expect(many(0, 4).map((n) => texts.get(nameOf(n)))).toEqual(['0', undefined, '2', '3']);
  });

  it('are no more once they were taken back or cleared, also what was taken out then', () => {
    const texts = new PackedTexts({});
    for (const n of many(0, 2)) texts.put(nameOf(n), String(n));
    texts.delete(nameOf(0));
    const taken = texts.take(nameOf(1));
    texts.clear();
    expect([texts.has(nameOf(0)), texts.has(nameOf(1)), taken && texts.giveBack(taken)]).toEqual([false, false, false]);
  });

  it('take no more than twice their room, however often they are put anew, and stay what they were', () => {
    const bytes = MIB / 64;
    const texts = new PackedTexts({});
    const [few, kept] = [many(0, 32), many(100, 108)];
    for (const n of kept) texts.put(nameOf(n), incompressible(bytes, n));
    for (const round of many(0, 12)) for (const n of few) texts.put(nameOf(n), incompressible(bytes, n + 1000 * round));
    for (const n of kept) expect(texts.get(nameOf(n))).toBe(incompressible(bytes, n));
    for (const n of few) expect(texts.get(nameOf(n))).toBe(incompressible(bytes, n + 11_000));
    // Of 40 texts, which take half a MiB, put 392 times: nearly 5 MiB, were nothing put where another lay.
    expect(texts.bytes).toBeLessThanOrEqual(2 * MIB);
  });

  it('are to be put anew where others were put where they lay', () => {
    const bytes = MIB / 8;
    const texts = new PackedTexts({});
    texts.put('taken', incompressible(bytes, 0));
    const taken = texts.take('taken');
    for (const n of many(1, 40)) texts.put('other', incompressible(bytes, n));
    expect([taken?.text, taken && texts.giveBack(taken), texts.has('taken')]).toEqual([incompressible(bytes, 0), false, false]);
  });

  it('are the oldest gone also where only those that came last are not asked for any more', () => {
    const bytes = MIB / 8;
    const texts = new PackedTexts({ most: 20 });
    for (const n of many(0, 20)) texts.put(nameOf(n), incompressible(bytes, n));
    for (const n of many(0, 18)) texts.giveBack(texts.take(nameOf(n)) ?? { place: undefined });
    for (const n of many(20, 22)) texts.put(nameOf(n), incompressible(bytes, n));
    expect(many(0, 22).filter((n) => !texts.has(nameOf(n)))).toEqual([18, 19]);
    for (const n of many(22, 30)) texts.put(nameOf(n), incompressible(bytes, n));
    expect(many(0, 30).filter((n) => texts.has(nameOf(n)))).toHaveLength(20);
    expect(many(22, 30).filter((n) => texts.get(nameOf(n)) !== incompressible(bytes, n))).toEqual([]);
  });

  it('are, whatever is put, taken out, given back and deleted, what was put last under their names', () => {
    const long = incompressible(MIB / 2, 0);
    const step = fc.record({ what: fc.constantFrom('put', 'take', 'giveBack', 'delete'), n: fc.nat(40), length: fc.nat(MIB / 4) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const texts = new PackedTexts({});
        const model = new Map<string, string>();
        const taken = new Map<string, TakenText>();
        const work = {
          put: (name: string, text: string): void => {
            texts.put(name, text);
            model.set(name, text);
            taken.delete(name);
          },
          delete: (name: string): void => {
            texts.delete(name);
            model.delete(name);
          },
          take: (name: string): void => {
            const found = texts.take(name);
            expect(found?.text).toBe(model.get(name));
            model.delete(name);
            if (found) taken.set(name, found);
          },
          giveBack: (name: string): void => {
            const found = model.has(name) ? undefined : taken.get(name);
            if (found && texts.giveBack(found)) model.set(name, found.text);
          },
        };
        for (const [turn, { what, n, length }] of steps.entries())
          work[what](nameOf(n), `${turn} ${long.slice(turn * 999, turn * 999 + length)}`);
        for (const n of many(0, 41)) expect(texts.get(nameOf(n))).toBe(model.get(nameOf(n)));
      }),
      { numRuns: 20 },
    );
  });
});
