import type { Contribution } from '#contribution';
import { assessment, connexions, OTHER_ULN, person, provider, recorded, school, told, ULN, yot } from '#contribution/fixtures';
import { evolveLearner, hasUln, initialLearner, isSecondUln, type LearnerState, localIdOf, ulnSuppliedBy } from './learner.ts';
import { matchKey, statementsIn } from './statements.ts';

const LOCAL = { subject: 'local:l-1' };
const after = (...contributions: readonly Contribution[]): LearnerState => recorded(...contributions).reduce(evolveLearner, initialLearner);

describe('learner', () => {
  it('is registered with a local id and the ULN that the agency supplied, and has its founder', () => {
    const state = after(
      told(connexions, 'learner.registered', { ...person, uln: ULN }),
      told(provider, 'learner.registered', { ...person, localId: 'p-1' }, LOCAL),
    );
    expect(state).toMatchObject({ founder: 'connexions-north', knownTo: ['connexions-north', 'heath-town-skills'] });
    expect(localIdOf(state, 'connexions-north')).toBe('l-1');
    expect([ulnSuppliedBy(state, 'connexions-north'), ulnSuppliedBy(state, 'heath-town-skills')]).toEqual([ULN, undefined]);
  });

  it('takes the ULN from the subject where the data have none', () => {
    expect(ulnSuppliedBy(after(told(connexions, 'learner.registered', person)), 'connexions-north')).toBe(ULN);
    const without = after(told(connexions, 'learner.registered', person, LOCAL));
    expect([ulnSuppliedBy(without, 'connexions-north'), hasUln(without)]).toEqual([undefined, false]);
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

  it('remembers who supplied the ULN, in data or in a subject of whatever event', () => {
    const recordedBy = (subject: string) =>
      after(
        told(connexions, 'learner.registered', { ...person, uln: ULN }, LOCAL),
        told(provider, 'assessment.recorded', assessment({ assessmentId: 'a-1' }), { subject }),
      );
    expect(ulnSuppliedBy(recordedBy('local:p-1'), 'heath-town-skills')).toBeUndefined();
    expect(ulnSuppliedBy(recordedBy(`uln:${ULN}`), 'heath-town-skills')).toBe(ULN);
  });

  it('has the first ULN that an agency supplied; another agency’s is its own', () => {
    const state = after(
      told(connexions, 'learner.registered', { ...person, uln: ULN }),
      told(connexions, 'learner.corrected', { uln: OTHER_ULN, reason: 'Not to happen' }),
      told(provider, 'learner.registered', { ...person, uln: OTHER_ULN }, LOCAL),
    );
    expect([ulnSuppliedBy(state, 'connexions-north'), ulnSuppliedBy(state, 'heath-town-skills')]).toEqual([ULN, OTHER_ULN]);
    expect([isSecondUln(state, 'connexions-north', OTHER_ULN), isSecondUln(state, 'connexions-north', ULN)]).toEqual([true, false]);
    expect([
      isSecondUln(state, 'heath-town-skills', ULN),
      isSecondUln(state, 'city-yot', ULN),
      isSecondUln(state, 'connexions-north', undefined),
    ]).toEqual([true, false, false]);
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

describe('statements', () => {
  it('are kept as they were told, names folded, with who told them and how', () => {
    const state = after(
      told(connexions, 'learner.registered', { ...person, contact: '01902 555 010' }),
      told(yot, 'learner.corrected', { postcode: 'b3 2aa', withheld: true, reason: 'Moved' }),
      told({ slug: 'learner-page', roles: ['self-service'] }, 'residence.stated', { postcode: 'WV14 8AA' }),
      told(school, 'intention.recorded', { year: '2026', intended: '310' }),
    );
    const plain = { byService: false, byLearner: false, withheld: false };
    const nothing = { givenName: '', familyName: '', dateOfBirth: '' };
    expect(statementsIn(state.statements).map(({ at: _, ...rest }) => rest)).toEqual([
      {
        ...plain,
        source: 'connexions-north',
        revision: 0,
        kind: 'registered',
        has: new Set(['givenName', 'familyName', 'dateOfBirth', 'postcode', 'contact']),
        givenName: 'chloe',
        familyName: 'oneill',
        dateOfBirth: '2009-04-30',
        postcode: 'WV11AB',
      },
      {
        ...plain,
        ...nothing,
        source: 'city-yot',
        revision: 1,
        kind: 'corrected',
        byService: true,
        withheld: true,
        has: new Set(['postcode']),
        postcode: 'B32AA',
      },
      {
        ...plain,
        ...nothing,
        source: 'learner-page',
        revision: 2,
        kind: 'residence',
        byLearner: true,
        has: new Set(['postcode']),
        postcode: 'WV148AA',
      },
    ]);
  });

  it('hold what makes the match key of who the learner is', () => {
    const [statement] = statementsIn(after(told(connexions, 'learner.registered', person)).statements);
    expect(matchKey(statement ?? {})).toBe(matchKey(person));
  });

  it('are none before anybody said anything', () => expect(statementsIn(initialLearner.statements)).toEqual([]));
});
