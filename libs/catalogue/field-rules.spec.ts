import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '#kernel';
import type { EventDataValue, KnownWords, ShortType } from './index.ts';
import { RULES } from './field-rules.ts';
import { fieldFaults, findProtocols, shippedCatalogue } from './index.ts';

const today = '2026-11-25';
/** Before all days of the examples. */
const TOLD = '2026-02-01';
const words: KnownWords = {
  purposes: new Set(['plan-learning', 'support-learner']),
  protocols: new Set(['e2e-passport']),
  agencies: new Set([
    'connexions-north',
    'ebp-black-country',
    'forge-apprenticeships',
    'heath-town-skills',
    'lsc-black-country',
    'st-chads-school',
    'wulfrun-college',
  ]),
};
const example = (short: ShortType): EventDataValue =>
  JSON.parse(readFileSync(join(findProtocols(), 'catalogue', 'examples', `${short}.v1.json`), 'utf8')) as EventDataValue;
const pointers = (short: ShortType, changes: EventDataValue, toldOn = TOLD): readonly string[] => {
  const data = { ...example(short), ...changes };
  expect(shippedCatalogue().byShort(short).validate(data)).toEqual([]);
  return fieldFaults(short, data, { today, toldOn, words }).map(({ pointer }) => pointer);
};

it.each(shippedCatalogue().types.map(({ short }) => short))('%s: the example holds', (short) => expect(pointers(short, {})).toEqual([]));

/** The data with another value at `on`, or at `choices[].startsOn` of a first item. */
const withAt = (short: ShortType, path: string, value: unknown): EventDataValue => {
  const [name = '', field] = path.split(/\[\]\.?/);
  if (!path.includes('[]')) return { [name]: value };
  const [first] = example(short)[name] as readonly EventDataValue[];
  return { [name]: [field ? { ...first, [field]: value } : value] };
};
const pointerOf = (path: string): string => `/${path.replace('[].', '/0/').replace('[]', '/0')}`;

