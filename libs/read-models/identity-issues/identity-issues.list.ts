// What an agency told of learners that may not be told apart from others (views.md, S15). It follows from its own words alone: whether
// anybody else is known whom they may mean, nobody is told but the data manager.
import type { IsoDate } from '#kernel';
import {
  anchorsOf,
  chosenBy,
  code,
  compareDays,
  day,
  list,
  ownAnchors,
  proposeAnchors,
  type RowAt,
  type SeenItems,
  text,
} from '../lists/index.ts';

const KINDS = ['uln-missing'] as const;

interface IssueRow {
  readonly id: string | null;
  readonly kind: (typeof KINDS)[number];
  readonly since: IsoDate | null;
  readonly advice: string;
}

const ADVICE = 'Identifier doubtful: ask for the ULN, and send it as a correction.';

const anchors = anchorsOf(
  'identity-issues',
  1,
  { 'learner.registered': ({ uln }, toldOn) => (uln === undefined ? toldOn : undefined) },
  { bySource: true },
);

/** Undefined once the agency told the number, in whatever statement of its own. */
const rowOf = (seen: SeenItems, { on, anchor }: RowAt): IssueRow | undefined => {
  const registration = seen.at('learner.registered', anchor);
  if (!registration?.own || (registration.toldOn ?? '') > on) return undefined;
  const own = [...seen.of('learner.registered'), ...seen.of('learner.corrected')].filter((one) => one.own);
  if (own.some(({ data }) => data.uln !== undefined)) return undefined;
  return { id: registration.id ?? null, kind: 'uln-missing', since: registration.toldOn ?? null, advice: ADVICE };
};

export const identityIssues = list<IssueRow>({
  name: 'identity-issues',
  says: 'What the asking agency told of learners without what tells them apart, with what to do.',
  view: anchors.view,
  purposes: ['deliver-programme', 'support-learner'],
  items: { anchor: ['learner.registered'], beside: ['learner.corrected'] },
  filters: {},
  fields: {
    id: text('Id of the item, as in a passport.'),
    kind: code(KINDS, 'What is amiss.'),
    since: day('Day on which it was told.'),
    advice: text('What to do.'),
  },
  table: ['localId', 'kind', 'since', 'advice'],
  propose: proposeAnchors(anchors, { own: ['learner.registered'] }),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<IssueRow>({}),
  order: (one, other) => compareDays(one.since, other.since),
});
