import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays } from '#kernel';
import type { EventDataValue, KnownWords, ShortType } from './index.ts';
import { fieldFaults, findProtocols, shippedCatalogue } from './index.ts';

const today = '2026-11-25';
const words: KnownWords = {
  purposes: new Set(['plan-learning', 'support-learner']),
  protocols: new Set(['e2e-passport']),
  agencies: new Set(['wulfrun-college']),
};
const example = (short: ShortType): EventDataValue =>
  JSON.parse(readFileSync(join(findProtocols(), 'catalogue', 'examples', `${short}.v1.json`), 'utf8')) as EventDataValue;
const pointers = (short: ShortType, changes: EventDataValue): readonly string[] => {
  const data = { ...example(short), ...changes };
  expect(shippedCatalogue().byShort(short).validate(data)).toEqual([]);
  return fieldFaults(short, data, { today, words }).map(({ pointer }) => pointer);
};

it.each(shippedCatalogue().types.map(({ short }) => short))('%s: the example holds', (short) => expect(pointers(short, {})).toEqual([]));

describe('days against today', () => {
  it.each<readonly [ShortType, string, number]>([
    ['learner.registered', 'dateOfBirth', 0],
    ['learner.corrected', 'dateOfBirth', 0],
    ['assessment.recorded', 'assessedOn', 0],
    ['assessment.rectified', 'assessedOn', 0],
    ['adviser.informed', 'on', 1],
    ['follow-up.made', 'on', 1],
    ['notice.acknowledged', 'on', 1],
    ['case-conference.held', 'on', 1],
    ['programme.signed-off', 'signedOn', 1],
    ['review.held', 'heldOn', 1],
    ['attendance.concern', 'on', 1],
    ['workplace.risk-assessed', 'on', 1],
    ['achievement.recorded', 'awardedOn', 1],
    ['destination.recorded', 'verifiedOn', 1],
    ['undertaking.discharged', 'on', 1],
    ['quality.finding-closed', 'on', 1],
    ['learner.adviser-ended', 'on', 31],
    ['placement.ended', 'on', 31],
    ['programme.left-early', 'leftOn', 31],
    ['programme.moved-on', 'on', 31],
    ['withholding.stated', 'until', 90],
  ])('%s: %s is at most %d days ahead', (short, field, ahead) => {
    expect(pointers(short, { [field]: addDays(today, ahead) })).toEqual([]);
    expect(pointers(short, { [field]: addDays(today, ahead + 1) })).toEqual([`/${field}`]);
  });

  it.each<readonly [ShortType, string]>([
    ['programme.started', 'plannedEnd'],
    ['review.scheduled', 'on'],
    ['release.planned', 'on'],
    ['moving-on.planned', 'on'],
    ['consent.renewed', 'expires'],
    ['consent.requested', 'until'],
    ['residence.stated', 'from'],
  ])('%s: %s may lie far ahead', (short, field) => expect(pointers(short, { [field]: '2036-01-01' })).toEqual([]));
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
    expect(fieldFaults('assessment.rectified', { assessmentId: 'a-1', reason: 'Ended', validUntil: '2020-01-01' }, { today })).toEqual([]);
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
    for (const short of ['consent.given', 'consent.refused', 'consent.requested'] as const) expect(pointers(short, changes)).toEqual(faulty);
  });

  it.each(['objection.raised', 'objection.decided', 'restriction.requested', 'restriction.lifted'] as const)('of %s exist, in every list', (short) => {
    const scope = { categories: ['identify'], purposes: ['because'], recipients: ['nobody-at-all'] };
    expect(pointers(short, { scope })).toEqual(['/scope/categories/0', '/scope/purposes/0', '/scope/recipients/0']);
    expect(pointers(short, { scope: { recipients: ['self-service', 'wulfrun-college'] } })).toEqual([]);
    expect(pointers(short, { scope: {} })).toEqual([]);
  });

  it('without known words, only categories are judged', () => {
    const scope = { categories: ['identify'], purposes: ['because'], recipients: ['nobody-at-all'] };
    const bare = fieldFaults('restriction.requested', { scope, reason: 'x' }, { today });
    expect(bare.map(({ pointer }) => pointer)).toEqual(['/scope/categories/0']);
    expect(fieldFaults('consent.requested', { ...example('consent.requested'), protocol: 'e2e' }, { today })).toEqual([]);
  });

  it('are never repeated in a fault', () => {
    const said = fieldFaults('restriction.requested', { scope: { categories: ['zephaniah'], recipients: ['zephaniah'] }, reason: 'x' }, { today, words });
    expect(JSON.stringify(said)).not.toContain('zephaniah');
  });
});

describe('learner.corrected', () => {
  it('withholds a postcode or contact told with it', () => {
    expect(pointers('learner.corrected', { withheld: true })).toEqual(['/withheld']);
    for (const told of [{ postcode: 'WV1 3AB' }, { contact: '01902 000000' }]) expect(pointers('learner.corrected', { withheld: true, ...told })).toEqual([]);
  });
});
