// What came of one consent: the disclosures that relied on it, and of its withdrawal how fast it bit and who answered (console.md, 6).
import { type ConsentBand, MERGED_IDENTITY_NOTICED, type Notice } from '#consent';
import { type AgencySlug, type Instant, type IsoDate, londonDate, type Position, type Revision } from '#kernel';
import type { AuditedDecision } from './audited-decision.ts';
import { type AuditedConsent, type AuditedStep, reliedOn, reliesOn } from './consent-sight.ts';
import type { DecisionSeen } from './decisions-seen.ts';

/** One disclosure that relied on the consent, on one ground. */
export interface Reliance extends Pick<AuditedDecision, 'position' | 'at' | 'recipient' | 'staff' | 'route' | 'asked'> {
  readonly clause: string;
  readonly basis: string;
  readonly purpose?: string;
  /** Of the consent, when it was relied on. */
  readonly revision: Revision;
  readonly categories: readonly string[];
  readonly items: number;
}

export interface NoticeOfWithdrawal {
  readonly notice: string;
  readonly recipient: AgencySlug;
  readonly issuedAt: Instant;
  readonly due: IsoDate;
  readonly state: 'open' | 'overdue' | 'acknowledged';
  readonly acknowledgedOn?: IsoDate;
  readonly action?: string;
  /** From issue to the answer, or until today where there is none. */
  readonly days: number;
}

export interface Tombstone {
  readonly position: Position;
  readonly at: Instant;
  readonly recipient: string;
  /** From the withdrawal on. */
  readonly seconds: number;
  readonly items: number;
}

/** What a recipient had been shown under the consent, when it was first decided again: refused, or shown on a ground that needs none. */
export interface FirstAfter extends Pick<Reliance, 'position' | 'at' | 'recipient'> {
  readonly became: 'refused' | 'on-another-ground';
  readonly clause?: string;
  readonly level?: string;
}

export interface Withdrawn extends Pick<AuditedStep, 'position' | 'at' | 'by' | 'onOwnPage' | 'capturedBy'> {
  readonly lastBefore?: Pick<Reliance, 'position' | 'at' | 'recipient'>;
  readonly firstAfter?: FirstAfter;
  /** Decisions of anybody's that relied on it later. Not 0: raise an incident. */
  readonly reliedOnAfter: number;
  readonly tombstones: readonly Tombstone[];
  /** Whose feed held what rested on it and was not looked at since. */
  readonly awaited: readonly string[];
  /** When nothing was left to be taken back; absent as long as something is awaited. */
  readonly stoppedAt?: Instant;
  readonly seconds?: number;
  readonly notices: readonly NoticeOfWithdrawal[];
}

export interface RecipientLane {
  readonly recipient: string;
  readonly disclosures: number;
  readonly first: Instant;
  readonly last: Instant;
  /** Since the withdrawal; absent where there was none. */
  readonly after?: number;
}

export interface ConsentLife extends AuditedConsent {
  readonly steps: readonly AuditedStep[];
  readonly bands: readonly ConsentBand[];
  /** The earliest first. */
  readonly relied: readonly Reliance[];
  readonly lanes: readonly RecipientLane[];
  readonly withdrawal?: Withdrawn;
}

const oldestFirst = (seen: readonly DecisionSeen[]): readonly DecisionSeen[] => seen.toSorted((a, b) => a.position - b.position);

export const reliancesOf = (seen: readonly DecisionSeen[], name: string): readonly Reliance[] =>
  oldestFirst(reliedOn(seen, name)).flatMap(({ shown }) => (shown === undefined ? [] : reliancesIn(shown, name)));

const reliancesIn = ({ permitted, ...decision }: AuditedDecision, name: string): readonly Reliance[] => {
  const { position, at, recipient, staff, route, asked } = decision;
  return permitted.flatMap(({ consent, clause, basis, purpose, items }) => {
    if (consent?.id !== name || items.length === 0) return [];
    const categories = [...new Set(items.map(({ category }) => category))];
    return [
      {
        ...{ position, at, recipient, ...(staff !== undefined && { staff }), route, asked, clause, basis },
        ...(purpose !== undefined && { purpose }),
        ...{ revision: consent.revision, categories, items: items.length },
      },
    ];
  });
};

export const lanesOf = (relied: readonly Reliance[], withdrawnAt: Position | undefined): readonly RecipientLane[] => {
  const lanes = Map.groupBy(relied, ({ recipient }) => recipient);
  return [...lanes].map(([recipient, ticks]) => {
    const after = withdrawnAt === undefined ? {} : { after: new Set(positionsAfter(ticks, withdrawnAt)).size };
    const times = ticks.map(({ at }) => at);
    const disclosures = new Set(ticks.map(({ position }) => position)).size;
    return { recipient, disclosures, first: Math.min(...times), last: Math.max(...times), ...after };
  });
};

const positionsAfter = (ticks: readonly Reliance[], last: Position): readonly Position[] =>
  ticks.flatMap(({ position }) => (position > last ? [position] : []));

export interface WithdrawalSeen {
  readonly name: string;
  /** The agency of whoever looks; undefined: all is their affair. */
  readonly own: AgencySlug | undefined;
  readonly step: AuditedStep;
  readonly seen: readonly DecisionSeen[];
  readonly relied: readonly Reliance[];
  readonly notices: readonly Notice[];
  readonly now: Instant;
}

