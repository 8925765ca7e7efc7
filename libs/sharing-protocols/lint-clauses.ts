// Rules on whether clauses can ever take effect: shares nobody contributes, deliveries nobody gets,
// permissions that a prohibition takes back.
import type { Flow, Prohibition, ProtocolDocument, Share, To } from './language.ts';
import type { Found, LintContext, LintRule } from './lint-findings.ts';
import { foundIf, inEach } from './lint-findings.ts';
import { namesRelationship } from './decision-table-permissions.ts';
import { brings, kindsOf, liesWithin, rolesOf, sharers } from './lint-kinds.ts';

const namesNothing = ({ flows, prohibitions }: ProtocolDocument): readonly Found[] =>
  Object.entries({ flows, prohibitions }).flatMap(([name, clauses]) =>
    inEach(name, clauses as readonly (Flow | Prohibition)[], ({ share }, path) =>
      inEach(`${path}.share`, share, ({ category, type }, at) =>
        foundIf(category === undefined && type === undefined, at, 'Name a category or a type: this shares nothing.'),
      ),
    ),
  );

const reachesNobody = ({ flows }: ProtocolDocument): readonly Found[] =>
  inEach('flows', flows, ({ to }, path) =>
    inEach(`${path}.to`, to, ({ roles, office }, at) =>
      foundIf((roles.length === 0) === (office === undefined), at, 'Name either roles or an office.'),
    ),
  );

const listsFields = ({ fields }: Pick<Flow | Share, 'fields'>): boolean => fields?.only !== undefined || fields?.except !== undefined;

const showsNothing = ({ flows }: ProtocolDocument): readonly Found[] =>
  inEach('flows', flows, (flow, path) =>
    inEach(`${path}.share`, flow.share, (share, at) =>
      foundIf(
        (share.level ?? flow.level) !== 'full' && !listsFields(share.fields === undefined ? flow : share),
        at,
        'Say which fields are shown: below level full only those listed are.',
      ),
    ),
  );

const bringsAny = (share: Share, flow: Flow, document: ProtocolDocument, { catalogue, others }: LintContext): boolean =>
  [document, ...others].some(({ contributions }) =>
    contributions.some((contribution) => brings(catalogue, contribution, share, sharers(share, flow, document))),
  );

const unreachable = (document: ProtocolDocument, context: LintContext): readonly Found[] =>
  inEach('flows', document.flows, (flow, path) =>
    inEach(`${path}.share`, flow.share, (share, at) =>
      foundIf(
        kindsOf(context.catalogue, share).length > 0 && !bringsAny(share, flow, document, context),
        at,
        `Let someone contribute this, or leave it out of ${flow.id}: no protocol lets those from whom it comes contribute it.`,
      ),
    ),
  );

/** Feeds are about one learner: a recipient without a relationship gets lists and aggregates alone. */
const idleDelivery = ({ flows }: ProtocolDocument): readonly Found[] =>
  inEach('flows', flows, ({ delivery, share, to, id }, path) =>
    foundIf(
      delivery.includes('feed') && to.every((one) => share.every((part) => !namesRelationship(part, one))),
      `${path}.delivery`,
      `Name the relationship that a recipient of ${id} must have, or leave the feed out: without one there is none.`,
    ),
  );

const takesBack = (prohibition: Prohibition, aggregatesToo: boolean, flow: Flow, to: To): boolean =>
  (to.roles.length > 0 && to.roles.every((role) => prohibition.to.includes(role))) ||
  (aggregatesToo && prohibition.aggregates === true && flow.delivery.every((delivery) => delivery === 'aggregate'));

interface Ban {
  readonly prohibition: Prohibition;
  /** Its word on aggregates does not touch those of its own protocol. */
  readonly aggregatesToo: boolean;
}

const forbidden = (flow: Flow, bans: readonly Ban[], document: ProtocolDocument, { catalogue }: LintContext): boolean =>
  flow.share.every((share) =>
    flow.to.every((to) =>
      bans.some(
        ({ prohibition, aggregatesToo }) =>
          takesBack(prohibition, aggregatesToo, flow, to) &&
          prohibition.share.some(
            (banned) =>
              liesWithin(catalogue, share, banned) &&
              sharers(share, flow, document).every((role) => rolesOf(banned.from ?? prohibition.from, document).includes(role)),
          ),
      ),
    ),
  );

const contradicted = (document: ProtocolDocument, context: LintContext): readonly Found[] => {
  const bans = document.prohibitions.map((prohibition) => ({ prohibition, aggregatesToo: false }));
  return inEach('flows', document.flows, (flow, path) =>
    foundIf(
      forbidden(flow, bans, document, context),
      path,
      `Remove ${flow.id} or narrow the prohibition: this protocol forbids all that it permits.`,
    ),
  );
};

const shadowed = (document: ProtocolDocument, context: LintContext): readonly Found[] => {
  const bans = context.others.flatMap(({ prohibitions }) => prohibitions.map((prohibition) => ({ prohibition, aggregatesToo: true })));
  return inEach('flows', document.flows, (flow, path) =>
    foundIf(
      forbidden(flow, bans, document, context),
      path,
      `Remove ${flow.id}: prohibitions of other protocols forbid all that it permits.`,
    ),
  );
};

export const CLAUSE_RULES: readonly LintRule[] = [
  { id: 'share-names-nothing', severity: 'error', check: namesNothing },
  { id: 'reaches-nobody', severity: 'error', check: reachesNobody },
  { id: 'shows-nothing', severity: 'error', check: showsNothing },
  { id: 'contradiction', severity: 'error', check: contradicted },
  { id: 'shadowed', severity: 'warning', check: shadowed },
  { id: 'unreachable', severity: 'warning', check: unreachable },
  { id: 'idle-delivery', severity: 'warning', check: idleDelivery },
];
