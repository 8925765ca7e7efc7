// The individual learning plan: the programmes agreed last, and what reviews left to be done (views.md, S22).
import type { AgencySlug, IsoDate } from '#kernel';
import {
  type ActionRow,
  actionsIn,
  type DocumentTerms,
  type ProgrammeRow,
  programmesIn,
  type ReviewRow,
  reviewsIn,
} from '../documents/index.ts';
import { isBy, type SeenItem, type SeenItems } from '../lists/index.ts';
import { isOfThat, type SaidOfProgramme } from '../states/index.ts';

export interface ObjectiveRow {
  readonly text: string;
  readonly programmeId: string | null;
  readonly of: AgencySlug | null;
  /** The version agreed last. */
  readonly version: string;
  /** Day of the version that first had it, and each since. */
  readonly since: IsoDate | null;
  /** Days of the reviews since. */
  readonly reviewed: readonly IsoDate[];
}

export interface Ilp {
  readonly objectives: readonly ObjectiveRow[];
  readonly support: readonly string[];
  readonly actions: readonly ActionRow[];
  readonly strands: readonly string[];
}

type Agreed = SeenItem<'programme.agreed'>;

interface Plan {
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  /** In the order of record. */
  readonly versions: readonly Agreed[];
}

/** Of an agreement whose programme's start is not seen, its end is not either. */
const isOver = ({ of, programmeId }: Plan, programmes: readonly ProgrammeRow[], on: IsoDate): boolean =>
  programmes.some((one) => one.of === of && one.programmeId === programmeId && one.endedOn !== null && one.endedOn <= on);

const plansIn = (seen: SeenItems, on: IsoDate): readonly Plan[] => {
  const agreed = seen.of('programme.agreed');
  const known = Map.groupBy(agreed, ({ data, source }) => JSON.stringify([data.of ?? source ?? '', data.programmeId ?? '']));
  const programmes = programmesIn(seen, on);
  const plans = [...known.values()].map((versions): Plan => {
    const [{ data, source } = {} as Partial<Agreed>] = versions;
    return { of: data?.of ?? source ?? null, programmeId: data?.programmeId ?? null, versions };
  });
  return plans.filter((plan) => !isOver(plan, programmes, on));
};

/** The first of the versions that have it without a gap up to the last. */
const sinceOf = (objective: string, versions: readonly Agreed[]): Agreed | undefined => {
  const without = versions.findLastIndex(({ data }) => data.objectives?.includes(objective) !== true);
  return versions[without + 1];
};

const objectivesOf = ({ of, programmeId, versions }: Plan, reviews: readonly ReviewRow[]): readonly ObjectiveRow[] => {
  const { version, objectives = [] } = versions.at(-1)?.data ?? {};
  return objectives.map((objective) => {
    const since = sinceOf(objective, versions)?.toldOn ?? null;
    const days = reviews.flatMap(({ heldOn }) => (heldOn !== null && isBy(since ?? undefined, heldOn) ? [heldOn] : []));
    return { text: objective, programmeId, of, version: String(version ?? ''), since, reviewed: days };
  });
};

const saidOf = ({ of, programmeId }: Pick<Plan, 'of' | 'programmeId'>): SaidOfProgramme => ({
  source: of ?? undefined,
  data: programmeId === null ? {} : { programmeId },
});

const lastOf = ({ versions }: Plan): Agreed['data'] => versions.at(-1)?.data ?? {};

export const ilpIn = (seen: SeenItems, { on }: DocumentTerms): Ilp => {
  const plans = plansIn(seen, on);
  const reviews = reviewsIn(seen, on);
  const reviewsOf = (plan: Plan): readonly ReviewRow[] => {
    const isOfIt = isOfThat(seen, saidOf(plan));
    return reviews.filter((one) => one.programmeId !== null && isOfIt(saidOf(one)));
  };
  return {
    objectives: plans.flatMap((plan) => objectivesOf(plan, reviewsOf(plan))),
    support: [...new Set(plans.flatMap((plan) => lastOf(plan).support ?? []))],
    actions: plans.flatMap((plan) => actionsIn(reviewsOf(plan))),
    strands: [...new Set(plans.flatMap((plan) => lastOf(plan).strands ?? []))],
  };
};
