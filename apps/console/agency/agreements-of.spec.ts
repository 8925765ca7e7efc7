import { agreementsOf, type AgreementSummary, partsOf, signatureRecorded } from './agreements-of.ts';

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
