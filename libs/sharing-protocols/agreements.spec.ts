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
const signed = { protocol: 'passport', version: 2, agency: 'bct', fills: [0], kid: 'k', signature: 's' };
const versionWith = (status: ProtocolStatus, signatures: ProtocolVersion['signatures'] = []): ProtocolVersion => ({
  ...{ protocol: 'passport', version: 2, document, digest: 'sha256:x', status, signatures },
});
const AGENCIES = [
  { slug: 'bct', roles: ['provider'] },
  { slug: 'hts', roles: ['provider', 'employer'] },
  { slug: 'st-chads', roles: ['school'] },
] as const;
const summary = (version: ProtocolVersion) => agreementOf(version, AGENCIES, '2026-12-11');

it('says until when it holds, whose signature it has and whose it lacks', () => {
  expect(summary(versionWith('drafted'))).toMatchObject({
    reviewDue: '2026-12-01',
    graceUntil: '2026-12-31',
    daysToReview: -10,
    parties: [],
    missing: [{ role: 'provider', agencies: ['bct', 'hts'] }],
  });
  expect(summary(versionWith('in-force', [signed]))).toMatchObject({
    parties: [{ agency: 'bct', roles: ['provider'], keyId: 'k' }],
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
  expect([stands, agreementsChosen([version], { status: stands })]).toEqual([expected, [version]]);
});

it('is chosen by the role of a party and by its review, by id and the latest version first', () => {
  const [one, two] = [versionWith('in-force'), { ...versionWith('in-force'), protocol: 'a', version: 1 }];
  const three = { ...one, version: 3 };
  expect(agreementsChosen([one, two, three], { role: 'school', reviewDueBefore: '2026-12-02' })).toEqual([two, three, one]);
  expect([agreementsChosen([one], { role: 'yot' }), agreementsChosen([one], { reviewDueBefore: '2026-12-01' })]).toEqual([[], []]);
});
