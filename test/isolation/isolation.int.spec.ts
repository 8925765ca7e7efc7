// Nothing of what others told shows to whoever has nothing to do with it: not in what is listed, nor in how it is refused, paged
// or exported (views.md, part 7). Two halves of a town, each asked everything with and without the other. With `ISOLATION=whole` every
// agency asks every question, else a fifth of them, so that four agencies ask each.
import { shippedCatalogue } from '#catalogue';
import { fixedClock, londonDate } from '#kernel';
import { allLists } from '#read-models';
import { openApiDocument } from '../../apps/broker/api-docs/document.ts';
import { Town } from '../journeys/town.ts';
import { agenciesOf, IDS, learnersOf, SHARED, type Side, SIDES, tellSide, TODAY } from './sides.ts';
import { type Question, questionsIn } from './questions.ts';
import { Asking } from './asking.ts';

const [CAST, OTHER] = [SIDES.flatMap(agenciesOf), { north: 'south', south: 'north' }] as const;
const SHARE = process.env['ISOLATION'] === 'whole' ? 1 : 5;

const townOf = async (...sides: readonly Side[]): Promise<Town> => {
  const clock = fixedClock(Date.parse(`${TODAY}T09:00:00Z`));
  const town = await Town.open({ clock, following: true, cast: [...CAST, ...SHARED], environment: { CONCORDAT_RATE_LIMIT: '1000000000' } });
  for (const side of sides) await tellSide(town, side);
  const head = await town.node.store.head();
  for (const name of new Set(['ties', ...allLists.map(({ view }) => view.name)])) await town.node.projections.waitFor(name, head, 60_000);
  return town;
};

let towns: Readonly<Record<'both' | Side, Town>>;
let purposes: readonly string[];
beforeAll(async () => {
  towns = { both: await townOf('north', 'south'), north: await townOf('north'), south: await townOf('south') };
  purposes = [...towns.both.node.registers.inForce(londonDate(towns.both.node.clock.now())).purposes];
}, 120_000);
afterAll(() => Promise.all(Object.values(towns).map((town) => town.close())));

const questionsOf = (side: Side, share: number): readonly Question[] => {
  const document = openApiDocument({ catalogue: shippedCatalogue(), purposes });
  const others = OTHER[side];
  const words = [`careers-${others}`, `forge-${others}`, IDS.programmeId, IDS.name, IDS.area];
  const asked = {
    purposes,
    refs: [`local:${IDS.localId}`, `uln:${learnersOf(others)[0] ?? ''}`, 'local:l-9'],
    words,
    days: ['2026-10-01', TODAY],
  };
  return questionsIn(document, asked).filter((_, n) => n % SHARE === share % SHARE);
};

describe.each(CAST.map(({ slug }, n) => [slug, n] as const))('to %s', (slug, n) => {
  const side = SIDES.find((one) => slug.endsWith(one)) ?? 'north';

  it('everything is as it would be without the others', async () => {
    const [alone, among] = [new Asking(towns[side], slug), new Asking(towns.both, slug)];
    const differing: unknown[] = [];
    const questions = questionsOf(side, n);
    expect(questions.length).toBeGreaterThan(50);
    for (const question of questions) {
      const [one, other] = [await alone.ask(question), await among.ask(question)];
      if (JSON.stringify(one) !== JSON.stringify(other)) differing.push([question, one, other]);
    }
    expect(differing).toEqual([]);
  }, 240_000);
});
