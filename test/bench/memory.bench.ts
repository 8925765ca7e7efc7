// Goal P8: what a learner's file takes in memory for decisions to be made of it, folded from a story of a dozen events.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Contribution, Recorded } from '#contribution';
import { assessment, connexions, consent, person, programme, provider, recorded, told } from '#contribution/fixtures';
import { emptyFile, evolveFile, type LearnerFile } from '#learner-file';
import type { Row } from './row.ts';

const LEARNERS = 20_000;
const LIMIT = 1024;

const storyOf = (n: number): readonly Contribution[] => [
  told(connexions, 'learner.registered', { ...person, localId: `c-${n}` }),
  told(connexions, 'learner.adviser-assigned', { name: 'A. Dviser', role: 'personal-adviser' }),
  told(connexions, 'consent.given', consent(`k-${n}`)),
  told(connexions, 'assessment.recorded', assessment({ assessmentId: `a1-${n}` })),
  told(connexions, 'assessment.recorded', assessment({ assessmentId: `a2-${n}`, domain: 'language' })),
  told(connexions, 'referral.made', { referralId: `r-${n}`, to: provider.slug, route: 'connexions' }),
  told(provider, 'referral.accepted', { referralId: `r-${n}` }),
  told(provider, 'learner.registered', { ...person, localId: `p-${n}` }),
  told(provider, 'assessment.recorded', assessment({ assessmentId: `a3-${n}`, domain: 'numeracy' })),
  told(provider, 'programme.started', programme(`e-${n}`)),
  told(provider, 'review.held', { reviewId: `v-${n}`, programmeId: `e-${n}`, heldOn: '2026-10-10', attendees: ['learner'], summary: 'Went well' }),
];

/** As read from a log: nothing is shared between two learners. */
const readAnew = (events: readonly Recorded[]): readonly Recorded[] => JSON.parse(JSON.stringify(events)) as readonly Recorded[];

const fileOf = (n: number): LearnerFile => readAnew(recorded(...storyOf(n))).reduce(evolveFile, emptyFile(`learner-${n}`));

const collector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
};

export const memoryBench = (): Promise<readonly Row[]> => {
  const collect = collector();
  const inUse = (): number => {
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };
  const files = Array.from({ length: LEARNERS }, (_, n) => fileOf(n));
  const before = inUse();
  const kept = files.length;
  files.length = 0;
  const ours = (before - inUse()) / kept;
  const name = 'a learner’s file for decisions, of eleven events (limit 1 KB; ratio limit/ours)';
  return Promise.resolve([{ goal: 'P8', name, limit: LIMIT, ours, ratio: LIMIT / ours, target: 1, unit: 'bytes' }]);
};
