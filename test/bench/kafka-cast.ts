// What kafka.bench.ts has agencies say: reviews by a provider, which stand on its own feed and on that of the careers service.
import { type EventToSend, signEvents, toEvent } from '#client';
import { londonDate } from '#kernel';
import { type CastMember, introduced, tell, ulnOf } from '../kafka/cast.ts';

const summary = 'Reads simple texts, needs time with longer ones; writes short messages with support. '.repeat(4);

/** Learners whom careers advises and referred to forge, each on a programme. */
export const populate = async (url: string, [careers, forge]: readonly [CastMember, CastMember], learners: number): Promise<void> => {
  const all = Array.from({ length: learners }, (_, n) => introduced(n));
  const programme = (n: number): EventToSend => ({
    type: 'programme.started',
    subject: `uln:${ulnOf(n)}`,
    data: { programmeId: `e-${n}`, kind: 'e2e', title: 'Entry to employment', startedOn: '2026-09-10', plannedEnd: '2027-07-01' },
  });
  const adviser = (n: number): EventToSend => ({
    type: 'learner.adviser-assigned',
    subject: `uln:${ulnOf(n)}`,
    data: { name: 'Pat Adviser', role: 'personal-adviser' },
  });
  await tell(
    url,
    careers,
    all.flatMap((learner, n) => [...learner.careers, adviser(n)]),
  );
  await tell(
    url,
    forge,
    all.flatMap((learner, n) => [...learner.forge, programme(n)]),
  );
};

export interface SignedMessage {
  readonly key: string;
  readonly jws: string;
  readonly events: number;
}

let reviews = 0;
/** Told on the day, as most are: of one held weeks ago the follow-up would be overdue at once, and each would be told of that as well. */
const HELD_ON = londonDate(Date.now());

const review = (learner: number): EventToSend => ({
  type: 'review.held',
  subject: `uln:${ulnOf(learner)}`,
  data: { reviewId: `v-${++reviews}`, programmeId: `e-${learner}`, heldOn: HELD_ON, attendees: ['learner', 'key-worker'], summary },
});

/** `count` messages about the learners in turn, each with so many events of about 1 KB. */
export const reviewsBy = async (
  { slug, key }: CastMember,
  about: { readonly learners: number; readonly count: number; readonly events: number },
): Promise<readonly SignedMessage[]> => {
  const messages: SignedMessage[] = [];
  for (let n = 0; n < about.count; n++) {
    const events = Array.from({ length: about.events }, (_, place) => toEvent(slug, review((n * about.events + place) % about.learners)));
    const [first] = events;
    messages.push({
      key: first?.subject ?? '',
      jws: await signEvents(about.events === 1 && first ? first : events, key),
      events: about.events,
    });
  }
  return messages;
};
