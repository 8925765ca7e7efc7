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
    ['learner.adviser-assigned', property('role'), ['personal-adviser', 'link-adviser', 'dedicated-adviser', 'key-worker', 'mentor']],
    ['learner.adviser-ended', property('role'), ['personal-adviser', 'link-adviser', 'dedicated-adviser', 'key-worker', 'mentor']],
    ['record.retracted', property('reason'), ['entered-in-error', 'wrong-learner', 'other']],
    ['withholding.stated', property('ground'), ['serious-harm', 'crime']],
    ['endorsement.answered', property('outcome'), ['upheld', 'revised']],
    ['offer.declined', property('reason'), ['not-suitable', 'other-offer', 'changed-mind', 'other']],
    ['workplace.risk-assessed', property('outcome'), ['suitable', 'with-conditions', 'not-suitable']],
    ['provision.gap-answered', property('decision'), ['planned', 'declined', 'exists']],
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
    expect(faults(short, { ...example(short), [name]: '999' })).toEqual([
      { pointer: `/${name}`, says: 'Give a code of the table ccis-activity.' },
    ]);
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

  it.each(['record.retracted', 'withholding.stated', 'withholding.ended'] as const)(
    'of %s follows the event that it names; else no agency reads it',
    (short) => {
      expect(catalogue.byShort(short).namesOwn).toBe('of');
      expect(catalogue.byShort(short).categoryOf({ ...example(short) })).toBe('rights');
    },
  );

  it.each(['assessment.disputed', 'assessment.rectified'] as const)('of %s follows the assessment', (short) => {
    expect(catalogue.byShort(short).categoryFollows).toBe('assessmentId');
    expect(catalogue.byShort(short).categoryOf({ ...example(short) })).toBe('assessment');
  });
});

describe('single types', () => {
  it('learner.corrected and assessment.rectified name what they correct', () => {
    expect(faults('learner.corrected', { reason: 'Misspelt' })).toEqual([
      { pointer: '', says: 'Add at least one of: localId, uln, givenName, familyName, dateOfBirth, postcode, sex, contact, withheld.' },
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

  const refused = (short: ShortType, name: string, value: unknown): boolean =>
    faults(short, { ...example(short), [name]: value }).length > 0;

  it.each([
    'M1 1AA',
    'M60 1NW',
    'CR2 6XH',
    'DN55 1PT',
    'W1A 1HQ',
    'EC1A 1BB',
    'ec1a1bb',
    'WV1',
    'WV14',
    'ZZ99',
    'ZZ99 3VZ',
    'BFPO',
    'BFPO 12',
    'bfpo801',
  ])('%s is a postcode', (postcode) => {
    expect(refused('residence.stated', 'postcode', postcode)).toBe(false);
  });

  it.each([
    'WV',
    '1AA',
    'WV1 1A',
    'WV1 1AAA',
    'WV123 1AA',
    'WVX1 1AA',
    'WV1-1AA',
    ' WV1',
    'WV1 ',
    'WV1   1AA',
    'not known',
    'BFPO x',
    'ＷＶ1',
  ])('"%s" is no postcode', (postcode) => {
    expect(refused('residence.stated', 'postcode', postcode)).toBe(true);
  });

  it('a district is an outward code or a longer prefix', () => {
    for (const district of ['WV1', 'EC1A', 'WV14 8', 'WV14 8AB']) expect(refused('office.declared', 'districts', [district])).toBe(false);
    for (const district of ['wv1', 'WV', 'WV14 ', 'WV14 8ABC', 'WV148'])
      expect(refused('office.declared', 'districts', [district])).toBe(true);
  });

  it('a rating is a whole number from 1 to 5', () => {
    expect([1, 5].some((rating) => refused('feedback.given', 'rating', rating))).toBe(false);
    expect([0, 6, 2.5, '3'].every((rating) => refused('feedback.given', 'rating', rating))).toBe(true);
  });

  it.each([
    ['assessment.recorded', 'instrument'],
    ['assessment.recorded', 'domain'],
    ['feedback.given', 'theme'],
    ['feedback.answered', 'theme'],
    ['offence.noted', 'order'],
    ['attendance.concern', 'kind'],
    ['provision.listed', 'kind'],
  ] as const)('%s: %s has at most 40 characters', (short, name) => {
    expect([40, 41].map((length) => refused(short, name, 'é'.repeat(length)))).toEqual([false, true]);
  });

  it.each([
    ['circumstance.noted', 'note'],
    ['review.held', 'summary'],
    ['question.asked', 'text'],
  ] as const)('%s: %s has at most 4,000 characters', (short, name) => {
    expect([4000, 4001].map((length) => refused(short, name, 'é'.repeat(length)))).toEqual([false, true]);
  });
});
