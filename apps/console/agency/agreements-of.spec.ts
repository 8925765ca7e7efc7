import { agreementsOf, type AgreementSummary, partsOf, reviewFor, reviewRecorded, signatureRecorded } from './agreements-of.ts';

const party = (agency: string, leftOn: string | null = null) => ({
  agency,
  roles: ['provider'],
  signedOn: '2026-09-01',
  position: '7',
  boundUntil: '2027-09-01',
  leftOn,
});
const agreement = (id: string, more: Partial<AgreementSummary>): AgreementSummary => ({
  id,
  version: 1,
  title: id,
  status: 'in-force',
  digest: 'sha256:x',
  positions: { drafted: '3', inForce: null },
  reviewDue: '2027-09-01',
  daysToReview: 270,
  parties: [],
  missing: [],
  ...more,
});
const ids = (agreements: readonly { readonly id: string }[]): readonly string[] => agreements.map(({ id }) => id);

it('tells what the agency signed from what waits for it', () => {
  const all = [
    agreement('signed', { parties: [party('forge')] }),
    agreement('left', { parties: [party('forge', '2026-10-01')] }),
    agreement('others', { parties: [party('anvil')] }),
    agreement('drafted', { status: 'awaiting-signatures' }),
    agreement('lacking', { status: 'suspended', missing: [{ role: 'provider', agencies: ['forge', 'anvil'] }] }),
    agreement('anew', { status: 'awaiting-signatures', parties: [party('forge')] }),
  ];
  const { signed, waiting } = agreementsOf(all, 'forge');
  expect(ids(signed)).toEqual(['signed', 'anew']);
  expect(ids(waiting)).toEqual(['drafted', 'lacking']);
});

it('puts the agreement under its headings', () => {
  expect(partsOf({ why: '', purposes: [], flows: [], agreement: { jointControllers: 'None.', purpose: 'To share.' } })).toEqual([
    { heading: 'Joint controllers', text: 'None.' },
    { heading: 'Purpose', text: 'To share.' },
  ]);
});

it('after a signature it is said whether it is in force, or who must sign still', () => {
  const nextOf = (more: Partial<AgreementSummary>): string => signatureRecorded(agreement('a', more), ['9']).next;
  expect(nextOf({})).toBe('It is in force: what it lets your agency see may be asked for now.');
  expect(nextOf({ status: 'awaiting-signatures', missing: [{ role: 'youth-offending-team', agencies: [] }] })).toBe(
    'It comes in force once one of each of these has signed as well: youth offending team.',
  );
  expect(nextOf({ status: 'suspended' })).toContain('It stands as suspended');
});

describe('a review', () => {
  const bound = (boundUntil: string, more: Partial<AgreementSummary> = {}) => {
    const reviewed = agreement('a', { ...more, parties: [{ ...party('forge'), boundUntil }] });
    return reviewFor(reviewed, { agency: 'forge', today: '2026-12-10' });
  };

  it('is due from sixty days before the agency is bound no more, and binds it for a year from today', () => {
    expect([bound('2027-02-09'), bound('2027-02-08'), bound('2026-12-01'), bound('2024-01-01', { status: 'stopped' })]).toEqual([
      undefined,
      '2027-12-10',
      '2027-12-10',
      '2027-12-10',
    ]);
  });

  it('is none of what is over or stands still, and of nobody who is no party', () => {
    for (const status of ['superseded', 'ended', 'suspended']) expect(bound('2026-12-01', { status })).toBeUndefined();
    for (const parties of [[], [party('anvil')], [party('forge', '2026-10-01')]])
      expect(reviewFor(agreement('a', { parties }), { agency: 'forge', today: '2027-12-10' })).toBeUndefined();
  });

  it('is due a year ahead at most, also where this year has a day more', () => {
    const leap = agreement('a', { parties: [{ ...party('forge'), boundUntil: '2028-03-01' }] });
    expect(reviewFor(leap, { agency: 'forge', today: '2028-02-29' })).toBe('2029-03-01');
  });

  it('says until when the agency is bound, and whose word the agreement waits for still', () => {
    const told = reviewRecorded(agreement('a', { status: 'review-due', reviewDue: '2026-12-01' }), {
      until: '2027-12-10',
      positions: ['9'],
    });
    expect([told.says, told.next]).toEqual([
      'Your agency re-affirmed a, version 1. It is bound until 10 December 2027.',
      'The review is due until enough others have re-affirmed it as well.',
    ]);
    expect(reviewRecorded(agreement('a', {}), { until: '2027-12-10', positions: ['9'] }).next).toBe(
      'It is in force, and its review is due on 1 September 2027.',
    );
    expect(told.act).toEqual({ act: 'agreement-reviewed', protocol: 'a', version: 1, digest: 'sha256:x', until: '2027-12-10' });
  });
});
