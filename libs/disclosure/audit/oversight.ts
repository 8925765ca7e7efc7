// What data protection officers ask beyond single decisions (console.md, 4.1; ADR 52): each question is a look that is recorded, in the
// stream of every learner whom it is about, before anything of it is told.
import type { OfficeAsker } from '#access';
import type { AgencySlug, LearnerId, Position, Revision } from '#kernel';
import { eventsOfFile, type FileStanding, learnerStream, placeIn } from '#learner-file';
import type { GateParts } from '../gate-parts.ts';
import { type Look, look, type LookDecided, type LookName } from '../looks/index.ts';
import { type AsOf, type AsOfAsked, asOf, type AsOfParts } from './as-of.ts';
import {
  consentNamed,
  type ConsentsKnown,
  consentsKnown,
  type ConsentsListed,
  consentsListed,
  consentsShown,
  type LearnerAudited,
  lifeOf,
  namedFor,
  withdrawnAt,
} from './audit-consents.ts';
import { whoIsNow } from './audit-learner.ts';
import type { AuditedDecision } from './audited-decision.ts';
import type { ConsentLife } from './consent-life.ts';
import { type AuditedConsent, consentShown } from './consent-sight.ts';
import type { UsesOf } from './consent-uses.ts';
import { type DecisionSeen, decisionSeenAt } from './decisions-seen.ts';
import { knownNow } from './learner-consents.ts';
import type { ToFind } from './find-candidate.ts';
import { findNamed, type Found } from './find-named.ts';
import { type LearnerOverview, overviewOf } from './learner-overview.ts';
import { type KnownLearner, type PageAsked, pageOfLearners, type PageShown, type Propose, type Proposed } from './page-of-learners.ts';
import { openThread, type ThreadAsked, type ThreadShown } from './open-thread.ts';
import { type Thread, threadAt, type ThreadPlace, type ThreadRow, threadsAmong, type ThreadsKnown, threadsKnown } from './threads.ts';
import { type Why, whyOf } from './why.ts';
import { withheldItems } from './withheld-items.ts';
import {
  withdrawalRow,
  type WithdrawalProposed,
  type WithdrawalRow,
  type WithdrawalsKnown,
  withdrawalsKnown,
} from './withdrawals-known.ts';

export interface AboutLearner {
  readonly asker: OfficeAsker;
  readonly learner: LearnerId;
}

export interface EventInStream {
  readonly learner: LearnerId;
  readonly revision: Revision;
  readonly source: AgencySlug;
}

const hasEffect = (known: FileStanding, { source, ...at }: EventInStream): boolean => {
  const revision = placeIn(known.file.id, known.file.united, at);
  return revision !== undefined && known.grounds.counts({ source, revision });
};

export type ConsentRow = AuditedConsent & LearnerAudited;

type PageOf = Omit<PageAsked<unknown, ConsentsListed>, 'asked' | 'know' | 'rowOf'>;
export type ConsentsAsked = PageOf & {
  readonly usesOf: UsesOf;
  /** By what event a consent stands in the list: its beginning, or its withdrawal. */
  readonly by: 'begun' | 'withdrawn';
  readonly isWanted: (consent: AuditedConsent) => boolean;
};
export type WithdrawalsAsked = Omit<PageOf, 'propose'> & { readonly propose: Propose<WithdrawalProposed>; readonly usesOf: UsesOf };
export type LooksAsked = PageOf;
export type LookRow = AuditedDecision & LearnerAudited;
export type QuestionsAsked = PageOf & { readonly isWanted: (thread: Thread) => boolean };

/** A learner on a page of decisions, of whom those alone are read that stand on it. */
interface LookedAt extends KnownLearner {
  readonly named: LearnerAudited;
  readonly decisionAt: (position: Position) => Promise<DecisionSeen | undefined>;
}

const lookedAt = async (parts: GateParts, asker: OfficeAsker, learner: LearnerId): Promise<LookedAt | undefined> => {
  const known = await knownNow(parts, learner);
  if (known === undefined) return undefined;
  const { file } = known;
  const of = { file, events: await eventsOfFile(parts.store, file) };
  const read = new Map<Position, Promise<DecisionSeen | undefined>>();
  const decisionAt: LookedAt['decisionAt'] = (position) => {
    const there = read.get(position) ?? decisionSeenAt(parts, of, { asker, position });
    read.set(position, there);
    return there;
  };
  return { known, named: namedFor(parts, asker, file), decisionAt };
};

/** Whatever is asked rejects with `EventStoreError` where the look cannot be recorded: then nothing is told. */
export class Oversight {
  readonly #parts: AsOfParts;

  constructor(parts: AsOfParts) {
    this.#parts = parts;
  }

  async overview(about: AboutLearner): Promise<Look<LearnerOverview | undefined>> {
    const now = this.#parts.clock.now();
    return this.#look(about, 'overview', {}, async (known) => ({
      ...overviewOf(known, consentsShown(known, this.#parts), now),
      withheld: await withheldItems(this.#parts, known),
    }));
  }

