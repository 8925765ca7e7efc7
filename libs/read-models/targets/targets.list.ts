// Learning targets, and in time how far they are reached (views.md, S20; Learning Partnerships guidance, annex 9).
import { code, coded, day, figure, text, thingList } from '../lists/index.ts';
import { isChosenTarget, TARGET_STATES, targetOrder, type TargetRow, targetRow } from './targets.answer.ts';
import { proposeTargets } from './targets.query.ts';
import { targetsView } from './targets.view.ts';

export const targetList = thingList<TargetRow>({
  name: 'targets',
  says: 'Targets and benchmarks: the last that was stated of each measure, scope and period.',
  view: targetsView,
  purposes: ['plan-provision'],
  items: { anchor: ['target.set', 'benchmark.published'], beside: [] },
  filters: {
    scope: { says: 'Whom the figure is about.' },
    period: { says: 'Period, such as 2026/27.' },
    measure: { says: 'What is measured.' },
  },
  fields: {
    measure: coded(text('What is measured, such as starts.'), 'measures'),
    scope: text('Whom the figure is about.'),
    period: text('Period.'),
    target: figure('The figure to reach.'),
    setBy: text('Slug of the agency that set it.'),
    setOn: day('Day on which it did.'),
    benchmark: figure('The figure to compare with.'),
    actual: figure('What is reached; null until tables are released that say so.'),
    expectedByNow: figure('What would be reached by now.'),
    forecast: figure('What will be reached.'),
    state: code(TARGET_STATES, 'Whether it will be reached; no-data where what is reached is not known.'),
    warnedOn: day('Day on which a shortfall was first told.'),
  },
  table: ['measure', 'scope', 'period', 'target', 'benchmark', 'actual', 'state'],
  propose: proposeTargets,
  row: targetRow,
  matches: isChosenTarget,
  order: targetOrder,
});
