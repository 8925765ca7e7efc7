// One learner at a glance, for a data protection officer: consents, rights, what was stated of the identity by date and source, and counts.
import type { RightsEntry } from '#consent';
import { type AgencySlug, type Instant, type IsoDate, londonDate, type Position, type Revision } from '#kernel';
import type { RecordedEvent } from '#event-store';
import type { Scope } from '#sharing-protocols';
import type { ConsentsKnown, LearnerAudited } from './audit-consents.ts';
import type { AuditedConsent } from './consent-sight.ts';
import { shortTypeOf } from './decisions-seen.ts';

interface Stated {
  readonly position: Position;
  readonly at: Instant;
  readonly capturedBy: AgencySlug;
}

export interface AuditedRight extends Stated {
  readonly kind: RightsEntry['kind'];
  readonly scope: Scope;
  readonly onOwnPage: boolean;
  /** Of an objection or a restriction: whether it keeps anything from being shown. */
  readonly stands?: boolean;
}

/** That something of the identity was stated; nothing of what. */
export interface IdentityStatement extends Stated {
  /** Short, as `learner.registered`. */
  readonly type: string;
}

export interface WithheldItem {
  /** Of the event that is withheld; short, as `risk-assessment.recorded`. */
  readonly type: string;
  readonly category: string;
  readonly position: Position;
  readonly source: AgencySlug;
  /** When that was said last. */
  readonly statedAt: Instant;
  /** Absent where it can be opened no more. */
  readonly ground?: string;
  /** The last day. */
  readonly until: IsoDate;
}

export interface AffairCounts {
  /** All that the officer is told of, looks of officers and of the operator apart. */
  readonly decisions: number;
  readonly answered: number;
  readonly refused: number;
  readonly looks: number;
  readonly latest?: Instant;
  readonly notices: { readonly open: number; readonly overdue: number; readonly acknowledged: number };
}

export interface LearnerOverview extends LearnerAudited {
  /** From the learner, for now. */
  readonly withheld: readonly WithheldItem[];
  readonly consents: readonly AuditedConsent[];
  readonly rights: readonly AuditedRight[];
  readonly identity: readonly IdentityStatement[];
  readonly counts: AffairCounts;
}

export const overviewOf = (known: ConsentsKnown, consents: readonly AuditedConsent[], now: Instant): Omit<LearnerOverview, 'withheld'> => ({
  ...known.named,
  consents,
  rights: rightsIn(known),
  identity: identityIn(known),
  counts: countsIn(known, now),
});

/** What counts, for the partnership's officer; an agency's own, for its officer. */
export const isForOfficer = ({ known, own }: ConsentsKnown, said: { readonly source: AgencySlug; readonly revision: Revision }): boolean =>
  own === undefined ? known.counts(said) : said.source === own;

export const storedByPlace = ({ events }: ConsentsKnown): ReadonlyMap<Revision, RecordedEvent> =>
  new Map(events.map(({ place, stored }) => [place, stored]));

const statedIn = ({ position, recordedAt: at, meta }: RecordedEvent): Stated => ({ position, at, capturedBy: meta.actor });

const rightsIn = (known: ConsentsKnown): readonly AuditedRight[] => {
  const stored = storedByPlace(known);
  return known.known.file.consent.rights.flatMap((entry) => {
    const event = stored.get(entry.revision);
    if (event === undefined || !isForOfficer(known, entry)) return [];
    const { kind, scope, byLearner: onOwnPage } = entry;
    return [{ ...statedIn(event), kind, scope, onOwnPage, ...standingOf(known, entry) }];
  });
};

const standingOf = ({ known }: ConsentsKnown, { kind, scope }: RightsEntry): Pick<AuditedRight, 'stands'> => {
  const { objections, restrictions } = known.terms;
  const among = { 'objection-raised': objections, 'restriction-requested': restrictions }[kind as string];
  return among === undefined ? {} : { stands: among.some((one) => JSON.stringify(one) === JSON.stringify(scope)) };
};

const identityIn = (known: ConsentsKnown): readonly IdentityStatement[] =>
  known.events.flatMap(({ place, stored }) => {
    const { type, meta } = stored;
    if (meta.category !== 'identity' || !isForOfficer(known, { source: meta.actor, revision: place })) return [];
    return [{ type: shortTypeOf(type), ...statedIn(stored) }];
  });

const countsIn = ({ known, own, seen }: ConsentsKnown, now: Instant): AffairCounts => {
  const shown = seen.flatMap((one) => one.shown ?? []);
  const decisions = shown.filter(({ route }) => route !== 'look');
  const answered = decisions.filter(({ outcome }) => outcome === 'answered').length;
  const notices = known.file.consent.notices.filter(({ recipient }) => own === undefined || recipient === own);
  const unanswered = notices.filter(({ acknowledged }) => acknowledged === undefined);
  const overdue = unanswered.filter(({ due }) => due < londonDate(now)).length;
  const [latest] = decisions;
  return {
    decisions: decisions.length,
    answered,
    refused: decisions.length - answered,
    looks: shown.length - decisions.length,
    ...(latest !== undefined && { latest: latest.at }),
    notices: { open: unanswered.length - overdue, overdue, acknowledged: notices.length - unanswered.length },
  };
};
