// Lists of applications, offers, endorsements, visits and placements (views.md, S4, S6, S8, S9, S18).
import { adviserOf, day, first, heldOf, inOrder, itemsOf, personOf, pick, type Row, startOf, value } from './facts.ts';
import { dueOf } from './passing.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Question, Seen } from './sight.ts';
import { type Data, daysFrom, plusDays, text, texts } from './told.ts';

const choicesIn = ({ data }: Item): readonly Data[] => (data['choices'] ?? []) as readonly Data[];

/** What the agency said last of an offer, or of a provision. */
const lastAnswer = (seen: Seen, isIt: (one: Item) => boolean): Item | undefined =>
  itemsOf(seen, 'offer.made', 'offer.accepted', 'offer.declined').filter(isIt).at(-1);

export const applications: RowsOf = (seen, question) =>
  itemsOf(seen, 'application.submitted').map((one) => applicationRow(seen, one, question));

const applicationRow = (seen: Seen, one: Item, { on, asker }: Question): Row => {
  const isRanked = one.own || asker.roles.includes('local-authority');
  const choices = choicesIn(one).map((choice, n) => ({
    ...{ rank: isRanked ? n + 1 : null, answer: answerOf(seen, one, choice) },
    ...pick(choice, 'agency', 'provision'),
  }));
  const placed = itemsOf(seen, 'application.placed')
    .filter((placed) => isAbout(placed, one))
    .at(-1);
  const answers = choices.map(({ answer }) => answer);
  const state = first(
    ['placed', placed !== undefined],
    ['offered', answers.some((answer) => answer === 'offered' || answer === 'accepted')],
    ['unplaced', answers.length > 0 && answers.every((answer) => answer === 'declined')],
    ['unanswered', true],
  );
  const due = plusDays(one.toldOn, 28);
  const [startsOn] = choicesIn(one).flatMap((choice) => text(choice, 'startsOn') ?? []);
  return {
    ...personOf(seen),
    ...pick(seen.identity, 'dateOfBirth'),
    ...pick(one.data, 'applicationId'),
    cohort: startsOn?.slice(0, 4) ?? null,
    ...{ submittedOn: one.toldOn, by: one.by, choices, state, due },
    placed: placed ? pick(choicesIn(placed)[0], 'agency', 'provision', 'startsOn') : null,
    overdue: placed === undefined && answers.includes('none') && due < on,
  };
};

/** It names that application. */
const isAbout = ({ data }: Item, application: Item): boolean =>
  data['applicationId'] === application.data['applicationId'] && (data['of'] ?? application.by) === application.by;

