// An event about a learner, and what is known that bears upon it: each is worked out when the first check asks for it, and once.
import type { Contribution, Rejected } from '#contribution';
import { type FileStanding, type LearnerFile, learnerStream, standingOf, whomItMeans } from '#learner-file';
import type { RecordOutcome } from '#learner-record';
import { outcomeOf } from '../learner-rules.ts';
import { correctionLinking, registrationLinking, type ToLink } from '../linking.ts';
import { learnerOfAnswer } from '../notice-answered.ts';
import type { LinkedWith } from '../record-linked.ts';
import { isOf, lookupOf, type Session } from '../session.ts';

type Memo<Value> = { readonly value: Value } | undefined;

export class AboutLearner {
  readonly session: Session;
  readonly contribution: Contribution;
  #standing: Memo<FileStanding | undefined>;
  #linking: Memo<ToLink | undefined>;
  #outcome: Memo<RecordOutcome | undefined>;

  constructor(session: Session, contribution: Contribution) {
    this.session = session;
    this.contribution = contribution;
  }

  get isRegistration(): boolean {
    return isOf(this.contribution, 'learner.registered');
  }

  /** Of the learner whom the subject means; undefined: nobody, or it is a registration, which may make a learner. */
  get standing(): FileStanding | undefined {
    this.#standing ??= { value: this.isRegistration ? undefined : this.#meant() };
    return this.#standing.value;
  }

  #meant(): FileStanding | undefined {
    const { session, contribution } = this;
    const { subject } = contribution;
    const look = lookupOf(session);
    const learner = subject === undefined ? learnerOfAnswer(session, contribution) : whomItMeans(look, session.agency.slug, subject);
    return learner === undefined ? undefined : standingOf(look, learner);
  }

  /** Whose registration or correction it is, and what it links; undefined: it is neither. */
  get linking(): ToLink | undefined {
    this.#linking ??= { value: this.#link() };
    return this.#linking.value;
  }

  #link(): ToLink | undefined {
    const { session, contribution, standing } = this;
    if (isOf(contribution, 'learner.registered')) return registrationLinking(session, contribution);
    return standing && isOf(contribution, 'learner.corrected') ? correctionLinking(session, contribution, standing) : undefined;
  }

  /** What the rules of consent and record say; undefined: it links, or means nobody. */
  get outcome(): RecordOutcome | undefined {
    const { session, contribution, standing } = this;
    this.#outcome ??= { value: standing && !this.linking ? outcomeOf(session, contribution, standing) : undefined };
    return this.#outcome.value;
  }

  /** What is to be linked, of a registration or correction that no check refused. */
  get linked(): LinkedWith | undefined {
    const { linking: toLink } = this;
    return toLink?.linking.outcome === 'accepted' ? { linking: toLink.linking, details: toLink.details } : undefined;
  }

  /** Of any other event that no check refused. */
  known(): { readonly standing: FileStanding; readonly outcome: Exclude<RecordOutcome, Rejected> } {
    const { standing, outcome } = this;
    if (!standing || !outcome || outcome.outcome === 'rejected') throw new Error('A check refuses this event: it is not recorded.');
    return { standing, outcome };
  }

  /** In which the sender's own events of the day are counted: of a learner whom it may know of. */
  get own(): LearnerFile | undefined {
    if (!this.isRegistration) return this.standing?.file;
    const { draft, streams } = this.session;
    const own = this.linking?.own;
    return own === undefined ? undefined : draft.get(streams.files, learnerStream(own)).state;
  }
}
