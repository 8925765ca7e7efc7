// The one gate (invariants 5 and 12): whoever asks whatever, it decides, appends the decision, and only then lets data go.
import { randomUUID } from 'node:crypto';
import { type Asker, recordedAs } from '#access';
import type { LearnerId, Position } from '#kernel';
import { disclosureStream, NOBODY, whomItMeans } from '#learner-file';
import { clausesThatWouldHave } from '#sharing-protocols';
import type { Judged } from '#unit-of-work';
import type { Disclosure, NotKnown } from './answer.ts';
import type { AnswerPage } from './answer-page.ts';
import { type Asked, type DecidedAnswer, decideAnswer, outcomeOf, type Standing } from './decide-answer.ts';
import type { DecisionInputs, DisclosureDecided } from './decision-record.ts';
import { disclosureEvent, refusalEvent } from './disclosure-log.ts';
import { type FeedFooting, type FeedInquiry, judgeFeeds, loadForFeeds, stillStands } from './feed-gate.ts';
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
import { isPost, type Reader, recipientIn } from './reader.ts';

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

type Decided =
  | Exclude<Disclosure, { outcome: 'answered' }>
  | { readonly outcome: 'answered'; readonly standing: Standing; readonly answer: DecidedAnswer; readonly position: Position };

const OWN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export class Gate {
  readonly #parts: GateParts;
  readonly #tokens: FeedTokens;

  constructor(parts: GateParts) {
    this.#parts = parts;
    this.#tokens = new FeedTokens(parts.vault);
  }

  /** Rejects with `EventStoreError` where the decision cannot be recorded: then nothing is disclosed. */
  async ask(inquiry: Inquiry): Promise<Disclosure> {
    const correlation = randomUUID();
    const decided = await this.#parts.writer.write(() => this.#judge(inquiry, correlation));
    this.#parts.observer?.decided(decided.outcome, inquiry.asked);
    if (decided.outcome !== 'answered') return decided;
    const { standing, answer, position } = decided;
    return {
      outcome: 'answered',
      learner: this.#pseudonymIn(standing),
      items: await this.#parts.reader.read(standing, answer.permitted),
      ...(answer.next === undefined ? {} : { next: answer.next }),
      position,
    };
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
    await loadForFeeds(this.#parts, inquiry.learner);
    const decided = await this.#parts.writer.write(() => judgeFeeds({ ...this.#parts, tokens: this.#tokens }, inquiry));
    return openFeeds(this.#parts, decided);
  }

  /**
   * Whether a decision about feeds still rests on what is so. To be asked in the very turn in which something leaves, and again each time.
   */
  stillStands(footing: FeedFooting): boolean {
    return stillStands(this.#parts, footing);
  }

  /** Another text whenever something changed that may change what is to be on any learner's feeds, beside the learners themselves. */
  async feedTerms(reachable: ReadonlySet<string>): Promise<string> {
    return feedTerms(this.#parts, reachable);
  }

  /** Must not wait: what it looks at must still be so when the decision is appended. */
  #judge(inquiry: Inquiry, correlation: string): Judged<Decided> {
    const moment = momentOf(this.#parts, correlation);
    const reader = readerAt(moment, inquiry.asker);
    const standing = reader && this.#standing(moment, reader, inquiry.ref);
    return standing ? this.#decide(moment, standing, inquiry) : this.#nobody(moment, reader, inquiry);
  }

  #standing(moment: Moment, reader: Reader, ref: string): Standing | undefined {
    const id = this.#meant(moment, reader, ref);
    const learner = id === undefined ? undefined : learnerAt(this.#parts, moment, id);
    return learner && { ...learner, reader };
  }

  #meant({ draft, inForce, at }: Moment, reader: Reader, ref: string): LearnerId | undefined {
    const { streams, pseudonyms } = this.#parts;
    if (ref.startsWith('psn:')) return pseudonyms.resolve(reader.slug, ref);
    if (!isPost(reader)) return whomItMeans({ draft, streams, register: inForce.register, at }, reader.slug, ref);
    if (reader.learner !== undefined) return ref === 'me' ? reader.learner : undefined;
    return OWN_ID.test(ref) ? ref : undefined;
  }

  #decide(moment: Moment, standing: Standing, inquiry: Inquiry): Judged<Decided> {
    const asked = askedIn(inquiry);
    const answer = decideAnswer(standing, asked);
    const outcome = outcomeOf(standing, answer);
    const { draft } = moment;
    const id = this.#record(moment, standing, {
      ...this.#inputs(moment, standing, inquiry),
      outcome,
      permitted: groupPermitted(answer.permitted),
      refused: groupRefused(answer.refused),
    });
    requireAsSeen(this.#parts, moment, standing.file.id);
    return {
      draft,
      result: (positions) => {
        const position = positions.get(id) ?? 0;
        if (outcome === 'answered') return { outcome, standing, answer, position };
        if (outcome === 'not-known') return { outcome, position };
        return { outcome, position, learner: this.#pseudonymIn(standing), clauses: wouldHave(standing, inquiry) };
      },
    };
  }

  #pseudonymIn({ reader, file }: Standing): string {
    return this.#parts.pseudonyms.of(reader.slug, file.id);
  }

  #record({ draft, correlation }: Moment, { file, reader }: Standing, decided: DisclosureDecided): string {
    const { streams, vault } = this.#parts;
    const id = randomUUID();
    const stream = disclosureStream(file.id);
    draft.add(
      streams.heads,
      stream,
      (revision) => disclosureEvent({ id, correlation, learner: file.id, actor: reader.slug }, { stream, revision }, decided, vault),
      () => null,
    );
    return id;
  }

  #inputs(moment: Moment, { reader, revision }: Standing, inquiry: Inquiry): DecisionInputs {
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
  #nobody({ draft, at, correlation }: Moment, reader: Reader | undefined, { asker, ref, purposes }: Inquiry): Judged<Decided> {
    const { streams, vault } = this.#parts;
    const id = randomUUID();
    const asked = { ref: vault.blind('ref', `${recordedAs(asker)}\n${ref}`), purposes, at };
    const origin = { id, correlation, actor: reader?.slug ?? 'broker' };
    draft.add(
      streams.heads,
      disclosureStream(NOBODY),
      () => refusalEvent(origin, asked),
      () => null,
    );
    return { draft, result: (positions): NotKnown => ({ outcome: 'not-known', position: positions.get(id) ?? 0 }) };
  }
}

const ROUTE = 'learner';

const reasonIn = ({ reason }: Inquiry): Pick<Inquiry, 'reason'> => (reason === undefined ? {} : { reason });

const askedIn = (inquiry: Inquiry): Asked => {
  const { purposes, asked, page } = inquiry;
  return { purposes, ...reasonIn(inquiry), route: ROUTE, wants: wantedBy(asked), page: { ...orderOf(asked), ...page } };
};

const wouldHave = ({ reader, inForce }: Standing, { purposes }: Inquiry): readonly string[] =>
  clausesThatWouldHave(inForce.decisions, recipientIn(reader), purposes);
