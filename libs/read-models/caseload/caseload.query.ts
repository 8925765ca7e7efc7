// Learners whom an agency advises: those first whose follow-up is due first.
import type { ViewReader } from '../engine/index.ts';
import type { Proposed, Proposing } from '../lists/index.ts';
import { advised, caseloadView } from './caseload.view.ts';

export const proposeCaseload = async (views: ViewReader, { asker, after, limit }: Proposing): Promise<Proposed> => {
  const { position, rows } = await views.rows(caseloadView, advised, {
    where: { agency: asker.slug, assigned: 1 },
    order: ['due', 'learner'],
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  return { position, candidates: rows.map(({ learner, due }) => ({ learner, place: [due, learner] })) };
};
