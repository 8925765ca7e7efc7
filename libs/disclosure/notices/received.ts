// Who was shown what, as the recorded decisions tell: reads and feeds alike.
import { askerRecorded } from '#access';
import type { EventStore, RecordedEvent } from '#event-store';
import type { AgencySlug, LearnerId, Revision } from '#kernel';
import { disclosureStream, type FileStanding, type LearnerFile, membersOf, placeIn } from '#learner-file';
import { type Keys, keysOf, type LoadsKeys } from '#privacy';
import { MERGED_IDENTITY_REVISION } from '../answer.ts';
import { DISCLOSURE_DECIDED, type DisclosureDecided } from '../decision-record.ts';
import { openDecision } from '../disclosure-log.ts';
import type { Occasion, Shown } from './occasions.ts';

/** What a recipient was shown of that which an occasion concerns. */
export interface Received {
  readonly recipient: AgencySlug;
  readonly occasion: Occasion;
  readonly items: ReadonlySet<Revision>;
  /** Ids of the protocols that permitted it, in the order in which they did. */
  readonly protocols: readonly string[];
}

type Holdings = Map<string, Received & { readonly items: Set<Revision>; readonly protocols: string[] }>;

export interface ReceivedParts {
  readonly store: Pick<EventStore, 'readStream'>;
  readonly vault: LoadsKeys;
}

/**
 * A decision was appended on the condition that the learner's stream had not moved, so it stands before whatever takes effect or was made
 * in the knowledge of it: whoever has read that finds them all. What a recipient contributed itself was shown to nobody by showing it.
 */
export const receivedOf = async (
  { store, vault }: ReceivedParts,
  known: FileStanding,
  occasions: readonly Occasion[],
): Promise<readonly Received[]> => {
  const categories = new Map(known.items.map(({ revision, category }) => [revision, category]));
  const { areas } = known.circumstances;
  const holdings: Holdings = new Map();
  const { file } = known;
  for (const decided of await decisionsOf({ store, vault }, file)) {
    const told = shownBy(decided, { categories, roles: areas.rolesOf(decided.recipient) });
    for (const one of told) holdAll(holdings, occasions, one);
  }
  return [...holdings.values()];
};

/** All: of the learner, and of each who was merged into the learner, of whom they name what was shown by that one's own stream. */
export const decisionsOf = async (
  { store, vault }: ReceivedParts,
  file: LearnerFile,
  isSought: (event: RecordedEvent) => boolean = () => true,
): Promise<readonly DisclosureDecided[]> => {
  const of = await Promise.all(
    [file.id, ...membersOf(file)].map(async (learner) => {
      const stored = (await store.readStream(disclosureStream(learner))).filter(isSought);
      const keys = await keysOf(vault, stored);
      const decided = stored.flatMap((one) => decisionIn(one, keys) ?? []);
      return learner === file.id ? decided : decided.map((one) => placedIn(file, learner, one));
    }),
  );
  return of.flat();
};

const placedIn = ({ id, united }: LearnerFile, learner: LearnerId, decided: DisclosureDecided): DisclosureDecided => {
  const placeOf = (revision: Revision): readonly Revision[] =>
    revision === MERGED_IDENTITY_REVISION ? [revision] : [placeIn(id, united, { learner, revision }) ?? []].flat();
  return {
    ...decided,
    learner: placeOf(decided.learner)[0] ?? decided.learner,
    permitted: decided.permitted.map((group) => ({ ...group, items: group.items.flatMap(placeOf) })),
  };
};

interface Told {
  readonly shown: Shown;
  readonly protocol: string;
}

const OWN = 'own';

/** Offices keep nothing of what they are shown, and a learner has it from nobody: nobody else is told of what became of it. */
const isAgency = (recipient: string): boolean => 'agency' in (askerRecorded(recipient, '') ?? {});

const shownBy = (
  { recipient, outcome, permitted, learner }: DisclosureDecided,
  { categories, roles }: { readonly categories: ReadonlyMap<Revision, string>; readonly roles: readonly string[] },
): readonly Told[] => {
  if (outcome !== 'answered' || !isAgency(recipient)) return [];
  const categoryOf = (item: Revision): string => (item === MERGED_IDENTITY_REVISION ? 'identity' : (categories.get(item) ?? ''));
  return permitted
    .filter(({ clause }) => clause !== OWN)
    .flatMap(({ items, clause, ...group }) =>
      items.map((item) => ({
        shown: { ...group, recipient, recipientRoles: roles, category: categoryOf(item), item, decidedAt: learner },
        protocol: clause.replace(/@.*$/, ''),
      })),
    );
};

const holdAll = (holdings: Holdings, occasions: readonly Occasion[], told: Told): void => {
  for (const occasion of occasions) if (occasion.concerns(told.shown)) hold(holdings, occasion, told);
};

const hold = (holdings: Holdings, occasion: Occasion, { shown: { recipient, item }, protocol }: Told): void => {
  const key = `${recipient}\n${occasion.reason}\n${occasion.key}`;
  const held = holdings.get(key) ?? { recipient, occasion, items: new Set<Revision>(), protocols: [] };
  held.items.add(item);
  if (!held.protocols.includes(protocol)) held.protocols.push(protocol);
  holdings.set(key, held);
};

/** Undefined for looks and for what was erased. */
const decisionIn = (stored: RecordedEvent, keys: Keys): DisclosureDecided | undefined =>
  stored.type === DISCLOSURE_DECIDED ? openDecision(stored, keys) : undefined;
