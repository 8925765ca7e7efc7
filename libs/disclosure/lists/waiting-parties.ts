// Who waits for a voucher that this reader could give (sharing-matrix.md, W4, W6), or, for the learner, who waits at all. Pure.
import type { AgencySlug } from '#kernel';
import type { FileStanding } from '#learner-file';
import { FULL, waitingTies } from '#learners';
import { type AccessContext, knownIn } from '../decide-answer.ts';
import type { WaitingParty } from '../decision-record.ts';
import { isPost, type Reader } from '../in-force.ts';

const VOUCHERS = ['connexions', 'local-authority'] as const;
const POSTS: readonly string[] = ['data-manager', 'learner'];
/** Where the learner lives, the data manager and the learner alone confirm. */
const RESIDENCE = 'resident-area';

/** Whether it may be told of anybody at all. */
export const mayVouch = (reader: Reader): boolean =>
  isPost(reader) ? POSTS.includes(reader.post) : VOUCHERS.some((role) => reader.roles.includes(role));

const waitingOf = ({ standing, file }: FileStanding, agency: AgencySlug): readonly string[] =>
  waitingTies(standing, agency, file.learner.knownTo.includes(agency));

type For = (agency: AgencySlug) => readonly string[];

/** Of another agency than its own, and not where the learner lives. */
const forAgency = (known: FileStanding, slug: AgencySlug): For => {
  if (known.levelOf(slug) !== FULL) return () => [];
  return (agency) => (known.standing.same(agency, slug) ? [] : waitingOf(known, agency).filter((name) => name !== RESIDENCE));
};

const isAbout = (reader: Reader, { file }: AccessContext): boolean =>
  !isPost(reader) || reader.learner === undefined || reader.learner === file.id;

/** `parties`: all who have to do with the learner. */
export const waitingParties = (context: AccessContext, parties: readonly AgencySlug[]): readonly WaitingParty[] => {
  const { reader, inForce } = context;
  if (!mayVouch(reader) || !isAbout(reader, context)) return [];
  const known = knownIn(context);
  const relationshipsOf = isPost(reader) ? (agency: AgencySlug) => waitingOf(known, agency) : forAgency(known, reader.slug);
  return parties.flatMap((agency) => {
    const relationships = relationshipsOf(agency);
    return relationships.length > 0 && inForce.agency(agency) ? [{ agency, relationships }] : [];
  });
};
