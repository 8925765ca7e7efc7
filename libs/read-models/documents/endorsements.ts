// What the careers service expects a trainee to reach, doubts about it, the answer, and what was reached (views.md, S4; QPID 6.6).
import { shippedCodes } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import {
  code,
  coded,
  compareDays,
  day,
  type FieldsOf,
  group,
  groups,
  isBy,
  isPast,
  orEmpty,
  orNull,
  saidBy,
  type SeenItem,
  type SeenItems,
  text,
  texts,
} from '../lists/index.ts';
import { dueOfAdviser, type DutiesAt, termDue } from '../states/index.ts';
import { assessmentsIn, latestFirst } from './assessments.ts';
import type { DocumentTerms } from './document.ts';

export const ENDORSEMENT_STATES = ['given', 'queried', 'overdue', 'answered'] as const;
const OUTCOMES = ['upheld', 'revised'] as const;
/** Duty answer-query. */

export interface QueryRow {
  readonly reason: string | null;
  readonly by: AgencySlug | null;
  readonly on: IsoDate | null;
}

export interface EndorsementAnswerRow {
  readonly outcome: string | null;
  readonly expectedLevel: string | null;
  readonly on: IsoDate | null;
}

export interface ReachedRow {
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
  readonly state: (typeof ENDORSEMENT_STATES)[number];
  readonly due: IsoDate | null;
  readonly queried: readonly QueryRow[];
  readonly answer: EndorsementAnswerRow | null;
  readonly reached: ReachedRow | null;
}

export const endorsementFields: FieldsOf<EndorsementRow> = {
  endorsementId: text('Its id.'),
  programmeKind: coded(text('Kind of programme that it is for.'), 'programme-kinds'),
  expectedLevel: coded(text('What the learner is expected to reach, as first given.'), 'assessment-levels'),
  supportNeeds: texts('Needs for support.'),
  basedOn: texts('Ids of the assessments that it rests on.'),
  givenOn: day('Day on which it was given.'),
  by: text('Slug of the agency that gave it.'),
  provider: text('Slug of the agency that runs the programme, where that may be seen.'),
  state: code(ENDORSEMENT_STATES, 'Overdue: queried, and not answered within two weeks.'),
  due: day('Last day to answer the query that is open: later, where that passed to another agency.'),
  queried: groups<QueryRow>('Doubts about it, in the order of record.', {
    reason: text('Why.'),
    by: text('Slug of the agency that doubts it.'),
    on: day('Day.'),
  }),
  answer: group<EndorsementAnswerRow>('The last answer.', {
    outcome: code(OUTCOMES, 'Whether it was upheld or revised.'),
    expectedLevel: coded(text('The level as revised.'), 'assessment-levels'),
    on: day('Day.'),
  }),
  reached: group<ReachedRow>(
    'The highest level that the learner achieved on the programme; else that of the last initial assessment since it began.',
    {
      level: coded(text('Level.'), 'assessment-levels'),
      on: day('Day.'),
    },
  ),
};

type Given = SeenItem<'endorsement.given'>;
type Started = SeenItem<'programme.started'>;

/** Ids are each agency's own. */
const isOfEndorsement =
  ({ data: { endorsementId }, source }: Given) =>
  ({ data }: { readonly data: { readonly endorsementId?: string; readonly of?: AgencySlug } }): boolean =>
    endorsementId !== undefined && data.endorsementId === endorsementId && (data.of === undefined || data.of === source);

const rankOf = (level: string | null | undefined): number =>
  shippedCodes()['assessment-levels'].codes.find((one) => one.code === level)?.rank ?? 0;

interface Reached {
  readonly level: string | null;
  readonly on: IsoDate | null;
}

/** Words of other instruments have no rank, and reach nothing. */
const ranked = (found: readonly Reached[]): readonly ReachedRow[] =>
  found.flatMap(({ level, on }) => (level !== null && rankOf(level) > 0 ? [{ level, on }] : []));

const highest = (found: readonly ReachedRow[]): ReachedRow | undefined =>
  [...found].sort((one, other) => rankOf(other.level) - rankOf(one.level))[0];

