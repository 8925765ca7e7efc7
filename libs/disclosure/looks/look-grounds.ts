// Questions about what the broker keeps beside the learners' records: which post may ask what, and on what ground. Whoever is not named is
// refused.
import type { AgencySlug } from '#kernel';
import { clausesThatWouldHave, type ClauseName, type DecisionTable, type Office, RECORDED_DECISION } from '#sharing-protocols';
import { basisText } from '../disclosure-log.ts';
import { isPost, type Reader, recipientIn } from '../in-force.ts';

/**
 * `disclosures`: who saw what, as metadata. `quarantine-content`: what was sent and refused, as it came. `explanation`: why an agency may
 * see, or not see, each item of a learner's file; nothing of what the items say. `notices`: what an agency was told and has not answered.
 * `notices-issued`: who was told of what, and what it did. Of officers (ADR 52): a learner at a glance, consents and their lives, what an
 * agency could see on a day, what something names, withdrawals, and how today stands. `flows`: who gives what to whom, counted.
 * `unusual-access`: hits of rules about looks. `repeats`: how many assessments were not repeated; an agency asks about its own (ADR 53).
 * `simulation`: what an agreement would change, were it in force. `sign-in-code`: an agency that meets the learner hands over a code for
 * the learner's own page. `signed-in`: a learner signed in there with one (ADR 54). `questions`: what learners asked and complained about,
 * and by when it is answered; nothing of what they wrote (ADR 58).
 */
export const LOOK_NAMES = [
  'disclosures',
  'quarantine-content',
  'explanation',
  'notices',
  'notices-issued',
  'overview',
  'consents',
  'as-of',
  'find',
  'withdrawals',
  'audit-summary',
  'flows',
  'unusual-access',
  'repeats',
  'simulation',
  'questions',
  'sign-in-code',
  'signed-in',
] as const;
export type LookName = (typeof LOOK_NAMES)[number];

export interface LookGround {
  /** Absent where it is a duty of the post itself. */
  readonly clause?: ClauseName;
  /** As `6(1)(c)`; of the operator, who processes for others, the article that asks for it. */
  readonly basis: string;
}

/** The operator keeps what others control safe and working, and shows that it is so (UK GDPR). */
const PROCESSOR: LookGround = { basis: 'Art 28(3), 32' };
/** Whoever received data is told what became of them (UK GDPR). */
const RECIPIENT: LookGround = { basis: 'Art 19' };

/** What an agency sent itself, counted. */
const OWN: LookGround = { basis: 'own' };
/** Whoever holds data makes it easy to exercise one's rights (UK GDPR). */
const EASES_RIGHTS: LookGround = { basis: 'Art 12(2)' };

const OF_AGENCIES: Readonly<Partial<Record<LookName, LookGround>>> = {
  notices: RECIPIENT,
  repeats: OWN,
  'sign-in-code': EASES_RIGHTS,
};

const BY_DUTY: Readonly<Record<LookName, readonly Office[]>> = {
  disclosures: ['operator'],
  'quarantine-content': ['operator'],
  explanation: ['operator'],
  notices: [],
  'notices-issued': ['operator'],
  overview: [],
  consents: [],
  'as-of': [],
  find: [],
  withdrawals: [],
  'audit-summary': [],
  flows: ['operator'],
  'unusual-access': ['operator'],
  repeats: ['operator'],
  simulation: [],
  questions: [],
  'sign-in-code': [],
  'signed-in': [],
};

const OVERSIGHT = ['oversee-sharing'];

/** Purposes for which a post may ask by a clause that shares recorded decisions. */
const SHARED: Readonly<Partial<Record<LookName, readonly string[]>>> = {
  disclosures: ['oversee-sharing', 'know-own-record'],
  'notices-issued': OVERSIGHT,
  overview: OVERSIGHT,
  consents: OVERSIGHT,
  'as-of': OVERSIGHT,
  find: OVERSIGHT,
  withdrawals: OVERSIGHT,
  'audit-summary': OVERSIGHT,
  flows: OVERSIGHT,
  'unusual-access': OVERSIGHT,
  repeats: OVERSIGHT,
  simulation: OVERSIGHT,
  questions: OVERSIGHT,
  'signed-in': ['know-own-record'],
};

const byClause = (table: DecisionTable, recipient: AgencySlug, purposes: readonly string[]): LookGround | undefined => {
  for (const clause of clausesThatWouldHave(table, recipient, purposes)) {
    const flow = table.flows.get(clause);
    if (flow?.share.some(({ type }) => type === RECORDED_DECISION)) return { clause, basis: basisText(flow.basis) };
  }
  return undefined;
};

/** Undefined: refused. */
export const groundFor = (table: DecisionTable, reader: Reader, asked: LookName): LookGround | undefined => {
  if (!isPost(reader)) return OF_AGENCIES[asked];
  if (BY_DUTY[asked].includes(reader.post)) return PROCESSOR;
  return byClause(table, recipientIn(reader), SHARED[asked] ?? []);
};

/**
 * What another agency could see, were it to ask, no officer of one agency is told, of its own agency's data either: it would tell of the
 * other's ties with the learner. What others did see is told with each decision (ADR 52). Nor is any told what
 * is another agency's affair, by day or at all (ADR 66).
 */
export const isOwnQuestion = (
  reader: Reader,
  { asked, parameters }: { readonly asked: LookName; readonly parameters: Readonly<Record<string, unknown>> },
): boolean => {
  if (!isPost(reader) || reader.of === undefined) return true;
  const namesAnAgency = asked === 'as-of' || (asked === 'disclosures' && parameters['agency'] !== undefined);
  return !namesAnAgency || parameters['agency'] === reader.of;
};
