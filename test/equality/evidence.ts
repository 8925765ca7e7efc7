// Whatever a list showed was decided and recorded before, stands among what the learner is told of, and comes out the same when it is
// decided again (views.md, part 7).
import { RECORDED_FORMS, replay } from '#disclosure';
import type { RecordedEvent } from '#event-store';
import { listDisclosures } from '#read-models';
import type { PlayedPartnership, ShownRow } from './played.ts';

/** Decided again: so many, spread over all. */
const REPLAYED = 60;
const ALL = 1_000_000;

export interface Evidence {
  readonly rows: number;
  /** In words. */
  readonly wanting: readonly string[];
}

export const checkEvidence = async (played: PlayedPartnership): Promise<Evidence> => {
  const { node } = played.town;
  await node.projections.waitFor('disclosures', await node.store.head(), 600_000);
  const wanting: string[] = [];
  for (const [name, rows] of Map.groupBy(played.shown, ({ agency, learner }) => `${agency} ${learner}`)) {
    const [agency = '', pseudonym = ''] = name.split(' ');
    const learner = node.pseudonyms.resolve(agency, pseudonym) ?? '';
    const { rows: told } = await listDisclosures(node.views, { learner, recipient: agency, limit: ALL });
    const looks = told.filter(({ route, outcome }) => route === 'list' && outcome === 'answered');
    wanting.push(
      ...rows.filter((row) => !looks.some(({ asked, position }) => asked === row.view && position <= row.position)).map(sayWanting),
    );
  }
  return { rows: played.shown.length, wanting: [...wanting, ...(await replayedWrong(played))] };
};

const sayWanting = ({ agency, view }: ShownRow): string => `${agency} was shown a row of ${view} that nobody decided before`;

const replayedWrong = async ({ town: { node } }: PlayedPartnership): Promise<readonly string[]> => {
  const decisions = (await decisionsIn(node.store)).toReversed();
  const some = decisions.filter((_, n) => n % Math.ceil(decisions.length / REPLAYED) === 0);
  const wrong: string[] = [];
  for (const event of some) {
    const again = await replay(node, event);
    if (!again || JSON.stringify(again.recorded) !== JSON.stringify(again.again))
      wrong.push(`${event.type} at ${event.position} comes out otherwise`);
  }
  return wrong;
};

const decisionsIn = async (store: PlayedPartnership['town']['node']['store']): Promise<readonly RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  for (let after = 0; ;) {
    const events = await store.readAll({ after, limit: 10_000 });
    found.push(...events.filter(({ type }) => RECORDED_FORMS.includes(type)));
    const last = events.at(-1);
    if (!last) return found;
    after = last.position;
  }
};
