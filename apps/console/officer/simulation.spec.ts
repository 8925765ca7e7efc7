import { draftsOf, isSimulated } from './simulation.ts';

const version = (number: number, status: string) => ({ id: 'e2e-passport', version: number, title: 'E2E Passport', status });

it('what may come in force is simulated against what is, and what is past is not', () => {
  const versions = [version(4, 'awaiting-signatures'), version(3, 'drafted'), version(2, 'review-due'), version(1, 'superseded')];
  const { inForce, drafts } = draftsOf(versions);
  expect([inForce?.version, drafts.map((one) => one.version)]).toEqual([2, [4, 3]]);
  expect(draftsOf([version(1, 'drafted')])).toEqual({ inForce: undefined, drafts: [version(1, 'drafted')] });
});

it('a simulation that still runs is none that has ended', () => {
  expect(isSimulated({ simulation: 'a', done: 1, of: 2 })).toBe(false);
});
