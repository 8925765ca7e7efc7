// What an event is refused for by itself and by what is in force, before anything recorded is looked at.
import { type Instant, type LearnerId, londonDate } from '#kernel';
import { type Agency, isInForce, takesPart } from '#agencies';
import { type Catalogue, checkUln, type CloudEvent, type EnvelopeResult, type EventType, fieldFaults } from '#catalogue';
import type { InForce } from '#disclosure';
import { mayContribute } from '#sharing-protocols';
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

/** The learner's own page, an agency of the operator: what it says counts as the learner's word. */
export const speaksForLearners = ({ roles }: Pick<Agency, 'roles'>): boolean => roles.includes('self-service');

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

export const MAX_EVENT_BYTES = 256 * 1024;

interface Pointed {
  readonly pointer: string;
  readonly says: string;
}

const refusedFor = (code: RejectionCode, faults: readonly Pointed[]): Refusal | undefined =>
  faults.length === 0 ? undefined : { code, says: faults.map(({ pointer, says }) => `${pointer || '/'}: ${says}`).join(' ') };

const refusedIf = (refused: boolean, code: RejectionCode, says: string): Refusal | undefined => (refused ? { code, says } : undefined);

const size: Check<EventForm> = {
  codes: ['too-large'],
  looksAt: 'how long the event is',
  refuse: ({ event }) => refusedIf(event.bytes.byteLength > MAX_EVENT_BYTES, 'too-large', 'An event may have at most 256 KiB: shorten it.'),
};

const envelope: Check<EventForm> = {
  codes: ['invalid-envelope'],
  looksAt: 'the CloudEvents attributes, and the clock',
  refuse: (form) => {
    const parsed = form.parse();
    return parsed.ok ? undefined : refusedFor('invalid-envelope', parsed.faults);
  },
};

const subjectForm: Check<EventForm> = {
  codes: ['invalid-envelope'],
  looksAt: 'whether the subject is of a form that the sender uses',
  refuse: ({ envelope: event, formalities: { agency } }) =>
    refusedIf(
      event?.subject?.startsWith('psn:') === true && !speaksForLearners(agency),
      'invalid-envelope',
      "/subject: Give uln: with ten digits, or local: with your own learner id. Pseudonyms are for the learner's own page.",
    ),
};

const knownType: Check<EventForm> = {
  codes: ['unknown-type'],
  looksAt: 'the event catalogue',
  refuse: ({ type }) => refusedIf(!type, 'unknown-type', 'This type is not in the event catalogue: /openapi.json lists the types.'),
};

const schema: Check<EventForm> = {
  codes: ['schema'],
  looksAt: '`data`, and the schema of its type',
  refuse: ({ typed: { event, type } }) => refusedFor('schema', type.validate(event.data)),
};

const fields: Check<EventForm> = {
  codes: ['schema'],
  looksAt: '`data` across its fields, the day, and the agencies, purposes and protocols that exist',
  refuse: ({ typed: { event, type }, formalities: { inForce, at } }) => {
    const words = { purposes: inForce.purposes, protocols: inForce.protocols, agencies: inForce.slugs };
    const days = { today: londonDate(at), toldOn: londonDate(Date.parse(event.time)) };
    return refusedFor('schema', fieldFaults(type.short, event.data, { ...days, words }));
  },
};

const ulns: Check<EventForm> = {
  codes: ['invalid-uln'],
  looksAt: 'the check digits of ULNs in the subject and in `data`',
  refuse: ({ typed: { event } }) =>
    refusedIf(!ulnsHold(event), 'invalid-uln', "The check digit of the ULN does not fit: compare it with the learner's record."),
};

const ulnsHold = ({ subject, data }: CloudEvent): boolean => {
  const inData = data['uln'];
  return (!subject?.startsWith('uln:') || checkUln(subject.slice(4))) && (typeof inData !== 'string' || checkUln(inData));
};

/** The signature was verified by the register as it was known then: another process may have ended the key meanwhile. */
const signer: Check<EventForm> = {
  codes: ['role-not-allowed'],
  looksAt: 'whether the key that signed speaks for the agency now',
  refuse: ({ formalities: { agency, kid, at } }) =>
    refusedIf(
      kid !== undefined && !agency.keys.some((key) => key.kid === kid && isInForce(key, at)),
      'role-not-allowed',
      'The key that signed this is not in force any more: sign it with one that is, and send it again.',
    ),
};

