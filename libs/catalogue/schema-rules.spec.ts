// Rules of single types that go beyond required properties and forms.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueData, ShortType } from './index.ts';
import { findProtocols, FRAMEWORKS, LEAVING_REASONS, shippedCatalogue } from './index.ts';

const catalogue = shippedCatalogue();
const example = <T extends ShortType>(short: T): CatalogueData[T] =>
  JSON.parse(readFileSync(join(findProtocols(), 'catalogue', 'examples', `${short}.v1.json`), 'utf8')) as CatalogueData[T];
const faults = (short: ShortType, data: unknown): readonly unknown[] => catalogue.byShort(short).validate(data);
const codesOf = (short: ShortType, ...path: readonly string[]): unknown => {
  const node = path.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, catalogue.byShort(short).schema);
  return node['enum'];
};
const property = (name: string): readonly string[] => ['properties', name];

describe('closed sets', () => {
  it.each<readonly [ShortType, readonly string[], readonly string[]]>([
    ['learner.adviser-assigned', property('role'), ['personal-adviser', 'link-adviser', 'key-worker']],
    ['consent.given', property('givenBy'), ['learner', 'parent-or-carer']],
    ['consent.refused', property('method'), ['signed-form', 'online', 'verbal-witnessed']],
    ['notice.acknowledged', property('action'), ['deleted', 'stopped-using', 'nothing-held']],
    ['objection.decided', property('outcome'), ['upheld', 'overridden']],
    ['referral.made', property('route'), ['connexions', 'other-agency', 'self', 'school', 'yot', 'out-of-area']],
    ['assessment.recorded', property('framework'), FRAMEWORKS],
    [
      'assessment.recorded',
      [...property('supersedes'), ...property('reason')],
      ['expired', 'not-comprehensive', 'changed-circumstances', 'learner-request'],
    ],
    ['programme.started', property('kind'), ['e2e', 'apprenticeship', 'traineeship', 'school-course', 'fe-course']],
    ['achievement.recorded', property('kind'), ['accredited', 'non-accredited']],
    ['programme.left-early', property('reason'), LEAVING_REASONS],
    [
      'circumstance.noted',
      property('kind'),
      ['housing', 'caring', 'care-status', 'support-need', 'health', 'disability', 'learning-difficulty', 'substance', 'pregnancy'],
    ],
  ])('%s: %j', (short, path, codes) => expect(codesOf(short, ...path)).toEqual(codes));

  it.each([
    ['programme.moved-on', 'destination'],
    ['destination.recorded', 'activity'],
    ['intention.recorded', 'intended'],
  ] as const)('%s: %s is a CCIS code', (short, name) => {
    expect(codesOf(short, ...property(name))).toEqual(catalogue.codes['ccis-activity'].codes.map((row) => row.code));
    expect(faults(short, { ...example(short), [name]: '999' })).toEqual([{ pointer: `/${name}`, says: 'Give a code of the table ccis-activity.' }]);
  });
});

describe('category', () => {
  it.each([
    ['apir', 'apir'],
    ['risk-of-failing', 'risk-of-failing'],
    ['risk-of-reoffending', 'risk-of-reoffending'],
    ['initial', 'assessment'],
    ['screening', 'assessment'],
    ['learning-style', 'assessment'],
    ['vocational', 'assessment'],
  ] as const)('of an assessment by %s is %s', (framework, category) => {
    expect(catalogue.byShort('assessment.recorded').categoryOf({ framework })).toBe(category);
    expect(catalogue.codes.frameworks.codes.find((row) => row.code === framework)?.category).toBe(category);
  });

  it.each(['health', 'disability', 'learning-difficulty', 'substance', 'pregnancy'])('of %s is special', (kind) => {
    expect(catalogue.byShort('circumstance.noted').categoryOf({ kind })).toBe('circumstance-special');
  });

  it.each(['housing', 'caring', 'care-status', 'support-need', '__proto__'])('of %s is ordinary', (kind) => {
    expect(catalogue.byShort('circumstance.noted').categoryOf({ kind })).toBe('circumstance');
  });

  it.each(['assessment.disputed', 'assessment.rectified'] as const)('of %s follows the assessment', (short) => {
    expect(catalogue.byShort(short).categoryFollows).toBe('assessmentId');
    expect(catalogue.byShort(short).categoryOf({ ...example(short) })).toBe('assessment');
  });
});

describe('single types', () => {
  it('learner.corrected and assessment.rectified name what they correct', () => {
    expect(faults('learner.corrected', { reason: 'Misspelt' })).toEqual([
      { pointer: '', says: 'Add at least one of: localId, uln, givenName, familyName, dateOfBirth, postcode, sex, contact.' },
    ]);
    expect(faults('assessment.rectified', { assessmentId: 'a-1', reason: 'Wrong date' })).toEqual([
      { pointer: '', says: 'Add at least one of: instrument, assessedOn, validUntil, assessor, outcome, factors.' },
    ]);
    expect(faults('assessment.rectified', { assessmentId: 'a-1', reason: 'Wrong', domain: 'ict' })).toHaveLength(1);
  });

  it('objection.decided states grounds where it overrides', () => {
    const overridden = { ...example('objection.decided'), outcome: 'overridden' };
    expect(faults('objection.decided', overridden)).toEqual([{ pointer: '/grounds', says: 'Add this property: it is required.' }]);
    expect(faults('objection.decided', { ...overridden, grounds: 'Safeguarding' })).toEqual([]);
  });

  it('assessment.recorded takes APIR factors for apir, other short terms for other frameworks, levels 1 to 4 for all', () => {
    const rated = (framework: string, code: string, level: unknown): readonly unknown[] =>
      faults('assessment.recorded', { ...example('assessment.recorded'), framework, factors: [{ code, level }] });
    expect(rated('apir', 'housing', 4)).toEqual([]);
    expect(rated('apir', 'punctuality', 4)).toHaveLength(1);
    expect(rated('risk-of-failing', 'punctuality', 1)).toEqual([]);
    for (const level of [0, 5, 1.5, '2']) expect(rated('apir', 'housing', level)).toHaveLength(1);
  });

  it('a scope without lists covers everything; an empty list is refused', () => {
    expect(faults('restriction.requested', { scope: {}, reason: 'Contested' })).toEqual([]);
    expect(faults('restriction.requested', { scope: { purposes: [] }, reason: 'Contested' })).toHaveLength(1);
  });

  it('a year is text or a whole number, a cohort text', () => {
    for (const year of ['2026/27', 2026]) expect(faults('intention.recorded', { ...example('intention.recorded'), year })).toEqual([]);
    expect(faults('offer.made', { ...example('offer.made'), cohort: 2026 })).toHaveLength(1);
  });

  it('agencies appear as slugs', () => {
    for (const to of ['Heath Town Skills', 'urn:concordat:agency:heath-town-skills', '-a', ''])
      expect(faults('referral.made', { ...example('referral.made'), to })).toHaveLength(1);
  });

  it('a ULN has ten digits; whether its check digit holds is judged apart', () => {
    const registered = example('learner.registered');
    expect(faults('learner.registered', { ...registered, uln: '1234567890' })).toEqual([]);
    expect(faults('learner.registered', { ...registered, uln: '123456789' })).toEqual([{ pointer: '/uln', says: 'Give a Unique Learner Number: ten digits.' }]);
  });
});
