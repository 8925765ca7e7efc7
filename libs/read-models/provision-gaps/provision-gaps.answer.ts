// A gap in provision, with places and need beside it, and what the funder says to it (views.md, S27).
import type { AgencySlug, IsoDate, Position } from '#kernel';
import {
  academicYearOf,
  alike,
  type Chosen,
  type DutiesAsked,
  isBy,
  orNull,
  saidBy,
  type SeenItem,
  type SeenItems,
} from '../lists/index.ts';
import { termDue } from '../states/index.ts';

export const GAP_STATES = ['overdue', 'open', 'answered', 'closed'] as const;
export const ANSWERED_BY = ['funder', 'provision'] as const;
/** The funder's duty, with the term that holds where no agreement in force asks for it. */
const ANSWER = { duty: 'answer-gap', usual: 'P42D' } as const;

export interface GapAnswerRow {
  readonly decision: string | null;
  readonly note: string | null;
  readonly on: IsoDate | null;
  readonly by: AgencySlug | null;
}

export interface GapRow {
  readonly gapId: string | null;
  readonly area: string | null;
  readonly occupation: string | null;
  readonly level: string | null;
  readonly reason: string | null;
  readonly raisedBy: AgencySlug | null;
  readonly raisedOn: IsoDate | null;
  readonly supportedBy: readonly string[];
  readonly askedBy: number | null;
  readonly places: number;
  readonly needs: number | null;
  readonly answer: GapAnswerRow | null;
  readonly answeredBy: (typeof ANSWERED_BY)[number] | null;
  readonly due: IsoDate | null;
  readonly state: (typeof GAP_STATES)[number];
}

type Raised = SeenItem<'provision.gap-raised'>;

/** Undefined where it is not seen, not raised by then, or it supports one of the same that is seen. */
export const gapRow = (seen: SeenItems, on: IsoDate, anchor: Position, partnership: DutiesAsked = { duties: [] }): GapRow | undefined => {
  const gaps = gapsIn(seen, on);
  const [first, ...later] = gaps.find(([one]) => one?.place === anchor) ?? [];
  if (first?.toldOn === undefined) return undefined;
  const due = termDue({ partnership }, { ...ANSWER, from: first.toldOn });
  return {
    ...orNull(first.data, 'gapId', 'area', 'occupation', 'level', 'reason'),
    raisedBy: first.source ?? null,
    raisedOn: first.toldOn,
    supportedBy: supporters(first, later),
    askedBy: null,
    places: listedFor(seen, first, saidBy(on)).reduce((sum, { data: { places = 0 } }) => sum + places, 0),
    needs:
      seen
        .of('labour-need.published')
        .filter(saidBy(on))
        .findLast(({ data }) => isOfGap(first, data.occupation, data))?.data.count ?? null,
    ...answerIn(seen, [first, ...later], on),
    due,
    ...stateOf(seen, [first, ...later], { on, due }),
  };
};

/** One gap: who raised it first, and who supports it. */
type Gap = readonly Raised[];

/** Raised again once places closed it, or in an academic year after its answer's, the same need is another gap. */
const gapsIn = (seen: SeenItems, on: IsoDate): readonly Gap[] =>
  seen
    .of('provision.gap-raised')
    .filter(({ toldOn }) => isBy(toldOn, on))
    .reduce<readonly Gap[]>((gaps, raised) => {
      const last = gaps.at(-1);
      return last === undefined || isOver(seen, last, raised) ? [...gaps, [raised]] : [...gaps.slice(0, -1), [...last, raised]];
    }, []);

const isOver = (seen: SeenItems, gap: Gap, { place, toldOn }: Raised): boolean =>
  metBy(seen, gap, (listed) => listed.place < place).length > 0 ||
  answersTo(seen, gap).some((answer) => answer.place < place && isYearBefore(answer.toldOn, toldOn));

const isYearBefore = (one: IsoDate | undefined, other: IsoDate | undefined): boolean =>
  one !== undefined && other !== undefined && academicYearOf(one) < academicYearOf(other);

const supporters = ({ source }: Raised, later: readonly Raised[]): readonly string[] => [
  ...new Set(later.flatMap((one) => (one.source === undefined || one.source === source ? [] : one.source))),
];

type Listed = SeenItem<'provision.listed'>;

const isOfGap = ({ data }: Raised, occupation: string | undefined, { area, level }: { readonly area?: string; readonly level?: string }) =>
  alike(area) === alike(data.area) && alike(occupation) === alike(data.occupation) && alike(level) === alike(data.level);

/** Of whatever is listed by then, as it was listed last, the places of the gap. */
const listedFor = (seen: SeenItems, gap: Raised, isThen: (one: Listed) => boolean): readonly Listed[] => {
  const listed = seen.of('provision.listed').filter(isThen);
  const last = new Map(listed.map((one) => [JSON.stringify([one.source, one.data.provisionId]), one]));
  return [...last.values()].filter(({ data }) => isOfGap(gap, data.title, data));
};

/** An answer is to the last that is called so, before it. */
const answersTo = (seen: SeenItems, gap: Gap): readonly SeenItem<'provision.gap-answered'>[] =>
  seen.of('provision.gap-answered').filter(({ place, data: { gapId, of } }) => {
    const isMeant = ({ source, data }: Raised): boolean => data.gapId === gapId && (of === undefined || of === source);
    const meant = seen.of('provision.gap-raised').findLast((one) => one.place < place && isMeant(one));
    return gap.some((one) => one.place === meant?.place);
  });

const answerIn = (seen: SeenItems, gap: Gap, on: IsoDate): Pick<GapRow, 'answer'> => {
  const last = answersTo(seen, gap).findLast(({ toldOn }) => isBy(toldOn, on));
  if (!last) return { answer: null };
  return { answer: { ...orNull(last.data, 'decision', 'note'), on: last.toldOn ?? null, by: last.source ?? null } };
};

/** Places listed since close it; none is no place. */
const metBy = (seen: SeenItems, [first]: Gap, isThen: (one: Listed) => boolean): readonly Listed[] =>
  first === undefined ? [] : listedFor(seen, first, isThen).filter(({ place, data: { places = 0 } }) => place > first.place && places > 0);

const stateOf = (
  seen: SeenItems,
  gap: Gap,
  { on, due }: { readonly on: IsoDate; readonly due: IsoDate },
): Pick<GapRow, 'state' | 'answeredBy'> => {
  if (metBy(seen, gap, saidBy(on)).length > 0) return { state: 'closed', answeredBy: 'provision' };
  if (answersTo(seen, gap).some(({ toldOn }) => isBy(toldOn, on))) return { state: 'answered', answeredBy: 'funder' };
  return { state: due < on ? 'overdue' : 'open', answeredBy: null };
};

export const isChosenGap = ({ area, state }: GapRow, chosen: Chosen): boolean =>
  (chosen['area'] === undefined || alike(area) === alike(chosen['area'])) && (chosen['state'] ?? state) === state;

/** What is due first. */
export const gapOrder = (one: GapRow, other: GapRow): number => (one.due ?? '').localeCompare(other.due ?? '');
