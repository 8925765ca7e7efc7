// Who is responsible for a person day by day, and how long whoever comes to be has for what is due (views.md, part 4): gone through day by
// day.
import { ENDS } from './asked.ts';
import { day, type Item, itemsOf, type Question, type Seen } from './sight.ts';
import { plusDays } from './told.ts';

export interface Responsible {
  readonly agency: string | undefined;
  readonly byFallback: boolean;
}

const DAYS_FOR_THE_NEXT = 5;
/** Whoever that is: the asker had the learner, and sees that it has not. */
const SOMEBODY_ELSE = 'somebody else';

interface Known {
  /** With all that says who is responsible, and nothing else. */
  readonly movers: Seen;
  readonly days: Map<string, Responsible>;
}

const SAYS_WHO = ['learner.adviser-assigned', 'learner.adviser-ended', 'programme.started', ...ENDS];

const known = new WeakMap<Seen, Known>();

const knownOf = (seen: Seen): Known => {
  const found = known.get(seen) ?? { movers: { ...seen, items: itemsOf(seen, ...SAYS_WHO) }, days: new Map<string, Responsible>() };
  known.set(seen, found);
  return found;
};

/**
 * At the end of that day: by role the adviser assigned last who has not left, one's own counted whatever others hold of it; else the link
 * adviser of where the last programme to begin goes on.
 */
export const responsibleOn = (seen: Seen, question: Question, on: string): Responsible => {
  const { movers, days } = knownOf(seen);
  const told = (): Seen => ({ ...movers, items: movers.items.filter(({ toldOn }) => toldOn <= on) });
  const found = days.get(on) ?? workedOut(told(), question, on);
  days.set(on, found);
  return found;
};

const workedOut = (seen: Seen, { linkOf }: Question, on: string): Responsible => {
  const [assigned] = ['personal-adviser', 'dedicated-adviser', 'link-adviser'].flatMap((role) => ofRole(seen, role, on) ?? []);
  if (assigned !== undefined) return { agency: assigned, byFallback: false };
  const [latest] = itemsOf(seen, 'programme.started')
    .filter((start) => day(start, 'startedOn') <= on && !itemsOf(seen, ...ENDS).some((end) => isEndOf(end, start, on)))
    .toSorted((one, other) => (day(one, 'startedOn') > day(other, 'startedOn') ? -1 : 1));
  return { agency: latest && linkOf?.(latest.by, on), byFallback: true };
};

/** Whether anybody was assigned who has not left, at the end of that day, by what was told by then. */
export const isAdvised = (seen: Seen, on: string): boolean => {
  const told = { ...seen, items: itemsOf(seen, ...SAYS_WHO).filter(({ toldOn }) => toldOn <= on) };
  return ['personal-adviser', 'dedicated-adviser', 'link-adviser'].some((role) => ofRole(told, role, on) !== undefined);
};

/** Whoever was displaced stays so; of dedicated advisers there may be several. */
const ofRole = (seen: Seen, role: string, on: string): string | undefined => {
  const all = itemsOf(seen, 'learner.adviser-assigned').filter(({ counts, own, data }) => (counts || own) && data['role'] === role);
  const { since, until } = all.at(-1)?.displaced ?? { since: '9999', until: '9999' };
  if (since <= on) return on < until ? SOMEBODY_ELSE : undefined;
  const stays = (one: Item): boolean => !hasLeft(seen, one, on);
  const last = role === 'dedicated-adviser' ? all.findLast(stays) : all.at(-1);
  return last && stays(last) ? last.by : undefined;
};

const hasLeft = (seen: Seen, { by, order, data: { role } }: Item, on: string): boolean =>
  itemsOf(seen, 'learner.adviser-ended').some(
    (end) => end.order > order && end.by === by && end.data['role'] === role && day(end, 'on') <= on,
  );

const isEndOf = (end: Item, start: Item, on: string): boolean =>
  end.data['programmeId'] === start.data['programmeId'] &&
  end.by === start.by &&
  day(end, end.type === 'programme.moved-on' ? 'on' : 'leftOn') <= on;

export interface AdviserTerm {
  readonly due: string;
  /** What it follows from. */
  readonly toldOn: string;
  /** Day on which it was done, or came to nothing. */
  readonly settledOn: string | undefined;
}

/** The last day on which it may have passed to another. */
export const lastOf = ({ toldOn, settledOn }: Omit<AdviserTerm, 'due'>, on: string): string => {
  const last = settledOn !== undefined && settledOn < on ? settledOn : on;
  return last < toldOn ? toldOn : last;
};

/** Of the responsible adviser, whoever that is. */
export const dueOf = (seen: Seen, question: Question, term: AdviserTerm): string => {
  const bearerOn = (on: string): string | undefined => {
    const { agency } = responsibleOn(seen, question, on);
    if (agency === undefined || agency === SOMEBODY_ELSE) return agency;
    return (question.rolesOf?.(agency) ?? []).includes('connexions') ? agency : undefined;
  };
  let [bearer, { due }] = [bearerOn(term.toldOn), term];
  const last = lastOf(term, question.on);
  for (let on = plusDays(term.toldOn, 1); on <= last; on = plusDays(on, 1)) {
    const next = bearerOn(on);
    if (next === undefined || next === bearer) continue;
    bearer = next;
    const least = plusDays(on, DAYS_FOR_THE_NEXT);
    if (least > due) due = least;
  }
  return due;
};
