// Learners whom an agency advises: those first whose follow-up is due first.
import { addDays } from '#kernel';
import type { Range, RowQuery, ViewReader } from '../engine/index.ts';
import { mergedPages, type Proposed, type Proposing } from '../lists/index.ts';
import { called, type CalledBy, calledWord, cases, caseloadView } from './caseload.view.ts';

const CALLED: readonly CalledBy[] = ['adviser', 'office'];

type Narrowed = Pick<RowQuery<typeof cases>, 'among'>;

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

/** Whoever ended each of its own assignments has no case any more (ADR 0067). */
const endedIn = ({ chosen: { state }, on }: Proposing): { readonly ended_on?: Range } =>
  state === 'current' ? { ended_on: { from: addDays(on, 1) } } : {};

/** Without those with whom the asker itself was in touch since; of a later contact than that day an earlier one is not known. */
const contactsIn = ({ chosen: { 'not-contacted-since': day }, on }: Proposing): readonly { readonly contacted_on?: Range }[] =>
  day === undefined ? [{}] : [{ contacted_on: { to: addDays(day, -1) } }, { contacted_on: { from: addDays(on, 1) } }];

export const proposeCaseload = async (views: ViewReader, asked: Proposing): Promise<Proposed> => {
  const { asker, after, limit, of } = asked;
  const page = {
    where: { agency: asker.slug, ...(of !== undefined && { learner: of }) },
    order: ['due', 'learner'] as const,
    ...(await narrowed(views, asked)),
    ...(after === undefined ? {} : { after }),
    limit: limit + 1,
  };
  const pages = contactsIn(asked).map(async (contacts): Promise<Proposed> => {
    const { position, rows } = await views.rows(caseloadView, cases, { ...page, between: { ...endedIn(asked), ...contacts } });
    return { position, candidates: rows.map(({ learner, due }) => ({ learner, place: [due, learner] })) };
  });
  return mergedPages(await Promise.all(pages), { limit });
};
