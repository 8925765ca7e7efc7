// Events that name another of the sender's own by its message id: retracted, or withheld from the learner (contracts.md, event catalogue).
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import { type Revision, sourceOf } from '#kernel';
import { type LearnerFile, learnerStream } from '#learner-file';
import { isWithheld } from '#learner-record';
import type { SeenMessage } from './messages-seen.ts';
import { eventIdOf, type Session } from './session.ts';

type Naming = Contribution<'record.retracted'> | Contribution<'withholding.stated'> | Contribution<'withholding.ended'>;

const NAMING: readonly string[] = ['record.retracted', 'withholding.stated', 'withholding.ended'];

const UNKNOWN = rejected(
  'unknown-reference',
  'You recorded no event with this id about the learner. Give in `of` the id of the event as you sent it.',
);

const RETRACTED = rejected('unknown-reference', 'You retracted the event with this id already.');
const NOT_WITHHELD = rejected(
  'unknown-reference',
  'You do not withhold the event with this id: give in `of` what withholding.stated gave.',
);

export const namesOwnEvent = <One extends Pick<Contribution, 'type'>>(contribution: One): contribution is One & Naming =>
  NAMING.includes(contribution.type);

/**
 * `unknown-reference`: the sender recorded no such event about this learner, in this message neither, or what it says of it is so already.
 */
export const ownEventNamed = (
  { draft, messages, names: blinds }: Session,
  { type, source, data }: Naming,
  { id, record }: LearnerFile,
): Outcome => {
  const stream = learnerStream(id);
  const eventId = eventIdOf(blinds, sourceOf(source), data.of);
  const names = draft.revisionOf(stream, eventId) ?? revisionIn(stream, messages.find(eventId));
  if (names === undefined) return UNKNOWN;
  if (type === 'record.retracted' && record.retracted.includes(names)) return RETRACTED;
  return type === 'withholding.ended' && !isWithheld(record, source, names) ? NOT_WITHHELD : accepted({ names });
};

const revisionIn = (stream: string, found: SeenMessage | undefined): Revision | undefined =>
  found?.recorded.stream === stream ? found.recorded.revision : undefined;