  /** `consent`: its name, `source/id`. Undefined where there is none, or it is no affair of whoever asks. */
  async consent({
    consent,
    ...about
  }: AboutLearner & { readonly consent: string }): Promise<Look<(ConsentLife & LearnerAudited) | undefined>> {
    return this.#look(about, 'consents', { consent }, (known) => {
      const one = consentNamed(known, consent);
      const life = one && lifeOf(this.#parts, known, one);
      return life && { ...known.named, ...life };
    });
  }

  async asOf({ asked, ...about }: AboutLearner & { readonly asked: AsOfAsked }): Promise<Look<(AsOf & LearnerAudited) | undefined>> {
    const { asker } = about;
    return this.#look(about, 'as-of', { ...asked }, async (known) => ({
      ...known.named,
      ...(await asOf(this.#parts, { asker, known, asked })),
    }));
  }

  /** What one decision rested on; undefined where there is none, or it is no affair of whoever asks. */
  async why({ decision, ...about }: AboutLearner & { readonly decision: Position }): Promise<Look<(Why & LearnerAudited) | undefined>> {
    return this.#look(about, 'disclosures', { decision, why: true }, async (known) => {
      const why = await whyOf(this.#parts, { known, decision });
      return why && { ...known.named, ...why };
    });
  }

  /** How the office names whom a decision that it is told of is about. */
  async named({ asker, learner }: AboutLearner): Promise<LearnerAudited> {
    const { state } = await this.#parts.streams.files.load(learnerStream(await whoIsNow(this.#parts, learner)));
    return namedFor(this.#parts, asker, state);
  }

  async consents({ by, isWanted, usesOf, ...page }: ConsentsAsked): Promise<PageShown<ConsentRow>> {
    const { asker } = page;
    const now = this.#parts.clock.now();
    const know = (learner: LearnerId): Promise<ConsentsListed | undefined> => consentsListed(this.#parts, { asker, usesOf }, learner);
    const rowOf = (known: ConsentsListed, { position }: Proposed): ConsentRow | undefined => {
      const one = known.affair.find((consent) => (by === 'begun' ? consent.steps[0]?.position : withdrawnAt(consent)) === position);
      const shown = one && consentShown(one, known, now);
      return shown && isWanted(shown) ? { ...known.named, ...shown } : undefined;
    };
    return pageOfLearners(this.#parts, { ...page, asked: 'consents', know, rowOf });
  }

  async withdrawals({ usesOf, ...page }: WithdrawalsAsked): Promise<PageShown<WithdrawalRow>> {
    const { asker } = page;
    const know = (learner: LearnerId): Promise<WithdrawalsKnown | undefined> => withdrawalsKnown(this.#parts, { asker, usesOf }, learner);
    const rowOf = (known: WithdrawalsKnown, withdrawal: WithdrawalProposed): Promise<WithdrawalRow | undefined> =>
      withdrawalRow(this.#parts, known, withdrawal);
    return pageOfLearners(this.#parts, { ...page, asked: 'withdrawals', know, rowOf });
  }

  /** Decisions across learners. */
  async looks(page: LooksAsked): Promise<PageShown<LookRow>> {
    const { asker } = page;
    const know = (learner: LearnerId): Promise<LookedAt | undefined> => lookedAt(this.#parts, asker, learner);
    const rowOf = async ({ named, decisionAt }: LookedAt, { position }: Proposed): Promise<LookRow | undefined> => {
      const shown = (await decisionAt(position))?.shown;
      return shown && { ...named, ...shown };
    };
    return pageOfLearners(this.#parts, { ...page, asked: 'disclosures', know, rowOf });
  }

  /** What learners put to agencies, of which `isWanted`, with its days; nothing of what they wrote. */
  async questions({ isWanted, ...page }: QuestionsAsked): Promise<PageShown<ThreadRow>> {
    const know = (learner: LearnerId): Promise<ThreadsKnown | undefined> => threadsKnown(this.#parts, page.asker, learner);
    const rowOf = (known: ThreadsKnown, { position }: Proposed): ThreadRow | undefined => {
      const thread = threadAt(known, position)?.thread;
      return thread && isWanted(thread) ? { ...known.named, ...thread } : undefined;
    };
    return pageOfLearners(this.#parts, { ...page, asked: 'questions', know, rowOf });
  }

  /** One of them in full, to the officer of the agency that was asked. */
  async question(asked: ThreadAsked): Promise<ThreadShown | undefined> {
    return openThread(this.#parts, asked);
  }

  /** Those at these places that are an affair of whoever asks: counted, and nobody is told whose they are. */
  async questionsAmong(asker: OfficeAsker, events: readonly ThreadPlace[]): Promise<readonly Thread[]> {
    return threadsAmong(this.#parts, asker, events);
  }

  /** How many of these events have effect: counted, and nobody is told whose they are. */
  async effectiveAmong(events: readonly EventInStream[]): Promise<number> {
    const known = await Promise.all(events.map(async (event) => [event, await knownNow(this.#parts, event.learner)] as const));
    return known.filter(([event, file]) => file !== undefined && hasEffect(file, event)).length;
  }

  /** What a word names, of what is an affair of whoever asks: nothing, where there is none and where it is not theirs. */
  async find(asked: ToFind): Promise<Found> {
    return findNamed(this.#parts, asked);
  }

  async #look<Told>(
    { asker, learner }: AboutLearner,
    asked: LookName,
    parameters: LookDecided['parameters'],
    tell: (known: ConsentsKnown) => Told | Promise<Told>,
  ): Promise<Look<Told | undefined>> {
    const about = await whoIsNow(this.#parts, learner);
    return look(this.#parts, { asker, asked, parameters, about }, async () => {
      const known = await consentsKnown(this.#parts, asker, about);
      return known && tell(known);
    });
  }
}
