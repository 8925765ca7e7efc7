// Whether an agency has read what goes along with a learner who came to it from another (views.md, S26; E2E p. 24).
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import {
  chosenBy,
  compareDays,
  isBy,
  isPast,
  known,
  type Look,
  orNull,
  type PersonRow,
  personIn,
  type RowAt,
  type SeenItem,
  type SeenItems,
} from '../lists/index.ts';

export const HANDOVER_STATES = ['unread', 'overdue', 'read'] as const;
/** Days after the start within which it is to be read. */
const READ_DAYS = 14;

export interface HandoverRow extends PersonRow {
  readonly programmeId: string | null;
  readonly kind: string | null;
  readonly startedOn: IsoDate;
  readonly from: AgencySlug | null;
  readonly fromProgrammeId: string | null;
  readonly due: IsoDate;
  readonly readOn: IsoDate | null;
  readonly state: (typeof HANDOVER_STATES)[number];
}

type Started = SeenItem<'programme.started'>;

/** Undefined where the programme is not the asker's, or nothing of an earlier one elsewhere is seen: then nothing goes along. */
export const handoverRow = (seen: SeenItems, { on, anchor, asker, looks = [] }: RowAt): HandoverRow | undefined => {
  const started = seen.at('programme.started', anchor);
  const startedOn = started?.data.startedOn;
  if (!started || started.source !== asker.slug || startedOn === undefined) return undefined;
  const earlier = earlierIn(seen, started, startedOn);
  const before = earlier.at(-1);
  if (!before) return undefined;
  const due = addDays(startedOn, READ_DAYS);
  const readOn = readIn(looks, earlier, on);
  return {
    ...personIn(seen),
    ...orNull(started.data, 'programmeId', 'kind'),
    startedOn,
    from: known(before.source),
    fromProgrammeId: known(before.data.programmeId),
    due,
    readOn,
    state: stateOf(readOn, due, on),
  };
};

/** Elsewhere, in the order of their first days. */
const earlierIn = (seen: SeenItems, started: Started, startedOn: IsoDate): readonly Started[] =>
  seen
    .of('programme.started')
    .filter(({ source, data }) => source !== started.source && isBy(data.startedOn, startedOn))
    .toSorted((one, other) => compareDays(known(one.data.startedOn), known(other.data.startedOn)));

/** The first look that showed one of them: a look at a handover without it, before the learner agreed, read nothing. */
const readIn = (looks: readonly Look[], earlier: readonly Started[], on: IsoDate): IsoDate | null =>
  known(looks.find((look) => look.on <= on && earlier.some(({ place }) => look.shown.includes(place)))?.on);

const stateOf = (readOn: IsoDate | null, due: IsoDate, on: IsoDate): HandoverRow['state'] => {
  if (readOn !== null) return 'read';
  return isPast(due, on) ? 'overdue' : 'unread';
};

export const isChosen = chosenBy<HandoverRow>({
  state: ({ state }, value) => state === value,
  from: ({ from }, value) => from === value,
});

/** Unread first, the one that is due first before others. */
export const handoverOrder = (one: HandoverRow, other: HandoverRow): number =>
  Number(one.state === 'read') - Number(other.state === 'read') || compareDays(one.due, other.due);
