import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { OfficeAsker } from '#access';
import { Gate } from '#disclosure';
import type { LearnerId } from '#kernel';
import { type DataQualityEntry, listDataQuality, type ViewReader } from '#read-models';
import { VIEWS } from './egress.tokens.ts';
import { AskForDataQuality, type FindingsShown } from './look-queries.ts';

const LIMIT = 100_000;
const PURPOSES = ['assure-data-quality'];
/** Learners that are decided on together. */
const PAGE = 200;
const ITEMS = { anchor: ['learner.registered'], beside: [] };

/** The view proposes findings, the gate decides of each learner in them: a finding is told where all of its learners are shown. */
@QueryHandler(AskForDataQuality)
export class AskForDataQualityHandler implements IQueryHandler<AskForDataQuality, FindingsShown> {
  readonly #views: ViewReader;
  readonly #gate: Gate;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(Gate) gate: Gate) {
    this.#views = views;
    this.#gate = gate;
  }

  async execute({ details: { asker } }: AskForDataQuality): Promise<FindingsShown> {
    const { rows } = await listDataQuality(this.#views, { limit: LIMIT });
    const shown = await this.#shown(asker, rows);
    if (shown === undefined) return { outcome: 'not-permitted' };
    return { outcome: 'answered', findings: rows.filter(({ learners }) => learners.every((learner) => shown.has(learner))) };
  }

  /** Undefined: no clause shows the asker anybody. */
  async #shown(asker: OfficeAsker, findings: readonly DataQualityEntry[]): Promise<ReadonlySet<LearnerId> | undefined> {
    const learners = [...new Set(findings.flatMap((finding) => finding.learners))];
    const shown = new Set<LearnerId>();
    for (let from = 0; from < learners.length; from += PAGE) {
      const page = learners.slice(from, from + PAGE);
      const asked = { asker, purposes: PURPOSES, list: 'data-quality', items: ITEMS, parameters: { from }, limit: PAGE };
      const answer = await this.#gate.list({ ...asked, candidates: page.map((learner) => ({ learner })) });
      if (answer.outcome === 'not-permitted') return undefined;
      for (const { candidate } of answer.rows) shown.add(page[candidate] ?? '');
    }
    return shown;
  }
}
