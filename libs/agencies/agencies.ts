// The agencies and their keys as they stand.
import type { AgencySlug, Instant } from '#kernel';
import type {
  AgencyEvent,
  AgencyEventData,
  AgencyEventType,
  AgencyPartChanged,
  AgencyRegistered,
  KeyRegistered,
  KeyRevoked,
  KeyUse,
  PublicJwk,
} from './agencies.events.ts';

export interface AgencyKey {
  readonly kid: string;
  readonly use: KeyUse;
  readonly jwk: PublicJwk;
  readonly from: Instant;
  /** In force before this instant only; absent: no end. */
  readonly until?: Instant;
  readonly revoked?: { readonly at: Instant; readonly reason: string };
}

export interface AgencyStopped {
  readonly as: 'suspended' | 'ended';
  readonly at: Instant;
  readonly reason: string;
}

export interface Agency extends AgencyRegistered {
  readonly keys: readonly AgencyKey[];
  /** It contributes nothing and is shown nothing until it is readmitted; what it said stays as recorded. Absent: it takes part. */
  readonly stopped?: AgencyStopped;
}

export type AgencyState = 'taking-part' | AgencyStopped['as'];

export const stateOf = ({ stopped }: Agency): AgencyState => stopped?.as ?? 'taking-part';

/** Whether it may contribute and be shown anything. */
export const takesPart = ({ stopped }: Agency): boolean => stopped === undefined;

export interface AgenciesState {
  readonly bySlug: ReadonlyMap<AgencySlug, Agency>;
  /** Whose key a thumbprint names. */
  readonly owners: ReadonlyMap<string, AgencySlug>;
}

export const initialAgencies: AgenciesState = { bySlug: new Map(), owners: new Map() };

export const isInForce = ({ from, until, revoked }: AgencyKey, at: Instant): boolean =>
  from <= at && (until === undefined || at < until) && (revoked === undefined || at < revoked.at);

/** A key that ends earlier already keeps its end. */
const endingBy = (key: AgencyKey, end: Instant): AgencyKey => ({ ...key, until: Math.min(key.until ?? end, end) });

const withKey = (agency: Agency, { use, kid, jwk, from, othersEnd }: KeyRegistered): Agency => ({
  ...agency,
  keys: [
    ...agency.keys.map((key) => (key.use === use && othersEnd !== undefined ? endingBy(key, othersEnd) : key)),
    { kid, use, jwk, from },
  ],
});

/** What is said of an agency anew neither takes its keys nor readmits it. */
const said = (data: AgencyRegistered, { keys = [], stopped }: Partial<Agency> = {}): Agency => ({
  ...data,
  keys,
  ...(stopped === undefined ? {} : { stopped }),
});

const revoked = (agency: Agency, { kid, at, reason }: KeyRevoked): Agency => ({
  ...agency,
  keys: agency.keys.map((key) => (key.kid === kid ? { ...key, revoked: { at, reason } } : key)),
});

const stopped = (agency: Agency, as: AgencyStopped['as'], { at, reason }: AgencyPartChanged): Agency => ({
  ...agency,
  stopped: { as, at, reason },
});

const readmitted = ({ stopped: _, ...agency }: Agency): Agency => agency;

/** What becomes of an agency that is registered. */
const CHANGES: {
  readonly [Type in Exclude<AgencyEventType, 'uk.concordat.agency.registered.v1'>]: (agency: Agency, data: AgencyEventData[Type]) => Agency;
} = {
  'uk.concordat.agency.key-registered.v1': withKey,
  'uk.concordat.agency.key-revoked.v1': revoked,
  'uk.concordat.agency.suspended.v1': (agency, data) => stopped(agency, 'suspended', data),
  'uk.concordat.agency.ended.v1': (agency, data) => stopped(agency, 'ended', data),
  'uk.concordat.agency.readmitted.v1': readmitted,
};

const agencyAfter = (agency: Agency | undefined, event: AgencyEvent): Agency | undefined => {
  if (event.type === 'uk.concordat.agency.registered.v1') return said(event.data, agency);
  return agency && (CHANGES[event.type] as (agency: Agency, data: AgencyEvent['data']) => Agency)(agency, event.data);
};

export const evolveAgencies = (state: AgenciesState, event: AgencyEvent): AgenciesState => {
  const { slug } = event.data;
  const agency = agencyAfter(state.bySlug.get(slug), event);
  return {
    bySlug: agency === undefined ? state.bySlug : new Map(state.bySlug).set(slug, agency),
    owners: event.type === 'uk.concordat.agency.key-registered.v1' ? new Map(state.owners).set(event.data.kid, slug) : state.owners,
  };
};