describe('days against today', () => {
  const spans: readonly (readonly [ShortType, string, earliest: string, ahead: number | string])[] = [
    ['learner.registered', 'dateOfBirth', '1976-11-25', 0],
    ['learner.corrected', 'dateOfBirth', '1976-11-25', 0],
    ['residence.stated', 'from', '1976-11-25', '2046-11-25'],
    ['circumstance.noted', 'since', '1976-11-25', 1],
    ['assessment.recorded', 'assessedOn', '2000-01-01', 0],
    ['assessment.rectified', 'assessedOn', '2000-01-01', 0],
    ['adviser.informed', 'on', '2000-01-01', 1],
    ['follow-up.made', 'on', '2000-01-01', 1],
    ['notice.acknowledged', 'on', '2000-01-01', 1],
    ['case-conference.held', 'on', '2000-01-01', 1],
    ['programme.signed-off', 'signedOn', '2000-01-01', 1],
    ['review.held', 'heldOn', '2000-01-01', 1],
    ['attendance.concern', 'on', '2000-01-01', 1],
    ['workplace.risk-assessed', 'on', '2000-01-01', 1],
    ['achievement.recorded', 'awardedOn', '2000-01-01', 1],
    ['destination.recorded', 'verifiedOn', '2000-01-01', 1],
    ['undertaking.discharged', 'on', '2000-01-01', 1],
    ['quality.finding-closed', 'on', '2000-01-01', 1],
    ['programme.started', 'startedOn', '2000-01-01', 31],
    ['placement.started', 'on', '2000-01-01', 31],
    ['learner.adviser-ended', 'on', '2000-01-01', 31],
    ['placement.ended', 'on', '2000-01-01', 31],
    ['programme.left-early', 'leftOn', '2000-01-01', 31],
    ['programme.moved-on', 'on', '2000-01-01', 31],
    ['withholding.stated', 'until', '2026-11-25', 90],
    ['consent.requested', 'until', '2026-11-25', '2046-11-25'],
    ['consent.given', 'validFrom', '2000-01-01', '2046-11-25'],
    ['consent.given', 'expires', '2000-01-01', '2126-11-25'],
    ['consent.renewed', 'expires', '2000-01-01', '2126-11-25'],
    ['assessment.recorded', 'validUntil', '2000-01-01', '2126-11-25'],
    ['workplace.risk-assessed', 'validUntil', '2000-01-01', '2126-11-25'],
    ['offence.noted', 'until', '2000-01-01', '2126-11-25'],
    ['release.planned', 'on', '2000-01-01', '2046-11-25'],
    ['programme.started', 'plannedEnd', '2000-01-01', '2046-11-25'],
    ['review.scheduled', 'on', '2000-01-01', '2046-11-25'],
    ['review.held', 'nextReviewDue', '2000-01-01', '2046-11-25'],
    ['moving-on.planned', 'on', '2000-01-01', '2046-11-25'],
    ['offer.made', 'startsOn', '2000-01-01', '2046-11-25'],
    ['offer.accepted', 'startsOn', '2000-01-01', '2046-11-25'],
    ['offer.declined', 'startsOn', '2000-01-01', '2046-11-25'],
    ['application.submitted', 'choices[].startsOn', '2000-01-01', '2046-11-25'],
    ['application.placed', 'choices[].startsOn', '2000-01-01', '2046-11-25'],
    ['destination.recorded', 'from', '2000-01-01', '2046-11-25'],
    ['question.answered', 'due', '2000-01-01', '2046-11-25'],
    ['complaint.acknowledged', 'due', '2000-01-01', '2046-11-25'],
    ['complaint.answered', 'due', '2000-01-01', '2046-11-25'],
    ['provision.listed', 'startsOn', '2000-01-01', '2046-11-25'],
    ['quality.finding-recorded', 'due', '2000-01-01', '2046-11-25'],
    ['partnership.declared', 'planningCloses', '2000-01-01', '2046-11-25'],
  ];

  it.each(spans)('%s: %s lies between %s and %s ahead', (short, path, earliest, ahead) => {
    const latest = typeof ahead === 'number' ? addDays(today, ahead) : ahead;
    const [before, after] = RULES[short]?.order ?? [];
    // As the other day that it is held against; the other may then be at fault.
    const other = path === before ? after : before;
    const faultsOn = (day: string): readonly string[] =>
      pointers(short, { ...withAt(short, path, day), ...(other === undefined ? {} : { [other]: day }) }, today).filter(
        (pointer) => pointer === pointerOf(path),
      );
    for (const day of [earliest, latest]) expect(faultsOn(day)).toEqual([]);
    for (const day of [addDays(earliest, -1), addDays(latest, 1)]) expect(faultsOn(day)).toEqual([pointerOf(path)]);
  });

  it('that systems write for want of one are refused wherever they stand', () => {
    for (const [short, path] of spans)
      for (const day of ['0001-01-01', '1753-01-01', '1899-12-30', '1900-01-01', '1970-01-01', '9999-12-31'])
        expect([short, pointers(short, withAt(short, path, day))]).toEqual([short, expect.arrayContaining([pointerOf(path)])]);
  });

  it('are held against the day of the event where it says until when: told late, it was not over', () => {
    for (const short of ['withholding.stated', 'consent.requested'] as const) {
      expect(pointers(short, { until: '2026-11-10' }, '2026-11-10')).toEqual([]);
      expect(pointers(short, { until: '2026-11-10' }, '2026-11-11')).toEqual(['/until']);
    }
  });

  it('each says what to do', () => {
    const { days = {} } = RULES['learner.registered'] ?? {};
    expect(Object.keys(days)).toEqual(['dateOfBirth']);
    const faults = fieldFaults(
      'learner.registered',
      { ...example('learner.registered'), dateOfBirth: '1900-01-01' },
      { today, toldOn: TOLD, words },
    );
    expect(faults).toEqual([{ pointer: '/dateOfBirth', says: 'Give the date of birth: nobody here was born more than 50 years ago.' }]);
  });
});

describe('a year', () => {
  it.each<readonly [ShortType, string]>([
    ['offer.made', 'cohort'],
    ['offer.accepted', 'cohort'],
    ['offer.declined', 'cohort'],
    ['quota.agreed', 'year'],
    ['intention.recorded', 'year'],
  ])('%s: %s told in figures is near', (short, field) => {
    for (const year of ['2000', '2026', '2046', '2026/27', 'autumn']) expect(pointers(short, { [field]: year })).toEqual([]);
    for (const year of ['1999', '2047', '0000', '9999']) expect(pointers(short, { [field]: year })).toEqual([`/${field}`]);
  });

  it('may be a number', () => {
    expect(pointers('quota.agreed', { year: 2026 })).toEqual([]);
    for (const year of [0, 26, 999_999]) expect(pointers('quota.agreed', { year })).toEqual(['/year']);
  });
});

