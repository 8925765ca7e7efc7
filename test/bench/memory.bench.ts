// Goal P8: what a learner's file takes in memory for decisions to be made of it, folded from a story of a dozen events,
// as the broker holds it, within the heap and outside of it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Contribution, Recorded } from '#contribution';
import { assessment, connexions, consent, person, programme, provider, recorded, told } from '#contribution/fixtures';
import { shippedCatalogue } from '#catalogue';
import type { EventStore } from '#event-store';
import { emptyFile, evolveFile, type LearnerFile, LearnerStreams, learnerStream } from '#learner-file';
import type { Vault } from '#privacy';
import type { Row } from './row.ts';

const LEARNERS = 50_000;
const LIMIT = 1024;

const storyOf = (n: number): readonly Contribution[] => [
  told(connexions, 'learner.registered', { ...person, localId: `W-${1_000_000 + n * 7}` }),
  told(connexions, 'learner.adviser-assigned', { name: 'A. Dviser', role: 'personal-adviser' }),
  told(connexions, 'consent.given', consent(`k-${n * 31}`)),
  told(connexions, 'assessment.recorded', assessment({ assessmentId: `a1-${n * 31}` })),
  told(connexions, 'assessment.recorded', assessment({ assessmentId: `a2-${n * 31}`, domain: 'language' })),
  told(connexions, 'referral.made', { referralId: `r-${n * 31}`, to: provider.slug, route: 'connexions' }),
  told(provider, 'referral.accepted', { referralId: `r-${n * 31}` }),
  told(provider, 'learner.registered', { ...person, localId: `P/${n * 13}/26` }),
  told(provider, 'assessment.recorded', assessment({ assessmentId: `a3-${n * 31}`, domain: 'numeracy' })),
  told(provider, 'programme.started', programme(`e-${n * 31}`)),
  told(provider, 'review.held', {
    reviewId: `v-${n * 31}`,
    programmeId: `e-${n * 31}`,
    heldOn: '2026-10-10',
    attendees: ['learner'],
    summary: 'Went well',
  }),
];

/** As read from a log: nothing is shared between two learners. */
const readAnew = (events: readonly Recorded[]): readonly Recorded[] => JSON.parse(JSON.stringify(events)) as readonly Recorded[];

const idOf = (n: number): string => `0badcafe-0000-4000-8000-${String(n).padStart(12, '0')}`;

const fileOf = (n: number): LearnerFile => readAnew(recorded(...storyOf(n))).reduce(evolveFile, emptyFile(learnerStream(idOf(n))));

const collector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
};

export const memoryBench = (): Promise<readonly Row[]> => {
  const collect = collector();
  const inUse = (): number => {
    collect();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const { files } = new LearnerStreams({ store: {} as EventStore, vault: {} as Vault, catalogue: shippedCatalogue(), learners: LEARNERS });
  const before = inUse();
  for (let n = 0; n < LEARNERS; n++) {
    const file = fileOf(n);
    files.put(learnerStream(file.id), { state: file, revision: 10 });
  }
  const ours = (inUse() - before) / LEARNERS;
  if (files.peek(learnerStream(idOf(0))) === undefined) throw new Error('The first learner is not held any more.');
  const name = 'a learner’s file for decisions, of eleven events (limit 1 KB; ratio limit/ours)';
  return Promise.resolve([{ goal: 'P8', name, limit: LIMIT, ours, ratio: LIMIT / ours, target: 1, unit: 'bytes' }]);
};
