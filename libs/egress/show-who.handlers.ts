// A learner's name for an officer who knows a pseudonym and says why the name is needed: a decision of its own, by the clause for rights,
// that names the reason and that the learner sees (console.md, 1: "show who"; ADR 59).
import type { FactoryProvider } from '@nestjs/common';
import { agencyOfOffice, type OfficeAsker } from '#access';
import { Query } from '#bus';
import { handling } from '#bus/nest';
import { type AnswerItem, type DocumentAnswer, type DocumentAsked, Gate, type LearnerAudited, NamedLearners, Oversight } from '#disclosure';
import type { Position } from '#kernel';
import type { NotFound } from './audit.handlers.ts';
import type { NotAsked } from './oversight.handlers.ts';

export interface WhoAsked {
  readonly asker: OfficeAsker;
  readonly ref: string;
  /** At least `SHORTEST_REASON` characters. */
  readonly reason: string;
}

export const [SHORTEST_REASON, LONGEST_REASON] = [10, 500] as const;

export interface NameShown extends LearnerAudited {
  readonly givenName?: string;
  readonly familyName?: string;
}

export type WhoShown = { readonly outcome: 'answered'; readonly told: NameShown; readonly position: Position } | NotFound | NotAsked;

export class AskWho extends Query<WhoAsked, WhoShown> {}

/** How the decision's record names what was asked for, and of what it is made. */
export const WHO = 'who';
export const WHO_DOCUMENT: DocumentAsked = { types: ['learner.registered', 'learner.corrected'], parameters: {} };

interface Naming {
  readonly gate: Gate;
  readonly named: NamedLearners;
  readonly oversight: Oversight;
}

const NAMING = Symbol('Naming');

const naming: FactoryProvider<Naming> = {
  provide: NAMING,
  inject: [Gate, NamedLearners, Oversight],
  useFactory: (...[gate, named, oversight]: readonly [Gate, NamedLearners, Oversight]) => ({ gate, named, oversight }),
};

const PURPOSES = ['answer-rights'];

/** Other offices are refused alike whether or not there is such a learner. */
const isOfficer = ({ office }: OfficeAsker): boolean => office === 'dpo-partnership' || agencyOfOffice(office) !== undefined;

const who = async ({ gate, named, oversight }: Naming, { asker, ref, reason }: WhoAsked): Promise<WhoShown> => {
  const learner = await named.byAsker(asker, ref);
  const asked = { asked: WHO, document: WHO_DOCUMENT };
  const answer = await gate.document({ asker, ref: learner ?? ref, purposes: PURPOSES, reason, ...asked });
  if (answer.outcome === 'not-permitted' || (answer.outcome === 'not-known' && !isOfficer(asker)))
    return { outcome: 'not-permitted', position: answer.position };
  if (answer.outcome === 'not-known' || learner === undefined) return { outcome: 'not-known' };
  const told = { ...(await oversight.named({ asker, learner })), ...nameIn(answer.items) };
  return { outcome: 'answered', told, position: answer.position };
};

type Name = Pick<NameShown, 'givenName' | 'familyName'>;

const PARTS = ['givenName', 'familyName'] as const;

/** What somebody whose word counts stated last; nothing of what is retracted. */
const nameIn = (items: DocumentAnswer['items']): Name => {
  const stated = [...items].sort(([one], [other]) => other - one).map(([, item]) => item);
  const counting = stated.filter(({ confirmed, status }) => confirmed !== false && status !== 'retracted');
  return Object.fromEntries(PARTS.flatMap((part) => lastStated(counting, part)));
};

const lastStated = (items: readonly AnswerItem[], part: (typeof PARTS)[number]): readonly (readonly [string, string])[] => {
  const value = items.map(({ data }) => data[part]).find((text) => typeof text === 'string');
  return typeof value === 'string' ? [[part, value]] : [];
};

export const whoHandlers = [naming, handling(AskWho, NAMING, who)];
