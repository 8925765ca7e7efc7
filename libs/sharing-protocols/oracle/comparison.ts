// What a decision must be by Cedar's verdict: the choice among the permissions that hold, and among consents,
// made a second time (tests only).
import { type DisclosureDecision, type Permit, type Question, relationshipBits } from '../decision.ts';
import type { DecisionTable } from '../decision-table.ts';
import type { Fields, Flow, Level } from '../language.ts';
import type { NamedQuestion, Verdict } from './cedar-oracle.ts';
import type { WayId } from './cedar-translation.ts';

export type Oracle = (question: NamedQuestion) => Verdict;

const levelOf = ({ share, flow }: WayId): Level => share.level ?? flow.level;
const unionOf = (a: readonly string[] = [], b: readonly string[] = []): readonly string[] => [
  ...a,
  ...b.filter((name) => !a.includes(name)),
];

const fieldsOf = ({ share, flow, to }: WayId): Fields => {
  const fields = share.fields ?? flow.fields ?? {};
  return to.except === undefined ? fields : { ...fields, except: unionOf(fields.except, to.except) };
};

const needOf = ({ share, flow }: WayId): Flow['consent'] => share.consent ?? flow.consent;
const clauseOf = ({ document, flow }: WayId): string => `${document.id}@${document.version}#${flow.id}`;

const UNLIMITED = 1000;

/** Whether fields that no list names are shown. */
const opensAll = (permission: WayId, { only, except }: Fields): boolean =>
  !only && (levelOf(permission) === 'full' || (levelOf(permission) === 'summary' && except !== undefined));

const shownInPart = ({ ifSupplied = [], coarsen = {}, entries = {} }: Fields): readonly string[] => [
  ...ifSupplied,
  ...Object.keys(coarsen),
  ...Object.keys(entries),
];

const shown = (permission: WayId): number => {
  const fields = fieldsOf(permission);
  const halves = shownInPart(fields).length / 2;
  if (opensAll(permission, fields)) return UNLIMITED - (fields.except?.length ?? 0) - halves;
  return (fields.only?.length ?? 0) - halves;
};

const rankOf = (permission: WayId): readonly (number | string)[] => [
  ['full', 'summary', 'existence'].indexOf(levelOf(permission)),
  UNLIMITED - shown(permission),
  permission.to.withoutIdentity === true ? 1 : 0,
  permission.to.disguise === undefined ? 0 : 1,
  permission.to.ownChoice === true ? 1 : 0,
  clauseOf(permission),
  permission.flow.for.indexOf(permission.purpose),
  permission.flow.share.indexOf(permission.share),
  permission.flow.to.indexOf(permission.to),
];

const before = (a: WayId, b: WayId): number => {
  const [ranksA, ranksB] = [rankOf(a), rankOf(b)];
  const place = ranksA.findIndex((rank, n) => rank !== ranksB[n]);
  if (place < 0) return 0;
  return (ranksA[place] ?? 0) < (ranksB[place] ?? 0) ? -1 : 1;
};

const OWN: Permit = { permit: true, clause: 'own', level: 'full', fields: {}, withoutIdentity: false, basis: { article6: 'none' } };

/** A consent on which the permission rests where it is the learner's only one; of these the first given. */
const citedBy = (oracle: Oracle, question: NamedQuestion, permission: WayId): Pick<Permit, 'consent'> => {
  if (needOf(permission) === undefined) return {};
  const [first] = question.learner.consents
    .filter((one) => oracle({ ...question, learner: { ...question.learner, consents: [one] } }).permissions.includes(permission))
    .sort((a, b) => a.revision - b.revision || (a.id < b.id ? -1 : 1));
  return first === undefined ? {} : { consent: { id: first.id, revision: first.revision } };
};

const permitOf = (permission: WayId): Permit => ({
  permit: true,
  clause: clauseOf(permission),
  level: levelOf(permission),
  fields: fieldsOf(permission),
  withoutIdentity: permission.to.withoutIdentity ?? false,
  ...(permission.to.disguise === undefined ? {} : { disguised: permission.to.disguise }),
  ...(permission.to.ownChoice === undefined ? {} : { ownChoice: true }),
  basis: permission.flow.basis,
  purpose: permission.purpose,
});

/** What of a decision Cedar can foretell: a permit wholly, of a refusal the prohibitions that bind. */
export type Foretold = Permit | { readonly permit: false; readonly bans: readonly string[] };

export const foretold = (verdict: Verdict, oracle: Oracle, question: NamedQuestion): Foretold => {
  if (!verdict.allowed) return { permit: false, bans: verdict.bans };
  const [permission] = [...verdict.permissions].sort(before);
  return verdict.own || permission === undefined ? OWN : { ...permitOf(permission), ...citedBy(oracle, question, permission) };
};

const bansIn = ({ bars }: DecisionTable, { reasons }: DisclosureDecision & { permit: false }): readonly string[] => {
  const known = new Set(bars.map(({ clause }) => clause));
  return reasons.flatMap(({ clause }) => (clause !== undefined && known.has(clause) ? [clause] : []));
};

/** The same of a decision. */
export const comparable = (table: DecisionTable, decision: DisclosureDecision): Foretold =>
  decision.permit ? decision : { permit: false, bans: bansIn(table, decision) };

export const permittingClauses = ({ permissions }: Verdict): readonly string[] => [...new Set(permissions.map(clauseOf))].sort();

export const withBits = (question: NamedQuestion): Question => ({ ...question, relationships: relationshipBits(question.relationships) });