/** Of those of its kind the first that began on its day or later; else the last that had begun: it was given for somebody on programme. */
const programmeOf = (seen: SeenItems, { data: { programmeKind }, toldOn: givenOn }: Given, on: IsoDate): Started | undefined => {
  const began = seen
    .of('programme.started')
    .filter(({ data }) => data.kind === programmeKind && isBy(data.startedOn, on))
    .toSorted((one, other) => compareDays(one.data.startedOn ?? null, other.data.startedOn ?? null));
  return began.find(({ data }) => givenOn !== undefined && !isPast(data.startedOn ?? null, givenOn)) ?? began.at(-1);
};

const reachedIn = (seen: SeenItems, { data: { programmeId, startedOn: since = '' }, source }: Started, on: IsoDate): ReachedRow | null => {
  const isOfProgramme = (one: SeenItem<'achievement.recorded'>): boolean =>
    one.source === source && (one.data.programmeId ?? programmeId) === programmeId;
  const achieved = seen
    .of('achievement.recorded')
    .filter((one) => isOfProgramme(one) && (one.data.awardedOn ?? '') >= since && isBy(one.data.awardedOn, on))
    .map(({ data: { level = null, awardedOn = null } }) => ({ level, on: awardedOn }));
  const assessed = assessmentsIn(seen, on)
    .filter(({ framework, assessedOn }) => framework === 'initial' && (assessedOn ?? '') >= since)
    .toSorted(latestFirst)
    .map(({ level, assessedOn }) => ({ level, on: assessedOn }));
  return highest(ranked(achieved)) ?? ranked(assessed)[0] ?? null;
};

/** A query is open until an answer that was recorded later; of several that are open the first is due first. */
const standingOf = (
  seen: SeenItems,
  queries: readonly SeenItem<'endorsement.queried'>[],
  { answer, at }: { readonly answer: SeenItem<'endorsement.answered'> | undefined; readonly at: DutiesAt },
): Pick<EndorsementRow, 'state' | 'due'> => {
  const [open] = queries.filter(({ place }) => place > (answer?.place ?? -1));
  if (!open) return { state: answer ? 'answered' : 'given', due: null };
  const { toldOn } = open;
  const first = toldOn && termDue(at, { duty: 'answer-query', usual: 'P14D', from: toldOn });
  const due = first === undefined ? null : dueOfAdviser(seen, at, { due: first, toldOn });
  return { state: isPast(due, at.on) ? 'overdue' : 'queried', due };
};

const queryOf = ({ data, source, toldOn: on }: SeenItem<'endorsement.queried'>): QueryRow => ({
  ...orNull(data, 'reason'),
  by: source ?? null,
  on: on ?? null,
});

const answerOf = ({ data, toldOn: on }: SeenItem<'endorsement.answered'>): EndorsementAnswerRow => ({
  ...orNull(data, 'outcome', 'expectedLevel'),
  on: on ?? null,
});

export const endorsementOf = (seen: SeenItems, given: Given, at: DutiesAt): EndorsementRow => {
  const { on } = at;
  const { data, toldOn: givenOn = null, source: by = null } = given;
  const queries = seen.of('endorsement.queried').filter(isOfEndorsement(given)).filter(saidBy(on));
  const answer = seen.of('endorsement.answered').filter(isOfEndorsement(given)).filter(saidBy(on)).at(-1);
  const programme = programmeOf(seen, given, on);
  return {
    ...orNull(data, 'endorsementId', 'programmeKind', 'expectedLevel'),
    ...orEmpty(data, 'supportNeeds', 'basedOn'),
    givenOn,
    by,
    provider: programme?.source ?? null,
    ...standingOf(seen, queries, { answer, at }),
    queried: queries.map(queryOf),
    answer: answer ? answerOf(answer) : null,
    reached: programme ? reachedIn(seen, programme, on) : null,
  };
};

/** Those given by that day, the last first. */
export const endorsementsIn = (seen: SeenItems, { on, facts }: DocumentTerms): readonly EndorsementRow[] =>
  seen
    .of('endorsement.given')
    .filter(saidBy(on))
    .map((given) => endorsementOf(seen, given, { on, partnership: facts }))
    .toReversed();
