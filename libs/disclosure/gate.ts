// The one gate (invariant 5): decides, appends the decision, and only then lets data go. No other path to personal data exists.
import { randomUUID } from 'node:crypto';
import type { Caller } from '#access';
import type { Agency } from '#agencies';
import { type LearnerId, londonDate, type Position } from '#kernel';
import { disclosureStream, LINK_ADVISERS, learnerStream, NOBODY, whomItMeans } from '#learner-file';
import { Draft, type Judged } from '#unit-of-work';
import type { RecordItem } from '#learner-record';
import { clausesThatWouldHave, type Route } from '#sharing-protocols';
import type { Disclosure, NotKnown } from './answer.ts';
import type { AnswerPage } from './answer-page.ts';
import { type DecidedAnswer, decideAnswer, groupPermitted, groupRefused, outcomeOf, type Standing } from './decide-answer.ts';
import type { DecisionInputs, DisclosureDecided } from './decision-record.ts';
import { disclosureEvent, refusalEvent } from './disclosure-log.ts';
import { type FeedFooting, type FeedInquiry, judgeFeeds, loadForFeeds, stillStands } from './feed-gate.ts';
import { type FeedDisclosure, openFeeds } from './feed-opening.ts';
import { feedTerms } from './feed-terms.ts';
import { FeedTokens } from './feed-tokens.ts';
import type { GateParts } from './gate-parts.ts';
import type { InForce } from './in-force.ts';

export interface Inquiry {
  readonly caller: Caller;
  /** `uln:…`, `local:…` or the caller's pseudonym. */
  readonly ref: string;
  readonly purposes: readonly string[];
  readonly route: Route;
  /** A name for what is asked for, and which items it takes. */
  readonly asked: string;
  readonly wants: (item: RecordItem) => boolean;
  readonly page: AnswerPage;
}

type Decided =
  | Exclude<Disclosure, { outcome: 'answered' }>
  | { readonly outcome: 'answered'; readonly standing: Standing; readonly answer: DecidedAnswer; readonly position: Position };

/** A moment's view: all that one judgement looks at. */
interface Moment {
  readonly draft: Draft;
  readonly inForce: InForce;
  readonly at: number;
  readonly correlation: string;
}

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
    const at = this.#parts.clock.now();
    const moment = { draft: new Draft(), inForce: this.#parts.registers.inForce(londonDate(at)), at, correlation };
    const agency = moment.inForce.partner(inquiry.caller.agency);
    const standing = agency && this.#standing(moment, agency, inquiry.ref);
    return standing ? this.#decide(moment, standing, inquiry) : this.#nobody(moment, agency, inquiry);
  }

  #standing({ draft, inForce, at }: Moment, agency: Agency, ref: string): Standing | undefined {
    const { streams, pseudonyms } = this.#parts;
    const id: LearnerId | undefined = ref.startsWith('psn:')
      ? pseudonyms.resolve(agency.slug, ref)
      : whomItMeans({ draft, streams, register: inForce.register, at }, agency.slug, ref);
    if (id === undefined) return undefined;
    const { state: file, revision } = draft.get(streams.files, learnerStream(id));
    if (revision < 0) return undefined;
    return { agency, file, revision, inForce, linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).state, at };
  }

  #decide(moment: Moment, standing: Standing, inquiry: Inquiry): Judged<Decided> {
    const answer = decideAnswer(standing, inquiry);
    const outcome = outcomeOf(standing, answer);
    const { draft } = moment;
    const id = this.#record(moment, standing, {
      ...this.#inputs(moment, standing, inquiry),
      outcome,
      permitted: groupPermitted(answer.permitted),
      refused: groupRefused(answer.refused),
    });
    this.#requireAsSeen(draft, standing);
    return {
      draft,
      result: (positions) => {
        const position = positions.get(id) ?? 0;
        if (outcome === 'answered') return { outcome, standing, answer, position };
        if (outcome === 'not-known') return { outcome, position };
        return { outcome, position, learner: this.#pseudonymIn(standing), clauses: this.#wouldHave(moment, standing, inquiry) };
      },
    };
  }

  #pseudonymIn({ agency, file }: Standing): string {
    return this.#parts.pseudonyms.of(agency.slug, file.id);
  }

  /** What the decision rests on may be on its way to the disk, and not arrive: then it is decided anew. */
  #requireAsSeen(draft: Draft, { file, inForce }: Standing): void {
    const { streams, registers } = this.#parts;
    registers.require(draft, inForce);
    draft.require(streams.files, learnerStream(file.id));
    draft.require(streams.linkAdvisers, LINK_ADVISERS);
  }

  #wouldHave({ inForce }: Moment, { agency }: Standing, { purposes }: Inquiry): readonly string[] {
    return clausesThatWouldHave(inForce.decisions, agency.slug, purposes);
  }

  #record({ draft, correlation }: Moment, { file, agency }: Standing, decided: DisclosureDecided): string {
    const { streams, vault } = this.#parts;
    const id = randomUUID();
    const stream = disclosureStream(file.id);
    draft.add(
      streams.heads,
      stream,
      (revision) => disclosureEvent({ id, correlation, learner: file.id, actor: agency.slug }, { stream, revision }, decided, vault),
      () => null,
    );
    return id;
  }

  #inputs({ draft, inForce, at }: Moment, { agency, revision }: Standing, inquiry: Inquiry): DecisionInputs {
    return {
      recipient: agency.slug,
      ...(inquiry.caller.staff === undefined ? {} : { staff: inquiry.caller.staff }),
      purposes: inquiry.purposes,
      route: inquiry.route,
      asked: inquiry.asked,
      page: inquiry.page,
      at,
      learner: revision,
      ...inForce.versions,
      linkAdvisers: draft.get(this.#parts.streams.linkAdvisers, LINK_ADVISERS).revision,
    };
  }

  /**
   * A question about nobody is recorded too, and costs what a question about somebody costs: the answers must look alike.
   * So is one by nobody whom the register knows: another issuer vouched for whoever that is.
   */
  #nobody({ draft, at, correlation }: Moment, agency: Agency | undefined, { caller, ref, purposes }: Inquiry): Judged<Decided> {
    const { streams, vault } = this.#parts;
    const id = randomUUID();
    const asked = { ref: vault.blind('ref', `${caller.agency}\n${ref}`), purposes, at };
    const origin = { id, correlation, actor: agency?.slug ?? 'broker' };
    draft.add(
      streams.heads,
      disclosureStream(NOBODY),
      () => refusalEvent(origin, asked),
      () => null,
    );
    return { draft, result: (positions): NotKnown => ({ outcome: 'not-known', position: positions.get(id) ?? 0 }) };
  }
}
