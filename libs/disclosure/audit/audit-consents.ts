// Consents for data protection officers: those of one learner, one of them with its life, and a page of many. Each look is recorded first.
import { type OfficeAsker, recordedAs } from '#access';
import type { Notice, StandingConsent } from '#consent';
import type { AgencySlug, LearnerId, Position } from '#kernel';
import type { LearnerFile } from '#learner-file';
import { localIdOf } from '#learners';
import type { GateParts } from '../gate-parts.ts';
import { type AuditedConsent, agencyOf, bandsShown, consentShown, isAffair, type Reliant, stepsShown } from './consent-sight.ts';
import { type ConsentUses, reliantBy, type UsesOf } from './consent-uses.ts';
import { type ConsentLife, lanesOf, reliancesOf, withdrawalOf, type Withdrawn } from './consent-life.ts';
import { type DecisionSeen, decisionsSeen, itemsIn, ofFile } from './decisions-seen.ts';
import { type LearnerConsent, type LearnerConsents, learnerConsents } from './learner-consents.ts';

/** As the office names the learner. */
export interface LearnerAudited {
  readonly learner: string;
  /** An agency's own id, for its officer. */
  readonly localId?: string;
}

/** What is known of one learner's consents to whoever looks. */
export interface ConsentsListed extends LearnerConsents {
  readonly named: LearnerAudited;
  readonly own: AgencySlug | undefined;
  readonly seen: readonly Reliant[];
  /** Those that are an affair of whoever looks. */
  readonly affair: readonly LearnerConsent[];
}

/** With each decision. */
export interface ConsentsKnown extends ConsentsListed {
  readonly seen: readonly DecisionSeen[];
}

/** Of these disclosures' learner, to whoever looks. */
const knownBy = <Seen extends Reliant>(parts: GateParts, asker: OfficeAsker, told: LearnerConsents, seen: readonly Seen[]) => {
  const own = agencyOf(asker);
  const affair = told.consents.filter((one) => isAffair(one, seen, own));
  return { ...told, named: namedFor(parts, asker, told.known.file), own, seen, affair };
};

/** Nothing of it may leave before the look is recorded. Undefined where there is no such learner. */
export const consentsKnown = async (parts: GateParts, asker: OfficeAsker, learner: LearnerId): Promise<ConsentsKnown | undefined> => {
  const told = await learnerConsents(parts, learner);
  return told && knownBy(parts, asker, told, await decisionsSeen(parts, asker, { learner: told.known.file.id, events: told.events }));
};

/** What was erased is told to nobody, though the view has not come so far. */
const isAsFarAs = ({ position }: ConsentUses, { events }: LearnerConsents): boolean =>
  events.every(({ stored }) => stored.position <= position);

/**
 * The same for a page of many learners: what relied on a consent is told by what a view counted, and by the decisions themselves where
 * somebody is merged, or the view is behind what was last recorded of the learner (ADR 66).
 */
export const consentsListed = async (
  parts: GateParts,
  { asker, usesOf }: { readonly asker: OfficeAsker; readonly usesOf: UsesOf },
  learner: LearnerId,
): Promise<ConsentsListed | undefined> => {
  const told = await learnerConsents(parts, learner);
  if (told === undefined) return undefined;
  const { file } = told.known;
  const uses = file.united === undefined ? await usesOf(file.id) : undefined;
  if (uses === undefined || !isAsFarAs(uses, told)) return consentsKnown(parts, asker, learner);
  const items = itemsIn(told.events, ofFile(file, parts.clock.now()));
  const names = told.consents.map(({ name }) => name);
  return knownBy(parts, asker, told, reliantBy(uses, names, { asker, items }));
};

export const namedFor = (
  { pseudonyms }: Pick<GateParts, 'pseudonyms'>,
  asker: OfficeAsker,
  { id, learner }: Pick<LearnerFile, 'id' | 'learner'>,
): LearnerAudited => {
  const own = agencyOf(asker);
  const localId = own === undefined ? undefined : localIdOf(learner, own);
  return { learner: pseudonyms.of(recordedAs(asker), id), ...(localId !== undefined && { localId }) };
};

export const consentsShown = (known: ConsentsKnown, { clock }: Pick<GateParts, 'clock'>): readonly AuditedConsent[] =>
  known.affair.flatMap((one) => consentShown(one, known, clock.now()) ?? []);

/** By its name `source/id`, or the id alone where that is one. */
export const consentNamed = ({ affair }: ConsentsKnown, name: string): LearnerConsent | undefined => {
  const outright = affair.find((one) => one.name === name);
  if (outright) return outright;
  const [only, ...more] = affair.filter(({ standing }) => standing.consent.id === name);
  return more.length === 0 ? only : undefined;
};

export const lifeOf = (parts: Pick<GateParts, 'clock' | 'vault'>, known: ConsentsKnown, one: LearnerConsent): ConsentLife | undefined => {
  const { own, seen } = known;
  const now = parts.clock.now();
  const consent = consentShown(one, known, now);
  if (consent === undefined) return undefined;
  const relied = reliancesOf(seen, one.name);
  const withdrawal = withdrawalIn(parts, known, one);
  const lanes = lanesOf(relied, withdrawal?.position);
  return { ...consent, steps: stepsShown(one, own), bands: bandsShown(one, now), relied, lanes, ...(withdrawal && { withdrawal }) };
};

/** Undefined where it was not withdrawn with effect. */
export const withdrawalIn = (
  { clock, vault }: Pick<GateParts, 'clock' | 'vault'>,
  known: ConsentsKnown,
  one: LearnerConsent,
): Withdrawn | undefined => {
  const { own, seen } = known;
  const position = withdrawnAt(one);
  const step = stepsShown(one, own).find((shown) => shown.position === position);
  if (step === undefined) return undefined;
  const relied = reliancesOf(seen, one.name);
  const recipients = new Set<string>([...relied.map(({ recipient }) => recipient), ...(own === undefined ? [] : [own])]);
  const notices = noticesOf(vault, known, one.standing).filter(({ recipient }) => own === undefined || recipients.has(recipient));
  return withdrawalOf({ name: one.name, own, step, seen, relied, notices, now: clock.now() });
};

export const withdrawnAt = ({ standing, steps }: LearnerConsent): Position | undefined =>
  standing.standing === 'withdrawn' ? steps.find(({ kind, counts }) => kind === 'withdrawn' && counts)?.position : undefined;

/** Ids are each agency's own: of two alike, the notice's own id tells whose consent it is about. */
export const noticesOf = (
  vault: GateParts['vault'],
  { known }: Pick<ConsentsKnown, 'known'>,
  { consent }: StandingConsent,
): readonly Notice[] => {
  const { consents, notices } = known.file.consent;
  const isOnly = consents.filter(({ id }) => id === consent.id).length === 1;
  const idFor = (recipient: string): string =>
    vault.blindId('notice', `${known.file.id}\n${recipient}\nwithdrawal\n${consent.source}/${consent.id}`);
  return notices.filter(
    ({ reason, consentId, recipient, noticeId }) =>
      reason === 'withdrawal' && consentId === consent.id && (isOnly || noticeId === idFor(recipient)),
  );
};
