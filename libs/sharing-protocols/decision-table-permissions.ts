// Flows taken apart into single permissions, sorted so that the first one that holds is the fullest (ADR 0007).
import { type Category, type Role, natureOf } from '#catalogue';
import { type ClauseName, MERGED_IDENTITY, type Permit, RECORDED_DECISION, relationshipBits, type Route } from './decision.ts';
import { breadth, levelRank } from './fields.ts';
import type { ConsentNeed, Delivery, Fields, Flow, Prohibition, ProtocolDocument, RelationshipName, Share, To } from './language.ts';

/** One share of a flow, to one kind of recipient, for one purpose. */
export interface Permission {
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
  readonly consent: ConsentNeed | undefined;
  /** What it permits; the consent that it relies on is added by the decision. */
  readonly permit: Permit;
  /** Place among all permissions of the table, the fullest first. */
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

export const fitsRoute = ({ flow, share, to }: Pick<Permission, 'flow' | 'share' | 'to'>, route: Route): boolean =>
  flow.delivery.some((delivery) => CARRIES[route].includes(delivery)) &&
  (namesRelationship(share, to) || to.office !== undefined || !NEEDS_RELATIONSHIP.includes(route));

/** The relationships of which the recipient needs one. */
const relationshipsOf = (share: Share, to: To): readonly RelationshipName[] => share.relationship ?? to.relationship ?? [];

export const namesRelationship = (share: Share, to: To): boolean => relationshipsOf(share, to).length > 0;

/** A share that names neither category nor type is about nothing. */
const concerns = (share: Share, type: string, category: Category): boolean =>
  (share.category !== undefined || share.type !== undefined) &&
  (share.category === undefined || share.category === category) &&
  (share.type === undefined || share.type === type);

/** Whether a flow's share is about such an item. What the broker makes itself is shared only where the share says so. */
export const covers = (share: Share, type: string, category: Category): boolean =>
  concerns(share, type, category) &&
  (share.merged === true) === (type === MERGED_IDENTITY) &&
  (type !== RECORDED_DECISION || share.type === RECORDED_DECISION);

/** Whether a prohibition's share is: what it forbids, it forbids in every form. */
export const forbids = concerns;

/** Whether a consent must count for more than personal data. */
export const isSensitive = ({ share }: Permission, category: Category): boolean =>
  share.sensitive === true || ['special-category', 'criminal-offence'].includes(natureOf(category));

export const clauseName = (document: ProtocolDocument, id: string): ClauseName => `${document.id}@${document.version}#${id}`;

export const byName = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Parts of an item that a permit hides though it shows the item. */
const hidden = ({ withoutIdentity, disguised, ownChoice }: Permit): number =>
  4 * Number(withoutIdentity) + 2 * Number(disguised !== undefined) + Number(ownChoice === true);

/**
 * Level, then fields, then what is hidden (whose it is, from whom, other choices), then the clause's name;
 * permissions of one clause keep their order.
 */
const fullestFirst = (a: Permit, b: Permit): number =>
  levelRank(b.level) - levelRank(a.level) ||
  breadth(b.fields, b.level) - breadth(a.fields, a.level) ||
  hidden(a) - hidden(b) ||
  byName(a.clause, b.clause);

const fieldsOf = (fields: Fields, { except }: To): Fields =>
  except === undefined ? fields : { ...fields, except: [...new Set([...(fields.except ?? []), ...except])] };

const permitOf = (clause: ClauseName, flow: Flow, { share, to, purpose }: Pick<Permission, 'share' | 'to' | 'purpose'>): Permit =>
  Object.freeze({
    permit: true,
    clause,
    level: share.level ?? flow.level,
    fields: fieldsOf(share.fields ?? flow.fields ?? {}, to),
    withoutIdentity: to.withoutIdentity ?? false,
    ...(to.disguise === undefined ? {} : { disguised: to.disguise }),
    ...(to.ownChoice === undefined ? {} : { ownChoice: true as const }),
    basis: flow.basis,
    purpose,
  });

const permissionsOfFlow = (document: ProtocolDocument, protocol: number, flow: Flow): Permission[] => {
  const clause = clauseName(document, flow.id);
  const choices = flow.for.flatMap((purpose) => flow.share.flatMap((share) => flow.to.map((to) => ({ purpose, share, to }))));
  return choices.map((choice) => ({
    ...choice,
    protocol,
    protocolId: document.id,
    flow,
    from: choice.share.merged === true ? ('any' as const) : (choice.share.from ?? flow.from),
    relationships: relationshipBits(relationshipsOf(choice.share, choice.to)),
    consent: choice.share.consent ?? flow.consent,
    permit: permitOf(clause, flow, choice),
    order: 0,
  }));
};

/** Every permission of every flow, the fullest first. */
export const permissionsOf = (documents: readonly ProtocolDocument[]): readonly Permission[] =>
  documents
    .flatMap((document, protocol) => document.flows.flatMap((flow) => permissionsOfFlow(document, protocol, flow)))
    .sort((a, b) => fullestFirst(a.permit, b.permit))
    .map((permission, order) => ({ ...permission, order }));

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
