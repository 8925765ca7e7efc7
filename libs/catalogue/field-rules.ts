// What the data of a type must hold beyond its schema: across fields, against today, and by the words that are known.
import type { IsoDate } from '#kernel';
import type { EventDataValue } from './category-rule.ts';
import type { ShortType } from './data/index.ts';
import { type DayRule, ends, happened, inOrder, notInTheFuture, withholds } from './day-rules.ts';
import type { SchemaFault } from './schema-faults.ts';
import { consentScope, type KnownWords, type ScopeRule, statementScope } from './scope-rules.ts';

export type { KnownWords } from './scope-rules.ts';

export interface FieldContext {
  /** In London. */
  readonly today: IsoDate;
  /** Left out: purposes, protocols and agencies are not judged. */
  readonly words?: KnownWords;
}

interface TypeRules {
  readonly days?: readonly DayRule[];
  readonly scope?: ScopeRule;
  readonly other?: (data: EventDataValue) => readonly SchemaFault[];
}

const withheldWithSomething = ({ withheld, postcode, contact }: EventDataValue): readonly SchemaFault[] =>
  withheld === undefined || (postcode ?? contact) !== undefined
    ? []
    : [{ pointer: '/withheld', says: 'Give the postcode or contact that it is about.' }];

const born = notInTheFuture('dateOfBirth');
const validity = inOrder('assessedOn', 'validUntil');
const consent: TypeRules = { days: [inOrder('validFrom', 'expires')], scope: consentScope };
const statement: TypeRules = { scope: statementScope };

const RULES: { readonly [Type in ShortType]?: TypeRules } = {
  'learner.registered': { days: [born] },
  'learner.corrected': { days: [born], other: withheldWithSomething },
  'learner.adviser-ended': { days: [ends('on')] },
  'adviser.informed': { days: [happened('on')] },
  'follow-up.made': { days: [happened('on')] },
  'withholding.stated': { days: [withholds('until')] },
  'consent.given': consent,
  'consent.refused': consent,
  'consent.requested': { scope: consentScope },
  'notice.acknowledged': { days: [happened('on')] },
  'objection.raised': statement,
  'objection.decided': statement,
  'restriction.requested': statement,
  'restriction.lifted': statement,
  'assessment.recorded': { days: [notInTheFuture('assessedOn'), validity] },
  'assessment.rectified': { days: [notInTheFuture('assessedOn'), validity] },
  'case-conference.held': { days: [happened('on')] },
  'programme.started': { days: [inOrder('startedOn', 'plannedEnd')] },
  'programme.signed-off': { days: [happened('signedOn')] },
  'review.held': { days: [happened('heldOn'), inOrder('heldOn', 'nextReviewDue')] },
  'attendance.concern': { days: [happened('on')] },
  'workplace.risk-assessed': { days: [happened('on'), inOrder('on', 'validUntil')] },
  'placement.ended': { days: [ends('on')] },
  'achievement.recorded': { days: [happened('awardedOn')] },
  'programme.left-early': { days: [ends('leftOn')] },
  'programme.moved-on': { days: [ends('on')] },
  'destination.recorded': { days: [happened('verifiedOn')] },
  'undertaking.discharged': { days: [happened('on')] },
  'quality.finding-closed': { days: [happened('on')] },
};

const CONFORMS: readonly SchemaFault[] = Object.freeze([]);

/** Needs data that the schema of the type has judged. No faults: the data may be recorded. Never repeats what was sent. */
export const fieldFaults = (type: ShortType, data: EventDataValue, { today, words }: FieldContext): readonly SchemaFault[] => {
  const rules = RULES[type];
  if (rules === undefined) return CONFORMS;
  const { days = [], scope, other } = rules;
  return [...days.flatMap((rule) => rule(data, today)), ...(scope?.(data, words) ?? []), ...(other?.(data) ?? [])];
};
