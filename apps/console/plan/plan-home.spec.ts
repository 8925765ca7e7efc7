// What waits for whoever plans.
import type { Acting } from '../staff/acts.ts';
import { planHome } from './plan-home.ts';

const acting: Acting = {
  ...{ name: 'R. Finch', agency: 'lsc', on: '2026-11-30' },
  types: new Set(['provision.gap-answered', 'feedback.answered']),
};
const gap = {
  gapId: 'g',
  occupation: 'Childcare',
  level: 'level-1',
  area: 'WV3',
  reason: 'Nine asked',
  raisedBy: 'careers',
  due: '2026-12-24',
};

it('has gaps with what is to be done, and feedback that nobody answered', () => {
  const feedback = { about: 'lsc', theme: 'travel', quarter: '2026-Q3', comments: [{}, {}], answers: [], due: '2026-11-11', overdue: true };
  const home = planHome(
    {
      gaps: [{ ...gap, state: 'overdue' }],
      partnerships: [],
      targets: [{ measure: 'starts', scope: 'e2e', period: '2026', target: 55, benchmark: null }],
      feedback: [feedback, { ...feedback, answers: [{}], overdue: false }],
    },
    acting,
  );
  expect(home.gaps).toMatchObject([
    {
      what: 'Childcare, level 1, WV3',
      detail: 'Nine asked',
      due: '2026-12-24',
      tag: { text: 'overdue', colour: 'red' },
      acts: [{ label: 'Answer' }],
    },
  ]);
  expect(home.feedback).toMatchObject([
    { what: 'travel, lsc, 2026-Q3', detail: '2 comments', tag: { colour: 'red' }, acts: [{ type: 'feedback.answered' }] },
  ]);
  expect(home.targets).toEqual([{ measure: 'starts', scope: 'e2e', period: '2026', target: '55', benchmark: '' }]);
});

it('has plans that close within ninety days, the next first', () => {
  const partnerships = ['2027-03-01', '2026-12-24', '2026-11-29', '2027-02-28', null].map((planningCloses, place) => ({
    name: `P${place}`,
    planningCloses,
  }));
  const { closing } = planHome({ gaps: [], partnerships, targets: [], feedback: [] }, acting);
  expect(closing).toEqual([
    { name: 'P1', on: '2026-12-24', days: 24 },
    { name: 'P3', on: '2027-02-28', days: 90 },
  ]);
});
