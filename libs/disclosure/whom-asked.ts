// Whom a question is about, and what has to be in memory before it can be decided: identifiers first, since they name the files.
import type { Asker } from '#access';
import type { LearnerId } from '#kernel';
import { disclosureStream, learnerStream, LINK_ADVISERS, NOBODY, whomItMeans } from '#learner-file';
import type { Missing } from '#unit-of-work';
import type { GateParts } from './gate-parts.ts';
import { learnerAt, type Moment, momentOf, readerAt } from './moment.ts';
import { isPost, type Reader } from './reader.ts';

type Parts = Pick<GateParts, 'streams' | 'registers' | 'clock' | 'pseudonyms'>;

const OWN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Undefined: nobody whom the reader can name so. */
export const whomAsked = (
  { streams, pseudonyms }: Parts,
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
  parts: Parts,
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
const namedFiles = ({ streams }: Parts, { draft }: Moment, reader: Reader, ref: string): readonly Missing[] => {
  const identifier = isPost(reader) ? undefined : streams.identifierStreamOf(reader.slug, ref);
  if (identifier === undefined) return [];
  const missing = streams.identifiers.missing(identifier);
  if (missing.length > 0) return missing;
  return streams.linkedTo(draft, reader.slug, ref).flatMap((id) => streams.files.missing(learnerStream(id)));
};

const missingOf = (parts: Parts, moment: Moment, learner: LearnerId | undefined): readonly Missing[] => {
  const { streams } = parts;
  const file = learner === undefined ? [] : streams.files.missing(learnerStream(learner));
  if (file.length > 0) return file;
  const known = learner === undefined ? undefined : learnerAt(parts, moment, learner);
  return streams.heads.missing(disclosureStream(known?.file.id ?? NOBODY));
};
