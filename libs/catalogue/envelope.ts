// CloudEvents 1.0 envelope of a learner event (contracts.md, Envelope), checked by hand: it is met by every event.
// Faults never repeat what the sender wrote.
import { agencyOf, type Instant } from '#kernel';
import { faultOfJson, isPlainId, isPlainNumber, isPlainText, isTimestamp } from './plain-values.ts';
import type { EventDataValue, SubjectRule } from './event-type.ts';

export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  /** `urn:concordat:agency:<slug>`. */
  readonly source: string;
  readonly type: string;
  /** `uln:<10 digits>` or `local:<the agency's own learner id>`. */
  readonly subject?: string;
  /** RFC 3339 with offset. */
  readonly time: string;
  readonly datacontenttype?: string;
  readonly dataschema?: string;
  readonly data: EventDataValue;
  readonly [extension: string]: unknown;
}

export interface EnvelopeFault {
  /** RFC 6901 pointer within the event. */
  readonly pointer: string;
  readonly says: string;
}

export type EnvelopeResult =
  { readonly ok: true; readonly event: CloudEvent } | { readonly ok: false; readonly faults: readonly EnvelopeFault[] };

/** What an envelope is judged by, besides itself. */
export interface EnvelopeContext {
  readonly now: Instant;
  /** Whether a type is about a learner; undefined for an unknown type, which is not judged here. */
  readonly subjectRuleOf: (type: string) => SubjectRule | undefined;
}

interface AttributeRule {
  readonly name: string;
  readonly required: boolean;
  readonly holds: (value: unknown) => boolean;
  readonly says: string;
}

type Envelope = Readonly<Record<string, unknown>>;

const SUBJECT = /^(?:uln:[0-9]{10}|local:.{1,100}|psn:[A-Za-z0-9_-]{22})$/u;
const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i;
const ATTRIBUTE = /^[a-z0-9]+$/;
const EARLIEST = Date.UTC(2000, 0, 1);
/** How far a sender's clock may be ahead. */
const AHEAD = 5 * 60_000;

const fits = (text: string, longest: number): boolean =>
  text.length <= longest || (text.length <= 2 * longest && [...text].length <= longest);
const isText = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length > 0 && fits(value, longest) && isPlainText(value);
const isObject = (value: unknown): value is Envelope => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of a learner event's subject, whose form `parseEnvelope` has checked. */
export type Subject =
  | { readonly kind: 'uln'; readonly uln: string }
  | { readonly kind: 'local'; readonly localId: string }
  /** As the learner's own page names who is signed in. */
  | { readonly kind: 'pseudonym' };

export const parseSubject = (subject: string): Subject => {
  if (subject.startsWith('uln:')) return { kind: 'uln', uln: subject.slice(4) };
  return subject.startsWith('psn:') ? { kind: 'pseudonym' } : { kind: 'local', localId: subject.slice(6) };
};

const RULES: readonly AttributeRule[] = [
  { name: 'specversion', required: true, holds: (v) => v === '1.0', says: 'Give "1.0".' },
  {
    name: 'id',
    required: true,
    holds: (v) => isText(v, 255) && isPlainId(String(v)),
    says: 'Give 1 to 255 characters, without blanks at the edges, control, format or combining characters.',
  },
  {
    name: 'source',
    required: true,
    holds: (v) => typeof v === 'string' && agencyOf(v) !== undefined,
    says: 'Give urn:concordat:agency: followed by the slug of the agency.',
  },
  { name: 'type', required: true, holds: (v) => isText(v, 255), says: 'Give the name of an event type of the catalogue.' },
  { name: 'time', required: true, holds: (v) => typeof v === 'string' && isTimestamp(v), says: 'Give an RFC 3339 time with its offset.' },
  {
    name: 'datacontenttype',
    required: false,
    holds: (v) => typeof v === 'string' && JSON_TYPE.test(v),
    says: 'Give application/json, or leave it out.',
  },
  { name: 'dataschema', required: false, holds: (v) => isText(v, 2048), says: 'Give a URI, or leave it out.' },
  {
    name: 'subject',
    required: false,
    holds: (v) => typeof v === 'string' && SUBJECT.test(v) && isPlainId(v.slice(v.indexOf(':') + 1)),
    says: "Give uln: with ten digits, or local: with the agency's own learner id of 1 to 100 characters, without blanks at its edges, control, format or combining characters.",
  },
  { name: 'data', required: true, holds: isObject, says: 'Give a JSON object.' },
];
const KNOWN = new Set(RULES.map((rule) => rule.name));

