// Figures for whoever oversees sharing: who gives what to whom, unusual access, and assessments that were not repeated. The gate decides
// and records each look before a view is read (ADR 53).
import type { FactoryProvider } from '@nestjs/common';
import { agencyBehind, type AgencyAsker, type OfficeAsker } from '#access';
import { Command, Query } from '#bus';
import { handling } from '#bus/nest';
import {
  type AccessExplained,
  type AccessHitShown,
  type AllowedFlow,
  allowedFlows,
  type CountedClause,
  type FlowShown,
  flowsSeen,
  Gate,
  type InForce,
  learnersShown,
  type Look,
  Registers,
  unusedFlows,
  watchedBy,
} from '#disclosure';
import { addDays, type AgencySlug, type Clock, type IsoDate, londonDate, type Position } from '#kernel';
import { type AccessRule, countFlows, duplicatesAvoided, type AvoidedIn, findUnusualAccess, type ViewReader } from '#read-models';
import { isOnBasis } from './audit-filters.ts';
import { ACCESS_RULES_OFF, CLOCK, VIEWS } from './egress.tokens.ts';

/** Months in London as `2026-09`, both inclusive. */
export interface Months {
  readonly from: string;
  readonly to: string;
}

export interface FlowsAsked extends Months {
  readonly asker: OfficeAsker;
  readonly count: 'decisions' | 'learners';
  readonly category?: string;
  /** A basis as `6(1)(e)`, or `consent`: what relied on one. */
  readonly basis?: string;
}

export interface FlowFigure extends Omit<FlowShown, 'decisions' | 'learners'> {
  readonly count: number | 'c';
}

export interface NamedAgency {
  readonly agency: AgencySlug;
  readonly name: string;
  readonly roles: readonly string[];
}

export interface FlowFigures {
  readonly flows: readonly FlowFigure[];
  /** Allowed by protocols in force, and not used in these months. */
  readonly unused: readonly AllowedFlow[];
  readonly clauses: readonly { readonly clause: string; readonly decisions: number }[];
  /** That are named above. */
  readonly agencies: readonly NamedAgency[];
  /** Of all that was used or is allowed, whatever was asked for: among these one can choose. */
  readonly categories: readonly string[];
  /** Up to which the view had taken in the log. */
  readonly viewPosition: Position;
}

export class AskForFlows extends Query<FlowsAsked, Look<FlowFigures>> {}

