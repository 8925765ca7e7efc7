// How complete each agency's records are: its own to the agency, all to the data manager; the look is recorded as a list without rows.
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Asker } from '#access';
import { Query } from '#bus';
import { Gate, Registers } from '#disclosure';
import { type AgencySlug, type Clock, type IsoDate, londonDate, type Position } from '#kernel';
import { completenessOf, type CompletenessRow, FACT_TYPES, type ViewReader } from '#read-models';
import { CLOCK, VIEWS } from './egress.tokens.ts';

export interface CompletenessAsked {
  readonly asker: Asker;
  readonly agency?: AgencySlug;
  /** The day at whose end it is asked. */
  readonly on: IsoDate;
}

export interface CompletenessShown {
  readonly outcome: 'answered';
  readonly rows: readonly CompletenessRow[];
  readonly position: Position;
  readonly viewPosition: Position;
}

type Shown = CompletenessShown | { readonly outcome: 'not-permitted' };

export class AskForCompleteness extends Query<CompletenessAsked, Shown> {}

export const COMPLETENESS = 'data-quality/completeness';
const OFFICE = 'data-manager';

@QueryHandler(AskForCompleteness)
export class AskForCompletenessHandler implements IQueryHandler<AskForCompleteness> {
  readonly #views: ViewReader;
  readonly #gate: Gate;
  readonly #registers: Registers;
  readonly #clock: Clock;

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

  async execute({ details: { asker, agency, on } }: AskForCompleteness): Promise<Shown> {
    const source = 'agency' in asker ? asker.agency : agency;
    const { position: viewPosition, rows } = await completenessOf(this.#views, { on, ...(source === undefined ? {} : { source }) });
    const looked = await this.#gate.list({
      ...{
        asker,
        purposes: ['assure-data-quality'],
        list: COMPLETENESS,
        items: { anchor: FACT_TYPES, beside: [] },
        candidates: [],
        limit: 0,
      },
      parameters: { on, ...(agency === undefined ? {} : { agency }) },
    });
    if (!this.#isShown(asker, looked.outcome)) return { outcome: 'not-permitted' };
    const isAsked = (row: CompletenessRow): boolean => (agency ?? row.agency) === row.agency;
    return { outcome: 'answered', rows: rows.filter(isAsked), position: looked.position, viewPosition };
  }

  /** Whoever takes part is told of its own words, by whatever clause. */
  #isShown(asker: Asker, outcome: string): boolean {
    if ('agency' in asker) return this.#registers.inForce(londonDate(this.#clock.now())).partner(asker.agency) !== undefined;
    return 'office' in asker && asker.office === OFFICE && outcome === 'answered';
  }
}