/** Letters and figures alone: what a place is called is written by hand. */
const plain = (data: Data): string => (text(data, 'provision') ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const answerOf = (seen: Seen, application: Item, choice: Data): string => {
  const once = choicesIn(application).filter(({ agency }) => agency === choice['agency']).length === 1;
  const offers = itemsOf(seen, 'offer.made').filter((one) => one.by === choice['agency']);
  const forIt = offers.filter((one) => plain(one.data) === plain(choice) || (once && isAbout(one, application)));
  const last = lastAnswer(seen, ({ by, data }) => by === choice['agency'] && forIt.some((one) => one.data['offerId'] === data['offerId']));
  return last ? last.type.slice('offer.'.length).replace('made', 'offered') : 'none';
};

interface Offer {
  readonly row: Row;
  readonly answer: string;
  readonly answeredOn: string | undefined;
  readonly isUnsuitable: boolean;
}

const SAFE: readonly string[] = ['in-learning', 'accepted', 'placed', 'offer-held'];

/** Of the cohort that is to have a place by September. */
export const guarantee =
  (cohort: number, yearGroup: number): RowsOf =>
  (seen, { on }) => {
    const born = text(seen.identity, 'dateOfBirth');
    const offers = offersOf(seen, cohort);
    const applied = itemsOf(seen, 'application.submitted').filter((one) => yearsOf(one).every((year) => year === String(cohort)));
    const placed = itemsOf(seen, 'application.placed')
      .filter((one) => placedYears(seen, one).every((year) => year === String(cohort)))
      .at(-1);
    const isOf = born === undefined || leaves(born) === cohort - (yearGroup - 11);
    const isThere = seen.isMerged || itemsOf(seen, 'offer.made', 'application.submitted').length > 0;
    const isKnown = born !== undefined || seen.identity['familyName'] !== undefined || offers.length + applied.length > 0;
    return isOf && isThere && isKnown
      ? [guaranteeRow(seen, { cohort, year11: cohort - (yearGroup - 11), offers, applied, placed, on })]
      : [];
  };

/** In which the places chosen begin. */
const named = (one: Item): readonly string[] => choicesIn(one).flatMap((choice) => text(choice, 'startsOn')?.slice(0, 4) ?? []);

/** Where none says when it begins: this year's until the end of September, then the next. */
const yearsOf = (one: Item): readonly string[] => {
  const [year, rest] = [one.toldOn.slice(0, 4), one.toldOn.slice(4)];
  return named(one).length > 0 ? named(one) : [rest > '-09-30' ? String(Number(year) + 1) : year];
};

/** What says nothing of it is placed as it was applied for. */
const placedYears = (seen: Seen, placed: Item): readonly string[] => {
  const application = itemsOf(seen, 'application.submitted').find((one) => isAbout(placed, one));
  return yearsOf(named(placed).length > 0 ? placed : (application ?? placed));
};

/** The year in which year 11 ends. */
const leaves = (born: string): number => Number(born.slice(0, 4)) + (born.slice(5) >= '09-01' ? 17 : 16);

interface Guaranteed {
  readonly cohort: number;
  /** The year in which their year 11 ends. */
  readonly year11: number;
  readonly offers: readonly Offer[];
  readonly applied: readonly Item[];
  readonly placed: Item | undefined;
  readonly on: string;
}

const guaranteeRow = (seen: Seen, guaranteed: Guaranteed): Row => {
  const { cohort, year11, offers, applied, placed, on } = guaranteed;
  const state = standing(seen, guaranteed);
  const since = [`${year11 - 1}-09-01`, ...offers.flatMap(({ answeredOn }) => answeredOn ?? [])].toSorted().at(-1) ?? '';
  const hasNone = !SAFE.includes(state);
  return {
    ...personOf(seen),
    ...pick(seen.identity, 'dateOfBirth'),
    cohort: seen.identity['dateOfBirth'] === undefined ? null : String(cohort),
    ...{ homeInstitution: schoolOf(seen, on), state, adviser: personalAdviser(seen) },
    offers: offers.map(({ row }) => row),
    applications: applied.flatMap((one) => choicesIn(one).map((choice) => ({ agency: value(choice, 'agency'), submittedOn: one.toldOn }))),
    placedAt: placed ? value(choicesIn(placed)[0], 'agency') : null,
    daysWithout: !hasNone || since > on ? null : daysFrom(since, on),
    notSuitable: offers.some(({ isUnsuitable }) => isUnsuitable),
    attention: hasNone && isLate(guaranteed),
  };
};

/** The summer before for who has not applied. */
const isLate = ({ cohort, applied, on }: Guaranteed): boolean =>
  on > `${cohort}-09-30` || (on >= `${cohort}-06-01` && applied.length === 0);

const standing = (seen: Seen, { cohort, offers, applied, placed, on }: Guaranteed): string => {
  const hasBegun = (one: Item): boolean => day(one, 'startedOn') >= `${cohort}-08-01` && day(one, 'startedOn') <= on;
  const found = first(
    ['in-learning', itemsOf(seen, 'programme.started').some(hasBegun)],
    ['accepted', offers.some(({ answer }) => answer === 'accepted')],
    ['placed', placed !== undefined],
    ['offer-held', offers.some(({ answer }) => answer === 'none')],
    ['offer-not-suitable', offers.some(({ isUnsuitable }) => isUnsuitable)],
    ['declined-all', offers.length > 0],
    ['applied', applied.length > 0],
  );
  return found ?? 'no-application';
};

const schoolOf = (seen: Seen, on: string): string | null =>
  itemsOf(seen, 'programme.started')
    .filter((one) => one.data['kind'] === 'school-course' && day(one, 'startedOn') <= on)
    .toSorted(inOrder((one) => day(one, 'startedOn')))
    .at(-1)?.by ?? null;

const personalAdviser = (seen: Seen): Row | null => {
  const adviser = adviserOf(seen);
  return adviser?.data['role'] === 'personal-adviser' ? { agency: adviser.by, name: value(adviser.data, 'name') } : null;
};

const offersOf = (seen: Seen, cohort: number): readonly Offer[] =>
  itemsOf(seen, 'offer.made')
    .filter(({ data }) => data['cohort'] === String(cohort))
    .map((made) => {
      const last = lastAnswer(
        seen,
        ({ by, type, data }) => type !== 'offer.made' && by === made.by && data['offerId'] === made.data['offerId'],
      );
      const answer = last?.type.slice('offer.'.length) ?? 'none';
      const row = { agency: made.by, ...pick(made.data, 'provision', 'startsOn'), madeOn: made.toldOn, answer };
      return { row, answer, answeredOn: last?.toldOn, isUnsuitable: last?.data['reason'] === 'not-suitable' };
    });

export const visits: RowsOf = (seen, { on }) =>
  itemsOf(seen, 'review.scheduled').map((one) => ({
    ...personOf(seen),
    ...pick(one.data, 'on', 'reviewId', 'programmeId', 'reason'),
    of: text(one.data, 'of') ?? startOf(seen, one)?.by ?? one.by,
    attendanceRequested: texts(one.data, 'attendanceRequested'),
    held: heldOf(seen, one, on) !== undefined,
  }));

export const endorsements: RowsOf = (seen, question) =>
  itemsOf(seen, 'endorsement.given').map((given) => {
    const { endorsementId, programmeKind } = given.data;
    const about = (type: string): readonly Item[] => itemsOf(seen, type).filter(({ data }) => data['endorsementId'] === endorsementId);
    const [queried, answered] = [about('endorsement.queried'), about('endorsement.answered').at(-1)];
    const begun = itemsOf(seen, 'programme.started')
      .filter((one) => one.data['kind'] === programmeKind && day(one, 'startedOn') <= question.on)
      .toSorted(inOrder((one) => day(one, 'startedOn')));
    const started = begun.find((one) => day(one, 'startedOn') >= given.toldOn) ?? begun.at(-1);
    return {
      ...pick(given.data, 'endorsementId', 'programmeKind', 'expectedLevel'),
      ...{ supportNeeds: texts(given.data, 'supportNeeds'), basedOn: texts(given.data, 'basedOn') },
      ...{ givenOn: given.toldOn, by: given.by, provider: started?.by ?? null },
      queried: queried.map((one) => ({ ...pick(one.data, 'reason'), by: one.by, on: one.toldOn })),
      answer: answered ? { ...pick(answered.data, 'outcome', 'expectedLevel'), on: answered.toldOn } : null,
      ...answering(seen, queried, answered, question),
    };
  });

/** Of what is not answered the first counts. */
const answering = (seen: Seen, queried: readonly Item[], answered: Item | undefined, question: Question): Row => {
  const open = queried.find(({ order }) => order > (answered?.order ?? -1));
  if (!open) return { state: answered ? 'answered' : 'given', due: null };
  const due = dueOf(seen, question, { due: plusDays(open.toldOn, 14), toldOn: open.toldOn, settledOn: undefined });
  return { state: due < question.on ? 'overdue' : 'queried', due };
};

/** For 180 days, until a placement begins. */
export const placementsSought: RowsOf = (seen, { on }) =>
  itemsOf(seen, 'placement.sought')
    .filter((one) => plusDays(one.toldOn, 180) >= on)
    .filter((one) => !itemsOf(seen, 'placement.started').some((found) => found.order > one.order && day(found, 'on') <= on))
    .map((one) => {
      const waitingDays = daysFrom(one.toldOn, on);
      const corrections = itemsOf(seen, 'learner.corrected').filter(({ data }) => typeof data['givenName'] === 'string');
      const names = [...itemsOf(seen, 'learner.registered').slice(-1), ...corrections].at(-1);
      return {
        ...pick(names?.data, 'givenName'),
        ...pick(one.data, 'occupation', 'area'),
        ...{ since: one.toldOn, waitingDays, overdue: waitingDays > 28 },
      };
    });
