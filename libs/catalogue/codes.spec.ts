import {
  activityCode,
  activityGroup,
  categoryCode,
  findProtocols,
  frameworkCode,
  isNeet,
  isNotKnown,
  natureOf,
  reasonGroup,
  roleCode,
  shippedCodes,
} from './catalogue.ts';
import { groupByCode } from './codes.ts';
import { CATEGORIES, frameworkOf, FRAMEWORKS, isCategory, isFramework, isRole, LEAVING_REASONS, ROLES } from './vocabulary.ts';

const codes = shippedCodes();
const listed = (rows: readonly { readonly code: string }[]): readonly string[] => rows.map((row) => row.code);
const numbered = (from: number, to: number): readonly string[] =>
  listed(codes['ccis-activity'].codes).filter((code) => Number(code) >= from && Number(code) <= to);

describe('code tables', () => {
  it('hold the codes that the vocabulary names', () => {
    expect(listed(codes.roles.codes)).toEqual(ROLES);
    expect(listed(codes.categories.codes)).toEqual(CATEGORIES);
    expect(listed(codes.frameworks.codes)).toEqual(FRAMEWORKS);
    expect(listed(codes['leaving-reasons'].codes)).toEqual(LEAVING_REASONS);
  });

  it.each([
    ['apir', undefined, 'apir'],
    ['risk-of-failing', undefined, 'risk-of-failing'],
    ['assessment', undefined, undefined],
    ['assessment', 'screening', 'screening'],
    ['apir', 'initial', 'initial'],
  ])('tell the framework of an assessment in category %s that says %s', (category, stated, framework) => {
    expect(frameworkOf(category, stated)).toBe(framework);
  });

  it.each(Object.entries(codes))('%s: every code once, with a label', (_, table) => {
    expect(new Set(listed(table.codes)).size).toBe(table.codes.length);
    for (const row of table.codes) expect(row.label).toMatch(/\S/);
  });

  it('cannot be changed', () => {
    expect(Object.isFrozen(codes['ccis-activity'].codes[0])).toBe(true);
    expect(() => Object.assign(codes.roles.codes[0] as object, { label: 'Other' })).toThrow(TypeError);
  });

  it('hold the APIR factors with levels 1 to 4', () => {
    expect(codes['apir-factors'].codes).toHaveLength(18);
    expect(codes['apir-factors'].levels).toEqual([1, 2, 3, 4]);
  });

  it('rank the assessment levels from pre-entry to level 3', () => {
    expect(codes['assessment-levels'].codes.map((level) => level.rank)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(listed(codes['assessment-levels'].codes)).toEqual([
      'pre-entry',
      'entry-1',
      'entry-2',
      'entry-3',
      'level-1',
      'level-2',
      'level-3',
    ]);
  });

  it('hold the lawful bases, two of them closed to public tasks', () => {
    const bases = codes['lawful-bases'].codes;
    const closed = bases.filter((basis) => basis.closedToPublicTasks);
    expect([6, 9, 10].map((article) => bases.filter((basis) => basis.article === article).length)).toEqual([7, 10, 1]);
    expect(listed(closed)).toEqual(['6(1)(ea)', '6(1)(f)']);
    expect(listed(bases.filter((basis) => basis.consent))).toEqual(['6(1)(a)', '9(2)(a)']);
  });
});

describe('CCIS activity', () => {
  it('counts 540 and 610 to 680 as NEET, and 810 to 830 as not known', () => {
    const all = listed(codes['ccis-activity'].codes);
    expect(all).toHaveLength(40);
    expect(all.filter(isNeet)).toEqual(['540', ...numbered(610, 680)]);
    expect(all.filter(isNotKnown)).toEqual(['810', '820', '830']);
  });

  it('knows nothing of other codes', () => {
    expect(activityCode('999')).toBeUndefined();
    expect(isNeet('999') || isNotKnown('999')).toBe(false);
    expect(activityCode('310')?.label).toBe('Apprenticeship');
  });
});

describe('groups', () => {
  it.each([
    ['reason-groups', 'leaving-reasons', 'reasonGroup'],
    ['activity-groups', 'ccis-activity', 'activityGroup'],
  ] as const)('%s cover every code of %s once, and are told as %s', (name, of, field) => {
    const covered = codes[name].codes.flatMap(({ covers }) => covers);
    expect([...covered].sort()).toEqual([...listed(codes[of].codes)].sort());
    expect(groupByCode(codes[name]).size).toBe(covered.length);
    expect(codes[name].field).toBe(field);
  });

  it('tell no offence, health or family', () => {
    expect(['personal', 'health', 'caring', 'custody'].map(reasonGroup)).toEqual(Array(4).fill('circumstances'));
    expect(['290', '710', '260', '530'].map(activityGroup)).toEqual(Array(4).fill('other'));
    expect(numbered(620, 680).map(activityGroup)).toEqual(Array(7).fill('not-available'));
  });

  it('keep NEET and not known as they are', () => {
    const all = listed(codes['ccis-activity'].codes);
    expect(all.filter((code) => ['neet-available', 'not-available'].includes(activityGroup(code) ?? ''))).toEqual(all.filter(isNeet));
    expect(all.filter((code) => activityGroup(code) === 'not-known')).toEqual(all.filter(isNotKnown));
  });

  it('know nothing of other codes', () => expect([activityGroup('999'), reasonGroup('toString')]).toEqual([undefined, undefined]));
});

describe('categories, frameworks and roles', () => {
  it('mark the categories that need a condition of Art 9 or Art 10', () => {
    expect(CATEGORIES.filter((name) => natureOf(name) === 'special-category')).toEqual(['circumstance-special']);
    expect(CATEGORIES.filter((name) => natureOf(name) === 'criminal-offence')).toEqual(['risk-of-reoffending', 'offence']);
    expect(CATEGORIES.filter((name) => natureOf(name) === 'not-personal')).toEqual(['quota', 'planning', 'quality', 'vacancy']);
  });

  it.each(CATEGORIES)('%s: a sentence for the learner in English and Welsh', (name) => {
    const { en, cy } = categoryCode(name).learner;
    expect([en, cy].every((sentence) => sentence.endsWith('.'))).toBe(true);
    expect(en).not.toBe(cy);
  });

  it('give each framework its default validity', () => {
    const days = Object.fromEntries(FRAMEWORKS.map((name) => [name, frameworkCode(name).validDays]));
    expect(days).toEqual({
      apir: 90,
      initial: 180,
      screening: 365,
      'learning-style': 365,
      vocational: 180,
      'risk-of-failing': 90,
      'risk-of-reoffending': 90,
    });
  });

  it('tell known names from others', () => {
    expect([isRole('yot'), isRole('bank')]).toEqual([true, false]);
    expect([isCategory('apir'), isCategory('*')]).toEqual([true, false]);
    expect([isFramework('initial'), isFramework('toString')]).toEqual([true, false]);
    expect(roleCode('employer').publicAuthority).toBe(false);
  });
});

describe('findProtocols', () => {
  it('says what to do where no directory above holds a catalogue', () => expect(() => findProtocols('/')).toThrow('explicitly'));
});
