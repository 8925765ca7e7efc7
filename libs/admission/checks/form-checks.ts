// What an event is refused for by itself and by what is in force, before anything recorded is looked at.
import { londonDate } from '#kernel';
import { type Agency, isInForce, takesPart } from '#agencies';
import { checkUln, type CloudEvent, type EventType, fieldFaults } from '#catalogue';
import { mayContribute } from '#sharing-protocols';
import { type Check, type EventForm, refusedFor, refusedIf } from './event-form.ts';
import { ownWord, signedIn, subjectForm } from './event-form.ts';

export const MAX_EVENT_BYTES = 256 * 1024;

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
