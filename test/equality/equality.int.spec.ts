// Every list equals what the raw signed messages of a synthetic partnership come to (views.md, part 7). With more learners:
// `EQUALITY_LEARNERS=2000 EQUALITY_SEED=7 npm run equality`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shared } from '../broker-process.ts';
import { compareLists } from './compare.ts';
import { checkEvidence } from './evidence.ts';
import { playPartnership } from './play.ts';

const LEARNERS = Number(process.env['EQUALITY_LEARNERS'] ?? 12);
const SEED = Number(process.env['EQUALITY_SEED'] ?? 23);
/** Each learner takes its time, some hundred times what it takes where nothing else runs. */
const TIMEOUT = 240_000 + LEARNERS * 20_000;

const say = (text: string): void => void process.stderr.write(`\n${text}\n`);
const present = existsSync(join(shared, 'tools/partnership.mjs'));
if (!present) say('NOT RUN: equality of lists needs the public tools in ../shared/tools, which are not there.');

const whenPresent = present ? it : it.skip;

const MOST_ANSWERS = 40;

/** Of each answer that differs the first, and how many there are: one that is refused lacks all its rows. */
const sampled = (differences: readonly string[]): readonly string[] =>
  [...Map.groupBy(differences, (one) => one.slice(0, one.indexOf(':')))]
    .slice(0, MOST_ANSWERS)
    .map(([, [first, ...others]]) => (others.length > 0 ? `${first} (and ${others.length} more)` : `${first}`));

whenPresent(
  'lists show what was told to whom it may be shown, to the letter, and nothing that was not decided before',
  async () => {
    const played = await playPartnership({ seed: SEED, learners: LEARNERS });
    try {
      const { lists, questions, rows, differences } = await compareLists(played);
      const came = `${lists} lists, ${questions} questions, ${rows} rows, ${differences.length} differences`;
      say(`seed ${SEED}, ${LEARNERS} learners, ${played.sent.length} messages: ${came}`);
      expect(sampled(differences)).toEqual([]);
      expect(rows).toBeGreaterThan(50 * LEARNERS);
      const evidence = await checkEvidence(played);
      expect(evidence.wanting.slice(0, 20)).toEqual([]);
      expect(evidence.rows).toBeGreaterThan(40 * LEARNERS);
    } finally {
      await played.close();
    }
  },
  TIMEOUT,
);
