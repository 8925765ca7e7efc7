import fc from 'fast-check';
import type { CatalogueData } from '#catalogue';
import type { Contribution } from '#contribution';
import { assessment, college, connexions, otherProvider, provider, type Teller, told } from '#contribution/fixtures';
import { addDays } from '#kernel';
import { ALL_KNOWN, EXISTENCE_KNOWN, given, judge, type Given, NOTHING_KNOWN, rejection, tellAll } from './fixtures/index.ts';

type Data = Partial<CatalogueData['assessment.recorded']>;

const assessed = (by: Teller, assessmentId: string, data: Data = {}, more: Pick<Given, 'notes'> = {}) => ({
  ...told(by, 'assessment.recorded', assessment({ assessmentId, ...data })),
  ...more,
});

const superseding = (by: Teller, id: string, superseded: string, data: Data = {}) =>
  assessed(by, id, { supersedes: { assessmentId: superseded, reason: 'not-comprehensive' }, ...data });

const first = assessed(connexions, 'a-1');
const existing = {
  assessmentId: 'a-1',
  framework: 'initial',
  domain: 'literacy',
  assessedOn: '2026-01-05',
  validUntil: '2026-07-04',
};
const fromConnexions = { notes: { of: 'connexions-north' } };
const apartFromFirst = { notes: { apartFrom: { source: 'connexions-north', assessmentId: 'a-1' } } };

describe('an assessment that repeats one still valid', () => {
  it('is met with the existing one, whose content its sender may or may not read', () => {
    const repeat = assessed(provider, 'b-1', { assessedOn: '2026-01-20' });
    expect(judge(repeat, given(first), ALL_KNOWN)).toEqual({ outcome: 'already-captured', existing, revision: 0, readable: true });
    expect(judge(repeat, given(first), EXISTENCE_KNOWN)).toMatchObject({ outcome: 'already-captured', readable: false });
  });

  it('is met with the sender’s own, whatever protocols say, even under the same id', () => {
    expect(judge(assessed(connexions, 'a-2'), given(first), NOTHING_KNOWN)).toMatchObject({ existing, readable: true });
    expect(judge(first, given(first), NOTHING_KNOWN)).toMatchObject({ existing, readable: true });
  });

  it('is met with the one assessed last', () => {
    const long = assessed(connexions, 'a-2', { assessedOn: '2026-02-01' });
    const state = given(assessed(connexions, 'a-1', { assessedOn: '2026-03-01' }), long);
    expect(judge(assessed(provider, 'b-1', { assessedOn: '2026-03-02' }), state)).toMatchObject({
      existing: { assessmentId: 'a-1' },
    });
  });

  it.each([
    ['2026-01-04', 'accepted'],
    ['2026-01-05', 'already-captured'],
    ['2026-07-04', 'already-captured'],
    ['2026-07-05', 'accepted'],
  ])('assessed on %s: %s', (assessedOn, outcome) => {
    expect(judge(assessed(provider, 'b-1', { assessedOn }), given(first)).outcome).toBe(outcome);
  });

  it.each([
    ['apir', 90],
    ['initial', 180],
    ['screening', 365],
    ['learning-style', 365],
    ['risk-of-failing', 90],
    ['risk-of-reoffending', 90],
    ['vocational', 180],
  ] as const)('%s holds for %i days where it does not say', (framework, days) => {
    const state = given(assessed(connexions, 'a-1', { framework }));
    const on = (offset: number) => assessed(provider, 'b-1', { framework, assessedOn: addDays('2026-01-05', offset) });
    expect(judge(on(days), state).outcome).toBe('already-captured');
    expect(judge(on(days + 1), state).outcome).toBe('accepted');
  });

  it('holds until the day that it says itself', () => {
    const state = given(assessed(connexions, 'a-1', { validUntil: '2026-01-10' }));
    expect(judge(assessed(provider, 'b-1', { assessedOn: '2026-01-10' }), state)).toMatchObject({
      existing: { validUntil: '2026-01-10' },
    });
    expect(judge(assessed(provider, 'b-1', { assessedOn: '2026-01-11' }), state).outcome).toBe('accepted');
  });

  it.each([
    ['domain', { domain: 'numeracy' }],
    ['framework', { framework: 'screening' }],
  ] as const)('differs by %s', (_, data) => {
    expect(judge(assessed(provider, 'b-1', data), given(first)).outcome).toBe('accepted');
  });

  it('is one whatever the case of its domain', () => {
    expect(judge(assessed(provider, 'b-1', { domain: ' Literacy' }), given(first)).outcome).toBe('already-captured');
    const maths = assessed(connexions, 'a-1', { domain: 'Größen' });
    expect(judge(assessed(provider, 'b-1', { domain: 'GRÖSSEN' }), given(maths)).outcome).toBe('already-captured');
  });
});

