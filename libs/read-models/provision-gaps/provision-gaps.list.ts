// Gaps that advisers raise to the funder, for all to see (views.md, S27; area-wide inspections, Knowsley and Southwark).
import { code, coded, count, day, group, text, texts, thingList } from '../lists/index.ts';
import { ANSWERED_BY, GAP_STATES, type GapAnswerRow, gapOrder, type GapRow, gapRow, isChosenGap } from './provision-gaps.answer.ts';
import { proposeGaps } from './provision-gaps.query.ts';
import { provisionGapsView } from './provision-gaps.view.ts';

export const gapList = thingList<GapRow>({
  name: 'provision-gaps',
  says: 'Gaps in provision, one of an area, occupation and level, with places and need beside them; the funder answers within the days of the agreement, usually 42.',
  view: provisionGapsView,
  purposes: ['plan-provision'],
  items: { anchor: ['provision.gap-raised'], beside: ['provision.gap-answered', 'provision.listed', 'labour-need.published'] },
  filters: {
    area: { says: 'Area of the gap.' },
    state: { says: 'Whether it is answered, overdue, or closed by places listed since.', codes: GAP_STATES },
  },
  fields: {
    gapId: text('Id that the agency gave it that raised it first.'),
    area: text('Area.'),
    occupation: text('Occupation.'),
    level: coded(text('Level, such as level-1.'), 'assessment-levels'),
    reason: text('Why, in its words.'),
    raisedBy: text('Slug of the agency that raised it first.'),
    raisedOn: day('Day on which it did.'),
    supportedBy: texts('Slugs of others that raised the same.'),
    askedBy: count('How many young people intend it; null until tables are released that say so.'),
    places: count('Places of the same area, occupation and level, as listed last.'),
    needs: count('What the labour market needs of it, as published last.'),
    answer: group<GapAnswerRow>("The funder's last answer.", {
      decision: text('planned, declined or exists.'),
      note: text('In its words.'),
      on: day('Day.'),
      by: text('Slug of the funder.'),
    }),
    answeredBy: code(ANSWERED_BY, 'What answered it: the funder, or places listed since.'),
    due: day('Last day for an answer.'),
    state: code(GAP_STATES, 'Whether it is answered, overdue, or closed by places listed since.'),
  },
  table: ['due', 'state', 'occupation', 'level', 'area', 'places', 'needs', 'raisedBy', 'answer_decision'],
  propose: proposeGaps,
  row: gapRow,
  matches: isChosenGap,
  order: gapOrder,
});
