// Vacancies for whom a placement is sought (views.md, S18; E2E p. 23).
import { code, count, day, group, text, workedOut } from '../lists/index.ts';
import { partnershipList } from '../partnerships/index.ts';
import { placementsSought } from '../placements-sought/index.ts';
import { vacancyList } from '../vacancies/index.ts';
import { workplaceList } from '../workplaces/index.ts';
import { matchRows, type MatchRow, NEARNESS, type RiskRow } from './placement-matches.answer.ts';

export const placementMatches = workedOut<MatchRow>({
  name: 'placements/matches',
  says: 'Open vacancies of the kind of work that a learner seeks, in the area, beside it or in the same partnership.',
  source: placementsSought,
  things: [vacancyList, workplaceList, partnershipList],
  purposes: ['match-placement'],
  filters: { ...placementsSought.filters, sought: { says: 'Pseudonym of the learner, as the list of placements sought has it.' } },
  fields: {
    givenName: text('Given name.'),
    occupation: text('Occupation that is sought.'),
    soughtIn: text('Area in which it is sought.'),
    waitingDays: count('Days since it is sought.'),
    vacancyId: text('Id that its source gave the vacancy.'),
    title: text('What the work is.'),
    employer: text('Employer.'),
    area: text('Where.'),
    of: text('Slug of the agency that listed it.'),
    nearness: code(NEARNESS, 'How near it is to where one is sought.'),
    riskAssessed: group<RiskRow>('The last assessment of the risks of that workplace that holds, as far as may be seen.', {
      on: day('Day.'),
      outcome: text('Whether it is suitable, suitable with conditions, or not.'),
      result: text('What was found.'),
      validUntil: day('Last day on which it holds.'),
      by: text('Slug of the agency that assessed it.'),
    }),
  },
  table: ['givenName', 'occupation', 'title', 'employer', 'area', 'nearness', 'riskAssessed_validUntil', 'waitingDays'],
  rows: matchRows,
});
