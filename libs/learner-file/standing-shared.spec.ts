import * as fc from 'fast-check';
import type { Contribution } from '#contribution';
import { connexions, provider } from '#contribution/fixtures';
import { after, noted, referral, registered } from '#learners/fixtures';
import { FileStanding, standingIn } from './file-standing.ts';
import { circumstancesAt, recordedIn } from './fixtures/index.ts';
import { stories, TELLERS } from './fixtures/random-stories.ts';
import { emptyFile, type LearnerFile } from './learner-file.ts';
import { learnerStream } from './stored-events.ts';

/** All that is asked of a standing. */
const answersOf = (one: FileStanding) => ({
  agencies: TELLERS.map(({ slug }) => [one.levelOf(slug), one.relationshipsOf(slug), [...one.referredBy(slug)], one.isRelated(slug)]),
  residence: one.standing.residence,
  identity: one.identity(true),
  terms: one.terms,
  items: one.items,
  taken: one.standing.taken,
  changesAt: one.changesAt > one.circumstances.now,
});

let learners = 0;

const sharedIn = (story: readonly (readonly [Contribution, number])[], check: (shared: FileStanding, anew: FileStanding) => void): void => {
  let file: LearnerFile = emptyFile(learnerStream(`shared-${learners++}`));
  let days = 0;
  for (const [revision, [contribution, later]] of [[registered(connexions), 0] as const, ...story].entries()) {
    days += later;
    const circumstances = circumstancesAt(after(days).at + revision);
    file = recordedIn(file, { ...contribution, at: circumstances.now }, revision);
    check(standingIn(file, circumstances), new FileStanding(file, circumstances));
  }
};

describe('what was found of a file that grows', () => {
  it('is what is found of it anew', () => {
    fc.assert(
      fc.property(stories, (story) => {
        sharedIn(story, (shared, anew) => expect(answersOf(shared)).toEqual(answersOf(anew)));
      }),
      { numRuns: 200 },
    );
  });

  it('is kept when something is recorded that ties nobody', () => {
    const levels: unknown[] = [];
    const note = noted(connexions);
    sharedIn(
      [
        [referral(provider), 0],
        [note, 0],
        [note, 0],
      ],
      (shared) => levels.push(shared.terms, shared.relationshipsOf(provider.slug)),
    );
    const [, , terms, relationships, ...later] = levels;
    expect(later).toEqual([terms, relationships, terms, relationships]);
    for (const [place, one] of later.entries()) expect(one).toBe(place % 2 === 0 ? terms : relationships);
  });
});
