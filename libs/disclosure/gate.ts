// The one gate (invariants 5 and 12): whoever asks whatever, it decides, appends the decision, and only then lets data go.
import type { OfficeAsker } from '#access';
import { correlation } from '#bus';
import { askAboutLearner, type Inquiry } from './ask-about-learner.ts';
import type { Disclosure } from './answer.ts';
import { askForDocument, type DocumentDisclosure, type DocumentInquiry } from './ask-for-document.ts';
import { type AuditedDecision, type AuditInquiry, auditLearner } from './audit/index.ts';
import {
  type AccessExplained,
  type AccessHit,
  type AccessHitShown,
  type ExplanationAsked,
  explanationsGiven,
  hitsSeen,
  hitToExplain,
  recordExplanation,
} from './figures/index.ts';
import type { LinkAdviserOn } from '#duties';
import { linkAdvisersNow, type Moment } from './moment.ts';
import { type Instant, londonDate, type Position } from '#kernel';
import { LINK_ADVISERS, learnerStream } from '#learner-file';
import { askForExisting, type ExistingInquiry, type ExistingVisibility } from './questions.ts';
import { type FeedInquiry, FeedQuestion, type FeedReadSet, isSameGround } from './feed-snapshot.ts';
import { FEED, judgeFeeds, lookForFeeds } from './feed-gate.ts';
import { type FeedDisclosure, openFeeds } from './feed-opening.ts';
import { simulate, type Simulated, type SimulationInquiry } from './simulation/index.ts';
import { type FeedTerms, feedTerms } from './feed-terms.ts';
import { FeedTokens } from './disclosure-log.ts';
import type { GateParts } from './gate-parts.ts';
import { askForList, askForTies, type ListAnswer, type ListInquiry, type TiesAnswer, type TiesInquiry } from './lists/index.ts';
import { askForOwn, askForOwnSharing, type OwnDisclosure, type OwnInquiry, type SharingDisclosure } from './ask-for-own.ts';
import { askForThings, sourcesOfThings, type ThingsAnswer, type ThingsInquiry, type ThingSource } from './things/index.ts';
import {
  askForNotices,
  explainLearner,
  type Explanation,
  type ExplanationInquiry,
  type Look,
  look,
  type LookInquiry,
  type MatchDecision,
  matchDecisions,
  type MatchNumbers,
  matchNumbers,
  type NoticesInquiry,
  type OpenNotice,
  type ShownRecord,
} from './looks/index.ts';

/** Whatever is asked rejects with `EventStoreError` where the decision cannot be recorded: then nothing is disclosed. */
export class Gate {
  readonly #parts: GateParts;
  readonly #tokens: FeedTokens;

  constructor(parts: GateParts) {
    this.#parts = parts;
    this.#tokens = new FeedTokens(parts.vault);
  }

