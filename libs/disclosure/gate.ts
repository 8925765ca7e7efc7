// The one gate (invariants 5 and 12): whoever asks whatever, it decides, appends the decision, and only then lets data go.
import { randomUUID } from 'node:crypto';
import { type Asker, recordedAs } from '#access';
import { disclosureStream, NOBODY } from '#learner-file';
import { clausesThatWouldHave } from '#sharing-protocols';
import type { Draft, Written } from '#unit-of-work';
import type { Disclosure } from './answer.ts';
import type { AnswerPage } from './answer-page.ts';
import { type Asked, type DecidedAnswer, decideAnswer, outcomeOf, type AccessContext } from './decide-answer.ts';
import type { DecisionInputs, DisclosureDecided } from './decision-record.ts';
import { disclosureEvent, refusalEvent } from './disclosure-log.ts';
import { FEED, type FeedReadSet, type FeedInquiry, judgeFeeds, lookForFeeds, stillStands } from './feed-gate.ts';
import { type FeedDisclosure, openFeeds } from './feed-opening.ts';
import { feedTerms } from './feed-terms.ts';
import { FeedTokens } from './feed-tokens.ts';
import type { GateParts } from './gate-parts.ts';
import { groupPermitted, groupRefused } from './grounds.ts';
import { askForList, type ListAnswer, type ListInquiry } from './lists/index.ts';
import {
  askForNotices,
  explainLearner,
  type Explanation,
  type ExplanationInquiry,
  type Look,
  look,
  type LookInquiry,
  type NoticesInquiry,
  type OpenNotice,
} from './looks/index.ts';
import { learnerAt, type Moment, momentOf, readerAt, requireAsSeen, versionsAt } from './moment.ts';
import { type LearnerQuestion, orderOf, wantedBy } from './questions.ts';
import { type Reader, recipientIn } from './reader.ts';
import { lookForAnswer, whomAsked } from './whom-asked.ts';

/** A question about one learner. */
export interface Inquiry {
  readonly asker: Asker;
  /** `uln:…`, `local:…` or the asker's pseudonym; of an office a pseudonym or the broker's own id; of a learner `me`. */
  readonly ref: string;
  readonly purposes: readonly string[];
  /** Why an officer opens a record inside a rights task. */
  readonly reason?: string;
  /** What it takes of the learner's record, and in which order, follows from the name. */
  readonly asked: LearnerQuestion;
  readonly page: Omit<AnswerPage, 'order'>;
}

/** An inquiry with the ids of what it makes, drawn before it is decided. */
interface Prepared extends Inquiry {
  readonly correlation: string;
  readonly decision: string;
}

/** What it came to, and is to be on disk before anything of it is told. */
type Decided = { readonly draft: Draft } & (
  | { readonly outcome: 'answered' | 'not-permitted' | 'not-known'; readonly context: AccessContext; readonly answer: DecidedAnswer }
  | { readonly outcome: 'not-known'; readonly context?: undefined }
);

export class Gate {
  readonly #parts: GateParts;
  readonly #tokens: FeedTokens;

  constructor(parts: GateParts) {
    this.#parts = parts;
    this.#tokens = new FeedTokens(parts.vault);
  }

