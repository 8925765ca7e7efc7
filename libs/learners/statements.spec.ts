import { compactPostcode, folded, matchKey, matchKeys } from './statements.ts';

const chloe = { givenName: 'Chloë', familyName: "O'Neill", dateOfBirth: '2009-04-30', postcode: 'WV1 1AB' };

describe('match key', () => {
  it.each([
    ['case', { ...chloe, givenName: 'CHLOË', familyName: "o'neill" }],
    ['accents', { ...chloe, givenName: 'Chloe' }],
    ['accents written as marks of their own', { ...chloe, givenName: 'Chloë'.normalize('NFD') }],
    ['spaces', { ...chloe, familyName: " O'Ne ill ", postcode: 'wv11ab' }],
    ['punctuation', { ...chloe, familyName: 'O’Neill' }],
    ['form of the given name', { ...chloe, givenName: 'Chlo' }],
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

  it.each(['.', '-', '? ?', '…', '\u200b', '\u02bc'])('says nothing of a name without a letter: "%s"', (name) => {
    expect(matchKey({ ...chloe, givenName: name })).toBeUndefined();
    expect(matchKey({ ...chloe, familyName: name })).toBeUndefined();
  });
});

describe('the keys by which somebody is compared', () => {
  const bill = { ...chloe, givenName: 'Bill', postcode: 'WV9 9ZZ' };

  it('are one without a school, and with one a second, whatever the given name and the postcode', () => {
    expect(matchKeys(chloe, undefined)).toEqual([matchKey(chloe)]);
    const [, school] = matchKeys(chloe, 'st-chads');
    expect(matchKeys(bill, 'st-chads')).toEqual([matchKey(bill), school]);
  });

  it.each([
    ['school', bill, 'highfields'],
    ['family name', { ...bill, familyName: 'Neill' }, 'st-chads'],
    ['date of birth', { ...bill, dateOfBirth: '2009-04-29' }, 'st-chads'],
  ])('differ with the %s', (_, other, school) => {
    expect(matchKeys(other, school)).not.toContain(matchKeys(chloe, 'st-chads')[1]);
  });

  it('are none where nothing can be said', () => {
    expect(matchKeys({ familyName: '-', dateOfBirth: '2009-04-30' }, 'st-chads')).toEqual([]);
    expect(matchKeys({ familyName: 'Neill' }, 'st-chads')).toEqual([]);
  });
});

const of = (...codes: readonly number[]): readonly string[] => codes.map((code) => `O${String.fromCodePoint(code)}Brien`);

describe('names spelt otherwise', () => {
  it.each<readonly [string, readonly string[]]>([
    ['case alone', ['Weiß', 'WEISS', 'WEIẞ', 'weiss']],
    ['a stroke through l', ['Łukasz', 'ŁUKASZ', 'Lukasz', 'łukasz']],
    ['a stroke through o', ['Sørensen', 'SØRENSEN', 'Sorensen', 'Sǿrensen']],
    ['a stroke through d', ['Đặng', 'Dang', 'đặng']],
    ['eth', ['Guðrún', 'GUÐRÚN', 'Gudrun']],
    ['thorn', ['Þórdís', 'ÞÓRDÍS', 'Thordis']],
    ['ae', ['Æthelred', 'AETHELRED', 'Ǣthelred']],
    ['oe', ['Lœtitia', 'LŒTITIA', 'Loetitia']],
    ['h with a stroke', ['Ħal', 'ħal', 'Hal']],
    ['t with a stroke', ['Ŧuomas', 'ŧuomas', 'Tuomas']],
    ['eng', ['Beaŋal', 'BEAŊAL', 'Beanal']],
    ['kra', ['Kalaaĸ', 'Kalaaq']],
    ['schwa', ['Əliyev', 'əliyev', 'Eliyev']],
    ['n with an apostrophe', ['ŉovember', 'ʼnovember', 'November']],
    ['hooks and bars', ['Ɓalarabe', 'ɓalarabe', 'Balarabe']],
    ['dotless i', ['Yıldız', 'YILDIZ', 'Yildiz', 'yıldız']],
    ['dotted I', ['İpek', 'ipek', 'IPEK', 'i\u0307pek']],
    ['a final sigma', ['Νίκος', 'ΝΙΚΟΣ', 'Νικοσ']],
    ['composed and not', ['Zoë', 'Zoe\u0308', 'ZOË', 'Zoe']],
    ['many marks', ['Nguyễn', 'Nguye\u0302\u0303n', 'Nguyen']],
    ['full-width letters', ['Ｓｍｉｔｈ', 'Smith']],
    ['ligatures', ['Griﬃths', 'GRIFFITHS']],
    ['a middle dot', ['Gal·la', 'Galla', 'Gaŀla', 'Gal‧la']],
    ['Hawaiian okina', ['Kaʻiulani', "Ka'iulani", 'Kaiulani']],
    [
      'apostrophes',
      [
        'OBrien',
        ...of(
          0x27,
          0x60,
          0xb4,
          0x2b9,
          0x2bb,
          0x2bc,
          0x2bd,
          0x2be,
          0x2bf,
          0x2c8,
          0x2ca,
          0x2cb,
          0x55a,
          0x5f3,
          0x2018,
          0x2019,
          0x201a,
          0x201b,
          0x2032,
          0x2035,
          0x275c,
          0xa78c,
          0xff07,
        ),
      ],
    ],
    [
      'hyphens',
      [
        'OBrien',
        ...of(0x2d, 0xad, 0x58a, 0x5be, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x2e17, 0x30a0, 0xfe58, 0xfe63, 0xff0d),
      ],
    ],
    [
      'spaces',
      ['OBrien', ...of(0x20, 0x9, 0xa0, 0x1680, 0x2000, 0x2007, 0x2009, 0x200a, 0x202f, 0x205f, 0x3000, 0x200b, 0x200d, 0x2060, 0xfeff)],
    ],
    ['one piece or two', ['Anne-Marie', 'Anne Marie', 'Annemarie', 'ANNE  MARIE']],
  ])('%s', (_, spellings) => {
    expect(new Set(spellings.map(folded)).size).toBe(1);
  });

  it.each<readonly [string, string, string]>([
    ['digits', 'Sam 1', 'Sam 2'],
    ['numbers that are no digits', 'Sam Ⅱ', 'Sam Ⅲ'],
    ['letters', 'Jon', 'John'],
    ['their order', 'Ann', 'Nan'],
    ['umlauts written out', 'Müller', 'Miller'],
    ['their script', 'Анна', 'Anna'],
    ['signs that are letters', 'エリ', 'エーリ'],
  ])('other names stay apart by %s', (_, one, other) => {
    expect(folded(one)).not.toBe(folded(other));
  });

  it('folded once are folded', () => {
    for (const name of ['Weiß', 'İpek', 'Νίκος', 'ŉ', 'Ǣ', 'ΐ', 'ﬃ']) expect(folded(folded(name))).toBe(folded(name));
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
