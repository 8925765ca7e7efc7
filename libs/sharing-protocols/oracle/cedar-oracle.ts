// Puts a question to Cedar (tests only): which permissions hold, which prohibitions forbid.
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { ConsentTerms, Question, Scope } from '../decision.ts';
import { type ProtocolInForce, type TableAgency, officeRecipient } from '../decision-table.ts';
import type { Office, RelationshipName } from '../language.ts';
import { OWN_POLICY, type Translation, type WayId, membershipsOf, translate } from './cedar-translation.ts';

type Entities = Parameters<typeof statefulIsAuthorized>[0]['entities'];
type Context = Parameters<typeof statefulIsAuthorized>[0]['context'];

/** A question with its relationships by name. */
export interface NamedQuestion extends Omit<Question, 'relationships'> {
  readonly relationships: readonly RelationshipName[];
}

export interface Verdict {
  readonly allowed: boolean;
  readonly own: boolean;
  /** All permissions that hold; none where a prohibition binds. */
  readonly permissions: readonly WayId[];
  /** The prohibitions that bind. */
  readonly bans: readonly string[];
}

/** An agency that nobody registered. */
export const UNKNOWN_AGENCY = 'unknown-agency';
/** Of the merged identity. */
export const NO_SOURCE = '';
export const POSTS: readonly Office[] = ['data-manager', 'dpo-of', 'dpo-partnership', 'operator', 'learner', 'public'];

const day = (date: string): number => Number(date.replaceAll('-', ''));

const consentRecord = ({
  live,
  explicit,
  source,
  others,
  own,
  kin = [],
  protocol,
  purposes,
  categories,
  recipients,
  validFrom,
  expires,
}: ConsentTerms): Context => ({
  live,
  explicit,
  source,
  others,
  own,
  kin: [...kin],
  protocol,
  purposes: [...purposes],
  categories: [...categories],
  recipients: [...recipients],
  validFrom: day(validFrom),
  ...(expires === undefined ? {} : { expires: day(expires) }),
});

const scopeRecord = (scope: Scope): Context =>
  Object.fromEntries(Object.entries(scope).map(([part, values]) => [part, [...(values as string[])]]));

const slotted = (prefix: string, records: readonly Context[]): Context =>
  Object.fromEntries(records.map((record, n) => [`${prefix}${n}`, record]));

/** Of the referrals only the one to the item's source matters. */
const referralOf = ({ referred, item }: NamedQuestion): Context => {
  const on = referred?.get(item.source);
  return on === undefined ? {} : { referred: day(on) };
};

const contextOf = (question: NamedQuestion): Context => {
  const { purposes, relationships, today, learner } = question;
  return {
    any: purposes === 'any',
    purposes: purposes === 'any' ? [] : [...purposes],
    relationships: [...relationships],
    today: day(today),
    ...slotted('consent', learner.consents.map(consentRecord)),
    ...slotted('restriction', learner.restrictions.map(scopeRecord)),
    ...slotted('objection', learner.objections.map(scopeRecord)),
    ...referralOf(question),
  };
};

const itemEntity = ({ type, category, source, facts, confirmed = true, answers, begun }: Question['item']): Entities[number] => ({
  uid: { type: 'Item', id: 'item' },
  attrs: {
    type,
    category,
    source: { __entity: { type: 'Agency', id: source } },
    facts: { ...facts },
    confirmed,
    ...(answers === undefined ? {} : { answers }),
    ...(begun === undefined ? {} : { begun: day(begun) }),
  },
  parents: [],
});

/** An agency with the parties and protocols that it is in; Cedar reads entities anew for every question, so it gets only those. */
const agencyEntities = (inForce: readonly ProtocolInForce[], { slug, roles }: TableAgency): Entities => {
  const parties = membershipsOf(inForce, slug, roles);
  return [
    { uid: { type: 'Agency', id: slug }, attrs: { slug, roles: [...roles] }, parents: [...parties] },
    ...parties.map((uid) => ({ uid, attrs: {}, parents: [{ type: 'Protocol', id: uid.id.slice(0, uid.id.indexOf(':')) }] })),
  ];
};

const verdictOf = ({ permissions, bans }: Translation, allowed: boolean, reason: readonly string[]): Verdict => ({
  allowed,
  own: reason.includes(OWN_POLICY),
  permissions: reason.flatMap((id) => permissions.get(id) ?? []),
  bans: [...new Set(reason.flatMap((id) => bans.get(id) ?? []))].sort(),
});

/** Cedar over these protocols and agencies; `name` must be unused. */
export const cedarOracle = (name: string, inForce: readonly ProtocolInForce[], agencies: readonly TableAgency[]) => {
  const translation = translate(inForce);
  const parsed = preparsePolicySet(name, { staticPolicies: translation.policies });
  if (parsed.type === 'failure') throw new Error(`Cedar does not take the translation: ${JSON.stringify(parsed.errors)}`);
  const strangers = [UNKNOWN_AGENCY, NO_SOURCE, ...POSTS.map(officeRecipient)].map((slug) => ({ slug, roles: [] }));
  const entities = new Map([...agencies, ...strangers].map((agency) => [agency.slug, agencyEntities(inForce, agency)]));
  const entitiesFor = (...slugs: readonly string[]): Entities => [
    ...new Map(slugs.flatMap((slug) => entities.get(slug) ?? []).map((entity) => [JSON.stringify(entity.uid), entity])).values(),
  ];
  return (question: NamedQuestion): Verdict => {
    const answer = statefulIsAuthorized({
      principal: { type: 'Agency', id: question.recipient },
      action: { type: 'Action', id: question.route },
      resource: { type: 'Item', id: 'item' },
      context: contextOf(question),
      preparsedPolicySetId: name,
      entities: [...entitiesFor(question.recipient, question.item.source), itemEntity(question.item)],
    });
    if (answer.type === 'failure') throw new Error(`Cedar failed: ${JSON.stringify(answer.errors)}`);
    const { decision, diagnostics } = answer.response;
    if (diagnostics.errors.length > 0) throw new Error(`A policy failed: ${JSON.stringify(diagnostics.errors)}`);
    return verdictOf(translation, decision === 'allow', diagnostics.reason);
  };
};
