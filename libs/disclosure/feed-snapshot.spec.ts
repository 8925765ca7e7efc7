import { assessment, college, connexions, consent, council, otherProvider, provider, told, yot } from '#contribution/fixtures';
import type { Contribution, Recorded } from '#contribution';
import { type Instant, londonDate } from '#kernel';
import { evolveFile, evolveNotice, type LearnerFile } from '#learner-file';
import { fileAfter, recordedIn, register } from '#learner-file/fixtures';
import {
  after,
  applied,
  assigned,
  confirmed,
  corrected,
  left,
  noted,
  page,
  referral,
  referralIs,
  registered,
  registeredAnywhere,
  signed,
  started,
} from '#learners/fixtures';
import { type FeedSnapshot, type FeedMoment, itemsSinceSnapshot } from './feed-snapshot.ts';
import { knownIn, type LearnerAtMoment } from './decide-answer.ts';
import type { InForce } from './in-force.ts';

type Said = Contribution & Pick<Recorded, 'notes'>;

const STORY: readonly Said[] = [
  registered(connexions),
  assigned(connexions),
  referral(provider),
  registeredAnywhere(provider),
  started(provider),
  signed(provider),
  told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
  told(connexions, 'consent.given', consent('c-1')),
  noted(yot),
];
const FILE = fileAfter(STORY);
const [LAST, NEXT] = [STORY.length - 1, STORY.length];
const REACHABLE: ReadonlySet<string> = new Set([connexions.slug, provider.slug]);
const NOBODY: ReadonlySet<string> = new Set();
/** An hour after the story. */
const LATER = after(1 / 24).at;
const NO_SKETCH: FeedSnapshot['sketch'] = { recipients: [], sources: [], categories: [] };
const LINKS: LearnerAtMoment['linkAdvisers'] = new Map();

const momentOf = (file: LearnerFile, revision: number, at: Instant): LearnerAtMoment => ({
  file,
  revision,
  at,
  linkAdvisers: LINKS,
  inForce: { register } as InForce,
});
const readSetOf = ({ file, revision, at }: LearnerAtMoment): FeedSnapshot['readSet'] => ({
  learner: file.id,
  revision,
  streams: [{ learner: file.id, revision }],
  linkAdvisers: -1,
  versions: { agencies: 4, protocols: 9 },
  today: londonDate(at),
});

const snapshotOf = (file = FILE, at = after(0).at): FeedSnapshot => {
  const moment = momentOf(file, LAST, at);
  return {
    readSet: readSetOf(moment),
    file,
    at,
    reachable: REACHABLE,
    changesAt: knownIn(moment).changesAt,
    unrecorded: NOBODY,
    sketch: NO_SKETCH,
    duties: new Map(),
  };
};

const nowOf = (file: LearnerFile, at = LATER, more: Partial<FeedMoment> = {}): FeedMoment => {
  const moment = momentOf(file, NEXT, at);
  return { moment, readSet: readSetOf(moment), reachable: REACHABLE, passedOver: NOBODY, ...more };
};

/** What is to be decided once that was said too: revisions, or the whole file. */
const decidedAfter = (...said: readonly Said[]): readonly number[] | 'whole' => {
  const file = said.reduce((before, one, place) => recordedIn(before, { ...one, at: LATER }, NEXT + place), FILE);
  return itemsSinceSnapshot(snapshotOf(), nowOf(file))?.map(({ revision }) => revision) ?? 'whole';
};

const review = told(provider, 'review.held', {
  reviewId: 'v-1',
  programmeId: 'p-1',
  heldOn: '2026-01-05',
  attendees: ['learner'],
  summary: 'On course',
});
const again = assessment({ assessmentId: 'a-2', supersedes: { assessmentId: 'a-1', reason: 'changed-circumstances' } });