  /** Rejects with `EventStoreError` where the decision cannot be recorded: then nothing is disclosed. */
  async ask(inquiry: Inquiry): Promise<Disclosure> {
    const prepared = { ...inquiry, correlation: randomUUID(), decision: randomUUID() };
    const written = await this.#parts.writer.write({
      look: () => lookForAnswer(this.#parts, prepared),
      judge: () => this.#decide(prepared),
    });
    return this.#tell(prepared, written);
  }

  /** A page of a list: one recorded decision for all its rows. Rejects as `ask` does. */
  async list(inquiry: ListInquiry): Promise<ListAnswer> {
    return askForList(this.#parts, inquiry);
  }

  /**
   * What the broker keeps beside the learners' records: `tell` is called once it is decided and recorded that it may. Rejects as `ask`
   * does.
   */
  async look<Told>(inquiry: LookInquiry, tell: () => Promise<Told> | Told): Promise<Look<Told>> {
    return look(this.#parts, inquiry, tell);
  }

  /** Why an agency may see, or not see, each item of a learner's file. Rejects as `ask` does. */
  async explain(inquiry: ExplanationInquiry): Promise<Look<Explanation | undefined>> {
    return explainLearner(this.#parts, inquiry);
  }

  /** What an agency was told and has not answered. Rejects as `ask` does. */
  async notices(inquiry: NoticesInquiry): Promise<readonly OpenNotice[]> {
    return askForNotices(this.#parts, inquiry);
  }

  /**
   * What each recipient's feed has to change about a learner: decided for all of them at one moment, and recorded, before anything is
   * opened. Rejects as `ask` does.
   */
  async feed(inquiry: FeedInquiry): Promise<FeedDisclosure> {
    const correlation = randomUUID();
    const { judged } = await this.#parts.writer.write({
      look: () => lookForFeeds(this.#parts, inquiry.learner),
      judge: () => judgeFeeds({ ...this.#parts, tokens: this.#tokens }, inquiry, correlation),
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

  /** Another text whenever something changed that may change what is to be on any learner's feeds, beside the learners themselves. */
  async feedTerms(reachable: ReadonlySet<string>): Promise<string> {
    return feedTerms(this.#parts, reachable);
  }

  /** Must not wait: what it looks at must still be so when the decision is appended. */
  #decide(prepared: Prepared): Decided {
    const moment = momentOf(this.#parts, prepared.correlation);
    const reader = readerAt(moment, prepared.asker);
    const context = reader && this.#context(moment, reader, prepared.ref);
    return context ? this.#answer(moment, context, prepared) : this.#nobody(moment, reader, prepared);
  }

  /** Once the decision is on disk: only now is anything opened. */
  async #tell(inquiry: Prepared, { judged, positions }: Written<Decided>): Promise<Disclosure> {
    const { outcome, context } = judged;
    this.#parts.observer?.decided(outcome, inquiry.asked);
    const position = positions.get(inquiry.decision) ?? 0;
    if (outcome === 'not-known' || context === undefined) return { outcome: 'not-known', position };
    const learner = this.#pseudonymIn(context);
    if (outcome === 'not-permitted') return { outcome, position, learner, clauses: wouldHave(context, inquiry) };
    const { permitted, next } = judged.answer;
    const items = await this.#parts.reader.read(context, permitted);
    return { outcome, learner, items, ...(next === undefined ? {} : { next }), position };
  }

  #context(moment: Moment, reader: Reader, ref: string): AccessContext | undefined {
    const id = whomAsked(this.#parts, moment, reader, ref);
    const learner = id === undefined ? undefined : learnerAt(this.#parts, moment, id);
    return learner && { ...learner, reader };
  }

  #answer(moment: Moment, context: AccessContext, inquiry: Prepared): Decided {
    const asked = askedIn(inquiry);
    const answer = decideAnswer(context, asked);
    const outcome = outcomeOf(context, answer);
    this.#record(moment, context, inquiry.decision, {
      ...this.#inputs(moment, context, inquiry),
      outcome,
      permitted: groupPermitted(answer.permitted),
      refused: groupRefused(answer.refused),
    });
    requireAsSeen(this.#parts, moment, context.file.id);
    return { draft: moment.draft, outcome, context, answer };
  }

  #pseudonymIn({ reader, file }: AccessContext): string {
    return this.#parts.pseudonyms.of(reader.slug, file.id);
  }

  #record({ draft, correlation }: Moment, { file, reader }: AccessContext, id: string, decided: DisclosureDecided): void {
    const event = disclosureEvent({ id, correlation, learner: file.id, actor: reader.slug }, decided);
    draft.add(this.#parts.streams.heads, disclosureStream(file.id), event, () => null);
  }

  #inputs(moment: Moment, { reader, revision }: AccessContext, inquiry: Inquiry): DecisionInputs {
    const { asker } = inquiry;
    const { purposes, route, page } = askedIn(inquiry);
    return {
      recipient: reader.slug,
      ...('staff' in asker && asker.staff !== undefined ? { staff: asker.staff } : {}),
      purposes,
      ...reasonIn(inquiry),
      route,
      asked: inquiry.asked,
      page,
      at: moment.at,
      learner: revision,
      ...versionsAt(this.#parts, moment),
    };
  }

  /**
   * A question about nobody is recorded too, and costs what a question about somebody costs: the answers must look alike.
   * So is one by nobody whom the register knows: another issuer vouched for whoever that is.
   */
  #nobody({ draft, at, correlation }: Moment, reader: Reader | undefined, { asker, ref, purposes, decision: id }: Prepared): Decided {
    const { streams, vault } = this.#parts;
    const asked = { ref: vault.blind('ref', `${recordedAs(asker)}\n${ref}`), purposes, at };
    const origin = { id, correlation, actor: reader?.slug ?? 'broker' };
    draft.add(streams.heads, disclosureStream(NOBODY), refusalEvent(origin, asked), () => null);
    return { draft, outcome: 'not-known' };
  }
}

const ROUTE = 'learner';

const reasonIn = ({ reason }: Inquiry): Pick<Inquiry, 'reason'> => (reason === undefined ? {} : { reason });

const askedIn = (inquiry: Inquiry): Asked => {
  const { purposes, asked, page } = inquiry;
  return { purposes, ...reasonIn(inquiry), route: ROUTE, wants: wantedBy(asked), page: { ...orderOf(asked), ...page } };
};

const wouldHave = ({ reader, inForce }: AccessContext, { purposes }: Inquiry): readonly string[] =>
  clausesThatWouldHave(inForce.decisions, recipientIn(reader), purposes);