export interface UnusualAccessAsked {
  readonly asker: OfficeAsker;
  /** Days in London, both inclusive. */
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface UnusualAccess {
  readonly hits: readonly AccessHitShown[];
  /** Rules that are not asked. */
  readonly off: readonly AccessRule[];
}

export class AskForUnusualAccess extends Query<UnusualAccessAsked, Look<UnusualAccess>> {}

export interface ToExplain {
  readonly asker: OfficeAsker;
  readonly rule: AccessRule;
  /** Of the look that made it a hit. */
  readonly position: Position;
  readonly reason: string;
  /** How many looks were shown: of more than these nothing is said. */
  readonly looks?: number;
}

/** Answers with what was recorded; undefined where there is no such hit that the asker may explain. */
export class ExplainAccess extends Command<ToExplain, Look<AccessExplained | undefined>> {}

export interface RepeatsAsked extends Months {
  /** An agency asks about its own. */
  readonly asker: OfficeAsker | AgencyAsker;
}

/** `apart` is told to the officer of the partnership alone: to anybody else it would say that others hold what they may not know of. */
export type RepeatsShown = Omit<AvoidedIn, 'apart'> & Partial<Pick<AvoidedIn, 'apart'>>;

export class AskForRepeats extends Query<RepeatsAsked, Look<readonly RepeatsShown[]>> {}

interface Figures {
  readonly gate: Gate;
  readonly views: ViewReader;
  readonly registers: Registers;
  readonly clock: Clock;
  readonly off: readonly AccessRule[];
}

const FIGURES = Symbol('Figures');

const figures: FactoryProvider<Figures> = {
  provide: FIGURES,
  inject: [Gate, VIEWS, Registers, CLOCK, ACCESS_RULES_OFF],
  useFactory: (...[gate, views, registers, clock, off]: readonly [Gate, ViewReader, Registers, Clock, readonly AccessRule[]]) => ({
    ...{ gate, views, registers, clock, off },
  }),
};

const flows = async (parts: Figures, { asker, ...asked }: FlowsAsked): Promise<Look<FlowFigures>> =>
  parts.gate.look({ asker, asked: 'flows', parameters: { ...asked } }, () => flowFigures(parts, { asker, ...asked }));

const flowFigures = async (parts: Figures, asked: FlowsAsked): Promise<FlowFigures> => {
  const { asker, count } = asked;
  const own = agencyBehind(asker);
  const { position, flows: counted, clauses: all } = await countFlows(parts.views, asked);
  const clauses = own === undefined ? all : all.filter(({ recipient }) => recipient === own);
  const seen = flowsSeen(asker, counted);
  const shown = seen.filter((flow) => isChosen(flow, asked));
  const { agencies, decisions: table } = parts.registers.inForce(londonDate(parts.clock.now()));
  const unused = unusedBy(own, { agencies, table, flows: seen, clauses });
  return {
    flows: shown.map(({ decisions, learners, ...flow }) => ({
      ...flow,
      count: count === 'decisions' ? decisions : learnersShown(asker, learners),
    })),
    unused: unused.filter((flow) => isChosen(flow, asked)),
    clauses: byClause(clauses),
    ...{ agencies: namedIn(shown, agencies), categories: categoriesIn([...seen, ...unused]) },
    viewPosition: position,
  };
};

const categoriesIn = (flows: readonly Pick<FlowShown, 'category'>[]): readonly string[] =>
  [...new Set(flows.map(({ category }) => category))].sort();

interface Using {
  readonly agencies: InForce['agencies'];
  readonly table: InForce['decisions'];
  readonly flows: readonly FlowShown[];
  readonly clauses: readonly CountedClause[];
}

/** Of one agency, what it may get and never got. */
const unusedBy = (own: AgencySlug | undefined, { agencies, table, flows: seen, clauses }: Using): readonly AllowedFlow[] => {
  const rolesOf = new Map(agencies.map(({ slug, roles }) => [slug, roles as readonly string[]]));
  const isOf = (recipient: string, to: string): boolean => recipient === to || isOfficeOf(recipient, to) || holds(rolesOf, recipient, to);
  const allowed = allowedFlows(table).filter(({ to }) => own === undefined || holds(rolesOf, own, to));
  return unusedFlows(allowed, { flows: own === undefined ? seen : seen.filter(({ recipient }) => recipient === own), clauses, isOf });
};

const holds = (rolesOf: ReadonlyMap<string, readonly string[]>, recipient: string, role: string): boolean =>
  rolesOf.get(recipient)?.includes(role) === true;

/** Of each agency's officer: `operator:dpo-of` stands for all of them. */
const isOfficeOf = (recipient: string, office: string): boolean => recipient.startsWith(`${office}:`);

const isChosen = (
  { category, basis, reliesOnConsent }: Pick<FlowShown, 'category' | 'basis' | 'reliesOnConsent'>,
  asked: Pick<FlowsAsked, 'category' | 'basis'>,
): boolean =>
  (asked.category === undefined || category === asked.category) &&
  (asked.basis === undefined || (asked.basis === 'consent' ? reliesOnConsent : isOnBasis(basis, asked.basis)));

const byClause = (clauses: readonly CountedClause[]): FlowFigures['clauses'] =>
  [...Map.groupBy(clauses, ({ clause }) => clause)].map(([clause, all]) => ({
    clause,
    decisions: all.reduce((sum, { decisions }) => sum + decisions, 0),
  }));

const namedIn = (shown: readonly FlowShown[], agencies: InForce['agencies']): readonly NamedAgency[] => {
  const named = new Set(shown.flatMap(({ source = '', recipient }) => [source, recipient]));
  return agencies.filter(({ slug }) => named.has(slug)).map(({ slug: agency, name, roles }) => ({ agency, name, roles }));
};

const unusual = async ({ gate, views, off }: Figures, { asker, from, to }: UnusualAccessAsked): Promise<Look<UnusualAccess>> => {
  const find = async () => (await findUnusualAccess(views, { from, to }, { off, ...watchedBy(asker) })).hits;
  const answer = await gate.unusualAccess({ asker, parameters: { from, to } }, find);
  return answer.outcome === 'answered' ? { ...answer, told: { hits: answer.told, off } } : answer;
};

/** A run of refusals may begin the day before it is a hit; it is explained as far as a page shows it that asks for no days. */
const LONGEST_RUN_DAYS = 28;

const explain = async ({ gate, views, off }: Figures, asked: ToExplain): Promise<Look<AccessExplained | undefined>> =>
  gate.explainAccess(asked, async (at) => {
    const day = londonDate(at);
    return (await findUnusualAccess(views, { from: day, to: addDays(day, LONGEST_RUN_DAYS) }, { off, ...watchedBy(asked.asker) })).hits;
  });

const repeats = async ({ gate, views }: Figures, { asker, from, to }: RepeatsAsked): Promise<Look<readonly RepeatsShown[]>> => {
  const own = agencyBehind(asker);
  const told = async (): Promise<readonly RepeatsShown[]> => {
    const { rows } = await duplicatesAvoided(views);
    const among = rows.filter(({ agency, month }) => (own === undefined || agency === own) && month >= from && month <= to);
    return own === undefined ? among : among.map(({ apart: _, ...row }) => row);
  };
  return gate.look({ asker, asked: 'repeats', parameters: { from, to } }, told);
};

export const figureHandlers = [
  figures,
  handling(AskForFlows, FIGURES, flows),
  handling(AskForUnusualAccess, FIGURES, unusual),
  handling(ExplainAccess, FIGURES, explain),
  handling(AskForRepeats, FIGURES, repeats),
];
