import type { Contribution } from '#contribution';
import {
  connexions,
  consent,
  NOON,
  otherProvider,
  OTHER_ULN,
  person,
  programme,
  provider,
  school,
  signedOff,
  type Teller,
  told,
  WRONG_ULN,
} from '#contribution/fixtures';
import { type Given, outcomes, type Sent, sent } from '../fixtures/index.ts';
import { noted, referral, registered, started } from '#learners/fixtures';
import { CHECKS, REJECTION_CODES } from './table.ts';
import { REJECTIONS } from './rejections.ts';
import { MAX_EVENT_BYTES } from './form-checks.ts';

/** Registered by connexions, referred by it to the provider, which said something since: both stand. */
const story = [registered(), referral(provider), noted(provider)];
const known: Given = { files: { L1: story } };
const after = (...more: readonly Contribution[]): Given => ({ files: { L1: [...story, ...more] } });
const agreed = told(connexions, 'consent.given', consent('c-1'));
const withdrawn = told(connexions, 'consent.withdrawn', { consentId: 'c-1', by: 'learner' });
const HOUR = 3_600_000;
const note = sent('circumstance.noted', { kind: 'housing', note: 'Sofa' });

type Row = readonly [code: string, why: string, given: Given, by: Teller, event: Sent];

const refused: readonly Row[] = [
  ['too-large', 'has more than 256 KiB', known, connexions, { ...note, bytes: Buffer.alloc(MAX_EVENT_BYTES + 1) }],
  ['too-large', 'is one more of its sender’s than a day takes', { ...known, mostInDay: 2 }, connexions, note],
  ['invalid-envelope', 'is of tomorrow', known, connexions, { ...note, time: new Date(NOON + 24 * HOUR).toISOString() }],
  ['unknown-type', 'is of a type that the catalogue lacks', known, connexions, { ...note, type: 'uk.concordat.learner.praised.v1' }],
  ['schema', 'lacks a field', known, connexions, { ...note, data: { kind: 'housing' } }],
  [
    'schema',
    'names an agency that does not exist',
    known,
    connexions,
    sent('referral.made', { referralId: 'r-9', to: 'nobody', route: 'yot' }),
  ],
  [
    'schema',
    'says one learner in its subject and another in its data',
    known,
    connexions,
    sent('learner.registered', { ...person, uln: OTHER_ULN }),
  ],
  [
    'schema',
    'renews a consent to before it began',
    after(agreed),
    connexions,
    sent('consent.renewed', { consentId: 'c-1', by: 'learner', expires: '2026-01-04' }),
  ],
  ['invalid-uln', 'has a subject whose check digit does not fit', known, connexions, { ...note, subject: `uln:${WRONG_ULN}` }],
  [
    'invalid-uln',
    'has data whose check digit does not fit',
    known,
    connexions,
    sent('learner.corrected', { uln: WRONG_ULN, reason: 'Misread' }),
  ],
  ['role-not-allowed', 'was signed with a key that another process has ended', { ...known, signedWith: 'ended' }, connexions, note],
  ['role-not-allowed', 'comes of an agency that was suspended', { ...known, suspended: connexions }, connexions, note],
  [
    'role-not-allowed',
    'is a provider’s referral to another',
    known,
    provider,
    sent('referral.made', { referralId: 'r-9', to: otherProvider.slug, route: 'other-agency' }),
  ],
  ['role-not-allowed', 'is nothing that a protocol lets its sender say', known, school, sent('offence.noted', { incident: 'x' })],
  ['no-such-learner', 'is about nobody whom anybody registered', {}, connexions, note],
  ['no-such-learner', 'is about a learner with whom its sender has nothing to do', known, otherProvider, note],
  [
    'link-conflict',
    'gives a second ULN to the sender’s learner',
    known,
    connexions,
    sent('learner.registered', { ...person, uln: OTHER_ULN }, { subject: 'local:l-1' }),
  ],
  [
    'link-conflict',
    'registers plainly another under a local id in use',
    known,
    connexions,
    sent('learner.registered', { ...person, givenName: 'Zoe', familyName: 'Byrne', dateOfBirth: '2010-10-10' }, { subject: 'local:l-1' }),
  ],
  [
    'unknown-reference',
    'ends a programme that the learner does not have',
    known,
    provider,
    sent('programme.left-early', { programmeId: 'p-9', leftOn: '2026-01-05', reason: 'health' }),
  ],
  [
    'unknown-reference',
    'withdraws a consent that nobody recorded',
    known,
    connexions,
    sent('consent.withdrawn', { consentId: 'c-9', by: 'learner' }),
  ],
  [
    'unknown-reference',
    'retracts what its sender did not send',
    known,
    connexions,
    sent('record.retracted', { of: 'm-0', reason: 'entered-in-error' }),
  ],
  [
    'ambiguous-reference',
    'signs off a programme of which two have one of that id',
    after(referral(otherProvider, connexions, { id: 'r-2' }), started(provider), started(otherProvider)),
    connexions,
    sent('programme.signed-off', { ...signedOff('p-1'), signedOn: '2026-01-05' }),
  ],
  [
    'reference-taken',
    'starts another programme under an id in use',
    after(started(provider)),
    provider,
    sent('programme.started', { ...programme('p-1'), title: 'Another' }),
  ],
  [
    'stale-consent',
    'gives a consent at a time before its withdrawal',
    after(agreed, withdrawn),
    connexions,
    { ...sent('consent.given', consent('c-2')), time: new Date(NOON - HOUR).toISOString() },
  ],
];

describe('an event is refused', () => {
  it.each(refused)('with %s where it %s', async (code, _why, ...[given, by, event]) => {
    expect(await outcomes(given, by, event)).toEqual([code]);
    expect(CHECKS.flatMap(({ codes }) => codes)).toContain(code);
  });
});

describe('the table of checks', () => {
  it('has the order of the contract: envelope, type, schema, role, learner', () => {
    expect(REJECTION_CODES).toEqual([
      'too-large',
      'invalid-envelope',
      'unknown-type',
      'schema',
      'invalid-uln',
      'role-not-allowed',
      'no-such-learner',
      'link-conflict',
      'unknown-reference',
      'ambiguous-reference',
      'reference-taken',
      'stale-consent',
    ]);
  });

  it('explains each code with which a check may refuse, and no other, in that order', () => {
    expect(Object.keys(REJECTIONS)).toEqual(REJECTION_CODES);
  });

  it('has a case above for each code', () => {
    expect(REJECTION_CODES.filter((code) => !refused.some(([one]) => one === code))).toEqual([]);
  });

  it('asks nothing more of a key that is in force', async () => {
    expect(await outcomes({ ...known, signedWith: 'in-force' }, connexions, note)).toEqual(['accepted']);
  });

  it('is gone through no further than the first that refuses', async () => {
    const all = { ...note, type: 'uk.concordat.learner.praised.v1', data: {}, subject: `uln:${WRONG_ULN}` };
    const event = { ...sent('learner.corrected', { uln: WRONG_ULN, reason: 'Misread' }), subject: `uln:${WRONG_ULN}` };
    expect(await outcomes({ suspended: connexions }, connexions, all, event, note)).toEqual([
      'unknown-type',
      'invalid-uln',
      'role-not-allowed',
    ]);
  });
});
