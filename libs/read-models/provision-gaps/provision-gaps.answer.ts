// A gap in provision, with places and need beside it, and what the funder says to it (views.md, S27).
import { addDays, type AgencySlug, type IsoDate, type Position } from '#kernel';
import { alike, type Chosen, isBy, orNull, type SeenItem, type SeenItems } from '../lists/index.ts';

export const GAP_STATES = ['overdue', 'open', 'answered', 'closed'] as const;
export const ANSWERED_BY = ['funder', 'provision'] as const;
/** Days in which the funder answers (planning-intelligence, answer-gap). */
const ANSWER_DAYS = 42;

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

/** Undefined where it is not seen, not raised by then, or an earlier one of the same that is seen makes the row. */
export const gapRow = (seen: SeenItems, on: IsoDate, anchor: Position): GapRow | undefined => {
  const [first, ...later] = seen.of('provision.gap-raised').filter(({ toldOn }) => isBy(toldOn, on));
  if (first?.place !== anchor || first.toldOn === undefined) return undefined;
  const due = addDays(first.toldOn, ANSWER_DAYS);
  return {
    ...orNull(first.data, 'gapId', 'area', 'occupation', 'level', 'reason'),
    raisedBy: first.source ?? null,
    raisedOn: first.toldOn,
    supportedBy: supporters(first, later),
    askedBy: null,
    places: placesIn(seen, on),
    needs: seen.of('labour-need.published').findLast(({ toldOn }) => isBy(toldOn, on))?.data.count ?? null,
    ...answerIn(seen, first, on),
    due,
    ...stateOf(seen, first, { on, due }),
  };
};

const supporters = ({ source }: Raised, later: readonly Raised[]): readonly string[] => [
  ...new Set(later.flatMap((one) => (one.source === undefined || one.source === source ? [] : one.source))),
];

const placesIn = (seen: SeenItems, on: IsoDate): number =>
  seen
    .of('provision.listed')
    .filter(({ toldOn }) => isBy(toldOn, on))
    .reduce((sum, { data: { places = 0 } }) => sum + places, 0);

const answersTo = (seen: SeenItems, { place }: Raised, on: IsoDate) =>
  seen.of('provision.gap-answered').filter((one) => one.place > place && isBy(one.toldOn, on));

const answerIn = (seen: SeenItems, raised: Raised, on: IsoDate): Pick<GapRow, 'answer'> => {
  const last = answersTo(seen, raised, on).at(-1);
  if (!last) return { answer: null };
  return { answer: { ...orNull(last.data, 'decision', 'note'), on: last.toldOn ?? null, by: last.source ?? null } };
};

/** Places listed since close it; none is no place. */
const isMet = (seen: SeenItems, { place }: Raised, on: IsoDate): boolean =>
  seen.of('provision.listed').some((one) => one.place > place && isBy(one.toldOn, on) && (one.data.places ?? 0) > 0);

const stateOf = (
  seen: SeenItems,
  raised: Raised,
  { on, due }: { readonly on: IsoDate; readonly due: IsoDate },
): Pick<GapRow, 'state' | 'answeredBy'> => {
  if (isMet(seen, raised, on)) return { state: 'closed', answeredBy: 'provision' };
  if (answersTo(seen, raised, on).length > 0) return { state: 'answered', answeredBy: 'funder' };
  return { state: due < on ? 'overdue' : 'open', answeredBy: null };
};

export const isChosenGap = ({ area, state }: GapRow, chosen: Chosen): boolean =>
  (chosen['area'] === undefined || alike(area) === alike(chosen['area'])) && (chosen['state'] ?? state) === state;

/** What is due first. */
export const gapOrder = (one: GapRow, other: GapRow): number => (one.due ?? '').localeCompare(other.due ?? '');
