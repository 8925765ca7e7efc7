import { assessment, connexions, otherProvider, provider, type Teller, told } from '#contribution/fixtures';
import { ALL_KNOWN, given, itemsFor, judge, NOTHING_KNOWN } from './fixtures/index.ts';

const assessed = (by: Teller, assessmentId: string, supersedes?: string) =>
  told(
    by,
    'assessment.recorded',
    assessment({ assessmentId, ...(supersedes === undefined ? {} : { supersedes: { assessmentId: supersedes, reason: 'expired' } }) }),
  );
const first = assessed(connexions, 'a-1');
const strangers = assessed(provider, 'b-1');

/** All but the provider stand. */
const counts = ({ source }: { readonly source: string }) => source !== provider.slug;

describe('an assessment of one that does not stand', () => {
  it('keeps nobody’s from being recorded, but its own', () => {
    expect(judge(first, given(strangers), ALL_KNOWN, { counts })).toEqual({ outcome: 'accepted' });
    expect(judge(assessed(provider, 'b-2'), given(strangers), ALL_KNOWN, { counts, mayLookUp: false })).toMatchObject({
      existing: { assessmentId: 'b-1' },
    });
  });

  it('supersedes nothing of others', () => {
    const superseding = { ...assessed(provider, 'b-1', 'a-1'), notes: { of: connexions.slug } };
    expect(judge(assessed(otherProvider, 'o-1'), given(first, superseding), ALL_KNOWN, { counts })).toMatchObject({
      existing: { assessmentId: 'a-1' },
    });
    const [item] = itemsFor(given(first, superseding), 'anybody', { counts });
    expect(item).not.toHaveProperty('status');
    expect(itemsFor(given(first, superseding), 'anybody')[0]).toMatchObject({ status: 'superseded' });
  });

  it('is accepted whatever exists, and recorded apart from what it repeats', () => {
    for (const knowledge of [ALL_KNOWN, NOTHING_KNOWN]) {
      expect(judge(strangers, given(), knowledge, { counts, mayLookUp: false })).toEqual({ outcome: 'accepted' });
      expect(judge(strangers, given(first), knowledge, { counts, mayLookUp: false })).toEqual({
        outcome: 'accepted',
        notes: { apartFrom: { source: connexions.slug, assessmentId: 'a-1' } },
      });
    }
  });

  it('may name any as superseded: it is not looked up', () => {
    for (const state of [given(), given(first)]) {
      expect(judge(assessed(provider, 'b-1', 'a-1'), state, ALL_KNOWN, { counts, mayLookUp: false }).outcome).toBe('accepted');
    }
  });

  it('recorded apart stays apart when its source comes to stand', () => {
    const apart = { ...strangers, notes: { apartFrom: { source: connexions.slug, assessmentId: 'a-1' } } };
    expect(itemsFor(given(first, apart), connexions.slug).map(({ revision }) => revision)).toEqual([0]);
    expect(judge(assessed(otherProvider, 'o-1'), given(first, apart), ALL_KNOWN)).toMatchObject({ existing: { assessmentId: 'a-1' } });
  });
});

describe('an assessment that its source retracted', () => {
  const retracted = { ...told(connexions, 'record.retracted', { of: 'm-1', reason: 'entered-in-error' }), notes: { names: 0 } };

  it('exists no more: it may be recorded anew, and is told to nobody', () => {
    expect(judge(assessed(connexions, 'a-2'), given(first, retracted))).toEqual({ outcome: 'accepted' });
    expect(judge(assessed(provider, 'b-1'), given(first, retracted))).toEqual({ outcome: 'accepted' });
  });
});
