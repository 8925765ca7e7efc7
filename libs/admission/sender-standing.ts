// How the sender of a contribution stands before the learner, and what it may be told of others (sharing-matrix.md, W1, W2).
import type { Agency } from '#agencies';
import type { Notes } from '#contribution';
import type { FileStanding } from '#learner-file';
import { FULL, type StandingLevel, NONE, PARTIAL } from '#learners';

/** The learner's own page speaks for the learner: it always stands. */
export const levelOf = (standing: FileStanding, { slug, roles }: Agency): StandingLevel =>
  roles.includes('self-service') ? FULL : standing.levelOf(slug);

const LACKS: { readonly [One in StandingLevel]: Notes['lacks'] } = { [NONE]: 'standing', [PARTIAL]: 'rights', [FULL]: undefined };

/** What is to be noted with what it says. */
export const lacksOf = (level: StandingLevel): Pick<Notes, 'lacks'> => {
  const lacks = LACKS[level];
  return lacks === undefined ? {} : { lacks };
};

/**
 * Whether what others said is looked up for the sender. Whoever does not stand is told nothing that depends on it; nor is a founder with
 * whom nobody else stands: it must not learn from an answer whether its registration met somebody.
 */
export const mayLookUp = (standing: FileStanding, agency: Agency): boolean => {
  if (agency.roles.includes('self-service')) return true;
  const { agencies } = standing.standing.state.effects;
  return (
    levelOf(standing, agency) !== NONE &&
    agencies.some((other) => !standing.standing.same(other, agency.slug) && standing.levelOf(other) !== NONE)
  );
};
