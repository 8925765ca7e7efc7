import fc from 'fast-check';
import type { Permit } from './decision.ts';
import { type CodeGroups, applyFields, breadth, dataShown, levelRank } from './fields.ts';
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
    expect(applyFields({ only: ['givenName'], ifSupplied: ['uln'] }, 'full', DATA, { supplied: ['uln'] })).toEqual({
      uln: '9276308686',
      givenName: 'Maya',
    });
  });

  it('shows nothing unnamed of what exists, and of a summary only what the clause leaves over', () => {
    expect(applyFields({}, 'existence', DATA, NOTHING)).toEqual({});
    expect(applyFields({ except: ['uln'] }, 'existence', DATA, NOTHING)).toEqual({});
    expect(applyFields({ only: ['uln'] }, 'existence', DATA, NOTHING)).toEqual({ uln: '9276308686' });
    expect(applyFields({}, 'summary', DATA, NOTHING)).toEqual({});
    expect(applyFields({ except: ['uln', 'localId'] }, 'summary', DATA, NOTHING)).toEqual({ givenName: 'Maya', contact: DATA.contact });
  });
});

const groups: CodeGroups = {
  'reason-groups': new Map([['custody', 'circumstances']]),
  'activity-groups': new Map([['710', 'other']]),
};

describe('a coarser code', () => {
  const coarsen: Fields['coarsen'] = { reason: 'reason-groups', destination: 'activity-groups' };
  const left = { programmeId: 'p-1', reason: 'custody', note: 'Text.' };

  it('stands in place of the field', () => {
    expect(applyFields({ coarsen, except: ['note'] }, 'full', left, { supplied: [], groups })).toEqual({
      programmeId: 'p-1',
      reasonGroup: 'circumstances',
    });
    expect(applyFields({ coarsen }, 'full', { destination: '710' }, { supplied: [], groups })).toEqual({ activityGroup: 'other' });
  });

  it('is told only where the field would be shown', () => {
    expect(applyFields({ coarsen, only: ['programmeId'] }, 'full', left, { supplied: [], groups })).toEqual({ programmeId: 'p-1' });
  });

  it('tells nothing of a code in no group, nor without the table', () => {
    expect(applyFields({ coarsen }, 'full', { reason: 'unheard-of' }, { supplied: [], groups })).toEqual({});
    expect(applyFields({ coarsen }, 'full', left, NOTHING)).toEqual({ programmeId: 'p-1', note: 'Text.' });
  });
});

describe('entries of a list', () => {
  const entries: Fields['entries'] = { factors: { by: 'code', except: ['physical-health'] } };
  const factors = [
    { code: 'physical-health', level: 4 },
    { code: 'housing', level: 3 },
  ];

  it('of such a code are left out', () => {
    expect(applyFields({ only: ['factors'], entries }, 'summary', { factors, domain: 'whole' }, NOTHING)).toEqual({
      factors: [factors[1]],
    });
  });

  it('are not made up where there is no list', () => {
    expect(applyFields({ entries }, 'full', { domain: 'whole' }, NOTHING)).toEqual({ domain: 'whole' });
  });
});

describe('what a permit shows an agency', () => {
  const permit: Permit = { permit: true, clause: 'a@1#A', level: 'full', fields: {}, withoutIdentity: false, basis: { article6: 'e' } };
  const asker = { supplied: [], recipient: 'forge' };

  it('tells no route and no owner that gives the source away', () => {
    const disguised: Permit = { ...permit, disguised: ['yot', 'custody'] };
    expect(dataShown(disguised, { referralId: 'r-1', route: 'yot', of: 'city' }, asker)).toEqual({
      referralId: 'r-1',
      route: 'other-agency',
    });
    expect(dataShown(disguised, { referralId: 'r-1', route: 'school' }, asker)).toEqual({ referralId: 'r-1', route: 'school' });
  });

  it('tells no choice but its own', () => {
    const choices = [
      { agency: 'wulfrun', provision: 'Catering' },
      { agency: 'forge', provision: 'Joinery' },
    ];
    expect(dataShown({ ...permit, ownChoice: true }, { applicationId: 'x-1', choices }, asker)).toEqual({
      applicationId: 'x-1',
      choices: [choices[1]],
    });
    expect(dataShown(permit, { applicationId: 'x-1', choices }, asker)).toEqual({ applicationId: 'x-1', choices });
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
    const wide: readonly Fields[] = [
      {},
      { coarsen: { reason: 'reason-groups' } },
      { except: ['note'] },
      { except: ['a', 'b'] },
      { only: ['a', 'b'] },
      { only: ['a'] },
    ];
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
