// What of a record the learner is not shown: nothing of it, no trace of it, and nothing of another person.
import type { Contribution, Recorded } from '#contribution';
import { assessment, connexions, person, programme, provider, school, told } from '#contribution/fixtures';
import { given } from './fixtures/index.ts';
import { hiddenFromLearner, wasWithheld } from './index.ts';

type Noted = Contribution & Pick<Recorded, 'notes'>;

const noted = (one: Contribution, notes: Recorded['notes']): Noted => ({ ...one, ...(notes && { notes }) });
const withheld = (names: number, until = '2026-02-01'): Noted =>
  noted(told(connexions, 'withholding.stated', { of: 'm', ground: 'serious-harm', until }), { names });
const ended = (names: number): Noted => noted(told(connexions, 'withholding.ended', { of: 'm' }), { names });
const retracted = (names: number, reason: 'wrong-learner' | 'entered-in-error'): Noted =>
  noted(told(connexions, 'record.retracted', { of: 'm', reason }), { names });

const registered = told(connexions, 'learner.registered', person);
const noteOf = told(connexions, 'circumstance.noted', { kind: 'housing', note: 'Threats at home' });

const hiddenOn = (day: string, ...story: readonly Noted[]): readonly number[] => [...hiddenFromLearner(given(...story), day)].sort();

describe('what a source withholds from the learner', () => {
  it('is hidden with the word that it is, to the end of its last day', () => {
    const story = [registered, noteOf, withheld(1)];
    expect(hiddenOn('2026-02-01', ...story)).toEqual([1, 2]);
    expect(hiddenOn('2026-02-02', ...story)).toEqual([2]);
  });

  it('is shown once that ends, and hidden again when it is withheld again', () => {
    const story = [registered, noteOf, withheld(1), ended(1)];
    expect(hiddenOn('2026-01-10', ...story)).toEqual([2, 3]);
    expect([...wasWithheld(given(...story), '2026-01-10')]).toEqual([1]);
    expect(hiddenOn('2026-01-10', ...story, withheld(1))).toEqual([1, 2, 3, 4]);
    expect([...wasWithheld(given(...story, withheld(1)), '2026-01-10')]).toEqual([]);
  });

  it('takes along what speaks of it, whoever said that, and nothing that speaks of another thing of that id', () => {
    const disputed = told(provider, 'assessment.disputed', { assessmentId: 'a-1', reason: 'Not so.' });
    const story = [
      told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
      noted(disputed, { of: connexions.slug }),
      told(school, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
      noted(disputed, { of: school.slug }),
      withheld(0),
      retracted(0, 'entered-in-error'),
    ];
    expect(hiddenOn('2026-01-10', ...story)).toEqual([0, 1, 4, 5]);
  });

  it('takes along what was recorded within the programme that is withheld', () => {
    const review = told(provider, 'review.held', {
      reviewId: 'r',
      programmeId: 'p',
      heldOn: '2026-01-05',
      attendees: [],
      summary: 'Well.',
    });
    const statedByProvider = noted(told(provider, 'withholding.stated', { of: 'm', ground: 'crime', until: '2026-02-01' }), { names: 0 });
    expect(hiddenOn('2026-01-10', told(provider, 'programme.started', programme('p')), review, statedByProvider)).toEqual([0, 1, 2]);
  });
});

describe('what was recorded about the learner by mistake', () => {
  it('is another person’s, and is not shown', () => {
    expect(hiddenOn('2026-01-10', registered, noteOf, retracted(1, 'wrong-learner'))).toEqual([1, 2]);
    expect(hiddenOn('2026-01-10', registered, noteOf, retracted(1, 'entered-in-error'))).toEqual([]);
  });
});
