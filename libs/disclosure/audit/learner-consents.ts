// The consents of one learner as the log holds them, each with what was said of it in order: metadata, nothing of why it was said.
import type { CloudEvent, ConsentStated } from '#catalogue';
import {
  type Change,
  type ChangeKind,
  type Consent,
  consentName,
  type ConsentState,
  type Grounds,
  type StandingConsent,
  standingConsents,
} from '#consent';
import type { AgencySlug, Instant, IsoDate, LearnerId, Position, Revision } from '#kernel';
import { type EventOfFile, eventsOfFile, type FileStanding, openContribution } from '#learner-file';
import { keysOf } from '#privacy';
import { untilComplete } from '#unit-of-work';
import { correlation } from '#bus';
import { knownIn } from '../decide-answer.ts';
import type { GateParts } from '../gate-parts.ts';
import { learnerAt, momentOf } from '../moment.ts';

/** Who decided, as far as it is no name. */
export type DecidedBy = 'learner' | 'parent-or-carer' | 'another';

export interface ConsentStep {
  readonly kind: 'given' | 'refused' | ChangeKind;
  readonly revision: Revision;
  readonly position: Position;
  /** When the log took it: from then on it has effect. */
  readonly at: Instant;
  /** When it was said, as its source has it. */
  readonly saidAt: Instant;
  readonly source: AgencySlug;
  /** Said on the learner's own page. */
  readonly onOwnPage: boolean;
  readonly by?: DecidedBy;
  readonly expires?: IsoDate;
  /** Whether its source's word has effect (W5): for others, or of a consent that counts for nobody else, for its source. */
  readonly counts: boolean;
}

/** How a consent was asked for. */
export type ConsentForm = Pick<ConsentStated, 'givenBy' | 'method' | 'notice'>;

export interface LearnerConsent {
  /** As decisions name it: `source/id`. */
  readonly name: string;
  /** Whether its source's word has effect for others. */
  readonly counts: boolean;
  readonly standing: StandingConsent;
  /** Absent where it was erased. */
  readonly form?: ConsentForm;
  /** In the order of the file. */
  readonly steps: readonly ConsentStep[];
  /** All by which it is judged. */
  readonly judged: JudgedConsents;
}

interface JudgedConsents {
  readonly state: ConsentState;
  readonly grounds: Grounds;
}

export interface LearnerConsents {
  readonly known: FileStanding;
  readonly consents: readonly LearnerConsent[];
  readonly events: readonly EventOfFile[];
}

/** Undefined where there is no such learner. */
export const knownNow = async (parts: GateParts, learner: LearnerId): Promise<FileStanding | undefined> => {
  const { at } = await untilComplete(() => {
    const moment = momentOf(parts, correlation());
    return { at: learnerAt(parts, moment, learner), missing: moment.draft.missing };
  });
  return at && knownIn(at);
};

/** As they stand now; undefined where there is no such learner. */
export const learnerConsents = async (parts: GateParts, learner: LearnerId): Promise<LearnerConsents | undefined> => {
  const known = await knownNow(parts, learner);
  if (known === undefined) return undefined;
  const events = await eventsOfFile(parts.store, known.file);
  const said = await opened(parts, known, events);
  return { known, consents: known.file.consent.consents.flatMap((one) => consentOf(one, known, said)), events };
};

/** To whom nothing of others is told, its own consent is as its own words have made it. */
const judgedFor = ({ file, grounds }: FileStanding, one: Consent): JudgedConsents => {
  if (grounds.counts(one)) return { state: file.consent, grounds };
  const consents = file.consent.consents
    .filter(({ source }) => source === one.source)
    .map((consent) => ({ ...consent, changes: consent.changes.filter(({ source }) => source === one.source) }));
  return { state: { ...file.consent, consents }, grounds: { ...grounds, counts: ({ source }) => source === one.source } };
};

interface Opened {
  readonly stored: EventOfFile['stored'];
  readonly event: CloudEvent | undefined;
}
type Said = ReadonlyMap<Revision, Opened>;

const opened = async ({ vault }: Pick<GateParts, 'vault'>, { file }: FileStanding, events: readonly EventOfFile[]): Promise<Said> => {
  const places = new Set(file.consent.consents.flatMap((consent) => [consent, ...consent.changes]).map(({ revision }) => revision));
  const wanted = events.filter(({ place }) => places.has(place));
  const keys = await keysOf(
    vault,
    wanted.map(({ stored }) => stored),
  );
  return new Map(wanted.map(({ place, stored }) => [place, { stored, event: openContribution(stored, keys)?.event }]));
};

/** A consent of the file as it counts. */
export type ConsentInFile = Pick<LearnerConsent, 'name' | 'counts' | 'standing' | 'judged'>;

/** By what the file says alone. */
export const consentInFile = (known: FileStanding, one: Consent): ConsentInFile | undefined => {
  const counts = known.grounds.counts(one);
  const judged = judgedFor(known, one);
  const standing = standingConsents(judged.state, judged.grounds).find(({ consent }) => consent.revision === one.revision);
  return standing && { name: consentName(standing.consent), counts, standing, judged };
};

const consentOf = (one: Consent, known: FileStanding, said: Said): readonly LearnerConsent[] => {
  const inFile = consentInFile(known, one);
  if (inFile === undefined) return [];
  const { standing, judged } = inFile;
  const { consent } = standing;
  const data = said.get(consent.revision)?.event?.data as Partial<ConsentStated> | undefined;
  const steps = [firstOf(consent), ...consent.changes].flatMap((change) => stepOf(change, judged.grounds.counts(change), said) ?? []);
  return [{ ...inFile, ...formIn(data), steps }];
};

const formIn = (data: Partial<ConsentStated> | undefined): { readonly form?: ConsentForm } => {
  const { givenBy, method, notice } = data ?? {};
  if (givenBy === undefined || method === undefined || notice === undefined) return {};
  return { form: { givenBy, method, notice: { id: notice.id, version: notice.version, language: notice.language } } };
};

type Step = Omit<Change, 'kind' | 'at'> & { readonly kind: ConsentStep['kind'] };

const firstOf = ({ source, revision, refused, expires }: Consent): Step => ({
  source,
  revision,
  kind: refused ? 'refused' : 'given',
  byLearner: false,
  ...(expires !== undefined && { expires }),
});

const stepOf = ({ kind, source, revision, byLearner, expires }: Step, counts: boolean, said: Said): ConsentStep | undefined => {
  const { stored, event } = said.get(revision) ?? {};
  if (stored === undefined) return undefined;
  const by = event && decidedBy(event.data);
  return {
    kind,
    revision,
    position: stored.position,
    at: stored.recordedAt,
    saidAt: event === undefined ? stored.recordedAt : Date.parse(event.time),
    source,
    onOwnPage: byLearner,
    ...(by !== undefined && { by }),
    ...(expires !== undefined && { expires }),
    counts,
  };
};

const KNOWN_DECIDERS: readonly DecidedBy[] = ['learner', 'parent-or-carer'];

/** An agency may give a name here: that is not told. */
export const decidedBy = ({ by, givenBy }: Readonly<Record<string, unknown>>): DecidedBy | undefined => {
  const told = givenBy ?? by;
  if (told === undefined) return undefined;
  return KNOWN_DECIDERS.find((one) => one === told) ?? 'another';
};
