// Protocol documents said a second time, in Cedar, straight from the document and by none of the table's code (tests only).
import type { AgencySlug } from '#kernel';
import type { ProtocolInForce } from '../decision-table.ts';
import type { Basis, Delivery, Flow, Prohibition, ProtocolDocument, Share, To, When } from '../language.ts';

/** How many consents, restrictions and objections a request to the oracle can hold: Cedar has no loops. */
export const SLOTS = 2;

const text = (value: string): string => JSON.stringify(value);
const set = (values: readonly string[]): string => `[${values.map(text).join(', ')}]`;
const all = (parts: readonly string[]): string => (parts.length === 0 ? 'true' : parts.map((part) => `(${part})`).join(' && '));
const any = (parts: readonly string[]): string => (parts.length === 0 ? 'false' : parts.map((part) => `(${part})`).join(' || '));
const slots = (prefix: string, condition: (record: string) => string): string =>
  any(Array.from({ length: SLOTS }, (_, n) => `context has ${prefix}${n} && (${condition(`context.${prefix}${n}`)})`));

const nameOf = ({ id, version }: ProtocolDocument): string => `${id}@${version}`;

/** Entity of the agencies that are parties of a protocol in a role. */
const partyUid = (document: ProtocolDocument, role: string): { type: string; id: string } => ({
  type: 'Party',
  id: `${nameOf(document)}:${role}`,
});

const inRoles = (who: string, document: ProtocolDocument, roles: 'any' | readonly string[]): string => {
  if (roles === 'any') return `${who} in Protocol::${text(nameOf(document))}`;
  return `${who} in [${roles.map((role) => `Party::${text(partyUid(document, role).id)}`).join(', ')}]`;
};

const whenText = (when: When): string =>
  all(
    Object.entries(when).map(
      ([field, values]) => `resource.facts has ${text(field)} && ${set(values)}.contains(resource.facts[${text(field)}])`,
    ),
  );

const IDENTITY = 'learner.identity';
const DECISION = 'disclosure.decided';

const shareText = ({ category, type, when }: Share): string =>
  all([
    ...(category === undefined ? [] : [`resource.category == ${text(category)}`]),
    ...(type === undefined ? [] : [`resource.type == ${text(type)}`]),
    ...(when === undefined ? [] : [whenText(when)]),
  ]);

/** What the broker makes itself is in no share that does not say so. */
const ofBroker = ({ merged, type }: Share): string =>
  all([
    `resource.type ${merged === true ? '==' : '!='} ${text(IDENTITY)}`,
    type === DECISION ? 'true' : `resource.type != ${text(DECISION)}`,
  ]);

const ROUTES: Readonly<Record<Delivery, readonly string[]>> = {
  'on-request': ['learner', 'list'],
  feed: ['feed'],
  'monthly-list': ['list'],
  aggregate: ['aggregate'],
};

const tiesOf = (share: Share, to: To): readonly string[] => share.relationship ?? to.relationship ?? [];

const actionText = ({ delivery }: Flow, share: Share, to: To): string => {
  const personal = tiesOf(share, to).length > 0 || to.office !== undefined;
  const routes = delivery.flatMap((one) => ROUTES[one]).filter((route) => personal || !['learner', 'feed'].includes(route));
  return `action in [${routes.map((route) => `Action::${text(route)}`).join(', ')}]`;
};

const scopeText =
  (purpose: string) =>
  (record: string): string =>
    all([
      `!(${record} has categories) || ${record}.categories.contains(resource.category)`,
      `!(${record} has purposes) || ${record}.purposes.contains(${text(purpose)})`,
      `!(${record} has recipients) || ${record}.recipients.contains(principal.slug) || ${record}.recipients.containsAny(principal.roles)`,
    ]);

const notRestricted = ({ article6 }: Basis, purpose: string): string =>
  article6 === 'c' || purpose === 'safeguard' ? 'true' : `!(${slots('restriction', scopeText(purpose))})`;

const notObjected = ({ article6 }: Basis, purpose: string): string =>
  article6 === 'e' ? `!(${slots('objection', scopeText(purpose))})` : 'true';

const SENSITIVE = ['circumstance-special', 'offence', 'risk-of-reoffending'];

/** Whoever recorded the consent needs more of it than others. */
const countsText = (record: string, sensitive: boolean): string => {
  const personal = sensitive ? 'false' : `${record}.own == "personal" && !(${set(SENSITIVE)}.contains(resource.category))`;
  const own = any([`${record}.own == "any"`, personal]);
  return `if ${record}.source == principal.slug || ${record}.kin.contains(principal.slug) then (${own}) else ${record}.others`;
};

const consentText = ({ document, flow, share, to, purpose }: WayId): string => {
  const consent = share.consent ?? flow.consent;
  if (consent === undefined) return 'true';
  const byRole = (record: string): string[] =>
    to.roles.map((role) => `${inRoles('principal', document, [role])} && ${record}.recipients.contains(${text(role)})`);
  return slots('consent', (record) =>
    all([
      `${record}.live`,
      ...(consent === 'explicit' ? [`${record}.explicit`] : []),
      `${record}.validFrom <= context.today`,
      `!(${record} has expires) || context.today <= ${record}.expires`,
      `${record}.protocol == ${text(document.id)}`,
      `${record}.purposes.contains(${text(purpose)})`,
      `${record}.categories.contains(resource.category)`,
      any([`${record}.recipients.contains(principal.slug)`, ...byRole(record)]),
      countsText(record, share.sensitive === true),
    ]),
  );
};

