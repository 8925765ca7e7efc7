// What data protection officers ask beyond single decisions: one learner at a glance, one consent, what could be seen on a day, and where a
// word leads (console.md, 4.1; ADR 52).
import type { FactoryProvider } from '@nestjs/common';
import type { OfficeAsker } from '#access';
import { Query } from '#bus';
import { handling } from '#bus/nest';
import {
  type AsOf,
  type AsOfAsked,
  type ConsentLife,
  type FindIndex,
  type Found,
  type FoundHere,
  Gate,
  type LearnerAudited,
  type LearnerOverview,
  type Look,
  type LookName,
  NamedLearners,
  Oversight,
} from '#disclosure';
import type { LearnerId, Position } from '#kernel';
import { learnersWithConsent, lookedAtBy, type ViewReader } from '#read-models';
import type { NotFound } from './audit.handlers.ts';
import { VIEWS } from './egress.tokens.ts';

export interface AboutOne {
  readonly asker: OfficeAsker;
  /** As an officer of an agency its agency's reference; a pseudonym of the office, or the broker's own id. */
  readonly ref: string;
}

export interface Shown<Told> {
  readonly outcome: 'answered';
  readonly told: Told;
  /** Of the look in the log. */
  readonly position: Position;
}

export class AskForOverview extends Query<AboutOne, Shown<LearnerOverview> | NotFound> {}

export class AskForConsentLife extends Query<AboutOne & { readonly consent: string }, Shown<ConsentLife & LearnerAudited> | NotFound> {}

export class AskForAsOf extends Query<AboutOne & { readonly asked: AsOfAsked }, Shown<AsOf & LearnerAudited> | NotFound> {}

export interface ToFindAsked {
  readonly asker: OfficeAsker;
  readonly query: string;
  /** For a consent's id and for a member of staff: of whom. Absent: of whomever. */
  readonly learner?: string;
}

export interface NotAsked {
  readonly outcome: 'not-permitted';
  readonly position: Position;
}

export interface FoundByWord {
  readonly found: readonly FoundHere[];
  /** There is more by that name. */
  readonly more: boolean;
}

export class AskToFind extends Query<ToFindAsked, Shown<FoundByWord> | NotAsked> {}

interface Overseeing {
  readonly gate: Gate;
  readonly named: NamedLearners;
  readonly oversight: Oversight;
  readonly index: FindIndex;
}

const OVERSEEING = Symbol('Overseeing');

const overseeing: FactoryProvider<Overseeing> = {
  provide: OVERSEEING,
  inject: [Gate, NamedLearners, Oversight, VIEWS],
  useFactory: (...[gate, named, oversight, views]: readonly [Gate, NamedLearners, Oversight, ViewReader]) => ({
    ...{ gate, named, oversight, index: indexIn(views) },
  }),
};

const indexIn = (views: ViewReader): FindIndex => ({
  consents: (asked) => learnersWithConsent(views, asked),
  lookedAt: (asked) => lookedAtBy(views, asked),
});

const NOT_KNOWN: NotFound = { outcome: 'not-known' };

/** A question about nobody is recorded too, among the asker's own looks. */
const aboutOne = async <Told>(
  { gate, named }: Overseeing,
  { asker, ref }: AboutOne,
  { asked, parameters = {}, ask }: Question<Told>,
): Promise<Shown<Told> | NotFound> => {
  const learner = await named.byAsker(asker, ref);
  if (learner === undefined) {
    await gate.look({ asker, asked, parameters: { ...parameters, about: 'nobody' } }, () => undefined);
    return NOT_KNOWN;
  }
  const answer = await ask({ asker, learner });
  if (answer.outcome !== 'answered' || answer.told === undefined) return NOT_KNOWN;
  return { outcome: 'answered', told: answer.told, position: answer.position };
};

interface Question<Told> {
  readonly asked: LookName;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly ask: (about: { readonly asker: OfficeAsker; readonly learner: LearnerId }) => Promise<Look<Told | undefined>>;
}

const overview = (parts: Overseeing, about: AboutOne): Promise<Shown<LearnerOverview> | NotFound> =>
  aboutOne(parts, about, { asked: 'overview', ask: (one) => parts.oversight.overview(one) });

const consent = (
  parts: Overseeing,
  { consent: name, ...about }: AboutOne & { readonly consent: string },
): Promise<Shown<ConsentLife & LearnerAudited> | NotFound> =>
  aboutOne(parts, about, { asked: 'consents', ask: (one) => parts.oversight.consent({ ...one, consent: name }) });

const asOf = (
  parts: Overseeing,
  { asked, ...about }: AboutOne & { readonly asked: AsOfAsked },
): Promise<Shown<AsOf & LearnerAudited> | NotFound> =>
  aboutOne(parts, about, { asked: 'as-of', parameters: { ...asked }, ask: (one) => parts.oversight.asOf({ ...one, asked }) });

const find = async ({ oversight, index }: Overseeing, asked: ToFindAsked): Promise<Shown<FoundByWord> | NotAsked> => {
  const answer: Found = await oversight.find({ ...asked, index });
  if (answer.outcome !== 'answered') return answer;
  const { found, more, position } = answer;
  return { outcome: 'answered', told: { found, more }, position };
};

export const oversightHandlers = [
  overseeing,
  handling(AskForOverview, OVERSEEING, overview),
  handling(AskForConsentLife, OVERSEEING, consent),
  handling(AskForAsOf, OVERSEEING, asOf),
  handling(AskToFind, OVERSEEING, find),
];
