// What a learner is expected to reach, who doubts it, and what was reached (views.md, S4; QPID study 90, 6.7).
import { shippedCodes } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import {
  answerOf,
  type EndorsementAnswerRow,
  type ENDORSEMENT_STATES,
  isOfEndorsement,
  queryOf,
  type QueryRow,
  standingOf,
} from '../documents/index.ts';
import { known, chosenBy, compareDays, isBy, orNull, type RowAt, type SeenItem, type SeenItems, saidBy } from '../lists/index.ts';

export interface Reached {
  readonly level: string;
  readonly on: IsoDate | null;
}

export interface EndorsementRow {
  readonly endorsementId: string | null;
  readonly programmeKind: string | null;
  readonly expectedLevel: string | null;
  readonly supportNeeds: readonly string[];
  readonly basedOn: readonly string[];
  readonly givenOn: IsoDate | null;
  readonly by: AgencySlug | null;
  readonly provider: AgencySlug | null;
  readonly queried: readonly QueryRow[];
  readonly answer: EndorsementAnswerRow | null;
  readonly reached: Reached | null;
  readonly state: (typeof ENDORSEMENT_STATES)[number];
  readonly due: IsoDate | null;
}

type Given = SeenItem<'endorsement.given'>;

export const endorsementRow = (seen: SeenItems, { on, anchor }: RowAt): EndorsementRow | undefined => {
  const given = seen.at('endorsement.given', anchor);
  return given && saidBy(on)(given) ? rowOf(seen, given, on) : undefined;
};

const rowOf = (seen: SeenItems, given: Given, on: IsoDate): EndorsementRow => {
  const { supportNeeds = [], basedOn = [] } = given.data;
  const isOf = isOfEndorsement(given);
  const queries = seen.of('endorsement.queried').filter(isOf).filter(saidBy(on));
  const answered = seen.of('endorsement.answered').filter(isOf).filter(saidBy(on)).at(-1);
  const started = startedAfter(seen, given, on);
  return {
    ...orNull(given.data, 'endorsementId', 'programmeKind', 'expectedLevel'),
    supportNeeds,
    basedOn,
    givenOn: known(given.toldOn),
    by: known(given.source),
    provider: known(started?.source),
    queried: queries.map(queryOf),
    answer: answered ? answerOf(answered) : null,
    reached: started ? reachedIn(seen, started, on) : null,
    ...standingOf(queries, answered, on),
  };
};

/** The programme for which it was given. */
const startedAfter = (seen: SeenItems, { data: { programmeKind }, place }: Given, on: IsoDate): SeenItem<'programme.started'> | undefined =>
  seen.of('programme.started').find((one) => one.data.kind === programmeKind && one.place > place && isBy(one.data.startedOn, on));

const rankOf = (level: string | undefined): number =>
  shippedCodes()['assessment-levels'].codes.find(({ code }) => code === level)?.rank ?? 0;

/** The highest level achieved there; else the latest initial assessment since the start. Levels of other instruments are none. */
const reachedIn = (seen: SeenItems, { source, data: { startedOn = '' } }: SeenItem<'programme.started'>, on: IsoDate): Reached | null => {
  const achieved = seen
    .of('achievement.recorded')
    .filter((one) => one.source === source && (one.data.awardedOn ?? '') >= startedOn && isBy(one.data.awardedOn, on))
    .map(({ data: { level, awardedOn } }) => ({ level, on: known(awardedOn) }));
  const assessed = seen
    .of('assessment.recorded')
    .filter(({ data }) => data.framework === 'initial' && (data.assessedOn ?? '') > startedOn && isBy(data.assessedOn, on))
    .map(({ data: { outcome, assessedOn } }) => ({ level: outcome?.level, on: known(assessedOn) }));
  const highest = achieved.filter(({ level }) => rankOf(level) > 0).toSorted((one, other) => rankOf(other.level) - rankOf(one.level))[0];
  const latest = assessed.filter(({ level }) => rankOf(level) > 0).toSorted((one, other) => compareDays(other.on, one.on))[0];
  const found = highest ?? latest;
  return found?.level === undefined ? null : { level: found.level, on: found.on };
};

export const isChosen = chosenBy<EndorsementRow>({
  state: ({ state }, value) => state === value,
  provider: ({ provider, queried }, value) => provider === value || queried.some(({ by }) => by === value),
});

/** What was given last first. */
export const endorsementOrder = (one: EndorsementRow, other: EndorsementRow): number => compareDays(other.givenOn, one.givenOn);
