// How often anybody looked at one learner, day by day, and on which days that was unusual by the rules about looks (console.md, picture 6;
// ADR 59). Counted of the decisions that whoever asks is told of, so that each day's number is what the list of that day shows.
import type { FactoryProvider } from '@nestjs/common';
import type { OfficeAsker } from '#access';
import { Query } from '#bus';
import { handling } from '#bus/nest';
import { type AccessHitShown, type AuditedDecision, Gate, type LearnerAudited, NamedLearners, Oversight, watchedBy } from '#disclosure';
import { type IsoDate, londonDate, type Position } from '#kernel';
import { type AccessRule, findUnusualAccess, type ViewReader } from '#read-models';
import type { NotFound } from './audit.handlers.ts';
import { ACCESS_RULES_OFF, VIEWS } from './egress.tokens.ts';

export interface LooksByDayAsked {
  readonly asker: OfficeAsker;
  readonly ref: string;
  /** Days in London, both inclusive. */
  readonly from: IsoDate;
  readonly to: IsoDate;
}

export interface DayOfLooks {
  readonly day: IsoDate;
  readonly looks: number;
  /** Among them. */
  readonly refused: number;
  /** Names of the rules that one of its looks met. */
  readonly unusual: readonly string[];
}

export interface LooksByDay extends LearnerAudited {
  /** Those with a look, in order. */
  readonly days: readonly DayOfLooks[];
}

export type LooksByDayShown = { readonly outcome: 'answered'; readonly told: LooksByDay; readonly position: Position } | NotFound;

export class AskForLooksByDay extends Query<LooksByDayAsked, LooksByDayShown> {}

interface Counting {
  readonly gate: Gate;
  readonly named: NamedLearners;
  readonly oversight: Oversight;
  readonly views: ViewReader;
  /** Rules about unusual access that are not asked. */
  readonly off: readonly AccessRule[];
}

const COUNTING = Symbol('LooksByDay');

const counting: FactoryProvider<Counting> = {
  provide: COUNTING,
  inject: [Gate, NamedLearners, Oversight, VIEWS, ACCESS_RULES_OFF],
  useFactory: (...[gate, named, oversight, views, off]: readonly [Gate, NamedLearners, Oversight, ViewReader, readonly AccessRule[]]) => ({
    gate,
    named,
    oversight,
    views,
    off,
  }),
};

const NOT_KNOWN: NotFound = { outcome: 'not-known' };

const looksByDay = async (parts: Counting, { asker, ref, from, to }: LooksByDayAsked): Promise<LooksByDayShown> => {
  const { gate, named, oversight } = parts;
  const learner = await named.byAsker(asker, ref);
  if (learner === undefined) {
    await gate.look({ asker, asked: 'disclosures', parameters: { about: 'nobody' } }, () => undefined);
    return NOT_KNOWN;
  }
  const answer = await gate.audit({ asker, learner, parameters: { from, to, by: 'day' } });
  if (answer.outcome !== 'answered') return NOT_KNOWN;
  const told = answer.told.filter(({ at }) => londonDate(at) >= from && londonDate(at) <= to);
  const days = daysOf(told, await hitsIn(parts, asker, { from, to }));
  return { outcome: 'answered', told: { ...(await oversight.named({ asker, learner })), days }, position: answer.position };
};

type Days = Pick<LooksByDayAsked, 'from' | 'to'>;

const hitsIn = async ({ gate, views, off }: Counting, asker: OfficeAsker, { from, to }: Days): Promise<readonly AccessHitShown[]> => {
  const days = { from, to };
  const found = await gate.unusualAccess(
    { asker, parameters: days },
    async () => (await findUnusualAccess(views, days, { off, ...watchedBy(asker) })).hits,
  );
  return found.outcome === 'answered' ? found.told : [];
};

/** A hit is of the days of its looks at this learner. */
export const daysOf = (decisions: readonly AuditedDecision[], hits: readonly AccessHitShown[]): readonly DayOfLooks[] => {
  const days = Map.groupBy(decisions, ({ at }) => londonDate(at));
  return [...days]
    .map(([day, looks]) => {
      const positions = new Set(looks.map(({ position }) => position));
      const met = hits.filter((hit) => hit.positions.some((position) => positions.has(position)));
      return {
        day,
        looks: looks.length,
        refused: looks.filter(({ outcome }) => outcome !== 'answered').length,
        unusual: [...new Set(met.map(({ rule }) => rule))].sort(),
      };
    })
    .sort((one, other) => one.day.localeCompare(other.day));
};

export const looksByDayHandlers = [counting, handling(AskForLooksByDay, COUNTING, looksByDay)];
