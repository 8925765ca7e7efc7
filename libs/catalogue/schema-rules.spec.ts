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

  const IDS = shippedCatalogue().types.flatMap(({ short, schema }) =>
    Object.entries(schema['properties'] as Readonly<Record<string, { readonly title?: string }>>).flatMap(([name, { title = '' }]) =>
      / id(entifier)? .*on one line, without blanks/.test(title) ? [[short, name] as const] : [],
    ),
  );

  it('ids are those of all kinds', () => {
    const names = new Set(IDS.map(([, name]) => name));
    const things = [
      'consentId',
      'programmeId',
      'reviewId',
      'referralId',
      'assessmentId',
      'placementId',
      'offerId',
      'applicationId',
      'endorsementId',
      'achievementId',
    ];
    const others = [
      'noticeId',
      'questionId',
      'complaintId',
      'vacancyId',
      'provisionId',
      'gapId',
      'findingId',
      'procedureId',
      'employerId',
      'staffId',
      'localId',
      'of',
    ];
    expect([...names]).toEqual(expect.arrayContaining([...things, ...others]));
  });

  it.each(IDS)('%s: %s has nothing in it that cannot be seen', (short, name) => {
    for (const id of ['r-1', 'a b', 'é', 'x'.repeat(100)]) expect(refused(short, name, id)).toBe(false);
    for (const id of [
      ' r-1',
      'r-1 ',
      'r-1\u00a0',
      'r\u00a01',
      'r\u200b1',
      'r\u00ad1',
      '\ufeffr',
      'r\t1',
      'r\u20281',
      'e\u0301',
      'r\ufe0f',
      '\u3164',
    ])
      expect(refused(short, name, id)).toBe(true);
  });

  it('an id has at most 200 characters, that of an event 255', () => {
    expect([200, 201].map((length) => refused('referral.accepted', 'referralId', 'x'.repeat(length)))).toEqual([false, true]);
    expect([255, 256].map((length) => refused('record.retracted', 'of', 'x'.repeat(length)))).toEqual([false, true]);
  });

  it.each(['learner.registered', 'learner.corrected'] as const)('%s: a name has something to see, on one line', (short) => {
    for (const name of ['O’Neill', 'Zoe\u0308', '李', 'R2']) expect(refused(short, 'givenName', name)).toBe(false);
    for (const name of ['', ' ', '\u00a0', '\u200b', '\u3164', '\u0301', 'A\nB', 'A\u2028B'])
      expect(refused(short, 'givenName', name)).toBe(true);
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

  it("names whose id it means where that may be another agency's, and only there", () => {
    const types = catalogue.types.filter(({ schema, namesOwn }) => 'of' in (schema['properties'] as object) && namesOwn === undefined);
    expect(types.every(({ refersTo }) => refersTo.length > 0)).toBe(true);
    const own = ['assessment.rectified', 'programme.left-early', 'programme.moved-on', 'referral.withdrawn', 'vacancy.filled'];
    expect(catalogue.types.filter((type) => type.refersTo.length > 0 && !types.includes(type)).map(({ short }) => short)).toEqual(own);
  });

  it('agencies appear as slugs', () => {
    for (const to of ['Heath Town Skills', 'urn:concordat:agency:heath-town-skills', '-a', ''])
      expect(faults('referral.made', { ...example('referral.made'), to })).toHaveLength(1);
  });

  it('a ULN has ten digits; whether its check digit holds is judged apart', () => {
    const registered = example('learner.registered');
    expect(faults('learner.registered', { ...registered, uln: '1234567890' })).toEqual([]);
    expect(faults('learner.registered', { ...registered, uln: '123456789' })).toEqual([
      { pointer: '/uln', says: 'Give a Unique Learner Number: ten digits.' },
    ]);
  });
});
