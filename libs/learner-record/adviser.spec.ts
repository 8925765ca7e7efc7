import { connexions, otherConnexions, provider, type Teller, told } from '#contribution/fixtures';
import { given, judge, NOTHING_KNOWN, rejection } from './fixtures/index.ts';

type Role = 'personal-adviser' | 'key-worker';
const assigned = (by: Teller = connexions, role: Role = 'personal-adviser') =>
  told(by, 'learner.adviser-assigned', { name: 'A. Dviser', role });
const ended = (by: Teller = connexions, role: Role = 'personal-adviser') => told(by, 'learner.adviser-ended', { role, on: '2026-03-01' });

describe('an adviser', () => {
  it.each([
    ['once assigned', ended(), given(assigned())],
    ['whoever else was assigned since', ended(), given(assigned(), assigned(otherConnexions))],
    ['assigned again', ended(), given(assigned(), ended(), assigned())],
    ['who is a key worker', ended(provider, 'key-worker'), given(assigned(provider, 'key-worker'))],
  ])('is ended %s, by whoever assigned one', (_, contribution, state) => {
    for (const mayLookUp of [true, false])
      expect(judge(contribution, state, NOTHING_KNOWN, { mayLookUp })).toEqual({ outcome: 'accepted' });
  });

  it.each([
    ['whom nobody assigned', ended(), given()],
    ['whom another agency assigned', ended(), given(assigned(otherConnexions))],
    ['of another role', ended(connexions, 'key-worker'), given(assigned())],
    ['who has ended', ended(), given(assigned(), ended())],
  ])('%s is not ended: unknown-reference', (_, contribution, state) => {
    for (const mayLookUp of [true, false])
      expect(judge(contribution, state, NOTHING_KNOWN, { mayLookUp })).toMatchObject(rejection('unknown-reference'));
  });
});
