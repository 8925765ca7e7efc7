// Lists are equal whatever the order in which what they rest on arrives, as long as each order may be, and however often and late it
// does; and made anew they are what they were (views.md, V11 and part 7).
import fc from 'fast-check';
import { decideMatch, unmerge } from '#admission';
import { fixedClock } from '#kernel';
import { matchId, waitingId } from '#learner-file';
import { allLists, allProjectors, pathOf, rebuild } from '#read-models';
import { eraseLearner } from '#rights';
import { rebuildingIn } from '../../apps/broker/rebuilding.ts';
import { Asking } from '../isolation/asking.ts';
import { agenciesOf, IDS, learnersOf, SHARED, tellBeginning, TODAY } from '../isolation/sides.ts';
import { learnerIdOf } from '../journeys/recorded-decisions.ts';
import { Town } from '../journeys/town.ts';
import { type Fact, factsAbout } from './facts.ts';

const SIDE = 'north';
const [LEARNER = ''] = learnersOf(SIDE);
const FACTS = factsAbout(SIDE, LEARNER);
const ASKERS = ['careers-north', 'forge-north', 'council-north', 'lsc'];
const RUNS = Number(process.env['ORDER_RUNS'] ?? 3);
const HOUR = 3_600_000;
const MORNING = Date.parse(`${TODAY}T08:00:00Z`);

interface Arriving extends Fact {
  readonly hoursLate: number;
}

/** In any order; some twice, and each at an hour of the day. */
const arrivals: fc.Arbitrary<readonly Arriving[]> = fc
  .tuple(fc.shuffledSubarray([...FACTS], { minLength: FACTS.length }), fc.subarray([...FACTS], { maxLength: 5 }), fc.nat({ max: 11 }))
  .map(([all, twice, hours]) => [...all, ...twice].map((fact, n, told) => ({ ...fact, hoursLate: Math.floor((hours * n) / told.length) })));

const caughtUp = async ({ node }: Town): Promise<void> => {
  const head = await node.store.head();
  for (const { name } of allProjectors) await node.projections.waitFor(name, head, 60_000);
};

/** Told in the morning by the clocks of all senders, whenever it arrives. */
const townOf = async (arriving: readonly Arriving[]): Promise<Town> => {
  const clock = fixedClock(MORNING);
  const environment = { CONCORDAT_RATE_LIMIT: '1000000000' };
  const town = await Town.open({ clock, following: true, cast: [...agenciesOf(SIDE), ...SHARED], environment });
  await tellBeginning(town, SIDE);
  const seen = new Set<string | undefined>();
  for (const { by, event, hoursLate } of arriving) {
    clock.set(MORNING + hoursLate * HOUR);
    const [receipt] = await town.send(by, { ...event, time: new Date(MORNING).toISOString() });
    expect([event.type, receipt?.outcome]).toEqual([event.type, seen.has(event.id) ? 'duplicate' : 'accepted']);
    seen.add(event.id);
  }
  clock.set(MORNING + 14 * HOUR);
  await caughtUp(town);
  return town;
};

const listsIn = async (town: Town): Promise<Readonly<Record<string, unknown>>> => {
  const found: Record<string, unknown> = {};
  for (const agency of ASKERS) {
    const asking = new Asking(town, agency);
    for (const list of allLists) {
      found[`${list.name} for ${agency}`] = await asking.ask({ path: pathOf(list), headers: { purpose: list.purposes.join(', ') } });
    }
  }
  return found;
};

const using = async <Result>(town: Town, work: (town: Town) => Promise<Result>): Promise<Result> => {
  try {
    return await work(town);
  } finally {
    await town.close();
  }
};

it('lists are equal in whatever order what they rest on arrives', async () => {
  const told = FACTS.map((fact) => ({ ...fact, hoursLate: 0 }));
  const wanted = await using(await townOf(told), listsIn);
  await fc.assert(
    fc.asyncProperty(arrivals, async (arriving) => {
      expect(await using(await townOf(arriving), listsIn)).toEqual(wanted);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 300_000);

const rebuilt = async (town: Town): Promise<unknown> => {
  await caughtUp(town);
  const { store, vault } = town.node;
  const views = rebuildingIn(town.node).openViews();
  const { sound, views: each } = await rebuild({ store, views, vault, projectors: allProjectors }, { verify: true });
  await views.close();
  return [sound, each.filter(({ outcome }) => outcome !== 'identical')];
};

it('views made anew are what they were, also after something was taken back and after the learner was erased', async () => {
  const told = FACTS.map((fact) => ({ ...fact, hoursLate: 0 }));
  await using(await townOf(told), async (town) => {
    await town.tell(`forge-${SIDE}`, {
      ...{ type: 'record.retracted', subject: `uln:${LEARNER}`, data: { of: 'fact-forge-9', reason: 'entered-in-error' } },
    });
    expect(await rebuilt(town)).toEqual([true, []]);
    const { body } = await town.passport(`careers-${SIDE}`, 'support-learner', `uln:${LEARNER}`);
    const learner = town.node.pseudonyms.resolve(`careers-${SIDE}`, body.learner ?? '') ?? '';
    await eraseLearner(town.node, { learner, ground: 'b' });
    expect(await rebuilt(town)).toEqual([true, []]);
  });
}, 120_000);

it('and after two records were merged, and parted with something between them that waits and is then said to be of one', async () => {
  const told = FACTS.map((fact) => ({ ...fact, hoursLate: 0 }));
  await using(await townOf(told), async (town) => {
    const alike = { localId: 'again', givenName: 'Sam', familyName: IDS.name, dateOfBirth: '2010-05-06', postcode: 'WV1 1AA' };
    await town.tell(`school-${SIDE}`, { type: 'learner.registered', subject: 'local:again', data: alike });
    const [one, other] = [
      await learnerIdOf(town, `careers-${SIDE}`, `uln:${LEARNER}`),
      await learnerIdOf(town, `school-${SIDE}`, 'local:again'),
    ];
    const [match, reason] = [matchId('possible-match', [one, other]), 'They look alike.'];
    expect(await decideMatch(town.node, { match, outcome: 'same', reason })).toMatchObject({ ok: true });
    const intended = { year: '2027', intended: '310' };
    await town.tell(`careers-${SIDE}`, { type: 'intention.recorded', subject: `uln:${LEARNER}`, data: intended });
    expect(await rebuilt(town)).toEqual([true, []]);
    expect(await unmerge(town.node, { match, reason })).toMatchObject({ ok: true });
    const events = await town.node.store.readStream(`learner-${one}`);
    const revision = events.findLast(({ type }) => type === 'uk.concordat.intention.recorded.v1')?.revision ?? 0;
    await decideMatch(town.node, { match: waitingId({ learner: one, revision }), outcome: 'same', reason });
    expect(await rebuilt(town)).toEqual([true, []]);
  });
}, 120_000);
