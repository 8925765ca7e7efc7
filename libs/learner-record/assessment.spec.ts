import { assessment, connexions, NOON, provider, told, yot } from '#contribution/fixtures';
import { EXISTENCE_KNOWN, everyItem, given, itemsFor, judge, NOTHING_KNOWN, rejection } from './fixtures/index.ts';
import { categoryIn } from '#learner-record';

const first = told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' }));
const fromConnexions = { notes: { of: 'connexions-north' } };
const dispute = told(provider, 'assessment.disputed', { assessmentId: 'a-1', reason: 'Was ill that day' });
const rectify = (more: object) => told(connexions, 'assessment.rectified', { assessmentId: 'a-1', reason: 'Wrong day', ...more });

describe('a dispute', () => {
  it('is raised by whoever may see the content', () => {
    expect(judge(dispute, given(first))).toEqual({ outcome: 'accepted', ...fromConnexions });
    expect(judge({ ...dispute, source: 'connexions-north' }, given(first), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
  });

  it.each([
    ['of an assessment that nobody recorded', given(), undefined],
    ['by one who may know of it, but not see it', given(first), EXISTENCE_KNOWN],
  ])('is rejected %s: unknown-reference', (_, state, knowledge) => {
    expect(judge(dispute, state, knowledge)).toMatchObject(rejection('unknown-reference'));
  });

  it('marks the assessment', () => {
    expect(itemsFor(given(first, { ...dispute, ...fromConnexions }), 'heath-town-skills')).toMatchObject([
      { type: 'assessment.recorded', status: 'disputed' },
      { type: 'assessment.disputed', category: 'assessment', facts: { framework: 'initial', domain: 'literacy' } },
    ]);
  });
});

describe('a dispute by one that does not stand', () => {
  const bySomebody = { counts: ({ source }: { readonly source: string }) => source !== provider.slug };

  it('is accepted whatever exists', () => {
    for (const state of [given(), given(first)])
      expect(judge(dispute, state, NOTHING_KNOWN, { mayLookUp: false })).toEqual({ outcome: 'accepted' });
  });

  it('marks nothing of others', () => {
    const items = itemsFor(given(first, { ...dispute, ...fromConnexions }), 'connexions-north', bySomebody);
    expect(items).toMatchObject([{ type: 'assessment.recorded' }, { type: 'assessment.disputed', confirmed: false }]);
    expect(items[0]).not.toHaveProperty('status');
  });
});

describe('a rectification', () => {
  it('comes from the source alone: unknown-reference', () => {
    expect(judge(rectify({ assessedOn: '2026-01-10' }), given(first))).toEqual({ outcome: 'accepted' });
    const others = told(provider, 'assessment.rectified', { assessmentId: 'a-1', reason: 'Mine', assessedOn: '2026-01-10' });
    expect(judge(others, given(first))).toMatchObject(rejection('unknown-reference'));
  });

  it('leaves no assessment that ended before it was made, whichever of the two days it tells: schema', () => {
    const until = given(
      told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1', assessedOn: '2026-01-05', validUntil: '2026-02-05' })),
    );
    for (const more of [{ assessedOn: '2026-02-06' }, { validUntil: '2026-01-04' }])
      expect(judge(rectify(more), until, NOTHING_KNOWN)).toMatchObject(rejection('schema'));
    for (const more of [
      { assessedOn: '2026-02-05' },
      { validUntil: '2026-01-05' },
      { assessedOn: '2026-03-01', validUntil: '2026-03-01' },
      { instrument: 'Another' },
    ])
      expect(judge(rectify(more), until)).toEqual({ outcome: 'accepted' });
    expect(judge(rectify({ assessedOn: '2026-03-01' }), given(first))).toEqual({ outcome: 'accepted' });
  });

  it('moves the days for which the assessment counts', () => {
    const on = (assessedOn: string) => told(provider, 'assessment.recorded', assessment({ assessmentId: 'b-1', assessedOn }));
    const moved = given(first, rectify({ assessedOn: '2026-01-10' }));
    expect(judge(on('2026-01-07'), moved).outcome).toBe('accepted');
    expect(judge(on('2026-07-09'), moved)).toMatchObject({ existing: { assessedOn: '2026-01-10', validUntil: '2026-07-09' } });
    const shortened = given(first, rectify({ validUntil: '2026-01-20' }));
    expect(judge(on('2026-01-21'), shortened).outcome).toBe('accepted');
  });

  it('is sealed under the category of the assessment', () => {
    const risk = told(yot, 'assessment.recorded', assessment({ assessmentId: 'a-1', framework: 'risk-of-reoffending' }));
    const mine = told(yot, 'assessment.rectified', { assessmentId: 'a-1', reason: 'Wrong', factors: [] });
    expect(categoryIn(given(first, risk), mine)).toBe('risk-of-reoffending');
    expect(categoryIn(given(first, risk), dispute, fromConnexions.notes)).toBe('assessment');
    expect(categoryIn(given(), first)).toBe('assessment');
  });

  it('of an assessment apart is as hidden as that', () => {
    const apartFrom = { source: 'connexions-north', assessmentId: 'a-1' };
    const apart = { ...told(provider, 'assessment.recorded', assessment({ assessmentId: 'b-1' })), notes: { apartFrom } };
    const mine = told(provider, 'assessment.rectified', { assessmentId: 'b-1', reason: 'Wrong', validUntil: '2026-02-01' });
    const state = given(first, apart, mine);
    expect(itemsFor(state, 'connexions-north').map(({ revision }) => revision)).toEqual([0]);
    expect(itemsFor(state, 'heath-town-skills').map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(everyItem(state).map(({ apart: hidden }) => hidden)).toEqual([false, true, true]);
  });
});

describe('a superseded assessment', () => {
  it('stays superseded, whatever is said of it later', () => {
    const second = {
      ...told(provider, 'assessment.recorded', assessment({ assessmentId: 'b-1', supersedes: { assessmentId: 'a-1', reason: 'expired' } })),
      at: NOON,
      ...fromConnexions,
    };
    const statuses = itemsFor(given(first, second, rectify({ assessedOn: '2026-01-06' })), 'x').map(({ status }) => status);
    expect(statuses).toEqual(['superseded', undefined, undefined]);
  });
});
