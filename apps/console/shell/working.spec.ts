import { isHome, kindOfPage, Working } from './working.ts';

const begun = (): Working => new Working({ url: '/staff', session: {} });

describe('pages of one kind', () => {
  it.each([
    ['/staff/learners/psn%3Aone', '/staff/learners/psn%3Atwo'],
    ['/staff/learners/psn:one/what-do-we-have', '/staff/learners/psn:two/what-do-we-have'],
    ['/staff/caseload?attention=any', '/staff/caseload/csv'],
    ['/staff/enter/assessment.recorded/check', '/staff/enter'],
    ['/agreements/e2e-passport/1', '/agreements'],
  ])('are %s and %s', (one, other) => {
    expect(kindOfPage(one)).toBe(kindOfPage(other));
  });

  it('are not two lists, nor a learner’s record and what is known before an assessment', () => {
    const kinds = [
      '/staff',
      '/staff/caseload',
      '/staff/lists/duties',
      '/staff/lists',
      '/staff/learners/a',
      '/staff/learners/a/what-do-we-have',
    ];
    expect(new Set(kinds.map(kindOfPage)).size).toBe(kinds.length);
  });

  it('begin on the first page of each area', () => {
    expect(['/staff', '/plan', '/agency', '/staff?x=1', '/staff/caseload'].map(isHome)).toEqual([true, true, true, true, false]);
  });
});

describe('what somebody works on', () => {
  const LIST = '/staff/lists/duties';

  it('is nothing until it is chosen, and then holds for every page, whichever it was chosen for', () => {
    const working = begun();
    expect(working.on(LIST)).toEqual([]);
    working.choose(['support-learner'], LIST);
    expect([working.on(LIST), working.on()]).toEqual([['support-learner'], ['support-learner']]);
  });

  it('is remembered for pages of a kind, while all others stay as they were', () => {
    const working = begun();
    working.choose(['support-learner']);
    working.choose(['plan-learning'], '/staff/learners/one/what-do-we-have');
    expect(working.on('/staff/learners/two/what-do-we-have')).toEqual(['plan-learning']);
    expect([working.on('/staff/learners/two'), working.on()]).toEqual([['support-learner'], ['support-learner']]);
    working.choose(['deliver-programme'], '/staff/learners/two/what-do-we-have');
    expect(working.on('/staff/learners/one/what-do-we-have')).toEqual(['deliver-programme']);
  });

  it('is one thing again where it is chosen for all pages', () => {
    const working = begun();
    working.choose(['support-learner']);
    working.choose(['plan-learning'], LIST);
    working.choose(['track-participation']);
    expect(working.on(LIST)).toEqual(['track-participation']);
  });

  it('is kept for so many kinds of pages and no more, and by no name that objects have anyway', () => {
    const working = begun();
    working.choose(['support-learner']);
    for (let n = 0; n < 150; n++) working.choose(['plan-learning'], `/staff/lists/l${n}`);
    const kept = Array.from({ length: 150 }, (_, n) => working.on(`/staff/lists/l${n}`)[0]);
    expect(kept.map((purpose) => purpose === 'plan-learning')).toEqual([...Array(50).fill(false), ...Array(100).fill(true)]);
    expect(working.on('constructor')).toEqual(['support-learner']);
  });
});
