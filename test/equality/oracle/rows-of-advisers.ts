// Lists with which advisers work: on programme, follow-ups, sign-offs, reviews (views.md, S6).
import {
  adviserOf,
  attendeesOf,
  day,
  followUpOf,
  heldOf,
  inOrder,
  isAbout,
  isSameProgramme,
  isTripartite,
  itemsOf,
  personOf,
  pick,
  programmeEnd,
  type Row,
  type SignOff,
  signOffOf,
  startOf,
  stateOf,
  value,
} from './facts.ts';
import { dueOf } from './passing.ts';
import type { Item, Question, Seen } from './sight.ts';
import { daysFrom, plusDays, text, texts } from './told.ts';

export type RowsOf = (seen: Seen, question: Question) => readonly Row[];

export const onProgramme: RowsOf = (seen, { on }) =>
  itemsOf(seen, 'programme.started')
    .filter((start) => day(start, 'startedOn') <= on)
    .map((start) => {
      const referral = itemsOf(seen, 'referral.made')
        .filter(({ data }) => data['to'] === start.by)
        .at(-1);
      const adviser = adviserOf(seen);
      return {
        ...personOf(seen),
        of: start.by,
        ...pick(start.data, 'programmeId', 'kind', 'startedOn'),
        route: value(referral?.data, 'route'),
        referredBy: referral?.by ?? null,
        adviserAssigned: adviser !== undefined,
        adviserRole: value(adviser?.data, 'role'),
        left: leftOf(seen, start, on),
      };
    });

const leftOf = (seen: Seen, start: Item, on: string): Row | null => {
  const left = itemsOf(seen, 'programme.left-early').find((one) => isAbout(seen, start, one) && day(one, 'leftOn') <= on);
  if (left) return { on: day(left, 'leftOn'), reason: value(left.data, 'reason') ?? value(left.data, 'reasonGroup') };
  const moved = itemsOf(seen, 'programme.moved-on').find((one) => isAbout(seen, start, one) && day(one, 'on') <= on);
  return moved ? { on: day(moved, 'on'), reason: null } : null;
};

export const followUps: RowsOf = (seen, question) =>
  itemsOf(seen, 'adviser.informed')
    .filter((informed) => day(informed, 'on') <= question.on)
    .map((informed) => {
      const found = followUpOf(seen, informed, question);
      const { madeOn, due } = found;
      return {
        ...personOf(seen),
        of: text(informed.data, 'of') ?? startOf(seen, informed)?.by ?? null,
        ...pick(informed.data, 'programmeId'),
        ...found,
        lateByDays: madeOn !== null && madeOn > due ? daysFrom(due, madeOn) : null,
      };
    });

export const signOffs: RowsOf = (seen, question) =>
  itemsOf(seen, 'programme.started').flatMap((start) => {
    const found = start.data['kind'] === 'school-course' ? undefined : signOffOf(seen, start, question);
    return found
      ? [
          {
            of: start.by,
            ...pick(start.data, 'programmeId', 'startedOn'),
            ...signOffSaid(found),
            overdue: isToSign(seen, start, found, question.on),
          },
        ]
      : [];
  });

const isToSign = (seen: Seen, start: Item, { state, due }: SignOff, on: string): boolean =>
  state !== 'signed' && due < on && stateOf(seen, start, on) === 'running';

const signOffSaid = ({ state, due, agreed, signed, queried }: SignOff): Row => {
  const signer = signed?.data['signedBy'] as Row | undefined;
  return {
    version: value(agreed?.data, 'version'),
    agreedOn: agreed?.toldOn ?? null,
    state,
    signedBy: signer ? pick(signer, 'name', 'role') : null,
    ...pick(signed?.data, 'onBehalfOf', 'signedOn'),
    queriedReason: value(queried?.data, 'reason'),
    due,
  };
};

export const reviews: RowsOf = (seen, question) => [
  ...itemsOf(seen, 'review.scheduled').map((one) => scheduledRow(seen, one, question)),
  ...itemsOf(seen, 'review.held')
    .filter(
      (held) =>
        day(held, 'heldOn') <= question.on &&
        !itemsOf(seen, 'review.scheduled').some((one) => heldOf(withoutOthers(seen, held), one, question.on)),
    )
    .map((held) => ({ ...nameOf(seen, held), ...NOT_SCHEDULED, state: 'held', overdue: false, ...saidOf(seen, held, question) })),
  ...itemsOf(seen, 'programme.started').flatMap((start) => dueRow(seen, start, question)),
];

