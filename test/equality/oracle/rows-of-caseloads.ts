// The caseload of an adviser's agency (views.md, S6).
import {
  assessmentsOf,
  frameworkOf,
  advisersOf,
  day,
  followUpOf,
  hasEnded,
  heldOf,
  inOrder,
  isSameProgramme,
  itemsOf,
  personOf,
  pick,
  type Row,
  signOffOf,
  startOf,
  stateOf,
  value,
  weekOf,
} from './facts.ts';
import { attention } from './attention.ts';
import { behind } from './rows-of-duties.ts';
import { isReviewScheduled, reviewDueOf, type RowsOf } from './rows-of-advisers.ts';
import type { Item, Question, Seen } from './sight.ts';
import { daysFrom, plusDays, text, texts } from './told.ts';

/** Duties whose being overdue has a word of its own. */
const TOLD_OTHERWISE = ['follow-up', 'sign-off', 'refer-on', 'follow-up-leaver'];

export const caseload: RowsOf = (seen, question) => {
  const { on, asker } = question;
  const assigned = itemsOf(seen, 'learner.adviser-assigned').filter(({ data }) => data['role'] !== 'key-worker');
  const advisers = advisersOf(seen);
  // One's own, whoever advises the person besides.
  const adviser = advisers.find(({ by }) => by === asker.slug) ?? advisers[0];
  const own = assigned.filter(({ by }) => by === asker.slug);
  if (!adviser || own.every((one) => hasEnded(seen, one))) return [];
  const starts = itemsOf(seen, 'programme.started');
  const facts = {
    ...personOf(seen),
    adviser: pick(adviser.data, 'name', 'staffId', 'role'),
    office: value(adviser.data, 'office'),
    state: 'current',
    programmes: starts.map((start) => ({
      of: start.by,
      ...pick(start.data, 'programmeId', 'kind', 'startedOn'),
      week: weekOf(text(start.data, 'startedOn'), on),
      state: stateOf(seen, start, on),
    })),
    followUp: nextFollowUp(seen, question),
    signOff: nextSignOff(seen, question),
    nextReview: nextReview(seen, on),
    lastReviewOn:
      itemsOf(seen, 'review.held')
        .map((one) => day(one, 'heldOn'))
        .filter((held) => held <= on)
        .toSorted()
        .at(-1) ?? null,
  };
  const overdueDuties = behind(seen, question, TOLD_OTHERWISE);
  const told = { ...facts, ...concerns(seen, on), overdueDuties };
  return [{ ...told, attention: attention(seen, question, { ...told, isAskedFor: isAskedFor(seen, on) }) }];
};

const nextFollowUp = (seen: Seen, question: Question): unknown => {
  const all = itemsOf(seen, 'adviser.informed')
    .filter((one) => day(one, 'on') <= question.on)
    .map((one) => followUpOf(seen, one, question));
  const open = all.filter(({ state }) => ['open', 'overdue'].includes(state)).toSorted(inOrder((one) => one.due))[0];
  return open ?? all.toSorted(inOrder((one) => one.informedOn)).at(-1) ?? null;
};

const nextSignOff = (seen: Seen, question: Question): unknown => {
  const all = itemsOf(seen, 'programme.started')
    .filter((start) => stateOf(seen, start, question.on) === 'running')
    .flatMap((start) => signOffOf(seen, start, question) ?? []);
  const open = all.filter(({ state }) => state !== 'signed').toSorted(inOrder((one) => one.due))[0];
  const found = open ?? all.at(-1);
  return found ? { state: found.state, due: found.due } : null;
};

/** Neither held nor of a programme that ended, but for those that were missed and after which one was held. */
const reviewsAhead = (seen: Seen, on: string): readonly Item[] => {
  const isCaughtUp = (one: Item): boolean =>
    plusDays(day(one, 'on'), 7) < on &&
    itemsOf(seen, 'review.held')
      .filter((held) => isSameProgramme(seen, one, held))
      .map((held) => day(held, 'heldOn'))
      .some((heldOn) => heldOn > day(one, 'on') && heldOn <= on);
  return itemsOf(seen, 'review.scheduled')
    .filter((one) => !heldOf(seen, one, on) && !isOver(seen, one, on) && !isCaughtUp(one))
    .toSorted(inOrder((one) => day(one, 'on')));
};

/** Within a fortnight. */
const isAskedFor = (seen: Seen, on: string): boolean =>
  reviewsAhead(seen, on)
    .filter((one) => day(one, 'on') >= on && day(one, 'on') <= plusDays(on, 14))
    .some(({ data }) => texts(data, 'attendanceRequested').length > 0);

const nextReview = (seen: Seen, on: string): unknown => {
  const [open] = reviewsAhead(seen, on);
  if (open) {
    const attendanceRequested = texts(open.data, 'attendanceRequested');
    return { on: day(open, 'on'), due: null, attendanceRequested, reason: value(open.data, 'reason') };
  }
  const starts = itemsOf(seen, 'programme.started');
  const [due] = starts
    .filter((start) => stateOf(seen, start, on) === 'running')
    .flatMap((start) => (isReviewScheduled(seen, start, on) ? [] : (reviewDueOf(seen, start, on) ?? [])))
    .toSorted();
  return due === undefined ? null : { on: null, due, attendanceRequested: [], reason: null };
};

/** Of a programme that has ended nothing is reviewed any more. */
const isOver = (seen: Seen, scheduled: Item, on: string): boolean => {
  const start = startOf(seen, scheduled);
  return start !== undefined && ['left', 'moved-on'].includes(stateOf(seen, start, on));
};

const concerns = (seen: Seen, on: string): Row => {
  const all = itemsOf(seen, 'attendance.concern')
    .map((one) => day(one, 'on'))
    .filter((happened) => happened <= on);
  const risks = assessmentsOf(seen).filter((one) => frameworkOf(one) === 'risk-of-failing');
  const isValid = (one: Item): boolean => (text(one.data, 'validUntil') ?? plusDays(day(one, 'assessedOn'), 90)) >= on;
  return {
    attendanceConcerns28d: all.length === 0 ? null : all.filter((happened) => daysFrom(happened, on) < 28).length,
    riskAssessed: risks.length === 0 ? null : risks.some(isValid),
  };
};