describe('an agency', () => {
  const named = shippedCatalogue().types.flatMap(({ short }) => (RULES[short]?.agencies ?? []).map((path) => [short, path] as const));

  it.each(named)('%s: %s is registered', (short, path) => {
    expect(pointers(short, withAt(short, path, 'wulfrun-college'))).toEqual([]);
    expect(pointers(short, withAt(short, path, 'nobody-at-all'))).toEqual([pointerOf(path)]);
  });
});

describe('days against each other', () => {
  it.each<readonly [ShortType, string, string]>([
    ['assessment.recorded', 'assessedOn', 'validUntil'],
    ['assessment.rectified', 'assessedOn', 'validUntil'],
    ['programme.started', 'startedOn', 'plannedEnd'],
    ['consent.given', 'validFrom', 'expires'],
    ['consent.refused', 'validFrom', 'expires'],
    ['review.held', 'heldOn', 'nextReviewDue'],
    ['workplace.risk-assessed', 'on', 'validUntil'],
  ])('%s: %s is not after %s', (short, first, last) => {
    expect(pointers(short, { [first]: '2026-02-02', [last]: '2026-02-02' })).toEqual([]);
    expect(pointers(short, { [first]: '2026-02-02', [last]: '2026-02-01' })).toEqual([`/${last}`]);
  });

  it('are not compared where one is left out', () => {
    expect(
      fieldFaults('assessment.rectified', { assessmentId: 'a-1', reason: 'Ended', validUntil: '2020-01-01' }, { today, toldOn: TOLD }),
    ).toEqual([]);
  });
});

describe('words of a scope', () => {
  it.each<readonly [string, EventDataValue, readonly string[]]>([
    ['a category', { categories: ['assessment', 'assessments'] }, ['/categories/1']],
    ['a wildcard', { categories: ['*'] }, ['/categories/0']],
    ['a purpose', { purposes: ['because'] }, ['/purposes/0']],
    ['a recipient', { recipients: ['provider', 'wulfrun-college', 'nobody-at-all'] }, ['/recipients/2']],
    ['a protocol', { protocol: 'e2e' }, ['/protocol']],
  ])('%s of a consent exists', (_, changes, faulty) => {
    for (const short of ['consent.given', 'consent.refused', 'consent.requested'] as const)
      expect(pointers(short, changes)).toEqual(faulty);
  });

  it.each(['objection.raised', 'objection.decided', 'restriction.requested', 'restriction.lifted'] as const)(
    'of %s exist, in every list',
    (short) => {
      const scope = { categories: ['identify'], purposes: ['because'], recipients: ['nobody-at-all'] };
      expect(pointers(short, { scope })).toEqual(['/scope/categories/0', '/scope/purposes/0', '/scope/recipients/0']);
      expect(pointers(short, { scope: { recipients: ['self-service', 'wulfrun-college'] } })).toEqual([]);
      expect(pointers(short, { scope: {} })).toEqual([]);
    },
  );

  it('without known words, only categories are judged', () => {
    const scope = { categories: ['identify'], purposes: ['because'], recipients: ['nobody-at-all'] };
    const bare = fieldFaults('restriction.requested', { scope, reason: 'x' }, { today, toldOn: TOLD });
    expect(bare.map(({ pointer }) => pointer)).toEqual(['/scope/categories/0']);
    expect(fieldFaults('consent.requested', { ...example('consent.requested'), protocol: 'e2e' }, { today, toldOn: TOLD })).toEqual([]);
  });

  it('are never repeated in a fault', () => {
    const said = fieldFaults(
      'restriction.requested',
      { scope: { categories: ['zephaniah'], recipients: ['zephaniah'] }, reason: 'x' },
      { today, toldOn: TOLD, words },
    );
    expect(JSON.stringify(said)).not.toContain('zephaniah');
  });
});

it('undertaking.discharged: names a protocol that is in force', () => {
  expect(pointers('undertaking.discharged', { protocol: 'e2e-passport' })).toEqual([]);
  expect(pointers('undertaking.discharged', { protocol: 'e2e' })).toEqual(['/protocol']);
});

describe('learner.corrected', () => {
  it('withholds a postcode or contact told with it', () => {
    expect(pointers('learner.corrected', { withheld: true })).toEqual(['/withheld']);
    for (const told of [{ postcode: 'WV1 3AB' }, { contact: '01902 000000' }])
      expect(pointers('learner.corrected', { withheld: true, ...told })).toEqual([]);
  });
});
