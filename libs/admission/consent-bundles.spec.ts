import { shippedCatalogue, type ShortType } from '#catalogue';
import type { Contribution } from '#contribution';
import { connexions, consent, council, NOON, otherConnexions, type Teller, told } from '#contribution/fixtures';
import type { EventStore } from '#event-store';
import { LearnerStreams, LINK_ADVISERS, learnerStream } from '#learner-file';
import { Draft } from '#unit-of-work';
import { fileAfter, register } from '#learner-file/fixtures';
import { registered } from '#learners/fixtures';
import { rootKeyOf } from '#privacy';
import { MemoryVault } from '#privacy/memory';
import { bundlesIn } from './learner-rules.ts';
import type { JudgedEvent, Session } from './session.ts';

const SUBJECT = 'uln:9276308686';
const vault = new MemoryVault({ rootKey: rootKeyOf(Buffer.alloc(32, 7)) });

/** Before a learner of that story. */
const sessionOf = ({ slug, roles }: Teller, story: readonly Contribution[]): Session => {
  const streams = new LearnerStreams({ store: {} as EventStore, vault, catalogue: shippedCatalogue(), learners: 10 });
  streams.files.put(learnerStream('L1'), { state: fileAfter(story), revision: story.length - 1 });
  streams.identifiers.put(streams.streamOf({ uln: SUBJECT.slice(4) }), {
    state: [{ learner: 'L1', agency: connexions.slug }],
    revision: 0,
  });
  streams.linkAdvisers.put(LINK_ADVISERS, { state: new Map(), revision: -1 });
  return { draft: new Draft(), agency: { slug, roles }, inForce: { register }, at: NOON, streams } as unknown as Session;
};

const judged = (short: ShortType, data: object, subject = SUBJECT): JudgedEvent =>
  ({ form: { envelope: { type: `uk.concordat.${short}.v1`, subject, data } } }) as unknown as JudgedEvent;
const give = (protocol: string, subject?: string): JudgedEvent => judged('consent.given', consent('c-9', { protocol }), subject);
const withdraw = (consentId: string, of?: Teller): JudgedEvent =>
  judged('consent.withdrawn', { consentId, by: 'learner', ...(of && { of: of.slug }) });

/** By place in the message. */
const bundles = (by: Teller, story: readonly Contribution[], ...message: readonly JudgedEvent[]): readonly (readonly number[])[] =>
  bundlesIn(sessionOf(by, story), message).map((bundle) => bundle.map(({ place }) => place));

const known = [
  registered(),
  told(connexions, 'consent.given', consent('c-1')),
  told(connexions, 'consent.given', consent('c-2', { protocol: 'youth-justice' })),
];

describe('consents that stand or fall together', () => {
  it.each([
    ['are those of one protocol', [give('e2e-passport'), withdraw('c-1')], [[0, 1]]],
    ['are not those of two', [give('e2e-passport'), withdraw('c-2')], []],
    ['are not those of two learners', [give('e2e-passport', 'uln:1234567899'), withdraw('c-1')], []],
    ['are those of which one withdraws what is not known', [give('e2e-passport'), withdraw('c-7')], [[0, 1]]],
    ['are those of which one names no protocol', [judged('consent.given', { consentId: 'c-9' }), withdraw('c-1')], [[0, 1]]],
    [
      'are of each protocol their own',
      [give('e2e-passport'), give('youth-justice'), withdraw('c-1'), withdraw('c-2')],
      [
        [0, 2],
        [1, 3],
      ],
    ],
    ['are none where all are given', [give('e2e-passport'), give('e2e-passport')], []],
    ['are none where all are withdrawn', [withdraw('c-1'), withdraw('c-2')], []],
    ['leave others of the message alone', [judged('referral.made', {}), give('e2e-passport'), withdraw('c-1')], [[1, 2]]],
  ])('%s', (_, message, expected) => expect(bundles(connexions, known, ...message)).toEqual(expected));

  it('may be of another’s consent, for one that stands', () => {
    const story = [...known, told(council, 'circumstance.noted', { kind: 'housing', note: 'x' })];
    expect(bundles(council, story, give('e2e-passport'), withdraw('c-2', connexions))).toEqual([]);
    expect(bundles(council, story, give('e2e-passport'), withdraw('c-1', connexions))).toEqual([[0, 1]]);
  });

  it('are the same for one that does not stand, whatever others recorded', () => {
    const message = [give('e2e-passport'), withdraw('c-2', connexions)];
    const stories = [known, known.slice(0, 1)].map((story) => [...story, registered(otherConnexions)]);
    expect(stories.map((story) => bundles(otherConnexions, story, ...message))).toEqual([[[0, 1]], [[0, 1]]]);
  });
});
