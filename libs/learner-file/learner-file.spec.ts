import * as fc from 'fast-check';
import type { Contribution } from '#contribution';
import { connexions, provider } from '#contribution/fixtures';
import { after, noted, registered } from '#learners/fixtures';
import { FileStanding } from './file-standing.ts';
import { emptyFile, filePacking, type LearnerFile } from './learner-file.ts';
import { circumstancesAt, recordedIn } from './fixtures/index.ts';
import { stories } from './fixtures/random-stories.ts';
import { learnerStream } from './stored-events.ts';

describe('a learner’s file', () => {
  const packing = filePacking();
  const repacked = (file: LearnerFile): LearnerFile =>
    packing.unpack(packing.pack({ state: file, revision: 0 }), learnerStream('packed')).state;
  const fileAfter = (story: readonly (readonly [Contribution, number])[], between: (file: LearnerFile) => LearnerFile): LearnerFile => {
    let days = 0;
    return [[registered(connexions), 0] as const, ...story].reduce(
      (file, [contribution, later], revision) => {
        days += later;
        return between(recordedIn(file, { ...contribution, at: after(days).at }, revision));
      },
      emptyFile(learnerStream('packed')),
    );
  };

  it('goes on as it would have, had it not been packed in between', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const [plain, packed] = [fileAfter(story, (file) => file), fileAfter(story, repacked)];
        expect(packed).toEqual(plain);
        const [a, b] = [plain, packed].map((file) => new FileStanding(file, circumstancesAt(after(0).at)));
        expect([b?.terms, b?.items, b?.standing.taken]).toEqual([a?.terms, a?.items, a?.standing.taken]);
      }),
      { numRuns: 100 },
    );
  });

  it('takes less than half of its JSON', () => {
    const file = fileAfter(
      [
        [noted(provider), 0],
        [noted(connexions), 0],
        [registered(provider), 0],
      ],
      (one) => one,
    );
    expect(packing.pack({ state: file, revision: 3 }).length).toBeLessThan(JSON.stringify(file).length / 2);
  });

  it('leaves nothing of which conflicts were decided to what all files share', () => {
    const decidedOf = (id: string): LearnerFile => ({
      ...emptyFile(learnerStream('packed')),
      conflictsDecided: [{ match: `link-conflict.${id}.by.forge.uln`, position: 7 }],
    });
    const one = packing.pack({ state: decidedOf('1b4e28ba'), revision: 1 });
    expect(packing.pack({ state: decidedOf('6fa459ea'), revision: 1 })).toBe(one.replace('1b4e28ba', '6fa459ea'));
    expect(repacked(decidedOf('6fa459ea'))).toEqual(decidedOf('6fa459ea'));
  });
});
