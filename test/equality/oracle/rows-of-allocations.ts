// Who has to be given an adviser, and why (views.md, S5 and part 4).
import { adviserOf, day, first, itemsOf, personOf, pick, type Row, stateOf, value } from './facts.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import { answerTo } from './rows-of-referrals.ts';
import type { Item, Question, Seen } from './sight.ts';
import { isHeeded } from './things-of-duties.ts';
import { plusDays, text } from './told.ts';

/** One a provider where the learner is or walked in; one of a hand-over to the asker; one of an adviser of its own who left. */
export const allocations: RowsOf = (seen, question) => [
  ...itemsOf(seen, 'programme.started').flatMap((start) => ofStart(seen, start, question)),
  ...itemsOf(seen, 'referral.made').flatMap((made) => ofReferral(seen, made, question)),
  ...ofEnding(seen, question),
];

interface Came {
  readonly provider: string | undefined;
  readonly start?: Item;
  readonly made?: Item | undefined;
}

const ofStart = (seen: Seen, start: Item, question: Question): readonly Row[] => {
  const isLast = !itemsOf(seen, 'programme.started').some(
    (one) => one.by === start.by && one.order > start.order && day(one, 'startedOn') <= question.on,
  );
  if (start.data['kind'] === 'school-course') return [];
  const isLinked = question.linked?.includes(start.by) === true;
  if (!isLinked || !isLast || stateOf(seen, start, question.on) !== 'running') return [];
  const made = itemsOf(seen, 'referral.made')
    .filter((one) => one.data['to'] === start.by && one.order < start.order && isHeeded(one))
    .at(-1);
  return [rowOf(seen, question, { provider: start.by, start, made })];
};

/** In by the service's own referral nobody lacks an adviser. */
const OTHER_WAYS: readonly unknown[] = ['self', 'out-of-area'];

const ofReferral = (seen: Seen, made: Item, question: Question): readonly Row[] => {
  const { to, route } = made.data;
  if (!OTHER_WAYS.includes(made.raw['route']) || !isHeeded(made)) return [];
  const isShut = hasComeToNothing(seen, made);
  const isTaken = itemsOf(seen, 'programme.started').some(
    (start) => start.by === to && start.order > made.order && day(start, 'startedOn') <= question.on,
  );
  if (isShut || isTaken || plusDays(made.toldOn, 180) < question.on) return [];
  if (route === 'self') return [rowOf(seen, question, { provider: made.by, made })];
  return to === question.asker.slug ? [rowOf(seen, question, { provider: undefined, made })] : [];
};

/** Whoever came in on it: what is said afterwards changes nothing. */
const hasComeToNothing = (seen: Seen, made: Item, start?: Item): boolean => {
  const answer = answerTo(seen, made);
  if (answer === undefined || answer.order > (start?.order ?? Infinity)) return false;
  return answer.type !== 'referral.accepted';
};

const ofEnding = (seen: Seen, question: Question): readonly Row[] => {
  const last = itemsOf(seen, 'learner.adviser-ended').at(-1);
  const isAlone = last?.own === true && itemsOf(seen, 'programme.started').length === 0;
  return isAlone ? [rowOf(seen, question, { provider: undefined })] : [];
};

const rowOf = (seen: Seen, { asker, on }: Question, came: Came): Row => {
  const { provider, start, made } = came;
  const isHandover = provider === undefined && made !== undefined;
  const assigned = assignedIn(seen, isHandover);
  return {
    ...personOf(seen),
    provider: provider ?? null,
    ...pick(start?.data, 'programmeId', 'startedOn'),
    ...referredBy(made),
    ...officeOf(assigned, made),
    outOfArea: outOfArea(seen, made, asker.districts),
    adviserAssigned: value(assigned?.data, 'role'),
    responsible: responsible(assigned, provider, asker.slug),
    ...(isDone(seen, came, assigned, isHandover)
      ? { state: 'allocated', since: null, due: null, overdue: false, why: null }
      : waiting(seen, came, { assigned, isHandover, on })),
  };
};

