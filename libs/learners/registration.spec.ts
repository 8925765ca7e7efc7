import type { LearnerRegistered } from '#catalogue';
import type { Contribution } from '#contribution';
import { connexions, OTHER_ULN, person, provider, type Teller, told, ULN, WRONG_ULN } from '#contribution/fixtures';
import { learnerAfter, registered, standingOf } from './fixtures/index.ts';
import { type Candidate, decideRegistration, type FoundForRegistration, registrationIdentifiers } from './registration.decide.ts';

const LOCAL = { subject: 'local:l-1' };
const withUln = { ...person, uln: ULN };
const register = (data: LearnerRegistered = withUln, more = {}, by: Teller = connexions): Contribution<'learner.registered'> =>
  told(by, 'learner.registered', data, more);

const candidate = (id: string, ...story: readonly Contribution[]): Candidate => ({
  id,
  state: learnerAfter(story),
  standing: standingOf(story),
});
const known = (id = 'L1', data: Partial<LearnerRegistered> = {}, by: Teller = connexions): Candidate =>
  candidate(id, registered(by, { ...withUln, ...data }, LOCAL));
const MADE_UP = { givenName: 'Zoe', familyName: 'Byrne', dateOfBirth: '2010-10-10' };

const uln = { kind: 'uln', value: ULN };
const local = { kind: 'local', agency: 'connexions-north', value: 'l-1' };
const NOBODY: FoundForRegistration = { byUln: [] };

describe('registration', () => {
  it('tells which identifiers to look up', () => {
    expect(registrationIdentifiers(register())).toEqual({ uln: ULN, localId: 'l-1' });
    expect(registrationIdentifiers(register(person))).toEqual({ uln: ULN, localId: 'l-1' });
    expect(registrationIdentifiers(register(person, LOCAL))).toEqual({ localId: 'l-1' });
  });

  it('registers whom nobody knows, and links both identifiers', () => {
    expect(decideRegistration(register(), NOBODY)).toEqual({ outcome: 'accepted', links: [uln, local], beside: [] });
    expect(decideRegistration(register(person, LOCAL), NOBODY)).toEqual({ outcome: 'accepted', links: [local], beside: [] });
  });

  it('makes as many links whatever exists', () => {
    const found = [NOBODY, { byUln: [known()] }, { byUln: [known('L1', MADE_UP)] }, { byLocal: known(), byUln: [known()] }];
    expect(found.map((one) => decideRegistration(register(), one))).toMatchObject(found.map(() => ({ links: [uln, local] })));
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
});

describe('a registration with a known number', () => {
  it('joins the learner with whose merged identity it agrees', () => {
    expect(decideRegistration(register({ ...withUln, givenName: 'chloe', familyName: 'Byrne' }), { byUln: [known()] })).toMatchObject({
      learner: 'L1',
      beside: [],
    });
  });

  it('joins the first among all of the number with whom it agrees', () => {
    const all = [known('L1', MADE_UP), known('L2'), known('L3')];
    expect(decideRegistration(register(), { byUln: all })).toMatchObject({ learner: 'L2', beside: ['L1', 'L3'] });
  });

  it('makes a learner of its own where it agrees with nobody: accepted, and the pair is for the data manager', () => {
    const outcome = decideRegistration(register({ ...withUln, ...MADE_UP }), { byUln: [known()] });
    expect(outcome).toEqual({ outcome: 'accepted', links: [uln, local], beside: ['L1'] });
  });

  it.each(['2009-04-29', '1999-04-30'])('agrees with nobody of another birth date: %s', (dateOfBirth) => {
    expect(decideRegistration(register({ ...withUln, dateOfBirth }), { byUln: [known()] })).not.toHaveProperty('learner');
  });

  it('is met by whom others stand by, not by what a stranger said of the learner', () => {
    const joined = candidate('L1', registered(connexions, withUln), registered(provider, { ...withUln, ...MADE_UP }));
    expect(decideRegistration(register({ ...withUln, ...MADE_UP }), { byUln: [joined] })).not.toHaveProperty('learner');
  });
});

describe('a registration under a local id of the sender', () => {
  it('updates its learner, and adds the first number, also where others have that', () => {
    const withoutUln = candidate('L1', registered(connexions, {}, LOCAL));
    expect(decideRegistration(register(person, LOCAL), { byLocal: withoutUln, byUln: [] })).toMatchObject({
      learner: 'L1',
      links: [local],
    });
    expect(decideRegistration(register(), { byLocal: withoutUln, byUln: [known('L2')] })).toMatchObject({
      outcome: 'accepted',
      learner: 'L1',
      beside: ['L2'],
    });
  });

  it('repeats without harm', () => {
    expect(decideRegistration(register(), { byLocal: known(), byUln: [known()] })).toEqual({
      outcome: 'accepted',
      learner: 'L1',
      links: [uln, local],
      beside: [],
    });
  });

  it('with a second number of the sender’s own: link-conflict', () => {
    const second = register({ ...person, uln: OTHER_ULN }, LOCAL);
    expect(decideRegistration(second, { byLocal: known(), byUln: [] })).toMatchObject({
      rejection: { code: 'link-conflict', identifier: 'uln' },
      between: ['L1'],
    });
  });

  it('with another number than others gave: accepted, for it supplied none', () => {
    const withoutUln = candidate('L1', registered(provider, { ...withUln }, LOCAL), registered(connexions, {}, LOCAL));
    expect(decideRegistration(register({ ...person, uln: OTHER_ULN }, LOCAL), { byLocal: withoutUln, byUln: [] })).toMatchObject({
      outcome: 'accepted',
      learner: 'L1',
    });
  });

  it('of plainly another person: link-conflict', () => {
    expect(decideRegistration(register({ ...withUln, ...MADE_UP }), { byLocal: known(), byUln: [] })).toMatchObject({
      rejection: { code: 'link-conflict', identifier: 'localId' },
      between: ['L1'],
    });
  });

  it('of whom others, and not the sender, stated otherwise: accepted', () => {
    const others = candidate('L1', registered(provider, { ...withUln, localId: 'p-1', ...MADE_UP }), registered(connexions, {}, LOCAL));
    expect(decideRegistration(register(person, LOCAL), { byLocal: others, byUln: [] })).toMatchObject({
      outcome: 'accepted',
      learner: 'L1',
    });
  });
});
