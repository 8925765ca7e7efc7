// Learners whom an agency advises: those first whose follow-up is due first.
import type { RowQuery, ViewReader } from '../engine/index.ts';
import type { Proposed, Proposing } from '../lists/index.ts';
import { advised, called, type CalledBy, calledWord, caseloadView } from './caseload.view.ts';

const CALLED: readonly CalledBy[] = ['adviser', 'office'];

type Narrowed = Pick<RowQuery<typeof advised>, 'among'>;

/**
 * Where the asker itself ever called an adviser or an office so, those of whom it did: others would be decided and recorded as shown to
 * be left out then. Where it never did, the word may be another's, as far as the asker may see that.
 */
const narrowed = async (views: ViewReader, { asker, chosen }: Pick<Proposing, 'asker' | 'chosen'>): Promise<Narrowed> => {
  for (const by of CALLED) {
    const text = chosen[by];
    if (text === undefined) continue;
    const value = calledWord(asker.slug, by, text);
    const { rows } = await views.rows(caseloadView, called, { where: { word: value }, order: 'learner', limit: 1 });
    if (rows.length > 0) return { among: { column: 'learner', view: caseloadView, any: [{ table: called, column: 'word', value }] } };
  }
  return {};
};

export const proposeCaseload = async (views: ViewReader, asked: Proposing): Promise<Proposed> => {
  const { asker, after, limit } = asked;
  const { position, rows } = await views.rows(caseloadView, advised, {
    where: { agency: asker.slug, assigned: 1 },
    order: ['due', 'learner'],
    ...(await narrowed(views, asked)),
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  });
  return { position, candidates: rows.map(({ learner, due }) => ({ learner, place: [due, learner] })) };
};
