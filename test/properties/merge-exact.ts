// A property of merges: whoever is merged with another and un-merged is, for everybody, exactly who they were.
import * as fc from 'fast-check';
import { decideMatch, unmerge } from '#admission';
import type { ShortType } from '#catalogue';
import type { EventToSend } from '#client';
import { Gate, type OpenedChange, type Registers } from '#disclosure';
import { type AgencySlug, type LearnerId, sourceOf } from '#kernel';
import { matchId } from '#learner-file';
import { aimedData, type Data } from './aimed-data.ts';
import { CAST } from './cast.ts';
import { dry, FeedWorld, type Happening } from './feeds-as-whole.ts';
import { PERSON, ULN } from './stories.ts';

/** What the other record holds beside its registration, by the agency that made it: it knows the person by an id of its own alone. */
export interface Twin {
  readonly by: AgencySlug;
  readonly told: readonly { readonly type: ShortType; readonly data: Data }[];
}

const TOLD: readonly ShortType[] = [
  'programme.started',
  'assessment.recorded',
  'review.held',
  'consent.given',
  'circumstance.noted',
  'programme.left-early',
  'achievement.recorded',
];

export const twins: fc.Arbitrary<Twin> = fc.record({
  by: fc.constantFrom('forge', 'wulfrun', 'careers-south'),
  told: fc.array(
    fc.constantFrom(...TOLD).chain((type) => aimedData(type).map((data) => ({ type, data }))),
    { maxLength: 6 },
  ),
});

const LOCAL = 'local:tw-1';

/** Everything that anybody is shown of anybody: each passport for every purpose, and each feed made anew. */
const everything = async (feeds: FeedWorld, learners: readonly LearnerId[]): Promise<string> => {
  const { world } = feeds;
  const judging = new Gate({ ...world.gateParts, writer: dry });
  const reachable = new Set(CAST.map(({ slug }) => slug));
  const lines: string[] = [];
  for (const learner of learners) {
    const { changes } = await judging.feed({ learner, reachable, sent: async () => new Map() });
    lines.push(...changes.map((change) => `feed ${learner} ${textOf(change)}`));
  }
  for (const { slug } of CAST)
    for (const ref of [`uln:${ULN}`, LOCAL, ...learners.map((learner) => world.gateParts.pseudonyms.of(slug, learner))]) {
      const { outcome, items = [] } = await world.read(feeds.now, slug, ref);
      lines.push(`${slug} ${ref} ${outcome} ${JSON.stringify(items)}`);
    }
  return lines.join('\n');
};

const textOf = ({ recipient, learner, localId, items, notices, overdue }: OpenedChange): string =>
  JSON.stringify([recipient, learner, localId, items, notices, overdue.map(({ dutyId, duty: { due } }) => [dutyId, due])]);

/** Whether there was anything to merge. Throws where somebody is shown anything else than before. */
export const mergeAndUnmerge = async (registers: Registers, happenings: readonly Happening[], { by, told }: Twin): Promise<boolean> => {
  const feeds = new FeedWorld(registers);
  await feeds.play(happenings);
  const [one] = await feeds.learners();
  const registration: EventToSend = {
    type: 'learner.registered',
    subject: LOCAL,
    data: { localId: 'tw-1', ...PERSON, postcode: 'WV1 1AA' },
  };
  const events = [registration, ...told.map(({ type, data }) => ({ type, subject: LOCAL, data }) as unknown as EventToSend)];
  for (const [n, { type, subject, data }] of events.entries()) {
    const event = {
      specversion: '1.0',
      source: sourceOf(by),
      type: `uk.concordat.${type}.v1`,
      time: new Date(feeds.now).toISOString(),
      id: `tw-${n}`,
      subject,
      data,
    };
    await feeds.world.send(feeds.now, by, [event as never]);
  }
  const learners = await feeds.learners();
  const other = learners.at(-1);
  if (one === undefined || other === undefined || one === other) return false;
  const before = await everything(feeds, learners);
  const match = matchId('possible-match', [one, other]);
  const parts = { ...feeds.world.gateParts, store: feeds.world.store };
  const merged = await decideMatch(parts, { match, outcome: 'same', reason: 'They look alike.' });
  if (!merged.ok) throw new Error(merged.error.says);
  const between = await everything(feeds, learners);
  const parted = await unmerge(parts, { match, reason: 'Twins.' });
  if (!parted.ok) throw new Error(parted.error.says);
  const after = await everything(feeds, learners);
  if (after !== before) throw new Error(`After an un-merge it is\n${after}\nand was\n${before}`);
  return between !== before;
};
