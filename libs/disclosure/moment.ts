// A moment's view of the log: all that one judgement of the gate looks at, and what it must still find so when it is appended.
import { randomUUID } from 'node:crypto';
import { correlation } from '#bus';
import type { Asker } from '#access';
import { type Instant, type LearnerId, londonDate, type Revision } from '#kernel';
import { disclosureStream, fileAt, type LearnerStreams, LINK_ADVISERS, missingFile, NOBODY, requireFile, whomItMeans } from '#learner-file';
import type { LinkAdviserOn } from '#duties';
import { linkAdviserOf } from '#learners';
import { Draft, type Missing } from '#unit-of-work';
import type { LearnerAtMoment } from './decide-answer.ts';
import type { GateParts } from './gate-parts.ts';
import { type InForce, isPost, type Reader, readerFor } from './in-force.ts';
import type { DecisionInputs, DisclosureDecided } from './decision-record.ts';
import { disclosureEvent } from './disclosure-log.ts';

// Ids of what the gate is about to record, drawn before it judges: judged again, it is the same (ADR 25).

export interface DecisionIds {
  readonly correlation: string;
  /** Of the decision. Where one question makes several, each of them has an id that follows from this one. */
  readonly decision: string;
}

export const drawIds = (): DecisionIds => ({ correlation: correlation(), decision: randomUUID() });

export interface Moment {
  readonly draft: Draft;
  readonly inForce: InForce;
  readonly at: Instant;
  readonly correlation: string;
}

type Parts = Pick<GateParts, 'streams' | 'registers' | 'clock'>;

/** The registers as they are known are part of it: another process may have suspended somebody meanwhile. */
export const momentOf = ({ registers, clock }: Parts, correlation: string): Moment => {
  const at = clock.now();
  const moment = { draft: new Draft(), inForce: registers.inForce(londonDate(at)), at, correlation };
  registers.require(moment.draft, moment.inForce);
  return moment;
};

/** Undefined where the asker is nobody whom anything may be shown. */
export const readerAt = ({ inForce }: Moment, asker: Asker): Reader | undefined => readerFor(asker, (slug) => inForce.partner(slug));

/** Undefined where there is no such learner, or it is not in memory: the draft says what is missing then. */
export const learnerAt = (
  { streams }: Pick<Parts, 'streams'>,
  { draft, inForce, at }: Pick<Moment, 'draft' | 'inForce' | 'at'>,
  id: LearnerId,
): LearnerAtMoment | undefined => {
  const { state: file, revision } = fileAt(streams, draft, id);
  if (revision < 0) return undefined;
  return { file, revision, inForce, linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).state, at };
};

/** Whose adviser is a provider's link adviser, by all that is known now: as agencies and their areas have it, whoever the learners are. */
export const linkAdvisersNow = async ({ streams, registers, clock }: Parts): Promise<LinkAdviserOn> => {
  const { state: linkAdvisers } = await streams.linkAdvisers.load(LINK_ADVISERS);
  const { register: areas } = registers.inForce(londonDate(clock.now()));
  return (provider, on) => linkAdviserOf({ linkAdvisers, areas }, provider, on);
};

/** What the decision rests on may be on its way to the disk, and not arrive: then it is decided anew. */
export const requireAsSeen = ({ streams }: Parts, { draft }: Moment, id: LearnerId): void => {
  requireFile(streams, draft, id);
  draft.require(streams.linkAdvisers, LINK_ADVISERS);
};

/** Revisions of the registers and of the link advisers as they stood. */
export interface Versioned {
  readonly agencies: Revision;
  readonly protocols: Revision;
  readonly linkAdvisers: Revision;
}

export const versionsAt = ({ streams }: Pick<Parts, 'streams'>, { draft, inForce }: Pick<Moment, 'draft' | 'inForce'>): Versioned => ({
  ...inForce.versions,
  linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).revision,
});

// Whom a question is about, and what has to be in memory before it can be decided: identifiers first, since they name the files.

type AskedParts = Pick<GateParts, 'streams' | 'registers' | 'clock' | 'pseudonyms'>;

