// The first look at an event, which needs nothing but itself and what is in force: size, envelope, type, schema, ULN, role, in this order.
import { type Agency, takesPart } from '#agencies';
import { type Catalogue, checkUln, type CloudEvent, type EventType, fieldFaults, type SchemaFault } from '#catalogue';
import type { InForce } from '#disclosure';
import { type Instant, londonDate, sourceOf } from '#kernel';
import { type Admittance, mayContribute } from '#sharing-protocols';
import type { RejectionCode, RejectionMore } from './receipt.ts';

export const MAX_EVENT_BYTES = 256 * 1024;

export interface Fault extends RejectionMore {
  readonly code: RejectionCode;
  readonly says: string;
}

/** An event that passed, and on what terms its sender may contribute it. */
export interface WellFormed {
  readonly event: CloudEvent;
  readonly type: EventType;
  readonly right: Extract<Admittance, { allowed: true }>;
}

/** `envelope` is there as soon as the event can be identified: a repeat is told before any other fault. */
export interface FormJudgement {
  readonly id: string | null;
  readonly source: string;
  readonly envelope?: CloudEvent;
  readonly formed?: WellFormed;
  readonly fault?: Fault;
}

export interface EventToJudge {
  /** The exact JSON text of the event, as signed. */
  readonly bytes: Uint8Array;
  readonly value: unknown;
}

/** What the first look goes by. */
export interface Formalities {
  readonly agency: Agency;
  readonly catalogue: Catalogue;
  readonly inForce: InForce;
  readonly at: Instant;
}

export const judgeForm = (event: EventToJudge, formalities: Formalities): FormJudgement => {
  const { agency, catalogue, at } = formalities;
  const identity = { id: textOf(event.value, 'id'), source: textOf(event.value, 'source') ?? sourceOf(agency.slug) };
  if (event.bytes.byteLength > MAX_EVENT_BYTES) {
    return { ...identity, fault: { code: 'too-large', says: 'An event may have at most 256 KiB: shorten it.' } };
  }
  const envelope = catalogue.parseEnvelope(event.value, at);
  if (!envelope.ok) return { ...identity, fault: { code: 'invalid-envelope', says: envelope.faults.map(sentence).join(' ') } };
  return { ...identity, envelope: envelope.event, ...judgeContent(envelope.event, formalities) };
};

const judgeContent = (event: CloudEvent, formalities: Formalities): Pick<FormJudgement, 'formed' | 'fault'> => {
  const { agency, catalogue, inForce } = formalities;
  const type = catalogue.type(event.type);
  if (!type) return { fault: { code: 'unknown-type', says: 'This type is not in the event catalogue: /openapi.json lists the types.' } };
  const faults = faultsIn(event, type, formalities);
  if (faults.length > 0) return { fault: { code: 'schema', says: faults.map(sentence).join(' ') } };
  if (!ulnsHold(event))
    return { fault: { code: 'invalid-uln', says: "The check digit of the ULN does not fit: compare it with the learner's record." } };
  if (!takesPart(agency)) return { fault: TAKES_NO_PART };
  if (type.short === 'referral.made' && !mayRefer(agency, event.data)) return { fault: REFERS_OTHERS };
  const right = mayContribute(inForce.contributions, { agency: agency.slug, type: type.short, facts: factsOf(type, event.data) });
  if (!right.allowed) {
    return {
      fault: {
        code: 'role-not-allowed',
        says: 'No protocol in force lets your agency contribute this: `concordat protocol render` shows who may.',
      },
    };
  }
  return { formed: { event, type, right } };
};

/** By the schema, then across fields, against today, and by the words that exist. */
const faultsIn = ({ data, time }: CloudEvent, type: EventType, { inForce, at }: Formalities): readonly SchemaFault[] => {
  const faults = type.validate(data);
  if (faults.length > 0) return faults;
  const words = { purposes: inForce.purposes, protocols: inForce.protocols, agencies: inForce.slugs };
  return fieldFaults(type.short, data, { today: londonDate(at), toldOn: londonDate(Date.parse(time)), words });
};

const TAKES_NO_PART: Fault = {
  code: 'role-not-allowed',
  says: 'Your agency takes no part in the partnership now: it is suspended or was let go. Ask the operator; once it is readmitted, send the event again.',
};

const REFERS_OTHERS: Fault = {
  code: 'role-not-allowed',
  says: 'A provider refers a learner to itself alone: give route self and your own slug in to, or ask the careers service to refer the learner.',
};

/** Roles that may refer a learner to others; a provider may only say that one came by itself (sharing-matrix.md, W3). */
const REFERRERS: readonly string[] = ['connexions', 'school', 'college', 'yot', 'jobcentre', 'social-services'];

const mayRefer = ({ slug, roles }: Agency, { to, route }: CloudEvent['data']): boolean =>
  !roles.includes('provider') || roles.some((role) => REFERRERS.includes(role)) || (to === slug && route === 'self');

/** The text fields by which protocols tell events of a type apart. */
const factsOf = ({ facts }: EventType, data: CloudEvent['data']): Readonly<Record<string, string>> =>
  Object.fromEntries(facts.flatMap((name) => (typeof data[name] === 'string' ? [[name, data[name]]] : [])));

const ulnsHold = ({ subject, data }: CloudEvent): boolean => {
  const inData = data['uln'];
  return (!subject?.startsWith('uln:') || checkUln(subject.slice(4))) && (typeof inData !== 'string' || checkUln(inData));
};

const sentence = ({ pointer, says }: { readonly pointer: string; readonly says: string }): string => `${pointer || '/'}: ${says}`;

const textOf = (value: unknown, name: string): string | null => {
  const text = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof text === 'string' ? text : null;
};
