// Whom an agency means by an identifier (sharing-matrix.md, W7): a number may have been registered for several people,
// some of them made up.
import { type AgencySlug, type LearnerId, londonDate } from '#kernel';
import { NONE, wasHeard } from '#learners';
import { hasContributed } from '#learner-record';
import type { Draft } from '#unit-of-work';
import { type FileCircumstances, type FileStanding, type RegisterView, standingIn } from './file-standing.ts';
import type { LearnerStreams } from './learner-streams.ts';
import { LINK_ADVISERS } from './stored-events.ts';
import { fileAt } from './united-streams.ts';

/** A moment at which streams are looked at. */
export interface FileLookup {
  readonly draft: Draft;
  readonly streams: LearnerStreams;
  readonly register: RegisterView;
  readonly at: number;
}

export const circumstancesOf = ({ draft, streams, register, at }: FileLookup): FileCircumstances => ({
  now: at,
  today: londonDate(at),
  areas: register,
  linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).state,
});

export const standingOf = (look: FileLookup, learner: LearnerId): FileStanding =>
  standingIn(fileAt(look.streams, look.draft, learner).state, circumstancesOf(look));

/**
 * How many agencies speak of the learner with effect, or did: that does not fade when they are done, as a made-up person would wait for.
 * And how many of them are of the area where the learner is said to live: of those a stranger to the true learner is none.
 */
const heardIn = ({ standing }: FileStanding): { readonly heard: number; readonly local: number } => {
  const { effects } = standing.state;
  const { agencies, unconfirmed } = standing.residence;
  const heard = effects.agencies.filter((agency) => wasHeard(effects, agency) || standing.levelOf(agency) !== NONE);
  return { heard: heard.length, local: heard.filter((agency) => agencies.has(agency) || unconfirmed.has(agency)).length };
};

/**
 * The one whom it registered; else, of those with whom it has to do, the one about whom it contributed; else the one of whom the most
 * agencies of the area speak, the most agencies, the most is recorded, the first. Undefined: nobody with the number.
 */
export const whomItMeans = (look: FileLookup, agency: AgencySlug, subject: string): LearnerId | undefined => {
  const candidates = look.streams.candidates(look.draft, agency, subject);
  const [first, ...others] = candidates;
  if (first === undefined || others.length === 0 || look.streams.isOwn(look.draft, agency, subject)) return first;
  // The learner's own page has to do with everybody: it means whom most know, and not a person made up under the number.
  const speaksForLearners = look.register.rolesOf(agency).includes('self-service');
  const ranked = candidates.flatMap((id, order) => {
    const standing = standingOf(look, id);
    const contributed = hasContributed(standing.file.record, agency);
    if (!contributed && !standing.isRelated(agency) && !speaksForLearners) return [];
    return [{ id, ranks: [Number(contributed), ...knownnessOf(standing), -order] }];
  });
  ranked.sort((a, b) => byRanks(a.ranks, b.ranks));
  return ranked[0]?.id ?? first;
};

const byRanks = (a: readonly number[], b: readonly number[]): number =>
  b.map((rank, place) => rank - (a[place] ?? 0)).find((difference) => difference !== 0) ?? 0;

/** How many agencies of the area speak of the learner, how many in all, and how much is recorded. */
const knownnessOf = (standing: FileStanding): readonly number[] => {
  const { heard, local } = heardIn(standing);
  return [local, heard, standing.file.record.heads.length];
};

/** The one who is the best known, the first of those who are alike: somebody made up to look like another is not. */
export const bestKnown = (standings: readonly [FileStanding, ...FileStanding[]]): LearnerId => {
  const [best] = standings.toSorted((a, b) => byRanks(knownnessOf(a), knownnessOf(b)));
  return (best ?? standings[0]).file.id;
};