const OWN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Undefined: nobody whom the reader can name so. */
export const whomAsked = (
  { streams, pseudonyms }: AskedParts,
  { draft, inForce, at }: Moment,
  reader: Reader,
  ref: string,
): LearnerId | undefined => {
  if (ref.startsWith('psn:')) return pseudonyms.resolve(reader.slug, ref);
  if (!isPost(reader)) return whomItMeans({ draft, streams, register: inForce.register, at }, reader.slug, ref);
  if (reader.learner !== undefined) return ref === 'me' ? reader.learner : undefined;
  return OWN_ID.test(ref) ? ref : undefined;
};

/** What can be told now; loaded, it may name more. */
export const lookForAnswer = (
  parts: AskedParts,
  { asker, ref, correlation }: { readonly asker: Asker; readonly ref: string; readonly correlation: string },
): readonly Missing[] => {
  const { streams } = parts;
  const moment = momentOf(parts, correlation);
  const reader = readerAt(moment, asker);
  const advisers = streams.linkAdvisers.missing(LINK_ADVISERS);
  if (reader === undefined) return [...advisers, ...streams.heads.missing(disclosureStream(NOBODY))];
  const missing = [...advisers, ...namedFiles(parts, moment, reader, ref)];
  return missing.length > 0 ? missing : missingOf(parts, moment, whomAsked(parts, moment, reader, ref));
};

/** Of an identifier, and of all to whom it leads. */
const namedFiles = ({ streams }: AskedParts, { draft }: Moment, reader: Reader, ref: string): readonly Missing[] => {
  const identifier = isPost(reader) ? undefined : streams.identifierStreamOf(reader.slug, ref);
  if (identifier === undefined) return [];
  const missing = streams.identifiers.missing(identifier);
  if (missing.length > 0) return missing;
  return streams.linkedTo(draft, reader.slug, ref).flatMap((id) => missingFile(streams, id));
};

const missingOf = (parts: AskedParts, moment: Moment, learner: LearnerId | undefined): readonly Missing[] => {
  const { streams } = parts;
  const file = learner === undefined ? [] : missingFile(streams, learner);
  if (file.length > 0) return file;
  const known = learner === undefined ? undefined : learnerAt(parts, moment, learner);
  return streams.heads.missing(disclosureStream(known?.file.id ?? NOBODY));
};

// The one form in which a decision about a learner is put into a draft: whoever asked, by whichever route, for a page, a row or a receipt.

/** What was asked, and what it came to; the rest follows from the moment. */
export type ToRecord = Omit<DisclosureDecided, 'at' | 'learner' | 'united' | 'agencies' | 'protocols' | 'linkAdvisers'>;

/** The member of an agency's or an office's staff, where the token named one. */
export const staffOf = (asker: Asker): { readonly staff?: string } =>
  'staff' in asker && asker.staff !== undefined ? { staff: asker.staff } : {};

/** Nobody's record is a learner's affair but the own one: who that was is not told with the record of another. */
export const isAnother = (asker: Asker, about: LearnerId | undefined): boolean => 'learner' in asker && asker.learner !== about;

export const reasonOf = ({ reason }: Pick<DecisionInputs, 'reason'>): { readonly reason?: string } =>
  reason === undefined ? {} : { reason };

/** `id`: of the event, drawn before or following from one that was. Gives its revision in the learner's disclosure stream. */
export const recordDecision = (
  streams: LearnerStreams,
  { id, ...moment }: Moment & { readonly id: string },
  { file, revision: learner }: Pick<LearnerAtMoment, 'file' | 'revision'>,
  decided: ToRecord,
): Revision => {
  const { draft, at, correlation } = moment;
  const origin = { id, correlation, learner: file.id, actor: decided.recipient };
  const united =
    file.united === undefined
      ? {}
      : { united: file.united.members.map(({ learner: member, revision }) => ({ learner: member, revision })) };
  const content = { ...decided, at, learner, ...united, ...versionsAt({ streams }, moment) };
  return draft.add(streams.heads, disclosureStream(file.id), disclosureEvent(origin, content), () => null);
};
