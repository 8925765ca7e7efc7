// A learner's file at a moment: who stands and what counts of all that was said,
// worked out once for all who ask (sharing-matrix.md, W1–W6).
import { consentTerms, type Grounds, namedInConsents } from '#consent';
import { type AgencySlug, InUse, type IsoDate, type LearnerId, type Revision } from '#kernel';
import { everyRecordItem, itemsSince, type Lens, type RecordItem } from '#learner-record';
import {
  answeredReferrer,
  type Areas,
  type Circumstances,
  FULL,
  isByTable,
  type StandingLevel,
  mergedIdentity,
  type MergedIdentity,
  referredBy,
  type Relationships,
  relationshipsChangeAt,
  relationshipsOf,
  Standing,
  type StandingView,
  tiesAsBefore,
  withheldFields,
} from '#learners';
import { type LearnerTerms, relationshipBit } from '#sharing-protocols';
import type { LearnerFile } from './learner-file.ts';

/** The operator's register as it stands. */
export interface RegisterView extends Areas {
  kinOf(agency: AgencySlug): readonly AgencySlug[];
  rolesOf(agency: AgencySlug): readonly string[];
}

export interface FileCircumstances extends Circumstances {
  readonly areas: RegisterView;
}

const LINK = relationshipBit('link-for-provider');
const APPLIED_TO = relationshipBit('applied-to');
const ITEM_BITS = LINK | APPLIED_TO;

type Said = Parameters<Standing['counts']>[0];

/** What was worked out so far; it holds as long as nothing is said that changes who stands, or consents. */
interface Found {
  readonly relationships: Map<AgencySlug, Relationships>;
  readonly referred: Map<AgencySlug, ReadonlyMap<AgencySlug, IsoDate>>;
  readonly identities: Map<boolean, MergedIdentity>;
  terms?: LearnerTerms;
  changesAt?: number;
  names?: ReadonlySet<string>;
}

export class FileStanding {
  readonly file: LearnerFile;
  readonly circumstances: FileCircumstances;
  readonly standing: Standing;
  readonly #found: Found;
  #items: readonly RecordItem[] | undefined;

