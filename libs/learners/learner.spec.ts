import type { Contribution } from '#contribution';
import { assessment, connexions, OTHER_ULN, person, provider, recorded, told, ULN } from '#contribution/fixtures';
import { evolveLearner, initialLearner, type LearnerState, localIdOf, matchKeyOf, ulnSuppliedBy } from './learner.ts';
import { matchKey } from './match-key.ts';

const after = (...contributions: readonly Contribution[]): LearnerState =>
  recorded(...contributions).reduce(evolveLearner, initialLearner);

describe('learner', () => {
  it('is registered with ULN, local id, match key and outward code', () => {
    const state = after(told(connexions, 'learner.registered', { ...person, uln: ULN }));
    expect(state).toMatchObject({ uln: ULN, knownTo: ['connexions-north'], outwardCode: 'WV1' });
    expect(localIdOf(state, 'connexions-north')).toBe('l-1');
    expect(matchKeyOf(state)).toBe(matchKey(person));
  });

  it('takes the ULN from the subject where the data have none', () => {
    expect(after(told(connexions, 'learner.registered', person)).uln).toBe(ULN);
    expect(after(told(connexions, 'learner.registered', person, { subject: 'local:l-1' })).uln).toBeUndefined();
  });

  it('is known by several ids of one agency; the last is the one to use', () => {
    const state = after(
      told(provider, 'learner.registered', { ...person, localId: 'p-1' }),
      told(provider, 'learner.registered', { ...person, localId: 'p-2' }),
      told(provider, 'learner.registered', { ...person, localId: 'p-2' }),
    );
    expect(state.knownTo).toEqual(['heath-town-skills', 'heath-town-skills']);
    expect(localIdOf(state, 'heath-town-skills')).toBe('p-2');
    expect(localIdOf(state, 'connexions-north')).toBeUndefined();
  });

  it('keeps what a correction does not name', () => {
    const { postcode: _, ...withoutPostcode } = person;
    const state = after(
      told(connexions, 'learner.registered', { ...person, uln: ULN }),
      told(provider, 'learner.registered', { ...withoutPostcode, localId: 'p-1', uln: ULN }),
      told(provider, 'learner.corrected', { familyName: 'Byrne', reason: 'Changed her name' }),
    );
    expect(matchKeyOf(state)).toBe(matchKey({ ...person, familyName: 'Byrne' }));
    expect(state.outwardCode).toBe('WV1');
  });

  it('moves with the last postcode', () => {
    const state = after(
      told(connexions, 'learner.registered', person),
      told(connexions, 'learner.corrected', { postcode: 'B3 2AA', reason: 'Moved' }),
    );
    expect(state.outwardCode).toBe('B3');
  });

  it('has no match key before anybody said who it is', () => {
    expect(matchKeyOf(initialLearner)).toBeUndefined();
  });

  it('remembers who supplied the ULN, in data or in a subject', () => {
    const recordedBy = (subject: string) =>
      after(
        told(connexions, 'learner.registered', { ...person, uln: ULN }, { subject: 'local:l-1' }),
        told(provider, 'assessment.recorded', assessment({ assessmentId: 'a-1' }), { subject }),
      );
    expect(ulnSuppliedBy(recordedBy('local:p-1'), 'connexions-north')).toBe(true);
    expect(ulnSuppliedBy(recordedBy('local:p-1'), 'heath-town-skills')).toBe(false);
    expect(ulnSuppliedBy(recordedBy(`uln:${ULN}`), 'heath-town-skills')).toBe(true);
  });

  it('never changes a ULN', () => {
    const state = after(
      told(connexions, 'learner.registered', { ...person, uln: ULN }),
      told(connexions, 'learner.corrected', { uln: OTHER_ULN, reason: 'Not to happen' }),
    );
    expect(state.uln).toBe(ULN);
  });

  it('leaves earlier states as they were', () => {
    const events = recorded(
      told(connexions, 'learner.registered', person),
      told(provider, 'learner.registered', { ...person, localId: 'p-1' }),
    );
    const [first, second] = events;
    if (!first || !second) throw new Error('Two events are given.');
    const before = evolveLearner(initialLearner, first);
    const copy = structuredClone(before);
    evolveLearner(before, second);
    expect(before).toEqual(copy);
  });
});
