// A learner's reviews as a document shows them, and what was agreed to be done.
import type { AgencySlug, IsoDate } from '#kernel';
import { day, type FieldsOf, flag, isNotAfter, orEmpty, orNull, type SeenItem, type SeenItems, text, texts } from '../lists/index.ts';

export interface ReviewRow {
  readonly reviewId: string | null;
  readonly programmeId: string | null;
  readonly of: AgencySlug | null;
  readonly heldOn: IsoDate | null;
  readonly attendees: readonly string[];
  readonly tripartite: boolean;
  readonly summary: string | null;
  readonly actions: readonly string[];
  readonly nextReviewDue: IsoDate | null;
}

export const reviewFields: FieldsOf<ReviewRow> = {
  reviewId: text('Its id.'),
  programmeId: text('Id of the programme that was reviewed.'),
  of: text('Slug of the agency that runs the programme, or held the review.'),
  heldOn: day('Day.'),
  attendees: texts('Who attended.'),
  tripartite: flag('Whether learner, key worker and adviser all attended.'),
  summary: text('Summary.'),
  actions: texts('What was agreed to be done.'),
  nextReviewDue: day('By when the next one is due.'),
};

/** `Key worker` is a key-worker. */
const asCode = (attendee: string): string =>
  attendee
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');

/** E2E p. 15: the learner, the provider's key worker, and the adviser. */
const isTripartite = (attendees: readonly string[]): boolean => {
  const codes = new Set(attendees.map(asCode));
  return codes.has('learner') && codes.has('key-worker') && (codes.has('personal-adviser') || codes.has('link-adviser'));
};

const rowOf = ({ data, source }: SeenItem<'review.held'>): ReviewRow => {
  const { attendees, actions } = orEmpty(data, 'attendees', 'actions');
  return {
    ...orNull(data, 'reviewId', 'programmeId', 'heldOn', 'summary', 'nextReviewDue'),
    of: data.of ?? source ?? null,
    attendees,
    tripartite: isTripartite(attendees),
    actions,
  };
};

/** Held by that day, by the days on which they were. */
export const reviewsIn = (seen: SeenItems, on: IsoDate): readonly ReviewRow[] =>
  seen
    .of('review.held')
    .filter(({ data: { heldOn } }) => isNotAfter(heldOn, on))
    .map(rowOf)
    .sort((one, other) => (one.heldOn ?? '').localeCompare(other.heldOn ?? ''));

export interface ActionRow {
  readonly text: string;
  /** Of the review that first named it. */
  readonly fromReview: string | null;
  readonly programmeId: string | null;
  /** A later review of the programme names it no more. */
  readonly done: boolean;
}

export const actionFields: FieldsOf<ActionRow> = {
  text: text('What is to be done.'),
  fromReview: text('Id of the review that first named it.'),
  programmeId: text('Id of the programme.'),
  done: flag('Whether a later review of the programme names it no more.'),
};

/** Actions have no ids: those of one text, in reviews of one programme, are one. */
export const actionsIn = (reviews: readonly ReviewRow[]): readonly ActionRow[] => {
  const byProgramme = Map.groupBy(reviews, ({ of, programmeId }) => `${of ?? ''}\n${programmeId ?? ''}`);
  return [...byProgramme.values()].flatMap((some) => {
    const last = some.at(-1)?.actions ?? [];
    const found = new Map<string, ActionRow>();
    for (const { actions, reviewId, programmeId } of some)
      for (const one of actions)
        if (!found.has(one)) found.set(one, { text: one, fromReview: reviewId, programmeId, done: !last.includes(one) });
    return [...found.values()];
  });
};
