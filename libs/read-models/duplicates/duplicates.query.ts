// Whose award was recorded before: of each learner the later ones, learner by learner. An agency is told of what it recorded twice itself.
import type { Position } from '#kernel';
import { isSameDays } from '../documents/index.ts';
import type { RowOf, RowQuery, ViewReader } from '../engine/index.ts';
import type { Place, Proposal, Proposed, Proposing } from '../lists/index.ts';
import { awards, duplicatesView } from './duplicates.view.ts';

type Award = RowOf<typeof awards>;

/** Read at once; others get their turn in between. */
const AT_ONCE = 2000;
const ORDER = ['learner', 'revision'] as const;

const againIn = (all: readonly Award[]): readonly Proposal[] =>
  all.flatMap((one, place) => {
    const first = all.slice(0, place).find(({ award, day }) => award === one.award && isSameDays(day, one.day));
    if (!first) return [];
    const { learner, revision: anchor, known_at: knownAt, position } = one;
    return [{ learner, anchor, only: [first.revision, anchor], knownAt, position, place: [learner, anchor] }];
  });

/** Each learner's awards stand together: what was read last of a chunk may go on in the next. */
const wholeOf = (rows: readonly Award[], isLast: boolean): readonly Award[] => {
  const last = rows.at(-1)?.learner;
  return isLast ? rows : rows.filter(({ learner }) => learner !== last);
};

interface Chunk {
  readonly position: Position;
  readonly learners: readonly (readonly Award[])[];
}

type Asked = Pick<RowQuery<typeof awards>, 'where' | 'between'>;

const chunksOf = async function* (views: ViewReader, asked: Asked): AsyncGenerator<Chunk> {
  let held: readonly Award[] = [];
  for (let after: readonly (string | number)[] | undefined; ;) {
    const { position, rows } = await views.rows(duplicatesView, awards, {
      ...asked,
      order: ORDER,
      ...(after && { after }),
      limit: AT_ONCE,
    });
    const isLast = rows.length < AT_ONCE;
    const all = [...held, ...rows];
    const whole = wholeOf(all, isLast);
    yield { position, learners: [...Map.groupBy(whole, ({ learner }) => learner).values()] };
    if (isLast) return;
    held = all.slice(whole.length);
    const { learner = '', revision = 0 } = rows.at(-1) ?? {};
    after = [learner, revision];
  }
};

/** Of a page that goes on: from its last learner. */
const askedOf = ({ asker, after }: Proposing): Asked => ({
  where: asker.office === undefined ? { source: asker.slug } : {},
  between: after === undefined ? {} : { learner: { from: String(after[0]) } },
});

const isBehind =
  ([learner, anchor]: Place = []) =>
  ({ place: [of, at] }: Proposal): boolean =>
    of !== learner || Number(at) > Number(anchor);

export const proposeDuplicates = async (views: ViewReader, asked: Proposing): Promise<Proposed> => {
  const candidates: Proposal[] = [];
  let reached: Position = 0;
  for await (const { position, learners } of chunksOf(views, askedOf(asked))) {
    reached = position;
    candidates.push(...learners.flatMap(againIn).filter(isBehind(asked.after)));
    if (candidates.length > asked.limit) break;
  }
  return { position: reached, candidates: candidates.slice(0, asked.limit + 1) };
};