const partner: Check<EventForm> = {
  codes: ['role-not-allowed'],
  looksAt: 'whether the agency takes part now',
  refuse: ({ formalities: { agency } }) =>
    refusedIf(
      !takesPart(agency),
      'role-not-allowed',
      'Your agency takes no part in the partnership now: it is suspended or was let go. Ask the operator; once it is readmitted, ' +
        'send the event again.',
    ),
};

const referrer: Check<EventForm> = {
  codes: ['role-not-allowed'],
  looksAt: 'whom a provider refers, and to whom',
  refuse: ({ typed: { event, type }, formalities: { agency } }) =>
    refusedIf(
      type.short === 'referral.made' && !mayRefer(agency, event.data),
      'role-not-allowed',
      'A provider refers a learner to itself alone: give route self and your own slug in to, or ask the careers service to refer ' +
        'the learner.',
    ),
};

/** Roles that may refer a learner to others; a provider may only say that one came by itself (sharing-matrix.md, W3). */
const REFERRERS: readonly string[] = ['connexions', 'school', 'college', 'yot', 'jobcentre', 'social-services'];

const mayRefer = ({ slug, roles }: Agency, { to, route }: CloudEvent['data']): boolean =>
  !roles.includes('provider') || roles.some((role) => REFERRERS.includes(role)) || (to === slug && route === 'self');

const protocol: Check<EventForm> = {
  codes: ['role-not-allowed'],
  looksAt: 'the protocols in force',
  refuse: ({ typed: { event, type }, formalities: { agency, inForce } }) =>
    refusedIf(
      !mayContribute(inForce.contributions, { agency: agency.slug, type: type.short, facts: factsOf(type, event.data) }).allowed,
      'role-not-allowed',
      'No protocol in force lets your agency contribute this: `concordat protocol render` shows who may.',
    ),
};

/** Whoever holds the page's key holds nobody's sign-in with it (ADR 54). */
const signedIn: Check<EventForm> = {
  codes: ['role-not-allowed'],
  looksAt: "on the learner's own page, whether the learner is signed in",
  refuse: ({ typed: { event }, formalities: { agency, isSignedIn } }) =>
    refusedIf(
      speaksForLearners(agency) && event.subject !== undefined && !isSignedIn,
      'role-not-allowed',
      "A learner's page speaks for whoever is signed in alone: send this over HTTP with the learner's own token in Authorization.",
    ),
};

const FOUND_ONLINE = 'Give online: it is said on the learner’s own page.';

const ownWord: Check<EventForm> = {
  codes: ['schema'],
  looksAt: 'on the learner’s own page, who agrees, how, and by which sign-in',
  refuse: ({ typed: { event, type }, formalities: { agency } }) =>
    speaksForLearners(agency) && STATES_CONSENT.includes(type.short) ? refusedFor('schema', faultsInOwnWord(event.data)) : undefined,
};

const STATES_CONSENT: readonly string[] = ['consent.given', 'consent.refused'];

const faultsInOwnWord = ({ givenBy, method, evidence }: CloudEvent['data']): readonly Pointed[] => [
  ...(givenBy === 'learner' ? [] : [{ pointer: '/givenBy', says: 'Give learner: nobody else is signed in.' }]),
  ...(method === 'online' ? [] : [{ pointer: '/method', says: FOUND_ONLINE }]),
  ...(evidence === undefined ? [{ pointer: '/evidence', says: 'Give a reference to the sign-in.' }] : []),
];

/** The text fields by which protocols tell events of a type apart. */
const factsOf = ({ facts }: EventType, data: CloudEvent['data']): Readonly<Record<string, string>> =>
  Object.fromEntries(facts.flatMap((name) => (typeof data[name] === 'string' ? [[name, data[name]]] : [])));

export const FORM_CHECKS: readonly Check<EventForm>[] = [
  size,
  envelope,
  subjectForm,
  knownType,
  schema,
  fields,
  ownWord,
  ulns,
  signer,
  partner,
  referrer,
  protocol,
  signedIn,
];
