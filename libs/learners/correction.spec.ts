import type { CatalogueData } from '#catalogue';
import { connexions, OTHER_ULN, person, provider, told, ULN, WRONG_ULN } from '#contribution/fixtures';
import { correctionIdentifiers, decideCorrection, type FoundForCorrection } from './correction.decide.ts';
import { learnerAfter, registered, standingOf } from './fixtures/index.ts';
import type { LearnerState } from './learner.ts';

const LOCAL = { subject: 'local:l-1' };
const correct = (data: Omit<CatalogueData['learner.corrected'], 'reason'>, subject = LOCAL) =>
  told(connexions, 'learner.corrected', { ...data, reason: 'Typed wrongly' }, subject);

const stateWith = (uln?: string): LearnerState => learnerAfter([registered(connexions, uln === undefined ? {} : { uln }, LOCAL)]);
const OWN = standingOf([registered(connexions, {}, LOCAL)]).statements;
const ANOTHER = { givenName: 'Zoe', familyName: 'Byrne', dateOfBirth: '2010-10-10' };

const found = (more: Partial<FoundForCorrection> = {}, uln?: string): FoundForCorrection => ({
  learner: { id: 'L1', state: stateWith(uln) },
  own: OWN,
  byUln: [],
  ...more,
});
const local = (value: string) => ({ kind: 'local', agency: 'connexions-north', value });

describe('correction', () => {
  it('tells which identifiers of the data to look up', () => {
    expect(correctionIdentifiers(correct({ uln: ULN, localId: 'l-2' }))).toEqual({ uln: ULN, localId: 'l-2' });
    expect(correctionIdentifiers(correct({ familyName: 'Byrne' }))).toEqual({});
  });

  it('links nothing where it tells no identifier', () => {
    expect(decideCorrection(correct({ familyName: 'Byrne' }), found())).toEqual({
      outcome: 'accepted',
      learner: 'L1',
      links: [],
      beside: [],
    });
  });

  it('adds the first ULN and a further local id', () => {
    expect(decideCorrection(correct({ uln: ULN, localId: 'l-2' }), found())).toMatchObject({
      links: [{ kind: 'uln', value: ULN }, local('l-2')],
      beside: [],
    });
  });

  it('links the same whatever exists: how many events it makes tells nothing', () => {
    const linked = [found(), found({ byUln: ['L1'], byLocal: 'L1' }, ULN), found({ byUln: ['L2', 'L3'] })].map((known) =>
      decideCorrection(correct({ uln: ULN, localId: 'l-1' }), known),
    );
    expect(linked).toMatchObject(
      linked.map(() => ({ outcome: 'accepted', learner: 'L1', links: [{ kind: 'uln', value: ULN }, local('l-1')] })),
    );
  });

  it('is accepted with a number that others gave to others: the pairs are for the data manager', () => {
    expect(decideCorrection(correct({ uln: ULN }), found({ byUln: ['L2', 'L1'] }))).toMatchObject({ outcome: 'accepted', beside: ['L2'] });
  });

  it('is accepted with another number than somebody else gave', () => {
    const byOther = learnerAfter([registered(provider, { uln: ULN }, LOCAL), registered(connexions, {}, LOCAL)]);
    expect(decideCorrection(correct({ uln: OTHER_ULN }), found({ learner: { id: 'L1', state: byOther } }))).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('rejects a ULN that fails its check: invalid-uln', () => {
    expect(decideCorrection(correct({ uln: WRONG_ULN }), found())).toMatchObject({ rejection: { code: 'invalid-uln' } });
  });

  it.each([
    ['a second ULN of the sender’s own', correct({ uln: OTHER_ULN }), found({}, ULN), { uln: ['L1'] }],
    ['what makes it plainly another person', correct(ANOTHER), found(), { localId: ['L1'] }],
    ['the same, said of a number', correct(ANOTHER, { subject: `uln:${ULN}` }), found({}, ULN), { uln: ['L1'] }],
    [
      'a local id that the sender gave to another learner',
      correct({ localId: 'l-2' }),
      found({ byLocal: 'L2' }),
      { localId: ['L1', 'L2'] },
    ],
  ])('rejects %s: link-conflict, with the identifier of its own that contradicts', (_, contribution, known, conflict) => {
    const [[identifier, between] = []] = Object.entries(conflict);
    expect(decideCorrection(contribution, known)).toMatchObject({ rejection: { code: 'link-conflict', identifier }, between });
  });
});

describe('a correction of less than that', () => {
  it.each(['givenName', 'familyName', 'dateOfBirth'] as const)('is accepted: it leaves the %s, or tells it as it was', (field) => {
    const { [field]: _left, ...two } = ANOTHER;
    expect(decideCorrection(correct(two), found())).toMatchObject({ outcome: 'accepted' });
    expect(decideCorrection(correct({ ...ANOTHER, [field]: person[field] }), found())).toMatchObject({ outcome: 'accepted' });
  });

  it('is accepted where the sender itself told nothing that it contradicts', () => {
    expect(decideCorrection(correct(ANOTHER), found({ own: [] }))).toMatchObject({ outcome: 'accepted' });
  });
});
