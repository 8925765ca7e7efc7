import { compactPostcode, matchKey } from './match-key.ts';

const chloe = { givenName: 'Chloë', familyName: "O'Neill", dateOfBirth: '2009-04-30', postcode: 'WV1 1AB' };

describe('match key', () => {
  it.each([
    ['case', { ...chloe, givenName: 'CHLOË', familyName: "o'neill" }],
    ['accents', { ...chloe, givenName: 'Chloe' }],
    ['accents written as marks of their own', { ...chloe, givenName: 'Chloë'.normalize('NFD') }],
    ['spaces', { ...chloe, familyName: " O'Ne ill ", postcode: 'wv11ab' }],
    ['punctuation', { ...chloe, familyName: 'O’Neill' }],
  ])('is the same whatever the %s', (_, other) => {
    expect(matchKey(other)).toBe(matchKey(chloe));
  });

  it.each([
    ['given name', { ...chloe, givenName: 'Zoë' }],
    ['family name', { ...chloe, familyName: 'Neill' }],
    ['date of birth', { ...chloe, dateOfBirth: '2009-04-29' }],
    ['postcode', { ...chloe, postcode: 'WV1 1AC' }],
    ['split between the names', { ...chloe, givenName: 'ChloeO', familyName: 'Neill' }],
  ])('differs with the %s', (_, other) => {
    expect(matchKey(other)).not.toBe(matchKey(chloe));
  });

  it('says nothing without a postcode', () => {
    const { postcode: _, ...rest } = chloe;
    expect(matchKey(rest)).toBeUndefined();
  });
});

describe('a compact postcode', () => {
  it.each([
    ['WV1 1AB', 'WV11AB'],
    ['wv11ab', 'WV11AB'],
    [' b3 ', 'B3'],
  ])('of %s is %s', (postcode, compact) => {
    expect(compactPostcode(postcode)).toBe(compact);
  });
});
