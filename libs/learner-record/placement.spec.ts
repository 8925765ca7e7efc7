import { connexions, otherProvider, programme, provider, type Teller, told } from '#contribution/fixtures';
import { EXISTENCE_KNOWN, given, type Given, judge, NOTHING_KNOWN, rejection } from './fixtures/index.ts';

const stated = { placementId: 'w-1', employer: 'Castings Ltd', on: '2026-02-02' };
const start = (by: Teller = provider, more: object = {}) => told(by, 'placement.started', { ...stated, ...more });
const end = (by: Teller = provider, more: object = {}) => told(by, 'placement.ended', { ...stated, on: '2026-03-02', ...more });

describe('a placement', () => {
  it('starts under a new id, with or without a programme', () => {
    expect(judge(start(), given(), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
    const programmeStarted = told(provider, 'programme.started', programme('p-1'));
    expect(judge(start(provider, { programmeId: 'p-1' }), given(programmeStarted))).toEqual({ outcome: 'accepted' });
  });

  it('does not start under an id in use: reference-taken', () => {
    expect(judge(start(), given(start()))).toMatchObject(rejection('reference-taken'));
  });

  it.each([
    ['a start', start(provider, { programmeId: 'p-9' }), given()],
    ['an end', end(provider, { programmeId: 'p-9' }), given(start())],
  ])('%s does not name an unknown programme: unknown-reference', (_, contribution, state) => {
    expect(judge(contribution, state)).toMatchObject(rejection('unknown-reference'));
  });

  it('ends, told by its agency or by one that may know of it', () => {
    expect(judge(end(), given(start()), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
    expect(judge(end(connexions), given(start()))).toEqual({ outcome: 'accepted', notes: { of: 'heath-town-skills' } });
  });

  it('does not end before it started, as far as its sender told that or may read it: schema', () => {
    const early = (by?: Teller) => end(by, { on: '2026-02-01' });
    expect(judge(early(), given(start()), NOTHING_KNOWN)).toMatchObject(rejection('schema'));
    expect(judge(early(connexions), given(start()))).toMatchObject(rejection('schema'));
    expect(judge(early(connexions), given(start()), EXISTENCE_KNOWN)).toMatchObject({ outcome: 'accepted' });
    expect(judge(end(provider, { on: '2026-02-02' }), given(start()))).toEqual({ outcome: 'accepted' });
  });

  it('is known to its own source where nothing of others is looked up', () => {
    const alone = (contribution: ReturnType<typeof end>, ...before: readonly Given[]) =>
      judge(contribution, given(...before), NOTHING_KNOWN, { mayLookUp: false });
    expect(alone(end(), start(), end())).toMatchObject(rejection('unknown-reference'));
    expect(alone(end(provider, { on: '2026-02-01' }), start())).toMatchObject(rejection('schema'));
    for (const before of [[start()], [], [start(connexions), end(connexions)]])
      expect(alone(end(), ...before)).toEqual({ outcome: 'accepted' });
    expect(alone(end(provider, { of: connexions.slug }), start(connexions), end(connexions))).toEqual({ outcome: 'accepted' });
  });

  it.each([
    ['never started', end(), given()],
    ['is not for the sender to know of', end(otherProvider), given(start())],
    ['ended', end(), given(start(), end())],
    ['ended as another agency told', end(), given(start(), { ...end(connexions), notes: { of: 'heath-town-skills' } })],
  ])('does not end where it %s: unknown-reference', (_, contribution, state) => {
    expect(judge(contribution, state, NOTHING_KNOWN)).toMatchObject(rejection('unknown-reference'));
  });
});
