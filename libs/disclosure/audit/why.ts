// From one recorded decision to what it rested on, as the log held it then: clauses, consents with what had been said of them, and the
// events behind the relationship and behind the learner's registration (console.md, /dpo/decisions/{position}; ADR 59).
import type { RecordedEvent } from '#event-store';
import { type AgencySlug, type IsoDate, londonDate, type Position } from '#kernel';
import { eventsOfFile, type FileStanding, learnerOfDisclosures } from '#learner-file';
import { evidenceFor, type Said } from '#learners';
import { type Keys, keysOf } from '#privacy';
import {
  type ClauseName,
  type Flow,
  type ProtocolVersion,
  RELATIONSHIPS,
  relationshipBit,
  type RelationshipName,
} from '#sharing-protocols';
import { knownIn } from '../decide-answer.ts';
import { DISCLOSURE_DECIDED, type DisclosureDecided } from '../decision-record.ts';
import { basisText, openDecision } from '../disclosure-log.ts';
import { LOOK_DECIDED, openLook } from '../looks/index.ts';
import { type Past, pastOf } from '../past.ts';
import type { AsOfParts } from './as-of.ts';
import type { ConsentsKnown } from './audit-consents.ts';
import type { AuditedDecision, AuditedItem, KnownItem } from './audited-decision.ts';
import { type AuditedStep, stepsShown } from './consent-sight.ts';
import { itemsIn, ofFile } from './decisions-seen.ts';

export interface WhyClause {
  readonly clause: ClauseName;
  /** As the agreement has it. */
  readonly says: string;
  readonly basis: string;
  /** False: of what was refused, the clause that came nearest. */
  readonly held: boolean;
  /** When the last party whose signature the agreement needs had signed that version. */
  readonly agreed?: { readonly position: Position; readonly on: IsoDate };
}

export interface WhyConsent {
  readonly id: string;
  /** In the learner's stream, of what was last said of it. */
  readonly revision: number;
  /** What had been said of it, up to the decision. */
  readonly steps: readonly AuditedStep[];
}

export interface WhyRelationship {
  readonly relationship: RelationshipName;
  readonly events: readonly AuditedItem[];
}

export interface Why {
  readonly decision: AuditedDecision;
  readonly clauses: readonly WhyClause[];
  readonly consents: readonly WhyConsent[];
  /** Of the recipient, that a clause cited asks for; to an agency's officer of its own agency alone. */
  readonly relationships: readonly WhyRelationship[];
  /** Who registered the learner, of those whose word counted; to an agency's officer what its own agency said. */
  readonly registration: readonly AuditedItem[];
}

interface Asked {
  readonly known: ConsentsKnown;
  readonly decision: Position;
}

/** Nothing of it may leave before the look is recorded. Undefined: there is no such decision, or it is no affair of whoever asks. */
export const whyOf = async (parts: AsOfParts, { known, decision }: Asked): Promise<Why | undefined> => {
  const shown = known.seen.find(({ position }) => position === decision)?.shown;
  const event = (await parts.store.readAll({ after: decision - 1, limit: 1 })).find(({ position }) => position === decision);
  if (shown === undefined || event === undefined) return undefined;
  const keys = await keysOf(parts.vault, [event]);
  const rested = await FORMS.get(event.type)?.(parts, { known, shown, event, keys });
  return rested && { decision: shown, ...rested };
};

interface Recorded {
  readonly known: ConsentsKnown;
  readonly shown: AuditedDecision;
  readonly event: RecordedEvent;
  readonly keys: Keys;
}

/** Undefined where it was erased. */
type Rested = (parts: AsOfParts, recorded: Recorded) => Promise<Omit<Why, 'decision'> | undefined>;

const disclosure: Rested = async (parts, { known, shown, event, keys }) => {
  const decided = openDecision(event, keys);
  if (decided === undefined) return undefined;
  const past = await pastOf(parts, decided);
  const about = learnerOfDisclosures(event.stream) ?? '';
  const rested = await restedOn(parts, past, { known, decided, about, shown });
  return { clauses: clausesIn(parts, past, clausesOf(shown)), consents: consentsIn(shown, known), ...rested };
};

const ofLook: Rested = async (parts, { event, keys }) => {
  const looked = openLook(event, keys);
  if (looked === undefined) return undefined;
  const clause = looked.ground?.clause;
  const cited = clause === undefined ? [] : [{ clause, held: true }];
  return { clauses: clausesIn(parts, await pastOf(parts, looked), cited), ...NOTHING_MORE };
};

