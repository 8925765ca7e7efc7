import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { OfficeAsker } from '#access';
import { Gate } from '#disclosure';
import type { Clock, LearnerId, Position } from '#kernel';
import { type DataQualityEntry, listDataQuality, type ViewReader } from '#read-models';
import { CLOCK, VIEWS } from './egress.tokens.ts';
import { AskForDataQuality, AskForMatch, type FindingsShown, type MatchShown } from './look-queries.ts';
import {
  comparedIn,
  isTieKind,
  queueOrder,
  recordOf,
  type RecordShown,
  shownAs,
  unconfirmedTie,
  unconfirmedTies,
  type QueueFinding,
} from './queue-findings.ts';

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

interface Parts {
  readonly views: ViewReader;
  readonly gate: Gate;
  readonly clock: Clock;
}

/** Of two who are one now a page has one row, under the name of the one who goes on. */
const isShown = ({ state, learners }: DataQualityEntry, shown: ReadonlyMap<LearnerId, RecordShown>): boolean =>
  state === 'same' ? learners.some((learner) => shown.has(learner)) : learners.every((learner) => shown.has(learner));

/** What each registered of whom; undefined: no clause shows the asker anybody. */
const shownOf = async (
  gate: Gate,
  asker: OfficeAsker,
  findings: readonly DataQualityEntry[],
): Promise<ReadonlyMap<LearnerId, RecordShown> | undefined> => {
  const learners = [...new Set(findings.flatMap((finding) => finding.learners))];
  const shown = new Map<LearnerId, RecordShown>();
  for (let from = 0; from < learners.length; from += PAGE) {
    const page = learners.slice(from, from + PAGE);
    const asked = { asker, purposes: PURPOSES, list: 'data-quality', items: ITEMS, parameters: { from }, limit: PAGE };
    const answer = await gate.list({ ...asked, candidates: page.map((learner) => ({ learner })) });
    if (answer.outcome === 'not-permitted') return undefined;
    for (const row of answer.rows) {
      const record = recordOf(row);
      shown.set(page[row.candidate] ?? '', record).set(row.learner, record);
    }
  }
  return shown;
};

/** The view proposes findings, the gate decides of each learner in them: a finding is told where all of its learners are shown. */
@QueryHandler(AskForDataQuality)
export class AskForDataQualityHandler implements IQueryHandler<AskForDataQuality, FindingsShown> {
  readonly #parts: Parts;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(Gate) gate: Gate, @Inject(CLOCK) clock: Clock) {
    this.#parts = { views, gate, clock };
  }

  async execute({ details: { asker, state, kind } }: AskForDataQuality): Promise<FindingsShown> {
    const { views, gate, clock } = this.#parts;
    const now = clock.now();
    const { rows } = await listDataQuality(views, { limit: LIMIT });
    const chosen = rows.filter((finding) => (state ?? finding.state) === finding.state && (kind ?? finding.kind) === finding.kind);
    const records = await shownOf(gate, asker, chosen);
    if (records === undefined) return { outcome: 'not-permitted' };
    const shown = chosen.filter((finding) => isShown(finding, records)).map((finding) => shownAs(finding, { among: rows, records, now }));
    if (!isTieKind(kind) || (state ?? 'open') !== 'open') return { outcome: 'answered', findings: shown.sort(queueOrder) };
    const ties = await unconfirmedTies(this.#parts, asker, kind, now);
    return ties === undefined ? { outcome: 'not-permitted' } : { outcome: 'answered', findings: ties };
  }
}

@QueryHandler(AskForMatch)
export class AskForMatchHandler implements IQueryHandler<AskForMatch> {
  readonly #parts: Parts;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(Gate) gate: Gate, @Inject(CLOCK) clock: Clock) {
    this.#parts = { views, gate, clock };
  }

  async execute({ details: { asker, match } }: AskForMatch): ReturnType<MatchAsked> {
    const { views, gate, clock } = this.#parts;
    const now = clock.now();
    const { rows } = await listDataQuality(views, { limit: LIMIT });
    const entry = rows.find((one) => one.match === match);
    const tie = entry ? undefined : await unconfirmedTie(this.#parts, asker, match, now);
    const candidates = learnersIn(entry ?? tie).map((learner) => ({ learner }));
    const asked = { asker, purposes: PURPOSES, list: 'match', items: { ...ITEMS, beside: BESIDE }, parameters: { match }, limit: PAGE };
    const answer = await gate.list({ ...asked, candidates });
    if (answer.outcome === 'not-permitted') return { outcome: 'not-permitted' };
    const records = answer.rows.map(recordOf);
    const byLearner = new Map(records.map((record) => [record.learner, record]));
    const finding = entry ? shownAs(entry, { among: rows, records: byLearner, now }) : tie;
    return finding && records.length > 0 ? shown(finding, records, answer.position) : undefined;
  }
}

const learnersIn = (finding: Pick<QueueFinding, 'learners'> | undefined): readonly LearnerId[] => finding?.learners ?? [];

const shown = (finding: QueueFinding, records: readonly RecordShown[], position: Position): MatchShown => ({
  ...{ outcome: 'answered', finding, records, position },
  ...comparedIn(records),
});

type MatchAsked = (asked: AskForMatch) => Promise<MatchShown | { readonly outcome: 'not-permitted' } | undefined>;