const barText = ({ from }: Prohibition, share: Share): string => {
  const roles = share.from ?? from;
  return all([shareText(share), roles === 'any' ? 'true' : `resource.source.roles.containsAny(${set(roles)})`]);
};

/** Cedar's forbids are for everybody, but a prohibition on aggregates spares its own protocol: so the others' permits carry it. */
const outsideClosedAggregates = (documents: readonly ProtocolDocument[], own: ProtocolDocument): string => {
  const closing = documents
    .filter(({ id }) => id !== own.id)
    .flatMap(({ prohibitions }) => prohibitions.filter(({ aggregates }) => aggregates === true))
    .flatMap((prohibition) => prohibition.share.map((share) => barText(prohibition, share)));
  return `!(action == Action::"aggregate" && (${any(closing)}))`;
};

/** A permission of a flow to permit, by the places in the document of purpose, share and recipient. */
export interface WayId {
  readonly document: ProtocolDocument;
  readonly flow: Flow;
  readonly purpose: string;
  readonly share: Share;
  readonly to: To;
}

const presentAndOf = (field: string): string => `resource.facts has ${text(field)} && resource.facts[${text(field)}] == principal.slug`;

const narrowText = ({ namedIn, namedInWherePresent, answers, since, notFrom }: To): readonly string[] => [
  ...(namedIn === undefined ? [] : [presentAndOf(namedIn)]),
  ...(namedInWherePresent === undefined
    ? []
    : [`!(resource.facts has ${text(namedInWherePresent)}) || (${presentAndOf(namedInWherePresent)})`]),
  ...(answers === undefined ? [] : ['resource has answers && resource.answers == principal.slug']),
  ...(since === undefined ? [] : ['context has referred && resource has begun && context.referred <= resource.begun']),
  ...(notFrom === undefined ? [] : [`!resource.source.roles.containsAny(${set(notFrom)})`]),
];

const sourceText = ({ document, flow, share }: WayId): readonly string[] =>
  share.merged === true
    ? []
    : [inRoles('resource.source', document, share.from ?? flow.from), `resource.source in Protocol::${text(nameOf(document))}`];

const permitText = (documents: readonly ProtocolDocument[], permission: WayId): string => {
  const { document, flow, purpose, share, to } = permission;
  const ties = tiesOf(share, to);
  const conditions = [
    shareText(share),
    ofBroker(share),
    to.office === undefined ? inRoles('principal', document, to.roles) : `principal.slug == ${text(`operator:${to.office}`)}`,
    ...sourceText(permission),
    `context.any || context.purposes.contains(${text(purpose)})`,
    ...(ties.length > 0 ? [`context.relationships.containsAny(${set(ties)})`] : []),
    flow.unconfirmed === true ? 'true' : 'resource.confirmed',
    ...narrowText(to),
    consentText(permission),
    notRestricted(flow.basis, purpose),
    notObjected(flow.basis, purpose),
    outsideClosedAggregates(documents, document),
  ];
  return `permit(principal, ${actionText(flow, share, to)}, resource) when { ${all(conditions)} };`;
};

export interface Translation {
  readonly policies: Readonly<Record<string, string>>;
  readonly permissions: ReadonlyMap<string, WayId>;
  /** Clause names of the prohibitions by policy id. */
  readonly bans: ReadonlyMap<string, string>;
}

export const OWN_POLICY = 'own';

const OWN =
  'permit(principal, action in [Action::"learner", Action::"feed", Action::"list"], resource) when { resource.source == principal };';

const permissionsOfFlow = (document: ProtocolDocument, flow: Flow): readonly WayId[] =>
  flow.for.flatMap((purpose) => flow.share.flatMap((share) => flow.to.map((to) => ({ document, flow, purpose, share, to }))));

const bansOf = (document: ProtocolDocument): readonly { readonly clause: string; readonly policy: string }[] =>
  document.prohibitions.flatMap((prohibition) =>
    prohibition.share.map((share) => ({
      clause: `${nameOf(document)}#${prohibition.id}`,
      policy:
        `forbid(principal, action, resource) when { ${all([barText(prohibition, share), `principal.roles.containsAny(${set(prohibition.to)})`])} }` +
        ' unless { resource.source == principal && action != Action::"aggregate" };',
    })),
  );

/** Every permission of every flow a permit, every share of every prohibition a forbid. */
export const translate = (inForce: readonly ProtocolInForce[]): Translation => {
  const documents = inForce.map(({ document }) => document);
  const permissions = documents.flatMap((document) => document.flows.flatMap((flow) => permissionsOfFlow(document, flow)));
  const bans = documents.flatMap(bansOf);
  const named = new Map(permissions.map((permission, n) => [`permission${n}`, permission] as const));
  return {
    policies: {
      [OWN_POLICY]: OWN,
      ...Object.fromEntries([...named].map(([id, permission]) => [id, permitText(documents, permission)])),
      ...Object.fromEntries(bans.map(({ policy }, n) => [`ban${n}`, policy])),
    },
    permissions: named,
    bans: new Map(bans.map(({ clause }, n) => [`ban${n}`, clause])),
  };
};

/** The entities of which an agency is a member: by role and protocol, for each role in which it is a party. */
export const membershipsOf = (
  inForce: readonly ProtocolInForce[],
  slug: AgencySlug,
  roles: readonly string[],
): readonly { type: string; id: string }[] =>
  inForce
    .filter(({ parties }) => parties.includes(slug))
    .flatMap(({ document }) =>
      document.parties
        .filter((party) => roles.includes(party.role) && (!party.agencies || party.agencies.includes(slug)))
        .map((party) => partyUid(document, party.role)),
    );
