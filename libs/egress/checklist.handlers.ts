// The query for the checklist: undertakings as the gate lets whoever asks see them, and what the registers say in the open (ADR 47).
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Caller } from '#access';
import { takesPart } from '#agencies';
import { Query } from '#bus';
import type { CatalogueData } from '#catalogue';
import { type AnswerItem, Gate, type ListNotPermitted, Registers } from '#disclosure';
import { Checklist, type ChecklistRow, type KnownUndertaking } from '#duties';
import { type AgencySlug, type Clock, type IsoDate, londonDate, londonDayStart, addDays, type Position } from '#kernel';
import { listDisclosures, SeenItems, undertakingList, type ViewReader } from '#read-models';
import { checklistLines, type ProtocolVersion } from '#sharing-protocols';
import { CLOCK, VIEWS } from './egress.tokens.ts';

export interface ChecklistAsked {
  readonly asker: Caller;
  /** The day at whose end it is asked. */
  readonly on: IsoDate;
  /** Of this agreement alone, instead of the lines of the report. */
  readonly protocol?: string;
}

export interface ChecklistShown {
  readonly outcome: 'answered';
  readonly rows: readonly ChecklistRow[];
  readonly position: Position;
  readonly viewPosition: Position;
}

export class AskForChecklist extends Query<ChecklistAsked, ChecklistShown | ListNotPermitted> {}

/** More undertakings than these no partnership has; beyond them the oldest are left out. */
const MOST_UNDERTAKINGS = 10_000;
/** Whoever was shown something within so many days uses what is shared. */
const ACTIVE_DAYS = 28;

@QueryHandler(AskForChecklist)
export class AskForChecklistHandler implements IQueryHandler<AskForChecklist> {
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

  async execute({ details: asked }: AskForChecklist): Promise<ChecklistShown | ListNotPermitted> {
    const told = await this.#undertakings(asked);
    if (told.outcome !== 'answered') return told;
    const { undertakings, position, viewPosition } = told;
    const today = londonDate(this.#clock.now());
    const versions = this.#registers.agreements(asked.on);
    const agencies = this.#registers.inForce(today).agencies.filter(takesPart);
    const facts = { on: asked.on, agencies, versions, undertakings, active: await this.#active(versions, asked.on) };
    const checklist = new Checklist(facts);
    const rows = asked.protocol === undefined ? checklist.rows(checklistLines()) : checklist.rowsOf(asked.protocol);
    return { outcome: 'answered', rows, position, viewPosition };
  }

  async #undertakings({ asker, on, protocol }: ChecklistAsked) {
    const { items, purposes } = undertakingList;
    const sources = this.#gate.sourcesOfThings({ asker, items, purposes });
    const proposed = await undertakingList.propose(this.#views, { asker: asker.agency, sources, limit: MOST_UNDERTAKINGS });
    const answer = await this.#gate.things({
      ...{ asker, purposes, items, list: 'checklist', limit: MOST_UNDERTAKINGS, complete: true },
      parameters: { on, ...(protocol === undefined ? {} : { protocol }) },
      candidates: proposed.candidates.map(({ anchor, beside }) => ({ anchor, beside })),
    });
    if (answer.outcome === 'unfilled') throw new RangeError('Whoever proposes everything is not asked for more.');
    if (answer.outcome !== 'answered') return answer;
    const undertakings = answer.rows.flatMap(({ items: seen }) =>
      [...seen].flatMap(([position, item]) => undertakingIn(position, item, seen)),
    );
    return { outcome: 'answered' as const, undertakings, position: answer.position, viewPosition: proposed.position };
  }

  async #active(versions: readonly ProtocolVersion[], on: IsoDate): Promise<ReadonlySet<AgencySlug>> {
    const since = londonDayStart(addDays(on, -ACTIVE_DAYS));
    const parties = new Set(versions.flatMap(({ signatures }) => signatures.map(({ agency }) => agency)));
    const found = await Promise.all(
      [...parties].map(async (recipient) => (await listDisclosures(this.#views, { recipient, limit: 1 })).rows),
    );
    return new Set(found.flat().flatMap(({ recipient, decidedAt }) => (decidedAt >= since ? [recipient] : [])));
  }
}

const undertakingIn = (
  position: Position,
  { id: name }: AnswerItem,
  seen: ReadonlyMap<Position, AnswerItem>,
): readonly KnownUndertaking[] => {
  const said = new SeenItems(seen).at('undertaking.discharged', position);
  if (said?.source === undefined || !isWhole(said.data)) return [];
  const { protocol, duty, on } = said.data;
  return [{ protocol, duty, on, by: said.source, position, ...(name && { name }) }];
};

type Told = CatalogueData['undertaking.discharged'];

/** A clause may leave fields out; without these three it says nothing. */
const isWhole = (data: Partial<Told>): data is Told => [data.protocol, data.duty, data.on].every((field) => field !== undefined);
