// For whom a placement is sought: given name, occupation and area, and no more (views.md, S18; E2E p. 23).
import { addDays, type IsoDate } from '#kernel';
import {
  alike,
  anchorsOf,
  chosenBy,
  compareDays,
  count,
  day,
  daysBetween,
  flag,
  isBy,
  list,
  orNull,
  ownAnchors,
  proposeAnchors,
  type RowAt,
  type SeenItems,
  text,
} from '../lists/index.ts';

/** For which it is sought, and after which it has waited long. */
const [SOUGHT_DAYS, LONG_DAYS] = [180, 28];

export interface PlacementSoughtRow {
  readonly givenName: string | null;
  readonly occupation: string | null;
  readonly area: string | null;
  readonly since: IsoDate;
  readonly waitingDays: number;
  readonly overdue: boolean;
}

const anchors = anchorsOf('placements-sought', 1, { 'placement.sought': (_, toldOn) => toldOn });

/** Until a placement began that one may see. Who may see a surname elsewhere is told none here. */
const rowOf = (seen: SeenItems, { on, anchor }: RowAt): PlacementSoughtRow | undefined => {
  const sought = seen.at('placement.sought', anchor);
  const since = sought?.toldOn ?? on;
  const isFound = seen.of('placement.started').some(({ data, place }) => place > (sought?.place ?? 0) && isBy(data.on, on));
  if (!sought || isFound || since > on || addDays(since, SOUGHT_DAYS) < on) return undefined;
  const waitingDays = daysBetween(since, on);
  return {
    ...orNull(nameIn(seen), 'givenName'),
    ...orNull(sought.data, 'occupation', 'area'),
    since,
    waitingDays,
    overdue: waitingDays > LONG_DAYS,
  };
};

/** As it was last corrected, whoever registered the learner since (V10). */
const nameIn = (seen: SeenItems): { readonly givenName?: string } => {
  const corrected = seen.of('learner.corrected').findLast(({ data }) => data.givenName !== undefined);
  return (corrected ?? seen.last('learner.registered'))?.data ?? {};
};

export const placementsSought = list<PlacementSoughtRow>({
  name: 'placements/sought',
  says: 'Learners, by given name, for whom a placement is sought, and who agreed that it is.',
  view: anchors.view,
  purposes: ['match-placement'],
  items: { anchor: ['placement.sought'], beside: ['learner.registered', 'learner.corrected', 'placement.started'] },
  filters: {
    area: { says: 'Area in which it is sought.' },
    occupation: { says: 'Occupation.' },
  },
  fields: {
    givenName: text('Given name.'),
    occupation: text('Occupation.'),
    area: text('Area in which it is sought.'),
    since: day('Since when.'),
    waitingDays: count('Days since then.'),
    overdue: flag('Whether it is more than four weeks.'),
  },
  table: ['givenName', 'occupation', 'area', 'since', 'waitingDays'],
  propose: proposeAnchors(anchors, { everybody: ['ebp', 'connexions'], days: 'none' }),
  hasOwn: ownAnchors(anchors),
  row: rowOf,
  matches: chosenBy<PlacementSoughtRow>({
    area: ({ area }, value) => alike(area) === alike(value),
    occupation: ({ occupation }, value) => alike(occupation) === alike(value),
  }),
  order: (one, other) => compareDays(one.since, other.since),
});
