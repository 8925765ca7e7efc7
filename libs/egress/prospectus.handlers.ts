// The query for the prospectus, which everybody may ask for: what is published is decided and recorded when it changes, not each time that
// somebody looks (ADR 57).
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { OfficeAsker } from '#access';
import { Query } from '#bus';
import { Gate, Registers, type ThingsAnswer } from '#disclosure';
import { type Clock, type IsoDate, londonDate, type Position } from '#kernel';
import { type Chosen, prospectus, SeenItems, type ThingProposal, viaOf, type ViewReader } from '#read-models';
import { CLOCK, VIEWS } from './egress.tokens.ts';
import type { ShownRow } from './lists.handlers.ts';

export interface ProspectusShown {
  readonly on: IsoDate;
  readonly rows: readonly ShownRow[];
  /** Of the decision by which it was published. */
  readonly position: Position;
}

export class AskForProspectus extends Query<{ readonly chosen: Chosen }, ProspectusShown> {}

const EVERYBODY: OfficeAsker = { office: 'public' };
/** No agency is called so. */
const NAME = 'public';
/** More provision than this no partnership has; beyond it the oldest is left out. */
const MOST = 10_000;

interface Published {
  /** Of which it was made: the same of the same. */
  readonly of: string;
  readonly made: Promise<ProspectusShown>;
}

@QueryHandler(AskForProspectus)
export class AskForProspectusHandler implements IQueryHandler<AskForProspectus, ProspectusShown> {
  readonly #views: ViewReader;
  readonly #gate: Gate;
  readonly #registers: Registers;
  readonly #clock: Clock;
  #published: Published | undefined;

  constructor(
    @Inject(VIEWS) views: ViewReader,
    @Inject(Gate) gate: Gate,
    @Inject(Registers) registers: Registers,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#views = views;
    this.#gate = gate;
    this.#registers = registers;
    this.#clock = clock;
  }

  async execute({ details: { chosen } }: AskForProspectus): Promise<ProspectusShown> {
    const shown = await this.#current();
    return { ...shown, rows: shown.rows.filter(({ row }) => prospectus.matches(row, chosen)) };
  }

  async #current(): Promise<ProspectusShown> {
    const on = londonDate(this.#clock.now());
    const { items, purposes } = prospectus;
    const sources = this.#gate.sourcesOfThings({ asker: EVERYBODY, items, purposes });
    const { candidates } = await prospectus.propose(this.#views, { asker: NAME, sources, limit: MOST });
    const { versions } = this.#registers.inForce(on);
    const of = JSON.stringify([on, versions, sources, candidates.map(({ anchor }) => anchor)]);
    if (this.#published?.of !== of) this.#published = { of, made: this.#publish(on, candidates) };
    const published = this.#published;
    return published.made.catch((error: unknown) => {
      if (this.#published === published) this.#published = undefined;
      throw error;
    });
  }

  async #publish(on: IsoDate, candidates: readonly ThingProposal[]): Promise<ProspectusShown> {
    const { name: list, items, purposes } = prospectus;
    const answer = await this.#gate.things({
      ...{ asker: EVERYBODY, purposes, items, list, limit: MOST, complete: true },
      parameters: { on },
      candidates: candidates.map(({ anchor, beside }) => ({ anchor, beside })),
    });
    if (answer.outcome === 'unfilled') throw new RangeError('Whoever proposes everything is not asked for more.');
    return { on, rows: rowsOf(answer, on, candidates), position: answer.position };
  }
}

type Answered = Exclude<ThingsAnswer, { readonly outcome: 'unfilled' }>;

/** Where no clause publishes anything there is nothing: everybody is told the same. */
const rowsOf = (answer: Answered, on: IsoDate, candidates: readonly ThingProposal[]): readonly ShownRow[] => {
  if (answer.outcome !== 'answered') return [];
  const told = answer.rows.flatMap(({ candidate, items }) => {
    const seen = new SeenItems(items);
    const anchor = candidates[candidate]?.anchor;
    const row = anchor === undefined ? undefined : prospectus.row(seen, on, anchor);
    return row ? [{ row, via: viaOf(seen) }] : [];
  });
  return told.sort((one, other) => prospectus.order(one.row, other.row));
};
