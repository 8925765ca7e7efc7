import fc from 'fast-check';
import { applyFields, breadth, levelRank } from './fields.ts';
import type { Fields } from './language.ts';

const DATA = { localId: 'p-1', uln: '9276308686', givenName: 'Maya', contact: { email: 'maya@example.org' } };
const NOTHING = { supplied: [] };

describe('minimisation', () => {
  it('shows all in full where no field is named', () => {
    expect(applyFields({}, 'full', DATA, NOTHING)).toEqual(DATA);
  });

  it('shows only, or all but, the fields named', () => {
    expect(applyFields({ only: ['givenName', 'absent'] }, 'full', DATA, NOTHING)).toEqual({ givenName: 'Maya' });
    expect(applyFields({ except: ['contact', 'uln'] }, 'full', DATA, NOTHING)).toEqual({ localId: 'p-1', givenName: 'Maya' });
  });

  it('shows a field in ifSupplied where the recipient supplied it', () => {
    const fields: Fields = { except: ['localId', 'contact'], ifSupplied: ['uln'] };
    expect(applyFields(fields, 'full', DATA, NOTHING)).toEqual({ givenName: 'Maya' });
    expect(applyFields(fields, 'full', DATA, { supplied: ['uln', 'localId'] })).toEqual({ uln: '9276308686', givenName: 'Maya' });
    expect(applyFields({ only: ['givenName'], ifSupplied: ['uln'] }, 'full', DATA, { supplied: ['uln'] })).toEqual({ uln: '9276308686', givenName: 'Maya' });
  });

  it('shows nothing unnamed of what exists, and of a summary only what the clause leaves over', () => {
    expect(applyFields({}, 'existence', DATA, NOTHING)).toEqual({});
    expect(applyFields({ except: ['uln'] }, 'existence', DATA, NOTHING)).toEqual({});
    expect(applyFields({ only: ['uln'] }, 'existence', DATA, NOTHING)).toEqual({ uln: '9276308686' });
    expect(applyFields({}, 'summary', DATA, NOTHING)).toEqual({});
    expect(applyFields({ except: ['uln', 'localId'] }, 'summary', DATA, NOTHING)).toEqual({ givenName: 'Maya', contact: DATA.contact });
  });
});

const names = fc.subarray(Object.keys(DATA));
const lists = fc.record({ only: names, except: names, ifSupplied: names }, { requiredKeys: [] });
const level = fc.constantFrom('full' as const, 'summary' as const, 'existence' as const);

it('leaves the data as it is and never shows what is excepted', () => {
  fc.assert(
    fc.property(lists, level, names, (fields, at, supplied) => {
      const before = structuredClone(DATA);
      const shown = applyFields(fields, at, Object.freeze(DATA), { supplied });
      expect(DATA).toEqual(before);
      expect(before).toMatchObject(shown);
      for (const name of fields.except ?? []) expect(shown).not.toHaveProperty(name);
    }),
    { seed: 1 },
  );
});

describe('breadth', () => {
  it('orders clauses of one level by the fields that they show', () => {
    const wide: readonly Fields[] = [{}, { ifSupplied: ['uln'] }, { except: ['note'] }, { except: ['a', 'b'] }, { only: ['a', 'b'] }, { only: ['a'] }];
    const sorted = wide.toSorted((a, b) => breadth(b, 'full') - breadth(a, 'full'));
    expect(sorted).toEqual(wide);
  });

  it('is nothing below full where no field is named', () => {
    expect(breadth({}, 'summary')).toBe(0);
    expect(breadth({ except: ['a'] }, 'existence')).toBe(0);
  });

  it('comes after the level', () => {
    expect(['full', 'summary', 'existence'].map((one) => levelRank(one as 'full'))).toEqual([2, 1, 0]);
  });
});
