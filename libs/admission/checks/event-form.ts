// What every check of admission is, and an event as it was sent, read as far as the checks before have let it pass.
import type { Instant, LearnerId } from '#kernel';
import type { Agency } from '#agencies';
import type { Catalogue, CloudEvent, EnvelopeResult, EventType } from '#catalogue';
import type { InForce } from '#disclosure';
import type { Fault, RejectionCode } from './rejections.ts';

// One check of admission: the table of all of them says in which order they are made (`CHECKS`).

export interface Refusal extends Fault {
  /** Of `link-conflict`: the learners that contradict each other, for the data manager. */
  readonly between?: readonly LearnerId[];
}

export interface Check<Given> {
  /** With which it may refuse. */
  readonly codes: readonly RejectionCode[];
  readonly looksAt: string;
  /** Pure: it sees what it is given, and nothing else. */
  readonly refuse: (given: Given) => Refusal | undefined;
}

/** Of the first that refuses, in their order; those after it are not made. */
export const firstRefusal = <Given>(checks: readonly Check<Given>[], given: Given): Refusal | undefined => {
  for (const { refuse } of checks) {
    const refusal = refuse(given);
    if (refusal) return refusal;
  }
  return undefined;
};

// An event as it was sent, read as far as the checks before have let it pass.

export interface EventToJudge {
  /** The exact JSON text of the event, as signed. */
  readonly bytes: Uint8Array;
  readonly value: unknown;
}

/** What its form is judged by. */
export interface Formalities {
  readonly agency: Agency;
  /** Thumbprint of the key that signed; absent where nobody did. */
  readonly kid?: string | undefined;
  readonly catalogue: Catalogue;
  readonly inForce: InForce;
  readonly at: Instant;
  /** Whether the own token of a learner came with the message. */
  readonly isSignedIn: boolean;
}

export class EventForm {
  readonly event: EventToJudge;
  readonly formalities: Formalities;
  #parsed: EnvelopeResult | undefined;

  constructor(event: EventToJudge, formalities: Formalities) {
    this.event = event;
    this.formalities = formalities;
  }

  parse(): EnvelopeResult {
    const { catalogue, at } = this.formalities;
    return (this.#parsed ??= catalogue.parseEnvelope(this.event.value, at));
  }

  /** Of one that was parsed; undefined where it was not, or could not be. */
  get envelope(): CloudEvent | undefined {
    return this.#parsed?.ok ? this.#parsed.event : undefined;
  }

  /** Undefined where the catalogue has no such type. */
  get type(): EventType | undefined {
    return this.envelope && this.formalities.catalogue.type(this.envelope.type);
  }

  /** Of an event that the checks of its type let pass. */
  get typed(): { readonly event: CloudEvent; readonly type: EventType } {
    const { envelope: event, type } = this;
    if (!event || !type) throw new Error('This check comes before those of envelope and type.');
    return { event, type };
  }
}

export interface Pointed {
  readonly pointer: string;
  readonly says: string;
}

export const refusedFor = (code: RejectionCode, faults: readonly Pointed[]): Refusal | undefined =>
  faults.length === 0 ? undefined : { code, says: faults.map(({ pointer, says }) => `${pointer || '/'}: ${says}`).join(' ') };

export const refusedIf = (refused: boolean, code: RejectionCode, says: string): Refusal | undefined =>
  refused ? { code, says } : undefined;

// The learner's own page, an agency of the operator: what it says counts as the learner's word, so it says it of whoever is signed in there
// alone (sharing-matrix.md, W5; ADR 54).

export const speaksForLearners = ({ roles }: Pick<Agency, 'roles'>): boolean => roles.includes('self-service');

export const subjectForm: Check<EventForm> = {
  codes: ['invalid-envelope'],
  looksAt: 'whether the subject is of a form that the sender uses',
  refuse: ({ envelope: event, formalities: { agency } }) =>
    refusedIf(
      event?.subject?.startsWith('psn:') === true && !speaksForLearners(agency),
      'invalid-envelope',
      "/subject: Give uln: with ten digits, or local: with your own learner id. Pseudonyms are for the learner's own page.",
    ),
};

/** Whoever holds the page's key holds nobody's sign-in with it. */
export const signedIn: Check<EventForm> = {
  codes: ['role-not-allowed'],
  looksAt: "on the learner's own page, whether the learner is signed in",
  refuse: ({ typed: { event }, formalities: { agency, isSignedIn } }) =>
    refusedIf(
      speaksForLearners(agency) && event.subject !== undefined && !isSignedIn,
      'role-not-allowed',
      "A learner's page speaks for whoever is signed in alone: send this over HTTP with the learner's own token in Authorization.",
    ),
};

const STATES_CONSENT: readonly string[] = ['consent.given', 'consent.refused'];

export const ownWord: Check<EventForm> = {
  codes: ['schema'],
  looksAt: "on the learner's own page, who agrees, how, and by which sign-in",
  refuse: ({ typed: { event, type }, formalities: { agency } }) =>
    speaksForLearners(agency) && STATES_CONSENT.includes(type.short) ? refusedFor('schema', faultsInOwnWord(event.data)) : undefined,
};

const faultsInOwnWord = ({ givenBy, method, evidence }: CloudEvent['data']): readonly Pointed[] => [
  ...(givenBy === 'learner' ? [] : [{ pointer: '/givenBy', says: 'Give learner: nobody else is signed in.' }]),
  ...(method === 'online' ? [] : [{ pointer: '/method', says: "Give online: it is said on the learner's own page." }]),
  ...(evidence === undefined ? [{ pointer: '/evidence', says: 'Give a reference to the sign-in.' }] : []),
];