  /** `before`: the file when less was recorded, of which what it was found to be still holds. */
  constructor(file: LearnerFile, circumstances: FileCircumstances, before?: FileStanding) {
    this.file = file;
    this.circumstances = circumstances;
    this.#found = before === undefined ? { relationships: new Map(), referred: new Map(), identities: new Map() } : before.#found;
    const { ties, effects, statements, founder } = file.learner;
    const namedIn = (standing: StandingView): ReturnType<typeof namedInConsents> =>
      file.consent.consents.length === 0 ? [] : namedInConsents(file.consent, this.#groundsOf(standing), circumstances.today);
    this.standing = new Standing({ ties, effects, statements, founder, namedInConsents: namedIn }, circumstances, before?.standing);
  }

  /** Until when nothing of it changes by time alone; `Infinity`: it never does. */
  get changesAt(): number {
    return (this.#found.changesAt ??= relationshipsChangeAt(this.standing) ?? Infinity);
  }

  get grounds(): Grounds {
    return this.#groundsOf(this.standing);
  }

  /** What of consents, objections and restrictions has effect. */
  get terms(): LearnerTerms {
    return (this.#found.terms ??= consentTerms(this.file.consent, this.grounds));
  }

  /** Everything recorded, as it counts. */
  get items(): readonly RecordItem[] {
    return (this.#items ??= everyRecordItem(this.file.record, this.#lens));
  }

  /** Of all items, those recorded since the file stood as `before`; undefined where earlier ones may be another thing now than then. */
  itemsSince(before: LearnerFile): readonly RecordItem[] | undefined {
    return countsAsBefore(before, this.file) ? itemsSince(this.file.record, before.record, this.#lens) : undefined;
  }

  levelOf(agency: AgencySlug): StandingLevel {
    return this.standing.levelOf(agency);
  }

  relationshipsOf(agency: AgencySlug): Relationships {
    const known = this.#found.relationships.get(agency);
    if (known) return known;
    const relationships = relationshipsOf(this.standing, agency, this.file.learner.knownTo.includes(agency));
    this.#found.relationships.set(agency, relationships);
    return relationships;
  }

  /** Whether it has to do with the learner at all: it may contribute, and read its own. Who knows the learner does, whatever else it is. */
  isRelated(agency: AgencySlug): boolean {
    return this.file.learner.knownTo.includes(agency) || this.relationshipsOf(agency).any;
  }

  /**
   * Bits that count for an agency before one item: a link adviser sees what comes from the provider that it is the link adviser for,
   * and whom a learner applied to the applications that name it.
   */
  bitsFor(agency: AgencySlug, item: Pick<RecordItem, 'type' | 'source' | 'revision'>): number {
    const { counting } = this.relationshipsOf(agency);
    if ((counting & ITEM_BITS) === 0) return counting;
    const { choices } = this.standing.state.ties;
    const unlinked = (counting & LINK) !== 0 && !this.standing.linkedProviders(agency).includes(item.source);
    const unchosen =
      (counting & APPLIED_TO) !== 0 &&
      item.type.startsWith('application.') &&
      !choices.some((one) => one.agency === agency && one.revision === item.revision);
    return counting & ~(unlinked ? LINK : 0) & ~(unchosen ? APPLIED_TO : 0);
  }

  /** By agency: the day from which on the asker, who referred the learner there, sees how it goes. */
  referredBy(agency: AgencySlug): ReadonlyMap<AgencySlug, IsoDate> {
    const known = this.#found.referred.get(agency);
    if (known) return known;
    const referred = referredBy(this.standing, agency);
    this.#found.referred.set(agency, referred);
    return referred;
  }

  identity(withServices: boolean): MergedIdentity {
    const known = this.#found.identities.get(withServices);
    if (known) return known;
    const identity = mergedIdentity(this.standing, { withServices });
    this.#found.identities.set(withServices, identity);
    return identity;
  }

  /** Every name that somebody stated whose word counts, folded: by these the learner may be known. */
  get names(): ReadonlySet<string> {
    const counting = this.standing.statements.filter((one) => this.standing.counts(one));
    return (this.#found.names ??= new Set(counting.flatMap(({ givenName, familyName }) => [givenName, familyName]).filter(Boolean)));
  }

  counts(said: Said): boolean {
    return this.standing.counts(said);
  }

  get #lens(): Lens {
    const { standing } = this;
    const { enrolments } = standing.state.ties;
    const hasWithheld = standing.statements.some(({ withheld }) => withheld);
    const told = (source: AgencySlug, revision: Revision): readonly string[] => {
      const statement = standing.statements.find((one) => one.source === source && one.revision === revision);
      return statement ? withheldFields(standing.statements, statement) : [];
    };
    return {
      counts: (said) => standing.counts(said),
      answers: (revision) => answeredReferrer(standing, revision),
      begun: (owner, programmeId) => enrolments.find(({ source, id }) => source === owner && id === programmeId)?.startedOn,
      withheld: (source, revision) => (hasWithheld ? told(source, revision) : []),
    };
  }

  #groundsOf(standing: StandingView): Grounds {
    const { areas } = this.circumstances;
    return {
      counts: (said) => standing.counts(said, FULL),
      same: (a, b) => standing.same(a, b),
      isTied: (agency) => standing.levelOf(agency) === FULL && isByTable(this.relationshipsOf(agency)),
      kinOf: (agency) => areas.kinOf(agency),
      rolesOf: (agency) => areas.rolesOf(agency),
    };
  }
}

/** Learners whose standings are kept: those who are asked about together. */
const KEPT = 4000;
const held = new InUse<LearnerId, FileStanding>({ most: KEPT });

const isStill = (standing: FileStanding, { areas, linkAdvisers, today, now }: FileCircumstances): boolean => {
  const before = standing.circumstances;
  const isAsBefore = before.areas === areas && before.linkAdvisers === linkAdvisers && before.today === today && before.now <= now;
  return isAsBefore && now < standing.changesAt;
};

export const forgetStanding = (learner: LearnerId): void => void held.delete(learner);

/** Of the streams of the same learners: what a merge brings in stands among what was there before. */
const isMadeOfTheSame = ({ united: before }: LearnerFile, { united: now }: LearnerFile): boolean =>
  before?.members.length === now?.members.length &&
  (now?.members.every(({ learner }, place) => before?.members[place]?.learner === learner) ?? true);

/** Most of what is recorded of a learner ties nobody and asks for no consent. */
const countsAsBefore = (before: LearnerFile, file: LearnerFile): boolean =>
  isMadeOfTheSame(before, file) && before.consent === file.consent && tiesAsBefore(before.learner, file.learner);

/** The same object as long as nothing changes, and what was found as long as that holds: many ask about one learner. */
export const standingIn = (file: LearnerFile, circumstances: FileCircumstances): FileStanding => {
  const kept = held.get(file.id);
  const before = kept && isStill(kept, circumstances) ? kept : undefined;
  if (before?.file === file) return before;
  const standing =
    before && countsAsBefore(before.file, file)
      ? new FileStanding(file, before.circumstances, before)
      : new FileStanding(file, circumstances);
  held.set(file.id, standing);
  return standing;
};
