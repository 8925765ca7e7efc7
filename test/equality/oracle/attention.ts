// What of a case wants attention (views.md, S6 and S26).
import { day, isSameProgramme, itemsOf, type Row } from './facts.ts';
import type { Item, Question, Seen } from './sight.ts';
import { isHeeded, lapseOf } from './things-of-duties.ts';
import { plusDays, text } from './told.ts';

/** Those that hold, in this order; `told`: what the row says besides. */
export const attention = (seen: Seen, { on }: Question, told: Row): readonly string[] => {
  const holds: readonly (readonly [string, boolean])[] = [
    ['follow-up-overdue', partOf(told, 'followUp')['state'] === 'overdue'],
    ['sign-off-overdue', isToSign(partOf(told, 'signOff'), on)],
    ['review-overdue', isReviewBehind(partOf(told, 'nextReview'), on)],
    ['attendance-requested', told['isAskedFor'] === true],
    ['attendance-concern', Number(told['attendanceConcerns28d']) >= 3 || isConcernedSince(seen, on, text(told, 'lastReviewOn'))],
    ['referral-declined', isDeclined(seen) || isLapsed(seen, on)],
    ['leaver-not-followed-up', itemsOf(seen, 'programme.left-early').some((left) => isLeftAlone(seen, left, on))],
    ['duty-overdue', (told['overdueDuties'] as readonly Row[]).length > 0],
  ];
  return holds.flatMap(([name, isSo]) => (isSo ? [name] : []));
};

const partOf = (told: Row, name: string): Row => (told[name] ?? {}) as Row;

const isToSign = (signOff: Row, on: string): boolean => signOff['state'] !== 'signed' && (text(signOff, 'due') ?? on) < on;

const isReviewBehind = (next: Row, on: string): boolean => {
  const scheduled = text(next, 'on');
  return scheduled === undefined ? (text(next, 'due') ?? on) < on : plusDays(scheduled, 7) < on;
};

const isConcernedSince = (seen: Seen, on: string, reviewedOn = ''): boolean =>
  itemsOf(seen, 'attendance.concern').some((one) => day(one, 'on') <= on && day(one, 'on') > reviewedOn);

const isDeclined = (seen: Seen): boolean => {
  const declined = itemsOf(seen, 'referral.declined').at(-1);
  return declined !== undefined && !itemsOf(seen, 'referral.made', 'programme.started').some(({ order }) => order > declined.order);
};

/** What nobody answers is refused by time. */
const isLapsed = (seen: Seen, on: string): boolean =>
  itemsOf(seen, 'referral.made').some((made) => {
    const lapse = isHeeded(made) ? lapseOf(seen, made, on) : undefined;
    const isSince = ({ type, toldOn, data }: Item): boolean => {
      const since = type === 'referral.made' ? toldOn : (text(data, 'startedOn') ?? on);
      return lapse !== undefined && since >= lapse && since <= on;
    };
    return lapse !== undefined && lapse <= on && !itemsOf(seen, 'referral.made', 'programme.started').some(isSince);
  });

const isLeftAlone = (seen: Seen, left: Item, on: string): boolean => {
  const leftOn = day(left, 'leftOn');
  const isFollowed = itemsOf(seen, 'follow-up.made').some((one) => isSameProgramme(seen, left, one) && day(one, 'on') >= leftOn);
  return leftOn <= on && !isFollowed && !itemsOf(seen, 'programme.started').some((start) => day(start, 'startedOn') >= leftOn);
};