  /** About one learner. */
  async ask(inquiry: Inquiry): Promise<Disclosure> {
    return askAboutLearner(this.#parts, inquiry);
  }

  /** The same, as one document made of all its items. */
  async document(inquiry: DocumentInquiry): Promise<DocumentDisclosure> {
    return askForDocument(this.#parts, inquiry);
  }

  /**
   * About the assessment that a contribution met, while that is judged: must not wait, and is recorded in the judgement's own draft. What
   * is told counts once that is durable.
   */
  existing(inquiry: ExistingInquiry, moment: Moment): ExistingVisibility {
    return askForExisting(this.#parts, inquiry, moment);
  }

  /** A page of a list: one recorded decision for all its rows. */
  async list(inquiry: ListInquiry): Promise<ListAnswer> {
    return askForList(this.#parts, inquiry);
  }

  /** Whose adviser is a provider's link adviser now (W3), for whoever stands in where a learner has none; a relation of agencies alone. */
  async linkAdvisers(): Promise<LinkAdviserOn> {
    return linkAdvisersNow(this.#parts);
  }

  /** A page of things about no learner; likewise. */
  async things(inquiry: ThingsInquiry): Promise<ThingsAnswer> {
    return askForThings(this.#parts, inquiry);
  }

  /** Whose things a view need propose to the asker; tells nothing of what there is. */
  sourcesOfThings(inquiry: Pick<ThingsInquiry, 'asker' | 'items' | 'purposes'>): readonly ThingSource[] {
    return sourcesOfThings(this.#parts, inquiry);
  }

  /** A page of whose ties wait for a voucher that the asker can give; likewise. */
  async ties(inquiry: TiesInquiry): Promise<TiesAnswer> {
    return askForTies(this.#parts, inquiry);
  }

  /** What the broker keeps beside the learners' records: `tell` is called once it is decided and recorded that it may. */
  async look<Told>(inquiry: LookInquiry, tell: () => Promise<Told> | Told): Promise<Look<Told>> {
    return look(this.#parts, inquiry, tell);
  }

  /** Who saw what of one learner, and on which ground. */
  async audit(inquiry: AuditInquiry): Promise<Look<readonly AuditedDecision[]>> {
    return auditLearner(this.#parts, inquiry);
  }

  /** Hits of rules about looks, as far as the asker watches whoever looked. `find` is called once the look is recorded. */
  async unusualAccess(
    inquiry: { readonly asker: OfficeAsker } & Pick<LookInquiry, 'parameters'>,
    find: () => Promise<readonly AccessHit[]>,
  ): Promise<Look<readonly AccessHitShown[]>> {
    const shown = async (): Promise<readonly AccessHitShown[]> =>
      hitsSeen(this.#parts, inquiry.asker, { hits: await find(), explained: await explanationsGiven(this.#parts) });
    return look(this.#parts, { ...inquiry, asked: 'unusual-access' }, shown);
  }

  /**
   * Says why one of them is no matter: recorded for good. Undefined where there is none that the asker may explain. `find` is called with
   * when somebody looked, once the look is recorded.
   */
  async explainAccess(
    { asker, reason, looks, ...named }: ExplanationAsked,
    find: (at: Instant) => Promise<readonly AccessHit[]>,
  ): Promise<Look<AccessExplained | undefined>> {
    const explained = async (): Promise<AccessExplained | undefined> => {
      const [look] = await this.#parts.store.readAll({ after: named.position - 1, limit: 1 });
      const hits = look?.position === named.position ? await find(look.recordedAt) : [];
      const hit = hitToExplain(asker, hits, named);
      return hit && recordExplanation(this.#parts, asker, { hit, reason, ...(looks !== undefined && { looks }) });
    };
    return look(this.#parts, { asker, asked: 'unusual-access', parameters: { explains: { ...named } } }, explained);
  }

  /** What a learner may know of the own record, with why it is held and where it may go. */
  async own(inquiry: OwnInquiry): Promise<OwnDisclosure> {
    return askForOwn(this.#parts, inquiry);
  }

  /** What a learner shares: what was agreed to, what goes on without, and what came of stopping. */
  async ownSharing(inquiry: OwnInquiry): Promise<SharingDisclosure> {
    return askForOwnSharing(this.#parts, inquiry);
  }

  /** Why an agency may see, or not see, each item of a learner's file. */
  async explain(inquiry: ExplanationInquiry): Promise<Look<Explanation | undefined>> {
    return explainLearner(this.#parts, inquiry);
  }

  /** What the data manager decided, and why: to be called once a look at all the learners concerned is recorded. */
  async matchDecisions(positions: readonly Position[]): Promise<readonly MatchDecision[]> {
    return matchDecisions(this.#parts, positions);
  }

  /** Between which ULNs whoever decides has to choose: to be called once a look at all the learners concerned is recorded. */
  async matchNumbers(records: readonly ShownRecord[]): Promise<readonly MatchNumbers[]> {
    return matchNumbers(this.#parts, records);
  }

  /** What a text would change, were it in force: to be called inside a look of that name, once that is recorded. */
  async simulate(inquiry: SimulationInquiry): Promise<Simulated> {
    return simulate(this.#parts, inquiry);
  }

  /** What an agency was told and has not answered. */
  async notices(inquiry: NoticesInquiry): Promise<readonly OpenNotice[]> {
    return askForNotices(this.#parts, inquiry);
  }

  /** What each recipient's feed has to change about a learner: decided for all of them at one moment, before anything is opened. */
  async feed(inquiry: FeedInquiry): Promise<FeedDisclosure> {
    const cause = correlation();
    const question = new FeedQuestion(inquiry);
    const { judged } = await this.#parts.writer.write({
      look: () => lookForFeeds(this.#parts, question),
      judge: () => judgeFeeds({ ...this.#parts, tokens: this.#tokens }, question, cause),
    });
    for (const outcome of judged.outcomes) this.#parts.observer?.decided(outcome, FEED);
    return openFeeds(this.#parts, judged);
  }

  /**
   * Whether a decision about feeds still rests on what is so. To be asked in the very turn in which something leaves, and again each time.
   */
  stillStands(readSet: FeedReadSet): boolean {
    return stillStands(this.#parts, readSet);
  }

  /** All that may change what is to be on any learner's feeds, beside the learners themselves, as it stands now. */
  async feedTerms(reachable: ReadonlySet<string>): Promise<FeedTerms> {
    return feedTerms(this.#parts, reachable);
  }
}

/** Whether everything is still where it was: looked at in the same turn in which what was decided leaves. */
const stillStands = ({ streams, registers, clock }: Pick<GateParts, 'streams' | 'registers' | 'clock'>, readSet: FeedReadSet): boolean => {
  const { versions, today } = registers.inForce(londonDate(clock.now()));
  const linkAdvisers = streams.linkAdvisers.peek(LINK_ADVISERS)?.revision;
  return (
    readSet.streams.every(({ learner, revision }) => streams.files.peek(learnerStream(learner))?.revision === revision) &&
    linkAdvisers !== undefined &&
    isSameGround(readSet, { versions, today, linkAdvisers })
  );
};
