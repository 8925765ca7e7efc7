import type { LearnerRegistered } from '#catalogue';
import type { Contribution } from '#contribution';
import { connexions, OTHER_ULN, person, recorded, told, ULN, WRONG_ULN } from '#contribution/fixtures';
import { evolveLearner, initialLearner, type LearnerState } from './learner.ts';
import { decideRegistration, type FoundForRegistration, registrationIdentifiers } from './registration.decide.ts';

const LOCAL = { subject: 'local:l-1' };
const withUln = { ...person, uln: ULN };
const register = (data: LearnerRegistered = withUln, more = {}): Contribution<'learner.registered'> =>
  told(connexions, 'learner.registered', data, more);

const known = (data: LearnerRegistered = withUln): LearnerState => recorded(register(data, LOCAL)).reduce(evolveLearner, initialLearner);
const uln = { kind: 'uln', value: ULN };
const local = { kind: 'local', agency: 'connexions-north', value: 'l-1' };

const NOBODY: FoundForRegistration = {};

describe('registration', () => {
  it('tells which identifiers to look up', () => {
    expect(registrationIdentifiers(register())).toEqual({ uln: ULN, localId: 'l-1' });
    expect(registrationIdentifiers(register(person))).toEqual({ uln: ULN, localId: 'l-1' });
    expect(registrationIdentifiers(register(person, LOCAL))).toEqual({ localId: 'l-1' });
  });

  it('registers whom nobody knows, and links both identifiers', () => {
    expect(decideRegistration(register(), NOBODY)).toEqual({ outcome: 'accepted', links: [uln, local] });
  });

  it('registers without a ULN', () => {
    expect(decideRegistration(register(person, LOCAL), NOBODY)).toEqual({ outcome: 'accepted', links: [local] });
  });

  it('links the local id to the learner of a known ULN', () => {
    expect(decideRegistration(register(), { byUln: 'L1', state: known() })).toEqual({
      outcome: 'accepted',
      learner: 'L1',
      links: [local],
    });
  });

  it('updates the learner of a known local id, and adds the first ULN', () => {
    const withoutUln = known(person);
    expect(decideRegistration(register(person, LOCAL), { byLocal: 'L1', state: withoutUln })).toEqual({
      outcome: 'accepted',
      learner: 'L1',
      links: [],
    });
    expect(decideRegistration(register(), { byLocal: 'L1', state: withoutUln })).toEqual({
      outcome: 'accepted',
      learner: 'L1',
      links: [uln],
    });
  });

  it('updates where both identifiers name the same learner', () => {
    const found = { byLocal: 'L1', byUln: 'L1', state: known() };
    expect(decideRegistration(register(), found)).toEqual({ outcome: 'accepted', learner: 'L1', links: [] });
  });

  it.each([
    ['another ULN', register({ ...person, uln: OTHER_ULN })],
    ['another local id', register(person, { subject: 'local:l-2' })],
  ])('rejects a subject with %s than the data: schema', (_, contribution) => {
    expect(decideRegistration(contribution, NOBODY)).toMatchObject({ rejection: { code: 'schema' } });
  });

  it.each([
    ['data', register({ ...person, uln: WRONG_ULN }, LOCAL)],
    ['subject', register(person, { subject: `uln:${WRONG_ULN}` })],
  ])('rejects a ULN in the %s that fails its check: invalid-uln', (_, contribution) => {
    expect(decideRegistration(contribution, NOBODY)).toMatchObject({ rejection: { code: 'invalid-uln' } });
  });

  it('rejects identifiers of two learners: link-conflict, with the pair', () => {
    const found = { byLocal: 'L1', byUln: 'L2', state: known(person) };
    expect(decideRegistration(register(), found)).toMatchObject({
      rejection: { code: 'link-conflict' },
      between: ['L1', 'L2'],
    });
  });

  it('rejects a second ULN for one learner: link-conflict', () => {
    const second = register({ ...person, uln: OTHER_ULN }, LOCAL);
    expect(decideRegistration(second, { byLocal: 'L1', state: known() })).toMatchObject({
      rejection: { code: 'link-conflict' },
      between: ['L1'],
    });
  });
});
