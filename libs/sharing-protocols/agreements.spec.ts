import { agreementOf, agreementsChosen } from './agreements.ts';
import type { ProtocolStatus } from './lifecycle.ts';
import { protocolWith } from './oracle/protocol-fixture.ts';
import type { ProtocolVersion } from './register.ts';

const document = protocolWith({
  id: 'passport',
  version: 2,
  parties: [
    { role: 'provider', mustSign: true },
    { role: 'school', mustSign: false },
  ],
  review: { due: '2026-12-01', graceDays: 30 },
});
const signed = {
  ...{ protocol: 'passport', version: 2, agency: 'bct', fills: [0], kid: 'k', signature: 's' },
  ...{ signedOn: '2026-09-01', signedAt: 7, boundUntil: '2026-12-01', reviews: [] },
};
const versionWith = (status: ProtocolStatus, signatures: ProtocolVersion['signatures'] = []): ProtocolVersion => ({
  ...{ protocol: 'passport', version: 2, document, digest: 'sha256:x', status, signatures, left: [] },
  ...{ reviewDue: '2026-12-01', draftedAt: { position: 3, on: '2026-12-01' }, completedAt: undefined },
});
const AGENCIES = [
  { slug: 'bct', roles: ['provider'] },
  { slug: 'hts', roles: ['provider', 'employer'] },
  { slug: 'st-chads', roles: ['school'] },
] as const;
const TODAY = '2026-12-11';
const summary = (version: ProtocolVersion, today = TODAY) => agreementOf(version, AGENCIES, today);

it('says until when it holds, whose signature it has and whose it lacks', () => {
  expect(summary(versionWith('drafted'))).toMatchObject({
    reviewDue: '2026-12-01',
    graceUntil: '2026-12-31',
    daysToReview: -10,
    parties: [],
    missing: [{ role: 'provider', agencies: ['bct', 'hts'] }],
  });
  expect(summary(versionWith('in-force', [signed]))).toMatchObject({
    parties: [{ agency: 'bct', roles: ['provider'], position: '7', keyId: 'k' }],
    missing: [],
  });
});

it.each<[ProtocolStatus, ProtocolVersion['signatures'], string]>([
  ['drafted', [], 'drafted'],
  ['drafted', [{ ...signed, agency: 'st-chads', fills: [1] }], 'awaiting-signatures'],
  ['signed-awaiting-date', [signed], 'awaiting-date'],
  ['review-overdue', [signed], 'review-due'],
  ['stopped-for-review', [signed], 'stopped'],
  ['suspended', [signed], 'suspended'],
  ['superseded', [signed], 'superseded'],
  ['ended', [signed], 'ended'],
])('that is %s with %j stands as %s, and is chosen by that', (status, signatures, expected) => {
  const version = versionWith(status, signatures);
  const { status: stands } = summary(version);
  expect([stands, agreementsChosen([version], { status: stands }, TODAY)]).toEqual([expected, [version]]);
});

it('is chosen by the role of a party and by its review, by id and the latest version first', () => {
  const [one, two] = [versionWith('in-force'), { ...versionWith('in-force'), protocol: 'a', version: 1 }];
  const three = { ...one, version: 3 };
  expect(agreementsChosen([one, two, three], { role: 'school', reviewDueBefore: '2026-12-02' }, TODAY)).toEqual([two, three, one]);
  const none = [{ role: 'yot' }, { reviewDueBefore: '2026-12-01' }];
  expect(none.map((chosen) => agreementsChosen([one], chosen, TODAY))).toEqual([[], []]);
});

describe('a version that waits for signatures', () => {
  const waiting = (draftedOn: string, signatures: ProtocolVersion['signatures']): ProtocolVersion => ({
    ...versionWith('drafted', signatures),
    draftedAt: { position: 3, on: draftedOn },
  });

  it.each([
    ['2026-11-13', 'drafted', []],
    ['2026-11-12', 'stalled', []],
    ['2026-11-12', 'stalled', [{ ...signed, agency: 'st-chads', fills: [1] }]],
  ] as const)('since %s is %s', (draftedOn, status, signatures) => {
    expect(summary(waiting(draftedOn, signatures)).status).toBe(status);
  });

  it('since a party left has not stalled: it was complete', () => {
    expect(summary({ ...waiting('2026-01-01', []), completedAt: { position: 9, on: '2026-02-01' } }).status).toBe('drafted');
  });
});

it('names those who left, with the day, until the review is due', () => {
  const version = { ...versionWith('in-force', [signed]), left: [{ ...signed, agency: 'hts', leftOn: '2026-11-30' }] };
  const parties = (today: string) => summary(version, today).parties.map(({ agency, leftOn }) => [agency, leftOn]);
  expect([parties('2026-12-01'), parties('2026-12-02')]).toEqual([
    [
      ['bct', null],
      ['hts', '2026-11-30'],
    ],
    [['bct', null]],
  ]);
  const returned = { ...version, signatures: [signed, { ...signed, agency: 'hts' }] };
  expect(summary(returned, '2026-12-01').parties.map(({ leftOn }) => leftOn)).toEqual([null, null]);
});

it('says which headings say nothing, and where the log has it', () => {
  const version = { ...versionWith('in-force', [signed]), completedAt: { position: 9, on: '2026-09-01' } };
  expect(summary(version)).toMatchObject({ headingsMissing: [], positions: { drafted: '3', inForce: '9' } });
  const agreement = { ...document.agreement, breach: ' ' };
  expect(summary({ ...version, document: { ...document, agreement } }).headingsMissing).toEqual(['breach']);
});
