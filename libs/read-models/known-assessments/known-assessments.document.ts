// Which assessments there are of a learner (views.md, S3; E2E p. 13).
import { learnerDocument, READ_LEVELS, STANDINGS } from '../documents/index.ts';
import { code, coded, day, flag, groups, text } from '../lists/index.ts';
import { type KnownAssessments, knownAssessmentsIn, type KnownRow, type OpensRow } from './known-assessments.answer.ts';

const FRAMEWORKS = ['apir', 'initial', 'screening', 'learning-style', 'vocational'];

export const knownAssessments = learnerDocument<KnownAssessments>({
  name: 'known-assessments',
  says: 'What is known of the learner before anyone assesses: of each framework and domain the assessment made last.',
  purposes: ['plan-learning'],
  items: { types: ['assessment.recorded', 'assessment.rectified'], categories: ['assessment', 'apir'] },
  filters: {
    framework: { says: 'Those of one framework alone.', codes: FRAMEWORKS },
    domain: { says: 'Those of one domain alone, without regard to case.' },
    history: { says: 'Whether earlier ones are told too.', codes: ['true', 'false'], usual: 'false' },
  },
  dated: true,
  fields: {
    rows: groups<KnownRow>('By framework, then by domain.', {
      framework: coded(text('Framework, such as initial.'), 'frameworks'),
      domain: text('Domain, such as literacy.'),
      assessmentId: text('Its id.'),
      by: text('Slug of the agency that assessed.'),
      assessedOn: day('Day.'),
      validUntil: day('Last day on which it counts; null where the clause leaves it out.'),
      standing: code(STANDINGS, 'How it stands on the day.'),
      read: code(READ_LEVELS, 'How much of it may be read.'),
      rely: flag('Whether it is valid, and nobody disputes it.'),
      opens: groups<OpensRow>('Clauses on which more of it could be read: they follow from role and purpose alone.', {
        clause: text('Clause.'),
        needs: code(['consent', 'relationship'], 'What it asks for.'),
      }),
    }),
  },
  content: knownAssessmentsIn,
});
