// What can be recorded from the line of a review: scheduled, moved, held, followed up, and whose attendance is asked for
// (E2E p. 15, 20). Pure.
import { type Acting, type Acts, all, day, followUp, learner, textIn, when, whose } from './acts.ts';
import type { Row } from './list-rows.ts';

const programme = (row: Row, acting: Acting): Readonly<Record<string, string>> => ({
  ...learner(row),
  programmeId: textIn(row, 'programmeId'),
  ...whose(row, acting),
});

/** A review that the agency scheduled itself is told again under its id, with another day or with whom it asks to attend. */
const schedule: Acts = (row, acting) => [{ label: 'Schedule', type: 'review.scheduled', fields: programme(row, acting) }];

const isOwn =
  (type: string) =>
  ({ via }: Row): boolean =>
    Array.isArray(via) && (via as readonly Row[]).some((one) => one['item'] === type && one['clause'] === 'own');

const scheduledAgain = (label: string): Acts =>
  when(isOwn('review.scheduled'), (row, acting) => [
    {
      label,
      type: 'review.scheduled',
      fields: {
        ...programme(row, acting),
        reviewId: textIn(row, 'reviewId'),
        ...day('on', textIn(row, 'scheduledOn') || textIn(row, 'on')),
        attendanceRequested: Array.isArray(row['attendanceRequested']) ? row['attendanceRequested'].join('\n') : '',
        reason: textIn(row, 'reason'),
      },
    },
  ]);

export const hold: Acts = (row, acting) => [
  {
    label: 'Record it as held',
    type: 'review.held',
    fields: {
      ...programme(row, acting),
      reviewId: textIn(row, 'reviewId') || `${textIn(row, 'programmeId')}-${acting.on}`,
      ...day('heldOn', acting.on),
    },
  },
];

export const followUpAfter: Acts = (row, acting) =>
  followUp(row, acting).map(({ fields, ...act }) => ({ ...act, fields: { ...fields, reviewId: textIn(row, 'reviewId') } }));

const REVIEW_ACTS: Readonly<Record<string, Acts>> = {
  due: all(schedule, hold),
  scheduled: all(hold, scheduledAgain('Change day or ask to attend')),
  missed: all(hold, scheduledAgain('Schedule anew')),
  held: when(
    ({ followUpAfter: after }) => textIn((after ?? {}) as Row, 'due') !== '' && textIn((after ?? {}) as Row, 'madeOn') === '',
    followUpAfter,
  ),
};

export const onReview: Acts = (row, acting) => REVIEW_ACTS[textIn(row, 'state')]?.(row, acting) ?? [];

export const onVisit: Acts = when((row) => row['held'] !== true, all(hold, scheduledAgain('Change day or ask to attend')));