describe('what is to be decided of a learner of whom all was decided', () => {
  it.each<readonly [string, Said]>([
    ['a review', review],
    ['a circumstance', noted(connexions)],
    ['a circumstance, by one that does not stand and had spoken before', noted(yot)],
    ['an assessment that takes the place of none', told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-2' }))],
    [
      'an achievement',
      told(provider, 'achievement.recorded', { achievementId: 'ac-1', kind: 'accredited', title: 'Level 1', awardedOn: '2026-01-05' }),
    ],
  ])('is %s alone', (_, said) => expect(decidedAfter(said)).toEqual([NEXT]));

  it('is all that is new, and of an event that is none of theirs nothing', () => {
    expect(decidedAfter(review, noted(connexions), noted(yot))).toEqual([NEXT, NEXT + 1, NEXT + 2]);
    expect(decidedAfter()).toEqual([]);
  });

  it.each<readonly [string, Said]>([
    ['an assessment takes the place of another', told(connexions, 'assessment.recorded', again)],
    [
      'one is disputed',
      told(
        provider,
        'assessment.disputed',
        { assessmentId: 'a-1', of: connexions.slug, reason: 'No' },
        {
          notes: { of: connexions.slug },
        },
      ),
    ],
    ['one is rectified', told(connexions, 'assessment.rectified', { assessmentId: 'a-1', reason: 'A slip', outcome: { summary: 'x' } })],
    [
      'something is retracted',
      told(connexions, 'record.retracted', { of: 'm-1', reason: 'wrong person' } as never, { notes: { names: 6 } }),
    ],
    ['an agency speaks that has not spoken', noted(otherProvider)],
    ['the learner is registered by another', registeredAnywhere(college)],
    ['the identity is corrected', corrected(connexions, { givenName: 'Zoe' })],
    ['the learner moves', told(page, 'residence.stated', { postcode: 'B1 1AA' })],
    ['somebody is referred to', referral(otherProvider, connexions, { id: 'r-2' })],
    ['a referral is answered', referralIs('accepted', provider)],
    ['a programme ends', left(provider, '2026-01-05')],
    ['another voucher signs it off', signed(provider, council)],
    ['an adviser is assigned', assigned(connexions, 'dedicated-adviser')],
    ['somebody is applied to', applied(college, connexions)],
    ['a tie is confirmed', confirmed(yot, connexions, 'known-to')],
    ['a consent is given', told(connexions, 'consent.given', consent('c-2'))],
    ['a consent is withdrawn', told(connexions, 'consent.withdrawn', { consentId: 'c-1', by: 'learner' })],
    ['an objection is raised', told(connexions, 'objection.raised', { scope: {}, reason: 'x' })],
    ['a restriction is requested', told(connexions, 'restriction.requested', { scope: {}, reason: 'x' })],
    ['the number comes to be supplied by an agency', { ...noted(provider), subject: 'uln:9276308686' }],
  ])('is the whole file when %s', (_, said) => {
    const local = STORY.map((one) => (one.source === provider.slug ? { ...one, subject: 'local:l-1' } : one));
    const file = fileAfter(local);
    const next = recordedIn(file, { ...said, at: LATER }, NEXT);
    expect(itemsSinceSnapshot(snapshotOf(file), nowOf(next))).toBeUndefined();
  });

  it('is the whole file when something that was said comes to count', () => {
    const waiting = fileAfter([registered(connexions), noted(provider), noted(yot)]);
    const heard = evolveFile(waiting, { ...noted(connexions), revision: 3, notes: { effects: { full: [provider.slug] } } });
    const moment = momentOf(waiting, 2, after(0).at);
    const snapshot = { ...snapshotOf(waiting), readSet: readSetOf(moment), changesAt: Infinity };
    expect(itemsSinceSnapshot(snapshot, nowOf(heard))).toBeUndefined();
  });

  it('is the whole file when a notice is issued', () => {
    const issued = {
      noticeId: 'n-1',
      recipient: provider.slug,
      reason: 'withdrawal',
      items: [1],
      issuedAt: LATER,
      due: '2026-01-12',
    } as const;
    expect(itemsSinceSnapshot(snapshotOf(), nowOf(evolveNotice(FILE, issued)))).toBeUndefined();
  });

  it('is the whole file when it was folded anew, as after an erasure', () => {
    expect(itemsSinceSnapshot(snapshotOf(), nowOf(FILE))).toEqual([]);
    expect(itemsSinceSnapshot(snapshotOf(), nowOf(fileAfter(STORY)))).toBeUndefined();
    expect(itemsSinceSnapshot(snapshotOf(), nowOf(fileAfter(STORY.slice(0, -1))))).toBeUndefined();
  });

  it('is the whole file when registers, link advisers, the day or who can be reached are others, or somebody is passed over', () => {
    const { readSet } = nowOf(FILE);
    const others: readonly Partial<FeedMoment>[] = [
      { readSet: { ...readSet, versions: { agencies: 5, protocols: 9 } } },
      { readSet: { ...readSet, versions: { agencies: 4, protocols: 10 } } },
      { readSet: { ...readSet, linkAdvisers: 0 } },
      { readSet: { ...readSet, today: '2026-01-06' } },
      { reachable: new Set([connexions.slug]) },
      { reachable: new Set([connexions.slug, college.slug]) },
      { passedOver: new Set([provider.slug]) },
    ];
    for (const other of others) expect(itemsSinceSnapshot(snapshotOf(), nowOf(FILE, LATER, other))).toBeUndefined();
    expect(itemsSinceSnapshot(snapshotOf(), nowOf(FILE, LATER, { reachable: new Set(REACHABLE) }))).toEqual([]);
  });

  it('is the whole file from the instant on at which time alone may change something, and when the clock went back', () => {
    const snapshot = { ...snapshotOf(), changesAt: LATER };
    expect(itemsSinceSnapshot(snapshot, nowOf(FILE, LATER - 1))).toEqual([]);
    expect(itemsSinceSnapshot(snapshot, nowOf(FILE, LATER))).toBeUndefined();
    expect(itemsSinceSnapshot(snapshotOf(), nowOf(FILE, after(0).at - 1))).toBeUndefined();
  });
});
