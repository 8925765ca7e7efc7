// What the data of a type must hold beyond its schema: across fields, against today, and by the words that are known.
import type { IsoDate } from '#kernel';
import type { EventDataValue } from './event-type.ts';
import type { ShortType } from './data/index.ts';
import {
  asked,
  begins,
  born,
  type Days,
  ends,
  happened,
  holdsSince,
  known,
  lasts,
  livesThereFrom,
  outside,
  planned,
  type Span,
  withholds,
  yearOutside,
} from './day-rules.ts';
import type { SchemaFault } from './schema-faults.ts';
import { consentScope, type KnownWords, type ScopeRule, statementScope } from './scope-rules.ts';
export type { KnownWords } from './scope-rules.ts';

// The values that a rule looks at: `on` of the data itself, `choices[].startsOn` of each item of a list.

export interface FieldValue {
  /** RFC 6901. */
  readonly pointer: string;
  readonly value: unknown;
}

const LIST = '[]';

const inList = (list: readonly unknown[], name: string, field: string | undefined): readonly FieldValue[] =>
  list.map((item, place) => ({
    pointer: `/${name}/${place}${field === undefined ? '' : `/${field}`}`,
    value: field === undefined ? item : (item as EventDataValue)[field],
  }));

/** Those that are there. Needs data that the schema of the type has judged. */
const valuesAt = (data: EventDataValue, path: string): readonly FieldValue[] => {
  if (!path.includes(LIST)) return data[path] === undefined ? [] : [{ pointer: `/${path}`, value: data[path] }];
  const [name = '', field] = path.split(/\[\]\.?/);
  const list = (data[name] ?? []) as readonly unknown[];
  return inList(list, name, field || undefined).filter(({ value }) => value !== undefined);
};

export interface FieldContext extends Days {
  /** Left out: purposes, protocols and agencies are not judged. */
  readonly words?: KnownWords;
}

type Faults = readonly SchemaFault[];

export interface TypeRules {
  /** Every day that the type has. */
  readonly days?: Readonly<Record<string, Span>>;
  /** The first is not after the last. */
  readonly order?: readonly [first: string, last: string];
  /** Fields that name an agency, `of` and the recipients of a scope aside. */
  readonly agencies?: readonly string[];
  readonly year?: string;
  readonly scope?: ScopeRule;
  readonly other?: (data: EventDataValue) => Faults;
}

const withheldWithSomething = ({ withheld, postcode, contact }: EventDataValue): Faults =>
  withheld === undefined || (postcode ?? contact) !== undefined
    ? []
    : [{ pointer: '/withheld', says: 'Give the postcode or contact that it is about.' }];

const inForce: ScopeRule = ({ protocol }, words) =>
  (words?.protocols.has(protocol as string) ?? true) ? [] : [{ pointer: '/protocol', says: 'Name a protocol that is in force.' }];

const identity = { days: { dateOfBirth: born } };
const consent: TypeRules = { days: { validFrom: planned, expires: lasts }, order: ['validFrom', 'expires'], scope: consentScope };
const statement: TypeRules = { scope: statementScope };
const assessment: TypeRules = { days: { assessedOn: known, validUntil: lasts }, order: ['assessedOn', 'validUntil'] };
const choices: TypeRules = { days: { 'choices[].startsOn': planned }, agencies: ['choices[].agency'] };
const offer: TypeRules = { days: { startsOn: planned }, year: 'cohort' };
const about: TypeRules = { agencies: ['about'] };
const replied: TypeRules = { days: { due: planned } };
const vacancy: TypeRules = { agencies: ['confidentialTo'] };

