// The decision that every disclosure asks for: own data, prohibitions, then the fullest single clause; else refused (ADR 0007).
import { type Asked, askedBy, citedConsent, coveredBy, lackOf, refusalFor, reliesOn } from './decide-disclosure-lacks.ts';
import type { DisclosureDecision, Permit, Question, Refusal, Scope } from './decision.ts';
import {
  type Applicable,
  type Candidate,
  type CandidateGroup,
  type DecisionTable,
  lookUp,
  membershipOf,
  type Outcome,
} from './decision-table-cells.ts';

/** What an agency contributed itself is disclosed to nobody by showing it: no basis, no purpose, no condition. */
const OWN: Permit = Object.freeze({
  permit: true,
  clause: 'own',
  level: 'full',
  fields: Object.freeze({}),
  withoutIdentity: false,
  basis: Object.freeze({ article6: 'none' }),
});

/** An aggregate is about no learner: what it counts, own data included, needs a clause that allows the aggregate. */
const isOwn = ({ recipient, item, route }: Question): boolean => item.source === recipient && route !== 'aggregate';

const NO_GROUPS: readonly CandidateGroup[] = [];

const lacksOnlyConsent = (candidate: Candidate, asked: Asked): boolean => {
  const lack = lackOf(candidate, asked);
  return lack === 'consent' || lack === 'explicit-consent';
};

/** All that an outcome depends on. */
type Circumstances = Pick<Asked, 'relationships'> & { readonly restricted: boolean; readonly objected: boolean };

const EVERYTHING: readonly Scope[] = [{}];

const buildOutcome = ({ candidates }: CandidateGroup, { relationships, restricted, objected }: Circumstances): Outcome => {
  const learner = { consents: [], restrictions: restricted ? EVERYTHING : [], objections: objected ? EVERYTHING : [] };
  const asked: Asked = { recipient: '', recipientRoles: [], category: '', relationships, learner, today: '' };
  const free = candidates.find((candidate) => lackOf(candidate, asked) === undefined);
  const fullerOnes = candidates.slice(0, free === undefined ? candidates.length : candidates.indexOf(free));
  const needing = fullerOnes.filter((candidate) => lacksOnlyConsent(candidate, asked));
  return {
    free,
    needing: Map.groupBy(needing, ({ permission }) => permission.protocolId),
    ...(free === undefined ? { refusal: refusalFor(candidates, asked) } : {}),
  };
};

/** Above the bits of relationships. */
const [RESTRICTED, OBJECTED] = [1 << 16, 1 << 17];

/** Within a group recipient, category and purpose are the same for all, so that a scope covers all candidates or none. */
const outcomeOf = (group: CandidateGroup, asked: Asked): Outcome => {
  const { learner } = asked;
  const relationships = asked.relationships & group.relationships;
  const restricted = coveredBy(learner.restrictions, group.purpose, asked);
  const objected = coveredBy(learner.objections, group.purpose, asked);
  const key = relationships | (restricted ? RESTRICTED : 0) | (objected ? OBJECTED : 0);
  const known = group.outcomes.get(key);
  if (known !== undefined) return known;
  const outcome = buildOutcome(group, { relationships, restricted, objected });
  group.outcomes.set(key, outcome);
  return outcome;
};

const fuller = (a: Candidate | undefined, b: Candidate | undefined): Candidate | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return b.permission.order < a.permission.order ? b : a;
};

/** Searches the learner's few consents, not the clauses that need one. */
const fullestByConsent = ({ needing }: Outcome, asked: Asked): Candidate | undefined => {
  let best: Candidate | undefined;
  for (const consent of asked.learner.consents) {
    if (!consent.live) continue;
    best = fuller(
      best,
      needing.get(consent.protocol)?.find((candidate) => reliesOn(consent, candidate, asked)),
    );
  }
  return best;
};

const fullestIn = (group: CandidateGroup, asked: Asked): Candidate | undefined => {
  const outcome = outcomeOf(group, asked);
  return (outcome.needing.size === 0 ? undefined : fullestByConsent(outcome, asked)) ?? outcome.free;
};

const groupsFor = (applicable: Applicable, purposes: Question['purposes']): readonly CandidateGroup[] => {
  if (purposes === 'any') return applicable.all;
  const [only] = purposes;
  if (only !== undefined && purposes.length === 1) return applicable.byPurpose.get(only) ?? NO_GROUPS;
  return [...new Set(purposes)].flatMap((purpose) => applicable.byPurpose.get(purpose) ?? NO_GROUPS);
};

const knownRefusal = (groups: readonly CandidateGroup[], asked: Asked): Refusal | undefined => {
  const [only] = groups;
  return only !== undefined && groups.length === 1 ? outcomeOf(only, asked).refusal : undefined;
};

const refuse = (groups: readonly CandidateGroup[], asked: Asked): Refusal =>
  knownRefusal(groups, asked) ??
  refusalFor(
    groups.flatMap(({ candidates }) => candidates),
    asked,
  );

const fullest = (groups: readonly CandidateGroup[], asked: Asked): Candidate | undefined => {
  let best: Candidate | undefined;
  for (const group of groups) best = fuller(best, fullestIn(group, asked));
  return best;
};

/** Decides one item for one recipient. Total and pure: the same table and question give an equal answer. */
export const decideDisclosure = (table: DecisionTable, question: Question): DisclosureDecision => {
  if (isOwn(question)) return OWN;
  const membership = membershipOf(table, question.recipient);
  const applicable = lookUp(table, question, membership);
  if (applicable.prohibited !== undefined) return applicable.prohibited;
  const asked = askedBy(membership.roles, question);
  const groups = groupsFor(applicable, question.purposes);
  const best = fullest(groups, asked);
  if (best === undefined) return refuse(groups, asked);
  if (best.permission.consent === undefined) return best.permission.permit;
  const consent = citedConsent(best, asked);
  return consent === undefined
    ? refuse(groups, asked)
    : { ...best.permission.permit, consent: { id: consent.id, revision: consent.revision } };
};

/** Whether the recipient may know that the item exists, for whatever purpose (contracts.md, event catalogue: "May know"). */
export const mayKnow = (table: DecisionTable, question: Question): boolean =>
  decideDisclosure(table, { ...question, purposes: 'any' }).permit;