// The JSON format of CloudEvents (section 2.2) lets an attribute be null in place of absent.
const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const attributeFaults = (envelope: Envelope, faults: EnvelopeFault[]): void => {
  for (const { name, required, holds, says } of RULES) {
    const value = envelope[name];
    if (!isAbsent(value)) {
      if (!holds(value)) faults.push({ pointer: `/${name}`, says });
    } else if (required) faults.push({ pointer: `/${name}`, says: `Add it: it is required. ${says}` });
  }
};

const isAttributeValue = (value: unknown): boolean =>
  typeof value === 'string'
    ? isPlainText(value)
    : typeof value === 'boolean' || (typeof value === 'number' && isPlainNumber(value)) || isAbsent(value);

const faultOfExtension = (name: string, value: unknown): EnvelopeFault | undefined => {
  if (name === 'data_base64') return { pointer: '/data_base64', says: 'Give the data as a JSON object in data instead.' };
  if (!ATTRIBUTE.test(name)) return { pointer: '', says: 'Name attributes with lowercase letters and digits only.' };
  if (isAttributeValue(value)) return undefined;
  return { pointer: '', says: 'Give extension attributes text without control characters, a number or a boolean.' };
};

// One is enough: an event may hold thousands of them.
const extensionFaults = (envelope: Envelope, faults: EnvelopeFault[]): void => {
  for (const name of Object.keys(envelope)) {
    const fault = KNOWN.has(name) ? undefined : faultOfExtension(name, envelope[name]);
    if (fault !== undefined) return void faults.push(fault);
  }
};

const subjectFaults = ({ subject }: Envelope, rule: SubjectRule | undefined, faults: EnvelopeFault[]): void => {
  if (rule === 'required' && isAbsent(subject))
    faults.push({ pointer: '/subject', says: 'Add the learner: events of this type are about one.' });
  if (rule === 'none' && !isAbsent(subject))
    faults.push({ pointer: '/subject', says: 'Remove it: events of this type are about no learner.' });
};

const timeFaults = ({ time }: Envelope, now: Instant, faults: EnvelopeFault[]): void => {
  if (typeof time !== 'string' || !isTimestamp(time)) return;
  const at = Date.parse(time);
  if (at < EARLIEST) faults.push({ pointer: '/time', says: 'Give a time not before the year 2000.' });
  if (at > now + AHEAD) faults.push({ pointer: '/time', says: 'Give a time at most 5 minutes ahead: compare your clock.' });
};

const withoutNulls = (envelope: Envelope): Envelope =>
  Object.values(envelope).includes(null) ? Object.fromEntries(Object.entries(envelope).filter(([, value]) => value !== null)) : envelope;

export const parseEnvelope = (value: unknown, { now, subjectRuleOf }: EnvelopeContext): EnvelopeResult => {
  if (!isObject(value)) return { ok: false, faults: [{ pointer: '', says: 'Give a CloudEvent as a JSON object.' }] };
  const faults: EnvelopeFault[] = [];
  attributeFaults(value, faults);
  extensionFaults(value, faults);
  if (typeof value['type'] === 'string') subjectFaults(value, subjectRuleOf(value['type']), faults);
  timeFaults(value, now, faults);
  const data = faultOfJson(value['data']);
  if (data !== undefined) faults.push({ pointer: '/data', says: data });
  return faults.length > 0 ? { ok: false, faults } : { ok: true, event: withoutNulls(value) as CloudEvent };
};