/** As if no other review had been held. */
const withoutOthers = (seen: Seen, held: Item): Seen => ({
  ...seen,
  items: seen.items.filter((one) => one.type !== 'review.held' || one === held),
});

const isOver = (seen: Seen, scheduled: Item, on: string): boolean => {
  const start = startOf(seen, scheduled);
  return start !== undefined && ['left', 'moved-on'].includes(stateOf(seen, start, on));
};

const NOT_SCHEDULED = { scheduledOn: null, dueOn: null, attendanceRequested: [], reason: null };
const nameOf = (seen: Seen, item: Item): Row => ({
  of: text(item.data, 'of') ?? startOf(seen, item)?.by ?? item.by,
  ...pick(item.data, 'reviewId', 'programmeId'),
});

const scheduledRow = (seen: Seen, scheduled: Item, question: Question): Row => {
  const { on } = question;
  const held = heldOf(seen, scheduled, on);
  const isMissed = !held && plusDays(day(scheduled, 'on'), 7) < on;
  return {
    ...nameOf(seen, scheduled),
    scheduledOn: day(scheduled, 'on'),
    dueOn: null,
    attendanceRequested: texts(scheduled.data, 'attendanceRequested'),
    ...pick(scheduled.data, 'reason'),
    state: held ? 'held' : isMissed ? 'missed' : 'scheduled',
    overdue: isMissed && !isOver(seen, scheduled, on),
    ...saidOf(seen, held, question),
  };
};

const saidOf = (seen: Seen, held: Item | undefined, question: Question): Row => {
  const { on } = question;
  if (!held) return { heldOn: null, attendees: [], tripartite: null, followUpAfter: null };
  const heldOn = day(held, 'heldOn');
  const made = itemsOf(seen, 'follow-up.made')
    .filter((one) => isSameProgramme(seen, one, held) && isOfReview(seen, one, held))
    .map((one) => day(one, 'on'))
    .filter((on_) => on_ >= heldOn && on_ <= on)
    .toSorted();
  const attendees = attendeesOf(held);
  const term = { due: plusDays(heldOn, 14), toldOn: held.toldOn, settledOn: made[0] ?? programmeEnd(seen, held, on) };
  const followUpAfter = { due: dueOf(seen, question, term), madeOn: made[0] ?? null };
  return { heldOn, attendees, tripartite: isTripartite(attendees), followUpAfter };
};

/** What names a review is of the speaker's own of that id, if it has one, or of the only one. */
const isOfReview = (seen: Seen, made: Item, held: Item): boolean => {
  const { reviewId } = made.data;
  if (reviewId === undefined) return true;
  const alike = itemsOf(seen, 'review.scheduled', 'review.held').filter(
    (one) => one.data['reviewId'] === reviewId && isSameProgramme(seen, one, made),
  );
  const reviewers = new Set(alike.map(({ by }) => by));
  return reviewId === held.data['reviewId'] && (held.by === made.by || reviewers.size === 1);
};

/** Of a programme that goes on and for which none is scheduled: what the last review said, else four weeks after the start of E2E. */
const dueRow = (seen: Seen, start: Item, question: Question): readonly Row[] => {
  const { on } = question;
  const isRunning = start.data['kind'] !== 'school-course' && stateOf(seen, start, on) === 'running';
  const dueOn = isRunning && !isReviewScheduled(seen, start, on) ? reviewDueOf(seen, start, on) : undefined;
  if (dueOn === undefined) return [];
  const { programmeId } = start.data;
  return [
    {
      reviewId: null,
      of: start.by,
      programmeId,
      ...NOT_SCHEDULED,
      dueOn,
      state: 'due',
      overdue: dueOn < on,
      ...saidOf(seen, undefined, question),
    },
  ];
};

export const isReviewScheduled = (seen: Seen, start: Item, on: string): boolean =>
  itemsOf(seen, 'review.scheduled').some((one) => isAbout(seen, start, one) && !heldOf(seen, one, on) && plusDays(day(one, 'on'), 7) >= on);

export const reviewDueOf = (seen: Seen, start: Item, on: string): string | undefined => {
  const last = itemsOf(seen, 'review.held')
    .filter((one) => isAbout(seen, start, one) && day(one, 'heldOn') <= on)
    .toSorted(inOrder((one) => day(one, 'heldOn')))
    .at(-1);
  if (last) return text(last.data, 'nextReviewDue');
  return start.data['kind'] === 'e2e' ? plusDays(day(start, 'startedOn'), 28) : undefined;
};
