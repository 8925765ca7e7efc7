import type { CatalogueData } from '#catalogue';
import { connexions, OTHER_ULN, person, recorded, told, ULN, WRONG_ULN } from '#contribution/fixtures';
import { correctionIdentifiers, decideCorrection, type FoundForCorrection } from './correction.decide.ts';
import { subjectUlnFault } from './identifiers.ts';
import { evolveLearner, initialLearner, type LearnerState } from './learner.ts';

const correct = (data: Omit<CatalogueData['learner.corrected'], 'reason'>) =>
  told(connexions, 'learner.corrected', { ...data, reason: 'Typed wrongly' }, { subject: 'local:l-1' });

const stateWith = (uln?: string): LearnerState =>
  recorded(
    told(connexions, 'learner.registered', uln === undefined ? person : { ...person, uln }, { subject: 'local:l-1' }),
  ).reduce(evolveLearner, initialLearner);

const found = (more: Partial<FoundForCorrection> = {}, uln?: string): FoundForCorrection => ({
  learner: { id: 'L1', state: stateWith(uln) },
  ...more,
});

describe('correction', () => {
  it('tells which identifiers of the data to look up', () => {
    expect(correctionIdentifiers(correct({ uln: ULN, localId: 'l-2' }))).toEqual({ uln: ULN, localId: 'l-2' });
    expect(correctionIdentifiers(correct({ familyName: 'Byrne' }))).toEqual({});
  });

  it('links nothing where no identifier changes', () => {
    expect(decideCorrection(correct({ familyName: 'Byrne' }), found())).toEqual({
      outcome: 'accepted',
      learner: 'L1',
      links: [],
    });
  });

  it('adds the first ULN and a further local id', () => {
    expect(decideCorrection(correct({ uln: ULN, localId: 'l-2' }), found())).toMatchObject({
      links: [
        { kind: 'uln', value: ULN },
        { kind: 'local', agency: 'connexions-north', value: 'l-2' },
      ],
    });
  });

  it('repeats a ULN and a local id without harm', () => {
    const known = found({ byUln: 'L1', byLocal: 'L1' }, ULN);
    expect(decideCorrection(correct({ uln: ULN, localId: 'l-1' }), known)).toMatchObject({ outcome: 'accepted', links: [] });
  });

  it('rejects a ULN that fails its check: invalid-uln', () => {
    expect(decideCorrection(correct({ uln: WRONG_ULN }), found())).toMatchObject({ rejection: { code: 'invalid-uln' } });
  });

  it('rejects a learner whom nobody registered: no-such-learner', () => {
    expect(decideCorrection(correct({ familyName: 'Byrne' }), {})).toMatchObject({ rejection: { code: 'no-such-learner' } });
  });

  it.each([
    ['a second ULN', correct({ uln: OTHER_ULN }), found({}, ULN), ['L1']],
    ['the ULN of another learner', correct({ uln: OTHER_ULN }), found({ byUln: 'L2' }), ['L1', 'L2']],
    ['the local id of another learner', correct({ localId: 'l-2' }), found({ byLocal: 'L2' }), ['L1', 'L2']],
  ])('rejects %s: link-conflict', (_, contribution, known, between) => {
    expect(decideCorrection(contribution, known)).toMatchObject({ rejection: { code: 'link-conflict' }, between });
  });
});

describe('ULN of a subject', () => {
  it.each([
    [`uln:${ULN}`, undefined],
    ['local:1234567890', undefined],
    [`uln:${WRONG_ULN}`, 'invalid-uln'],
  ])('%s: %s', (subject, code) => {
    expect(subjectUlnFault({ ...correct({}), subject })?.rejection.code).toBe(code);
  });
});