export const withdrawalOf = (asked: WithdrawalSeen): Withdrawn => {
  const { step, seen, relied, name } = asked;
  const { position, at, by, onOwnPage, capturedBy } = step;
  const last = relied.findLast((one) => one.position < position);
  const held = heldUnder(asked);
  const after = firstAfterIn(asked, held);
  const tombstones = tombstonesIn(asked, held);
  const awaited = awaitedIn(asked);
  const stoppedAt = Math.max(at, ...tombstones.map((one) => one.at));
  return {
    ...{ position, at, onOwnPage },
    ...(by !== undefined && { by }),
    ...(capturedBy !== undefined && { capturedBy }),
    ...(last !== undefined && { lastBefore: { position: last.position, at: last.at, recipient: last.recipient } }),
    ...(after !== undefined && { firstAfter: after }),
    reliedOnAfter: seen.filter((one) => one.position > position && reliesOn(one.decided.permitted, name)).length,
    tombstones,
    awaited,
    ...(awaited.length === 0 && { stoppedAt, seconds: (stoppedAt - at) / 1000 }),
    notices: noticesShown(asked),
  };
};

/** Where an item stands in the log; a merged person's revisions are of several streams. The merged identity stands nowhere. */
const placeOf = ({ items }: DecisionSeen, item: Revision): Position => items.get(item)?.position ?? MERGED_IDENTITY_NOTICED;

/** What a decision let through under the consent, of what whoever looks is told of. */
const itemsUnder = ({ name, own }: Pick<WithdrawalSeen, 'name' | 'own'>, seen: DecisionSeen): readonly Position[] => {
  const { decided, items, shown } = seen;
  if (shown === undefined) return [];
  const isTold = (item: Revision): boolean => own === undefined || decided.recipient === own || items.get(item)?.source === own;
  const groups = decided.permitted.filter(({ consent }) => consent?.id === name);
  return groups.flatMap((group) => group.items.filter(isTold).map((item) => placeOf(seen, item)));
};

/** Of each recipient, what it was shown under the consent. */
type Held = ReadonlyMap<string, ReadonlySet<Position>>;

const heldUnder = (asked: WithdrawalSeen): Held => {
  const held = new Map<string, Set<Position>>();
  for (const one of asked.seen) {
    const { recipient } = one.decided;
    const items = itemsUnder(asked, one);
    if (items.length > 0) held.set(recipient, new Set([...(held.get(recipient) ?? []), ...items]));
  }
  return held;
};

const heldAmong = (seen: DecisionSeen, items: readonly Revision[], held: Held): number =>
  items.filter((item) => held.get(seen.decided.recipient)?.has(placeOf(seen, item))).length;

/** The first that was decided of something that its recipient had been shown under the consent. */
const firstAfterIn = ({ step, seen }: WithdrawalSeen, held: Held): FirstAfter | undefined => {
  for (const one of oldestFirst(seen)) {
    const became = one.position > step.position && one.shown !== undefined ? becameOf(one, held) : undefined;
    if (became) return { position: one.position, at: one.decided.at, recipient: one.decided.recipient, ...became };
  }
  return undefined;
};

const becameOf = (one: DecisionSeen, held: Held): Pick<FirstAfter, 'became' | 'clause' | 'level'> | undefined => {
  const { permitted, refused } = one.decided;
  const isHeld = ({ items }: { readonly items: readonly Revision[] }): boolean => heldAmong(one, items, held) > 0;
  if (refused.some(isHeld)) return { became: 'refused' };
  const other = permitted.find(isHeld);
  return other && { became: 'on-another-ground', clause: other.clause, level: other.level };
};

const tombstonesIn = ({ seen, step }: WithdrawalSeen, held: Held): readonly Tombstone[] =>
  oldestFirst(seen).flatMap((one) => {
    const { position, decided, shown } = one;
    const { at, recipient, changes } = decided;
    const isLater = position > step.position && shown !== undefined;
    const taken = isLater ? heldAmong(one, changes?.withdrawn ?? [], held) : 0;
    return taken === 0 ? [] : [{ position, at, recipient, seconds: (at - step.at) / 1000, items: taken }];
  });

/** Whose feed holds, by the last that was decided of it, something that rests on the consent. */
const awaitedIn = (asked: WithdrawalSeen): readonly string[] => {
  const fed = asked.seen.filter(({ decided, shown }) => decided.route === 'feed' && shown !== undefined);
  const feeds = Map.groupBy(oldestFirst(fed), ({ decided }) => decided.recipient);
  return [...feeds].flatMap(([recipient, decisions]) => (restsOnIt(asked, decisions) ? [recipient] : []));
};

const restsOnIt = (asked: WithdrawalSeen, decisions: readonly DecisionSeen[]): boolean => {
  const items = new Map<Position, boolean>();
  for (const one of decisions) {
    for (const item of namedIn(one)) items.set(placeOf(one, item), false);
    for (const item of itemsUnder(asked, one)) items.set(item, true);
  }
  return [...items.values()].includes(true);
};

const namedIn = ({ decided: { permitted, changes } }: DecisionSeen): readonly Revision[] => [
  ...permitted.flatMap((group) => group.items),
  ...(changes?.withdrawn ?? []),
];

const DAY = 86_400_000;

export const noticesShown = ({ notices, now }: Pick<WithdrawalSeen, 'notices' | 'now'>): readonly NoticeOfWithdrawal[] => {
  const today = londonDate(now);
  return notices.map((notice) => noticeShown(notice, today));
};

const noticeShown = ({ noticeId, recipient, issuedAt, due, acknowledged }: Notice, today: IsoDate): NoticeOfWithdrawal => {
  const days = daysBetween(londonDate(issuedAt), acknowledged?.on ?? today);
  const told = { notice: noticeId, recipient, issuedAt, due, days };
  if (acknowledged === undefined) return { ...told, state: due < today ? 'overdue' : 'open' };
  return { ...told, state: 'acknowledged', acknowledgedOn: acknowledged.on, action: acknowledged.action };
};

/** Whole days; an answer dated before its notice took none. */
const daysBetween = (from: IsoDate, to: IsoDate): number => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / DAY));