describe('an assessment whose sender may not know of the existing one', () => {
  const repeat = assessed(provider, 'b-1', { assessedOn: '2026-01-20' });
  const apart = { ...repeat, ...apartFromFirst };

  it('is recorded apart, noting the pair', () => {
    expect(judge(repeat, given(first), NOTHING_KNOWN)).toEqual({ outcome: 'accepted', ...apartFromFirst });
  });

  it('exists for its sender alone', () => {
    const state = given(first, apart);
    const next = { assessedOn: '2026-01-25' };
    expect(judge(assessed(provider, 'b-2', next), state, NOTHING_KNOWN)).toMatchObject({ existing: { assessmentId: 'b-1' } });
    expect(judge(assessed(otherProvider, 'o-1', next), state)).toMatchObject({ existing: { assessmentId: 'a-1' } });
    expect(judge(assessed(otherProvider, 'o-1', next), state, NOTHING_KNOWN)).toMatchObject(apartFromFirst);
  });

  it('stands alone once the hidden one has expired', () => {
    const late = assessed(otherProvider, 'o-1', { assessedOn: '2026-07-10' });
    expect(judge(late, given(first, apart))).toEqual({ outcome: 'accepted' });
  });

  it('may be superseded by its sender, apart again', () => {
    const state = given(first, apart);
    const second = superseding(provider, 'b-2', 'b-1', { assessedOn: '2026-01-25' });
    expect(judge(second, state, NOTHING_KNOWN)).toEqual({ outcome: 'accepted', ...apartFromFirst });
    const third = assessed(provider, 'b-3', { assessedOn: '2026-01-26' });
    expect(judge(third, given(first, apart, { ...second, ...apartFromFirst }), NOTHING_KNOWN)).toMatchObject({
      existing: { assessmentId: 'b-2' },
    });
  });

  it('cannot be named by anybody else', () => {
    const state = given(first, apart);
    expect(judge(superseding(college, 'c-1', 'b-1'), state)).toMatchObject(rejection('unknown-reference'));
  });
});

