// What the labour market needs, for all who plan (views.md, S19; QPID 90, 5.8).
import { coded, count, day, text, thingList } from '../lists/index.ts';
import { isChosenNeed, labourNeedOrder, type LabourNeedRow, labourNeedRow } from './labour-needs.answer.ts';
import { proposeLabourNeeds } from './labour-needs.query.ts';
import { labourNeedsView } from './labour-needs.view.ts';

export const labourNeedList = thingList<LabourNeedRow>({
  name: 'labour-needs',
  says: 'What the labour market needs: the last that was published of each area, occupation, level and period.',
  view: labourNeedsView,
  purposes: ['plan-provision'],
  items: { anchor: ['labour-need.published'], beside: [] },
  filters: {
    area: { says: 'Area.' },
    occupation: { says: 'Occupation.' },
    level: { says: 'Level, such as level-1.' },
    period: { says: 'Period, such as 2026/27.' },
  },
  fields: {
    area: text('Area.'),
    occupation: text('Occupation.'),
    level: coded(text('Level, such as level-1.'), 'assessment-levels'),
    period: text('Period.'),
    count: count('How many are needed.'),
    of: text('Slug of the agency that published it.'),
    publishedOn: day('Day on which it did.'),
  },
  table: ['occupation', 'level', 'area', 'period', 'count', 'of'],
  propose: proposeLabourNeeds,
  row: labourNeedRow,
  matches: isChosenNeed,
  order: labourNeedOrder,
});
