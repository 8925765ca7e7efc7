import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { OfficeAsker } from '#access';
import { Gate, type ListRow } from '#disclosure';
import type { LearnerId } from '#kernel';
import { type DataQualityEntry, listDataQuality, type ViewReader } from '#read-models';
import { VIEWS } from './egress.tokens.ts';
import { AskForDataQuality, AskForMatch, type FindingsShown, type MatchShown, type RecordShown } from './look-queries.ts';

const LIMIT = 100_000;
const PURPOSES = ['assure-data-quality'];
/** Learners that are decided on together. */
const PAGE = 200;
const ITEMS = { anchor: ['learner.registered'], beside: [] };
const BESIDE = [
  'learner.corrected',
  'assessment.recorded',
  'programme.started',
  'programme.left-early',
  'programme.moved-on',
  'destination.recorded',
];

type Parts = { readonly views: ViewReader; readonly gate: Gate };

/** Of two who are one now a page has one row, under the name of the one who goes on. */
const isShown = ({ state, learners }: DataQualityEntry, shown: ReadonlySet<LearnerId>): boolean =>
  state === 'same' ? learners.some((learner) => shown.has(learner)) : learners.every((learner) => shown.has(learner));

/** Undefined: no clause shows the asker anybody. */
const shownOf = async (
  gate: Gate,
  asker: OfficeAsker,
  findings: readonly DataQualityEntry[],
): Promise<ReadonlySet<LearnerId> | undefined> => {
  const learners = [...new Set(findings.flatMap((finding) => finding.learners))];
  const shown = new Set<LearnerId>();
  for (let from = 0; from < learners.length; from += PAGE) {
    const page = learners.slice(from, from + PAGE);
    const asked = { asker, purposes: PURPOSES, list: 'data-quality', items: ITEMS, parameters: { from }, limit: PAGE };
    const answer = await gate.list({ ...asked, candidates: page.map((learner) => ({ learner })) });
    if (answer.outcome === 'not-permitted') return undefined;
    for (const { candidate, learner } of answer.rows) shown.add(page[candidate] ?? '').add(learner);
  }
  return shown;
};

/** The view proposes findings, the gate decides of each learner in them: a finding is told where all of its learners are shown. */
@QueryHandler(AskForDataQuality)
export class AskForDataQualityHandler implements IQueryHandler<AskForDataQuality, FindingsShown> {
  readonly #parts: Parts;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(Gate) gate: Gate) {
    this.#parts = { views, gate };
  }

  async execute({ details: { asker, state, kind } }: AskForDataQuality): Promise<FindingsShown> {
    const { rows } = await listDataQuality(this.#parts.views, { limit: LIMIT, ...(kind === undefined ? {} : { kind }) });
    const asked = rows.filter((finding) => state === undefined || finding.state === state);
    const shown = await shownOf(this.#parts.gate, asker, asked);
    if (shown === undefined) return { outcome: 'not-permitted' };
    return { outcome: 'answered', findings: asked.filter((finding) => isShown(finding, shown)) };
  }
}

@QueryHandler(AskForMatch)
export class AskForMatchHandler implements IQueryHandler<AskForMatch> {
  readonly #parts: Parts;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(Gate) gate: Gate) {
    this.#parts = { views, gate };
  }

  async execute({ details: { asker, match } }: AskForMatch): ReturnType<MatchAsked> {
    const { rows } = await listDataQuality(this.#parts.views, { limit: LIMIT });
    const finding = rows.find((one) => one.match === match);
    const candidates = (finding?.learners ?? []).map((learner) => ({ learner }));
    const asked = { asker, purposes: PURPOSES, list: 'match', items: { ...ITEMS, beside: BESIDE }, parameters: { match }, limit: PAGE };
    const answer = await this.#parts.gate.list({ ...asked, candidates });
    if (answer.outcome === 'not-permitted') return { outcome: 'not-permitted' };
    if (finding === undefined || answer.rows.length === 0) return undefined;
    const records = answer.rows.map(recordOf);
    return { outcome: 'answered', finding, records, ...comparedIn(records), position: answer.position };
  }
}

type MatchAsked = (asked: AskForMatch) => Promise<MatchShown | { readonly outcome: 'not-permitted' } | undefined>;

const recordOf = ({ learner, items }: ListRow): RecordShown => ({
  learner,
  statements: [...items]
    .sort(([one], [other]) => one - other)
    .map(([, { type, source, time, data }]) => ({ type, ...(source && { source }), ...(time && { time }), data })),
});

const COMPARED = ['givenName', 'familyName', 'dateOfBirth', 'postcode', 'uln'] as const;

/** As it was said last; nothing is compared that one of the two never said. */
const lastSaid = ({ statements }: RecordShown, field: string): string => {
  const said = statements.findLast(({ type, data }) => type.startsWith('uk.concordat.learner.') && data[field] !== undefined);
  return JSON.stringify(said?.data[field] ?? '').toLowerCase();
};

const NEVER = '""';

const comparedIn = ([one, other]: readonly RecordShown[]): Pick<MatchShown, 'agreeOn' | 'differOn'> => {
  if (one === undefined || other === undefined) return { agreeOn: [], differOn: [] };
  const said = COMPARED.filter((field) => ![lastSaid(one, field), lastSaid(other, field)].includes(NEVER));
  const alike = (field: string): boolean => lastSaid(one, field) === lastSaid(other, field);
  return { agreeOn: said.filter(alike), differOn: said.filter((field) => !alike(field)) };
};
