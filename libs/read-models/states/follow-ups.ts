// Whether the adviser followed up within two weeks of being informed (E2E p. 13; views.md, S6).
import type { IsoDate } from '#kernel';
import { compareDays, isBy, type SeenItem, type SeenItems } from '../lists/index.ts';
import { areAboutOne } from './owners.ts';
import { dueOfAdviser, type DutiesAt } from './passing-on.ts';
import { endedOn } from './programmes.ts';
import { termDue, termEarliest } from './terms.ts';

/** Days after being informed within which the adviser follows up (E2E p. 13), where no agreement in force says otherwise. */
export const FOLLOW_UP_DAYS = 14;
const FORTNIGHT = `P${FOLLOW_UP_DAYS}D`;

export const FOLLOW_UP_STATES = ['open', 'overdue', 'discharged', 'void'] as const;

export interface FollowUpRow {
  readonly informedOn: IsoDate;
  readonly due: IsoDate;
  readonly state: (typeof FOLLOW_UP_STATES)[number];
  readonly madeOn: IsoDate | null;
}

type Informed = SeenItem<'adviser.informed'>;

/** The one that is due first and not done; else the last one done. */
export const followUpIn = (seen: SeenItems, at: DutiesAt): FollowUpRow | null => {
  const all = seen.of('adviser.informed').flatMap((informed) => followUpOf(seen, informed, at) ?? []);
  const open = all.filter(({ state }) => state === 'open' || state === 'overdue').sort((one, other) => compareDays(one.due, other.due));
  return open[0] ?? [...all].sort((one, other) => compareDays(one.informedOn, other.informedOn)).at(-1) ?? null;
};

/** Of whoever has left by then, it is the leaving that is followed up. */
export const followUpOf = (seen: SeenItems, informed: Informed, at: DutiesAt): FollowUpRow | undefined => {
  const { on } = at;
  const { on: informedOn } = informed.data;
  if (informedOn === undefined || informedOn > on) return undefined;
  const term = { duty: 'follow-up', usual: FORTNIGHT, from: informedOn, toldOn: informed.toldOn };
  const madeOn = madeFor(seen, informed, { earliest: termEarliest(at, { ...term, beforehand: FORTNIGHT }), on }) ?? null;
  const leftOn = endedOn(seen, informed, on);
  const due = dueOfAdviser(seen, at, { due: termDue(at, term), toldOn: informed.toldOn, settledOn: madeOn ?? leftOn });
  if (madeOn !== null) return { informedOn, due, state: 'discharged', madeOn };
  if (leftOn !== undefined) return { informedOn, due, state: 'void', madeOn };
  return { informedOn, due, state: due < on ? 'overdue' : 'open', madeOn };
};

/** One made some time before being informed, usually up to two weeks, will do as well: the person was seen. */
const madeFor = (
  seen: SeenItems,
  informed: Informed,
  { earliest, on }: { readonly earliest: IsoDate; readonly on: IsoDate },
): IsoDate | undefined =>
  seen
    .of('follow-up.made')
    .flatMap((made) => (areAboutOne(seen, made, informed) && isBy(made.data.on, on) ? (made.data.on ?? []) : []))
    .filter((day) => day >= earliest)
    .sort()[0];
