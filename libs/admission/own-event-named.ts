// Events that name another of the sender's own by its message id: retracted, or withheld from the learner (contracts.md, event catalogue).
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import { sourceOf } from '#kernel';
import { type LearnerFile, learnerStream } from '#learner-file';
import { eventIdOf } from './messages-seen.ts';
import type { Session } from './session.ts';

type Naming = Contribution<'record.retracted'> | Contribution<'withholding.stated'> | Contribution<'withholding.ended'>;

const NAMING: readonly string[] = ['record.retracted', 'withholding.stated', 'withholding.ended'];

const UNKNOWN = rejected('unknown-reference', 'You recorded no event with this id about the learner. Give in `of` the id of the event as you sent it.');

export const namesOwnEvent = (contribution: Contribution): contribution is Naming => NAMING.includes(contribution.type);

/** `unknown-reference`: the sender recorded no such event about this learner. Throws `NotLoaded`. */
export const ownEventNamed = ({ seen, vault }: Session, { source, data }: Naming, { id }: LearnerFile): Outcome => {
  const found = seen.find(eventIdOf(vault, sourceOf(source), data.of));
  return found?.stream === learnerStream(id) ? accepted({ names: found.revision }) : UNKNOWN;
};
