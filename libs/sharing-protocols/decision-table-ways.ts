// Flows taken apart into the single ways in which they permit, sorted so that the first way that holds is the fullest (ADR 0007).
import type { Category, Role } from '#catalogue';
import type { ClauseName, Permit, Route } from './decision.ts';
import { breadth, levelRank } from './fields.ts';
import type { Delivery, Flow, Prohibition, ProtocolDocument, Share, To } from './language.ts';
import { relationshipBits } from './relationships.ts';

/** One share of a flow, to one kind of recipient, for one purpose. */
export interface Way {
  /** Place of its protocol in the table. */
  readonly protocol: number;
  readonly protocolId: string;
  readonly flow: Flow;
  readonly share: Share;
  readonly from: 'any' | readonly Role[];
  readonly to: To;
  /** Bits of the relationships of which one is needed; 0: none is. */
  readonly relationships: number;
  readonly purpose: string;
  /** What it permits; the consent that it relies on is added by the decision. */
  readonly permit: Permit;
  /** Place among all ways of the table, the fullest first. */
  readonly order: number;
}

/** One share of a prohibition. */
export interface Bar {
  readonly clause: ClauseName;
  readonly protocolId: string;
  readonly prohibition: Prohibition;
  readonly share: Share;
  readonly from: 'any' | readonly Role[];
}

/** What a route can carry. A list is read on request; one made monthly is a list too. */
const CARRIES: Readonly<Record<Route, readonly Delivery[]>> = {
  learner: ['on-request'],
  feed: ['feed'],
  list: ['on-request', 'monthly-list'],
  aggregate: ['aggregate'],
};

/** Routes about one learner need a relationship: a recipient for whom the flow names none is served by lists and aggregates alone. */
const NEEDS_RELATIONSHIP: readonly Route[] = ['learner', 'feed'];

export const fitsRoute = (flow: Flow, to: To, route: Route): boolean =>
  flow.delivery.some((delivery) => CARRIES[route].includes(delivery)) &&
  (namesRelationship(to) || !NEEDS_RELATIONSHIP.includes(route));

export const namesRelationship = (to: To): boolean => to.relationship !== undefined && to.relationship.length > 0;

/** Whether a share is about such an item; one that names neither category nor type is about nothing. */
export const covers = (share: Share, type: string, category: Category): boolean =>
  (share.category !== undefined || share.type !== undefined) &&
  (share.category === undefined || share.category === category) &&
  (share.type === undefined || share.type === type);

/** Whether one of the roles is among those named. */
export const names = (named: 'any' | readonly Role[], roles: readonly Role[]): boolean =>
  named === 'any' || roles.some((role) => named.includes(role));

export const clauseName = (document: ProtocolDocument, id: string): ClauseName => `${document.id}@${document.version}#${id}`;

export const byName = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Level, then fields, then whether the learner is named, then the clause's name; ways of one clause keep the document's order. */
const fullestFirst = (a: Permit, b: Permit): number =>
  levelRank(b.level) - levelRank(a.level) ||
  breadth(b.fields, b.level) - breadth(a.fields, a.level) ||
  Number(a.withoutIdentity) - Number(b.withoutIdentity) ||
  byName(a.clause, b.clause);

const permitOf = (clause: ClauseName, flow: Flow, way: Pick<Way, 'share' | 'to' | 'purpose'>): Permit =>
  Object.freeze({
    permit: true,
    clause,
    level: way.share.level ?? flow.level,
    fields: way.share.fields ?? flow.fields ?? {},
    withoutIdentity: way.to.withoutIdentity ?? false,
    basis: flow.basis,
    purpose: way.purpose,
  });

const waysOfFlow = (document: ProtocolDocument, protocol: number, flow: Flow): Way[] => {
  const clause = clauseName(document, flow.id);
  const choices = flow.for.flatMap((purpose) =>
    flow.share.flatMap((share) => flow.to.map((to) => ({ purpose, share, to }))),
  );
  return choices.map((choice) => ({
    ...choice,
    protocol,
    protocolId: document.id,
    flow,
    from: choice.share.from ?? flow.from,
    relationships: relationshipBits(choice.to.relationship ?? []),
    permit: permitOf(clause, flow, choice),
    order: 0,
  }));
};

/** Every way of every flow, the fullest first. */
export const waysOf = (documents: readonly ProtocolDocument[]): readonly Way[] =>
  documents
    .flatMap((document, protocol) => document.flows.flatMap((flow) => waysOfFlow(document, protocol, flow)))
    .sort((a, b) => fullestFirst(a.permit, b.permit))
    .map((way, order) => ({ ...way, order }));

/** Every share of every prohibition, by name. */
export const barsOf = (documents: readonly ProtocolDocument[]): readonly Bar[] =>
  documents
    .flatMap((document) =>
      document.prohibitions.flatMap((prohibition) =>
        prohibition.share.map((share) => ({
          clause: clauseName(document, prohibition.id),
          protocolId: document.id,
          prohibition,
          share,
          from: share.from ?? prohibition.from,
        })),
      ),
    )
    .sort((a, b) => byName(a.clause, b.clause));
