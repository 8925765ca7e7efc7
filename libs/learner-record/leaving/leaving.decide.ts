// Leaving and moving on: told by the agency whose programme it is, once; planned by any that may know of it.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import type { IsoDate } from '#kernel';
import { before, ownThing, refersTo, unknown, type View } from '../references.ts';

type Ending = Contribution<'programme.left-early'> | Contribution<'programme.moved-on'>;

const ENDED = rejected('unknown-reference', 'This programme ended already. Give the programmeId of one that goes on, or start a new one.');

const endOf = ({ data }: Ending): readonly [field: string, day: IsoDate] => ('leftOn' in data ? ['leftOn', data.leftOn] : ['on', data.on]);

/** `unknown-reference`: the sender has started no such programme, or it ended; `schema`: it started after that day. */
export const decideProgrammeEnded = (contribution: Ending, view: View): Outcome => {
  const programme = ownThing('programme', contribution.data.programmeId, contribution, view);
  if (programme === undefined) return unknown('programme');
  if (programme.since.length > 0) return ENDED;
  const [field, day] = endOf(contribution);
  return day < programme.on ? before(field, 'the startedOn of the programme') : accepted();
};

/** `unknown-reference`. */
export const decideMovingOnPlanned = (contribution: Contribution<'moving-on.planned'>, view: View): Outcome =>
  refersTo('programme', contribution.data.programmeId, contribution, view);
