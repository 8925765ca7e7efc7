// By when a duty is to be done, as lists say it: as the agreement has it under which it falls (views.md, part 4).
import { dayAfter, dayBefore, type IsoDate } from '#kernel';
import type { DutyTerm } from '#duties';

export interface TermsAt {
  readonly partnership: { readonly duties: readonly DutyTerm[] };
}

/** A duty as agreements name it, with the term that holds where none in force asks for it. */
export interface TermOf {
  readonly duty: string;
  readonly usual: string;
  /** Day from which time runs. */
  readonly from: IsoDate;
  /** On which that was told, by which it falls under a version; absent: that day. */
  readonly toldOn?: IsoDate | undefined;
}

const LAST_DAY = '9999-12-31';

const governing = ({ partnership }: TermsAt, { duty: id, from, toldOn = from }: Omit<TermOf, 'usual'>): readonly DutyTerm['duty'][] =>
  partnership.duties.flatMap(({ duty, from: first, until = LAST_DAY }) =>
    duty.id === id && first <= toldOn && toldOn <= until ? [duty] : [],
  );

/** The last day in time: of several agreements, by the one that asks for it first. */
export const termDue = (at: TermsAt, { usual, ...term }: TermOf): IsoDate => {
  const due = governing(at, term).map(({ within }) => dayAfter(term.from, within));
  return due.sort()[0] ?? dayAfter(term.from, usual);
};

/** From when on it may be done, by the agreement by which it is due: before the day from which time runs as far as that says. */
export const termEarliest = (
  at: TermsAt,
  { usual, beforehand: usualBeforehand, ...term }: TermOf & { readonly beforehand: string },
): IsoDate => {
  const asked = governing(at, term);
  const due = termDue(at, { usual, ...term });
  const before = (beforehand: string | undefined): IsoDate => (beforehand === undefined ? term.from : dayBefore(term.from, beforehand));
  const days = asked.filter(({ within }) => dayAfter(term.from, within) === due).map(({ beforehand }) => before(beforehand));
  return days.sort().at(-1) ?? before(usualBeforehand);
};

/** The same of what is to be done before a day: so long before it, but not sooner than so long after that was told. */
export const termBefore = (at: TermsAt, { usual, less: usualLess, from: day, ...term }: TermOf & { readonly less: string }): IsoDate => {
  const { toldOn } = term;
  const asked = governing(at, { ...term, from: day }).map(({ within, less = usualLess }) => ({ within, less }));
  const due = (asked.length > 0 ? asked : [{ within: usual, less: usualLess }]).map(({ within, less }) => {
    const [before, least] = [dayBefore(day, less), toldOn === undefined ? '' : dayAfter(toldOn, within)];
    return before > least ? before : least;
  });
  return due.sort()[0] ?? day;
};
