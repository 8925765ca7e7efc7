// What took the place of an assessment (views.md, S4).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { supplements } from './supplements.list.ts';

describe('a supplement', () => {
  const assessment = (assessmentId: string, data: object, source: string, more = {}): AnswerItem =>
    seen(
      'assessment.recorded',
      { assessmentId, framework: 'initial', domain: 'literacy', assessedOn: '2026-09-01', ...data },
      source,
      more,
    );
  const why = { supersedes: { assessmentId: 'a', reason: 'not-comprehensive' }, outcome: { level: 'level-1' } };
  const OWN = assessment('a', { outcome: { level: 'level-1' } }, 'careers', { status: 'superseded' });
  const row = (...items: readonly AnswerItem[]) => rowOf(supplements, '2026-12-01', items, { anchor: items.length - 1 });

  it('says what it took the place of and why, to whoever may read it', () => {
    expect(row(OWN, assessment('b', { ...why, assessedOn: '2026-09-20' }, 'bct'))).toEqual({
      framework: 'initial',
      domain: 'literacy',
      reason: 'not-comprehensive',
      earlier: { assessmentId: 'a', by: 'careers', assessedOn: '2026-09-01' },
      later: { assessmentId: 'b', by: 'bct', assessedOn: '2026-09-20' },
      sameLevel: true,
    });
  });

  it('of which a clause leaves out framework and domain is told by its category, and only where it can be but one', () => {
    const apir = { framework: 'apir', domain: 'APIR' };
    const own = assessment('a', apir, 'careers', { status: 'superseded', category: 'apir' });
    const cut = seen('assessment.recorded', { assessmentId: 'b', assessedOn: '2026-09-20', factors: [] }, 'south', { category: 'apir' });
    expect(row(own, cut)).toMatchObject({ framework: 'apir', domain: null, reason: null, earlier: { assessmentId: 'a' } });
    expect(row(OWN, cut)).toBeUndefined();
    const another = assessment('c', { ...apir, domain: 'housing' }, 'careers', { status: 'superseded', category: 'apir' });
    expect(row(own, another, cut)).toBeUndefined();
  });

  it('is chosen by its domain without regard to case, and by the day that it shows', () => {
    const moved = seen('assessment.rectified', { assessmentId: 'b', assessedOn: '2026-09-25', reason: 'misread' }, 'bct');
    const items = [OWN, assessment('b', { ...why, assessedOn: '2026-09-20' }, 'bct'), moved];
    const found = rowOf(supplements, '2026-12-01', items, { anchor: 1 }) ?? {};
    const isChosen = (chosen: Record<string, string>) => supplements.matches(found, chosen);
    expect(['Literacy ', 'numeracy'].map((domain) => isChosen({ domain }))).toEqual([true, false]);
    expect([{ from: '2026-09-25' }, { from: '2026-09-26' }, { to: '2026-09-25' }, { to: '2026-09-24' }].map(isChosen)).toEqual([
      true,
      false,
      true,
      false,
    ]);
    const earlier = rowOf(supplements, '2026-12-01', items.slice(0, 2), { anchor: 1 }) ?? {};
    expect(supplements.order(found, earlier)).toBeLessThan(0);
  });

  it('is as its source set it right since', () => {
    const rectified = seen('assessment.rectified', { assessmentId: 'b', outcome: { level: 'level-2' }, reason: 'misread' }, 'bct');
    const told = [OWN, assessment('b', { ...why, assessedOn: '2026-09-20' }, 'bct'), rectified];
    expect(rowOf(supplements, '2026-12-01', told, { anchor: 1 })).toMatchObject({ sameLevel: false });
  });

  it('says no more than that there is one to whose assessment was superseded and may not read it, and nothing to others', () => {
    const existence = assessment('b', { assessedOn: '2026-09-20' }, 'bct');
    expect(row(OWN, existence)).toMatchObject({ reason: null, earlier: { assessmentId: 'a' }, sameLevel: null });
    expect(row(assessment('a', {}, 'hts', { status: 'superseded' }), existence)).toBeUndefined();
    expect(row(assessment('b', why, 'bct'))).toMatchObject({ earlier: null, reason: 'not-comprehensive', sameLevel: null });
  });
});