/** One row for each type that has a day, a year, an agency or a scope; field-table.spec.ts finds what is missing. */
export const RULES: { readonly [Type in ShortType]?: TypeRules } = {
  'learner.registered': identity,
  'learner.corrected': { ...identity, other: withheldWithSomething },
  'residence.stated': { days: { from: livesThereFrom } },
  'tie.confirmed': { agencies: ['agency'] },
  'learner.adviser-ended': { days: { on: ends } },
  'link-adviser.assigned': { agencies: ['provider'] },
  'link-adviser.confirmed': { agencies: ['by'] },
  'adviser.informed': { days: { on: happened } },
  'follow-up.made': { days: { on: happened } },
  'withholding.stated': { days: { until: withholds } },
  'consent.given': consent,
  'consent.refused': consent,
  'consent.renewed': { days: { expires: lasts } },
  'consent.requested': { days: { until: asked }, scope: consentScope },
  'notice.acknowledged': { days: { on: happened } },
  'objection.raised': statement,
  'objection.decided': statement,
  'restriction.requested': statement,
  'restriction.lifted': statement,
  'referral.made': { agencies: ['to'] },
  'assessment.recorded': assessment,
  'assessment.rectified': assessment,
  'circumstance.noted': { days: { since: holdsSince } },
  'offence.noted': { days: { until: lasts } },
  'case-conference.held': { days: { on: happened } },
  'release.planned': { days: { on: planned } },
  'quota.agreed': { agencies: ['provider'], year: 'year' },
  'programme.started': {
    days: { startedOn: begins, plannedEnd: planned },
    order: ['startedOn', 'plannedEnd'],
    agencies: ['fundedBy', 'deliveredAt'],
  },
  'programme.signed-off': { days: { signedOn: happened } },
  'review.scheduled': { days: { on: planned } },
  'review.held': { days: { heldOn: happened, nextReviewDue: planned }, order: ['heldOn', 'nextReviewDue'] },
  'attendance.concern': { days: { on: happened } },
  'workplace.risk-assessed': { days: { on: happened, validUntil: lasts }, order: ['on', 'validUntil'] },
  'placement.started': { days: { on: begins } },
  'placement.ended': { days: { on: ends } },
  'achievement.recorded': { days: { awardedOn: happened } },
  'programme.left-early': { days: { leftOn: ends } },
  'moving-on.planned': { days: { on: planned } },
  'programme.moved-on': { days: { on: ends } },
  'offer.made': offer,
  'offer.accepted': offer,
  'offer.declined': offer,
  'application.submitted': choices,
  'application.placed': choices,
  'destination.recorded': { days: { from: planned, verifiedOn: happened, until: planned }, order: ['from', 'until'] },
  'intention.recorded': { year: 'year' },
  'feedback.given': about,
  'feedback.answered': about,
  'question.asked': about,
  'question.answered': replied,
  'complaint.made': about,
  'complaint.acknowledged': replied,
  'complaint.answered': replied,
  'provision.listed': { days: { startsOn: planned } },
  'undertaking.discharged': { days: { on: happened }, scope: inForce },
  'quality.finding-recorded': { days: { due: planned }, agencies: ['agency'] },
  'quality.finding-closed': { days: { on: happened } },
  'partnership.declared': { days: { planningCloses: planned }, agencies: ['members[]'] },
  'vacancy.listed': vacancy,
  'vacancy.filled': vacancy,
};

const CONFORMS: Faults = Object.freeze([]);

/** Of each value in its place. */
const faultsAt = (data: EventDataValue, path: string, faultOf: (value: unknown) => string | undefined): Faults =>
  valuesAt(data, path).flatMap(({ pointer, value }) => {
    const says = faultOf(value);
    return says === undefined ? [] : [{ pointer, says }];
  });

const dayFaults = (days: TypeRules['days'], data: EventDataValue, now: Days): Faults =>
  Object.entries(days ?? {}).flatMap(([path, span]) => faultsAt(data, path, (day) => outside(span, day as IsoDate, now)));

/** Both days may be the same. */
const orderFaults = (order: TypeRules['order'], data: EventDataValue): Faults => {
  const [first = '', last = ''] = order ?? [];
  const [from, to] = [data[first] as IsoDate | undefined, data[last] as IsoDate | undefined];
  return from === undefined || to === undefined || from <= to
    ? CONFORMS
    : [{ pointer: `/${last}`, says: `Give a day that is not before ${first}.` }];
};

const agencyFaults = (fields: TypeRules['agencies'], data: EventDataValue, words: KnownWords | undefined): Faults =>
  (fields ?? []).flatMap((path) =>
    faultsAt(data, path, (slug) => ((words?.agencies.has(slug as string) ?? true) ? undefined : 'Name a registered agency by its slug.')),
  );

/** Needs data that the schema of the type has judged. No faults: the data may be recorded. Never repeats what was sent. */
export const fieldFaults = (type: ShortType, data: EventDataValue, context: FieldContext): Faults => {
  const rules = RULES[type];
  if (rules === undefined) return CONFORMS;
  const { words } = context;
  const { days, order, agencies, year, scope, other } = rules;
  return [
    ...dayFaults(days, data, context),
    ...orderFaults(order, data),
    ...agencyFaults(agencies, data, words),
    ...(year === undefined ? [] : faultsAt(data, year, (value) => yearOutside(value as string | number, context))),
    ...(scope?.(data, words) ?? []),
    ...(other?.(data) ?? []),
  ];
};
