// What an agency told of learners that may not be told apart from others (views.md, S15). It follows from its own words, and from what the
// data manager says of them: whether anybody else is known whom they may mean, nobody is told but the data manager.
import { shippedCatalogue, type ShortType } from '#catalogue';
import { type IsoDate, londonDate } from '#kernel';
import { saysNotOfWhom, UNDER_NUMBER_ALONE } from '#learner-file';
import { chosenBy, code, compareDays, day, list, type RowAt, type SeenItem, type SeenItems, text } from '../lists/index.ts';
import { anchors, hasIdentityIssues, OF_TWO, proposeIdentityIssues, QUEUED, type QueuedKind } from './identity-issues.query.ts';
import { ULN_WRONG } from './wrong-numbers.query.ts';

const KINDS = ['uln-missing', ULN_WRONG, ...QUEUED] as const;

interface IssueRow {
  readonly id: string | null;
  readonly kind: (typeof KINDS)[number];
  readonly since: IsoDate | null;
  readonly advice: string;
}

const ASK = 'Identifier doubtful: ask for the ULN, and send it as a correction.';
const WAITS = 'Sent under the ULN alone, which two records had: nobody else sees it until the data manager says whose it is.';
const NOT_ITS = 'Sent under the ULN alone, and not of whom it names: take it back, and send it under your own id for the learner.';
const CONTRADICTS = 'You told identifiers of this learner that contradict one another: the data manager looks into which is right.';
const LATER_IS_RIGHT =
  'What you told later is right: take back what you told first, and register the learner with it under another id of your own.';
const FITS_NOW = 'Identifiers that you told of this learner were refused, and fit now: send what was refused again.';

const NOT_THE_LEARNERS =
  'The data manager found that the ULN that you told is not this learner’s: ask for the right one, and register the learner anew with it, under another id of your own.';

const OF_TWO_RECORDS = { [`open${OF_TWO}`]: CONTRADICTS, [`deferred${OF_TWO}`]: CONTRADICTS, [`same${OF_TWO}`]: FITS_NOW };

/** By what the data manager said; absent: nothing waits any more. */
const ADVICE: Readonly<Record<QueuedKind, Readonly<Record<string, string>>>> = {
  [UNDER_NUMBER_ALONE]: { open: WAITS, deferred: WAITS, different: NOT_ITS },
  'link-conflict': { open: CONTRADICTS, deferred: CONTRADICTS, same: LATER_IS_RIGHT, ...OF_TWO_RECORDS },
};

let waiting: readonly ShortType[] | undefined;

/** What may wait where it was told of a number alone; the registration, which has issues of its own, first. */
const typesThatWait = (): readonly ShortType[] => (waiting ??= ['learner.registered', ...othersThatWait()]);

const othersThatWait = (): readonly ShortType[] =>
  shippedCatalogue().types.flatMap(({ short, subject }) =>
    subject === 'none' || short === 'learner.registered' || !saysNotOfWhom(short, 'uln:') ? [] : [short],
  );

const ownAt = (seen: SeenItems, anchor: RowAt['anchor']): SeenItem<ShortType> | undefined =>
  typesThatWait().flatMap((type) => seen.at(type, anchor) ?? [])[0];

/** Undefined once the agency told the number, in whatever statement of its own. */
const withoutNumber = (seen: SeenItems, { on, anchor }: RowAt): IssueRow | undefined => {
  const registration = seen.at('learner.registered', anchor);
  if (!registration?.own || (registration.toldOn ?? '') > on) return undefined;
  const own = [...seen.of('learner.registered'), ...seen.of('learner.corrected')].filter((one) => one.own);
  if (own.some(({ data }) => data.uln !== undefined)) return undefined;
  return { id: registration.id ?? null, kind: 'uln-missing', since: registration.toldOn ?? null, advice: ASK };
};

const queuedRow = (kind: QueuedKind, state: string, told: SeenItem<ShortType> | undefined): Omit<IssueRow, 'since'> | undefined => {
  const advice = ADVICE[kind][state];
  return told?.own && advice !== undefined ? { id: told.id ?? null, kind, advice } : undefined;
};

/** Undefined once the agency told another number. */
const withWrongNumber = (seen: SeenItems, { anchor, knownAt }: RowAt): IssueRow | undefined => {
  const own = [...seen.of('learner.registered'), ...seen.of('learner.corrected')].filter((one) => one.own);
  const wrong = seen.at('learner.registered', anchor) ?? seen.at('learner.corrected', anchor);
  if (!wrong?.own || own.some(({ data }) => data.uln !== undefined && data.uln !== wrong.data.uln)) return undefined;
  return { id: wrong.id ?? null, kind: ULN_WRONG, since: londonDate(knownAt ?? 0), advice: NOT_THE_LEARNERS };
};

const rowOf = (seen: SeenItems, at: RowAt): IssueRow | undefined => {
  const [kind, state = ''] = at.about?.split(' ') ?? [];
  if (kind === ULN_WRONG) return withWrongNumber(seen, at);
  const queued = QUEUED.find((one) => one === kind);
  if (queued === undefined) return withoutNumber(seen, at);
  const row = queuedRow(queued, state, ownAt(seen, at.anchor));
  return row && { ...row, since: londonDate(at.knownAt ?? 0) };
};

export const identityIssues = list<IssueRow>({
  name: 'identity-issues',
  says: 'What the asking agency told of learners without what tells them apart, with what to do.',
  view: anchors.view,
  purposes: ['deliver-programme', 'support-learner'],
  items: {
    get anchor() {
      return typesThatWait();
    },
    beside: ['learner.corrected'],
  },
  filters: {},
  fields: {
    id: text('Id of the item, as in a passport; of identifiers in conflict, of the registration that stands.'),
    kind: code(KINDS, 'What is amiss.'),
    since: day('Day on which it was told, or since when it waits.'),
    advice: text('What to do.'),
  },
  table: ['localId', 'kind', 'since', 'advice'],
  propose: proposeIdentityIssues,
  hasOwn: hasIdentityIssues,
  row: rowOf,
  matches: chosenBy<IssueRow>({}),
  order: (one, other) => compareDays(one.since, other.since),
});
