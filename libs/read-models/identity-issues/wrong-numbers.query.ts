// ULNs that an agency told and the data manager found to be none of the learner's, by the agency's own statements (views.md, S15; ADR 95).
import { type AgencySlug, londonDate } from '#kernel';
import { wrongNumbers } from '../data-quality/index.ts';
import type { ViewReader } from '../engine/index.ts';
import { GIVES_ULN, statedElsewhere, wordsIn } from '../issues/index.ts';
import { comparePlaces, type Place, type Proposed, type Proposing } from '../lists/index.ts';
import { ownStatements, QUEUED_FIRST } from './own-statements.ts';

export const ULN_WRONG = 'uln-wrong';

type Wrong = Awaited<ReturnType<typeof wrongNumbers>>['rows'][number];
type Candidate = Proposed['candidates'][number];

/** Of one agency: what it stated last with a number before that was decided, beside all with which it may have told another since. */
const ownOf = async (views: ViewReader, source: AgencySlug, { learner, position, decidedAt }: Wrong): Promise<readonly Candidate[]> => {
  const numbered = (await ownStatements(views, learner, source)).filter((one) => wordsIn(one).includes(GIVES_ULN));
  const first = numbered.filter((one) => one.position < position).at(-1);
  if (first === undefined) return [];
  const since = numbered.filter((one) => one.position >= first.position);
  const place: Place = [londonDate(decidedAt), QUEUED_FIRST, position, learner, first.revision];
  const elsewhere = await statedElsewhere(views, { learner, gives: GIVES_ULN, source });
  const only = since.map(({ revision }) => revision);
  return [{ learner, anchor: first.revision, only, elsewhere, about: ULN_WRONG, knownAt: decidedAt, position, place }];
};

export const proposeWrongNumbers = async (
  views: ViewReader,
  { asker, on, after, limit }: Pick<Proposing, 'asker' | 'on' | 'after' | 'limit'>,
): Promise<Proposed> => {
  const { position, rows } = await wrongNumbers(views);
  const told = rows.filter(({ decidedAt }) => londonDate(decidedAt) <= on);
  const own = (await Promise.all(told.map((one) => ownOf(views, asker.slug, one)))).flat();
  const further = own.filter(({ place }) => after === undefined || comparePlaces(place, after) > 0);
  return { position, candidates: further.toSorted((one, other) => comparePlaces(one.place, other.place)).slice(0, limit + 1) };
};

export const hasWrongNumbers = async (views: ViewReader, source: AgencySlug): Promise<boolean> => {
  const { rows } = await wrongNumbers(views);
  return (await Promise.all(rows.map((one) => ownOf(views, source, one)))).some((found) => found.length > 0);
};