describe('an assessment that supersedes', () => {
  const second = superseding(provider, 'b-1', 'a-1', { assessedOn: '2026-01-20' });

  it('is recorded where its sender may know of the one it names', () => {
    expect(judge(second, given(first), EXISTENCE_KNOWN)).toEqual({ outcome: 'accepted', ...fromConnexions });
    expect(judge(superseding(connexions, 'a-2', 'a-1'), given(first), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
  });

  it('takes the place of the one it names', () => {
    const state = given(first, { ...second, ...fromConnexions });
    expect(judge(assessed(connexions, 'a-2', { assessedOn: '2026-01-10' }), state).outcome).toBe('accepted');
    expect(judge(assessed(connexions, 'a-2', { assessedOn: '2026-01-21' }), state)).toMatchObject({
      existing: { assessmentId: 'b-1' },
    });
  });

  it.each([
    ['nobody recorded', given(), ALL_KNOWN],
    ['its sender may not know of', given(first), NOTHING_KNOWN],
    ['has another natural key', given(assessed(connexions, 'a-1', { domain: 'numeracy' })), ALL_KNOWN],
    ['is superseded', given(first, { ...superseding(connexions, 'a-2', 'a-1') }), ALL_KNOWN],
  ])('is rejected where it names one that %s: unknown-reference', (_, state, knowledge) => {
    expect(judge(second, state, knowledge)).toMatchObject(rejection('unknown-reference'));
  });

  it('is rejected where it names one of two with that id: ambiguous-reference', () => {
    const two = given(first, assessed(college, 'a-1', { assessedOn: '2025-12-01' }));
    expect(judge(second, two)).toMatchObject({
      rejection: { code: 'ambiguous-reference', candidates: ['connexions-north', 'wulfrun-college'] },
    });
  });

  it('tells nothing of what it may not know: the rejections are the same', () => {
    expect(judge(second, given(), ALL_KNOWN)).toEqual(judge(second, given(first), NOTHING_KNOWN));
  });

  it('means its sender’s own where others use the id too', () => {
    const state = given(first, assessed(provider, 'a-1', { assessedOn: '2025-12-01' }));
    expect(judge({ ...second, data: { ...second.data, assessedOn: '2026-08-01' } }, state)).toEqual({ outcome: 'accepted' });
  });

  it('supersedes nothing that others see when it stands apart itself', () => {
    const early = assessed(college, 'e-1', { assessedOn: '2025-12-01' });
    const notes = { of: 'connexions-north', apartFrom: { source: 'wulfrun-college', assessmentId: 'e-1' } };
    const state = given(first, early, { ...second, notes });
    expect(judge(assessed(otherProvider, 'o-1', { assessedOn: '2026-06-20' }), state)).toMatchObject({
      existing: { assessmentId: 'a-1' },
    });
  });
});

describe('ids of assessments', () => {
  it('are each agency’s own: used by another they are free', () => {
    expect(judge(assessed(provider, 'a-1', { domain: 'numeracy' }), given(first))).toEqual({ outcome: 'accepted' });
  });

  it('cannot be used twice by one agency: reference-taken', () => {
    expect(judge(assessed(connexions, 'a-1', { domain: 'numeracy' }), given(first))).toMatchObject(rejection('reference-taken'));
  });
});

describe('the natural key', () => {
  const day = fc.integer({ min: 0, max: 400 }).map((offset) => addDays('2025-01-01', offset));
  const newcomer = fc
    .record({
      by: fc.constantFrom(connexions, provider, college),
      domain: fc.constantFrom('literacy', 'numeracy'),
      assessedOn: day,
      days: fc.option(fc.integer({ min: 0, max: 200 })),
    })
    .map(({ by, domain, assessedOn, days }) => ({
      by,
      data: { domain, assessedOn, ...(days === null ? {} : { validUntil: addDays(assessedOn, days) }) },
    }));
  const toldInTurn = fc
    .array(newcomer, { maxLength: 12 })
    .map((all): readonly Contribution<'assessment.recorded'>[] => all.map(({ by, data }, n) => assessed(by, `x-${n}`, data)));
  const end = ({ assessedOn, validUntil }: CatalogueData['assessment.recorded']) => validUntil ?? addDays(assessedOn, 180);

  /** Written a second time, as the contract says it. */
  const repeats = (one: CatalogueData['assessment.recorded'], old: CatalogueData['assessment.recorded']) =>
    one.domain === old.domain && old.assessedOn <= one.assessedOn && one.assessedOn <= end(old);

  it('is recorded exactly when its day lies in no earlier one’s validity, where all is known', () => {
    fc.assert(
      fc.property(toldInTurn, (contributions) => {
        const { outcomes } = tellAll(contributions, () => ALL_KNOWN);
        const kept: CatalogueData['assessment.recorded'][] = [];
        contributions.forEach(({ data }, n) => {
          const isRepeat = kept.some((old) => repeats(data, old));
          expect(outcomes[n]?.outcome).toBe(isRepeat ? 'already-captured' : 'accepted');
          if (!isRepeat) kept.push(data);
        });
      }),
    );
  });

  it('tells a sender who may know of nothing the same as if nobody else had told anything', () => {
    fc.assert(
      fc.property(toldInTurn, (contributions) => {
        const all = tellAll(contributions, () => NOTHING_KNOWN).outcomes;
        const own = contributions.map((one, n) => ({ one, n })).filter(({ one }) => one.source === provider.slug);
        const alone = tellAll(
          own.map(({ one }) => one),
          () => NOTHING_KNOWN,
        ).outcomes;
        const existingIn = (outcome: unknown) => (outcome as { readonly existing?: unknown }).existing;
        expect(own.map(({ n }) => [all[n]?.outcome, existingIn(all[n])])).toEqual(
          alone.map((outcome) => [outcome.outcome, existingIn(outcome)]),
        );
      }),
    );
  });
});
