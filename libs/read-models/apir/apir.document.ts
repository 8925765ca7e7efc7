// Assessment, planning, implementation and review: its factors and levels (views.md, S3; E2E p. 13, 16, 27).
import { learnerDocument } from '../documents/index.ts';
import { count, day, groups, text, texts } from '../lists/index.ts';
import { type Apir, apirIn, type FactorRow } from './apir.answer.ts';

export const apir = learnerDocument<Apir>({
  name: 'apir',
  says: 'The last APIR assessment of the learner: its factors with their levels, and the levels found before.',
  purposes: ['plan-learning'],
  items: { types: ['assessment.recorded', 'assessment.rectified'], categories: ['apir'] },
  dated: true,
  fields: {
    assessmentId: text('Its id.'),
    assessedOn: day('Day.'),
    validUntil: day('Last day on which it counts; null where the clause leaves it out.'),
    by: text('Slug of the agency that assessed.'),
    factors: groups<FactorRow>('Its factors, as far as they may be read.', {
      code: text('Factor, such as housing; a partnership may have codes of its own.'),
      level: count('Level, 1 to 4.'),
      previousLevel: count('Level found before, where that may be read.'),
      previousOn: day('Day of the assessment that found it.'),
    }),
    urgent: texts('Factors of level 4.'),
  },
  content: apirIn,
});