const officeOf = (assigned: Item | undefined, made: Item | undefined): Row => ({
  office: value(assigned?.data, 'office') ?? value(made?.data, 'office'),
});

const referredBy = (made: Item | undefined): Row => ({ route: value(made?.data, 'route'), referredBy: made?.by ?? null });

/** Whoever takes a learner over has to find an adviser of its own. */
const assignedIn = (seen: Seen, isHandover: boolean): Item | undefined => {
  const current = adviserOf(seen);
  return isHandover && current?.own !== true ? undefined : current;
};

const responsible = (assigned: Item | undefined, provider: string | undefined, asker: string): Row | null => {
  if (assigned) return { agency: assigned.by, name: value(assigned.data, 'name'), byFallback: false };
  return provider === undefined ? null : { agency: asker, name: null, byFallback: true };
};

/** Who came by another way is given an adviser after that, whoever had them before. */
const isDone = (seen: Seen, { made, start }: Came, assigned: Item | undefined, isHandover: boolean): boolean => {
  if (assigned === undefined) return false;
  const since = anotherWay(seen, made, start);
  return (
    since === undefined ||
    itemsOf(seen, 'learner.adviser-assigned').some((one) => {
      const isLater = one.toldOn > since.toldOn || (one.toldOn === since.toldOn && one.order > since.order);
      return isLater && ADVISES.includes(one.data['role']) && (one.counts || one.own) && (one.own || !isHandover);
    })
  );
};

const ADVISES: readonly unknown[] = ['personal-adviser', 'dedicated-adviser', 'link-adviser'];

const anotherWay = (seen: Seen, made: Item | undefined, start: Item | undefined): Item | undefined => {
  const route = value(made?.data, 'route');
  return made && route !== null && route !== 'connexions' && !hasComeToNothing(seen, made, start) ? made : undefined;
};

interface Waiting {
  readonly assigned: Item | undefined;
  readonly isHandover: boolean;
  readonly on: string;
}

const waiting = (seen: Seen, came: Came, { assigned, isHandover, on }: Waiting): Row => {
  const left = assigned ? undefined : leftIn(seen);
  const since = sinceWhen(seen, came, left);
  const due = since === null ? null : plusDays(since, 5);
  return { state: 'to-allocate', since, due, overdue: due !== null && due < on, why: whyOf(seen, came, { isHandover, left }) };
};

const leftIn = (seen: Seen): Item | undefined => itemsOf(seen, 'learner.adviser-ended').at(-1);

const sinceWhen = (seen: Seen, { start, made }: Came, left: Item | undefined): string | null => {
  const came = anotherWay(seen, made, start)?.toldOn ?? (start && day(start, 'startedOn'));
  return (
    [came, left && text(left.data, 'on')]
      .flatMap((one) => one ?? [])
      .toSorted()
      .at(-1) ?? null
  );
};

const whyOf = (
  seen: Seen,
  { made }: Came,
  { isHandover, left }: { readonly isHandover: boolean; readonly left: Item | undefined },
): string | undefined => {
  const route = value(made?.data, 'route');
  return first(
    ['handover', isHandover],
    ['adviser-left', left !== undefined],
    ['out-of-area', route === 'out-of-area'],
    ['self-referral', route === 'self'],
    ['declined', itemsOf(seen, 'referral.declined').some(({ order }) => order > (made?.order ?? -1))],
    ['other-agency', true],
  );
};

/** Districts of the partnership are whole outward codes. */
const outOfArea = ({ identity }: Seen, made: Item | undefined, districts: readonly string[]): boolean | null => {
  if (made?.data['route'] === 'out-of-area') return true;
  const postcode = text(identity, 'postcode');
  if (postcode === undefined) return null;
  return !districts.some((district) => postcode === district || postcode.startsWith(`${district} `));
};