const FORMS: ReadonlyMap<string, Rested> = new Map([
  [DISCLOSURE_DECIDED, disclosure],
  [LOOK_DECIDED, ofLook],
]);

const NOTHING_MORE = { consents: [], relationships: [], registration: [] } as const;

interface Cited {
  readonly clause: ClauseName;
  readonly held: boolean;
}

const clausesOf = ({ permitted, refused }: AuditedDecision): readonly Cited[] => {
  const held = new Set(permitted.map(({ clause }) => clause).filter((clause) => clause !== 'own'));
  const nearest = new Set(refused.flatMap(({ clause }) => clause ?? []).filter((clause) => !held.has(clause)));
  return [...[...held].map((clause) => ({ clause, held: true })), ...[...nearest].map((clause) => ({ clause, held: false }))];
};

const clausesIn = ({ registers, clock }: AsOfParts, { decisions }: Past, cited: readonly Cited[]): readonly WhyClause[] => {
  const agreements = registers.agreements(londonDate(clock.now()));
  return cited.flatMap(({ clause, held }) => {
    const flow = decisions.flows.get(clause);
    if (flow === undefined) return [];
    const agreed = agreementOf(agreements, clause)?.completedAt;
    return [{ clause, says: flow.says, basis: basisText(flow.basis), held, ...(agreed !== undefined && { agreed }) }];
  });
};

const agreementOf = (agreements: readonly ProtocolVersion[], clause: ClauseName): ProtocolVersion | undefined =>
  agreements.find(({ document: { id, version } }) => clause.startsWith(`${id}@${version}#`));

const consentsIn = (shown: AuditedDecision, { affair, own }: ConsentsKnown): readonly WhyConsent[] => {
  const relied = new Map(
    shown.permitted.flatMap(({ consent }) => (consent === undefined ? [] : [[consent.id, consent.revision] as const])),
  );
  return [...relied].map(([id, revision]) => {
    const one = affair.find(({ name }) => name === id);
    const steps = one === undefined ? [] : stepsShown(one, own).filter(({ position }) => position < shown.position);
    return { id, revision, steps };
  });
};

interface Resting extends Pick<Asked, 'known'> {
  readonly decided: DisclosureDecided;
  /** Whose stream it stands in: since merged, perhaps. */
  readonly about: string;
  readonly shown: AuditedDecision;
}

const restedOn = async (
  { store }: AsOfParts,
  past: Past,
  { known: { own }, decided, about, shown }: Resting,
): Promise<Pick<Why, 'relationships' | 'registration'>> => {
  const then = await past.learner(about, decided.learner, decided.united);
  const standing = knownIn(then);
  const items = itemsIn(await eventsOfFile(store, then.file), ofFile(then.file, then.at));
  const told = (said: readonly Said[]): readonly AuditedItem[] =>
    said.flatMap(({ revision }) => {
      const item = items.get(revision);
      return item === undefined ? [] : [itemTold(item, own)];
    });
  const registered = [...items]
    .filter(([revision, { type, source }]) => type === 'learner.registered' && isTold(standing, { source, revision }, own))
    .map(([, item]) => itemTold(item, own));
  const isOwnAffair = own === undefined || decided.recipient === own;
  const flows = isOwnAffair ? shown.permitted.flatMap(({ clause }) => past.decisions.flows.get(clause) ?? []) : [];
  const relationships = heldAmong(standing, decided.recipient, askedFor(flows)).map((relationship) => ({
    relationship,
    events: told(evidenceFor(standing.standing, decided.recipient, relationship)),
  }));
  return { relationships, registration: registered };
};

const isTold = (standing: FileStanding, said: Said, own: AgencySlug | undefined): boolean =>
  own === undefined ? standing.counts(said) : said.source === own;

const askedFor = (flows: readonly Flow[]): ReadonlySet<RelationshipName> =>
  new Set(flows.flatMap(({ to }) => to.flatMap(({ relationship = [] }) => relationship)));

const heldAmong = (standing: FileStanding, agency: AgencySlug, asked: ReadonlySet<RelationshipName>): readonly RelationshipName[] => {
  const { counting } = standing.relationshipsOf(agency);
  return RELATIONSHIPS.filter((name) => asked.has(name) && (counting & relationshipBit(name)) !== 0);
};

/** Of what another agency recorded an agency's officer is told the kind and the day. */
const itemTold = ({ type, category, source, position, recordedAt }: KnownItem, own: AgencySlug | undefined): AuditedItem => ({
  type,
  category,
  ...((own === undefined || source === own) && { source, position }),
  recordedOn: londonDate(recordedAt),
});
