// Whatever the catalogue's schemas describe is judged: a receipt says of each event what became of it,
// and what was accepted can be folded, read, and viewed anew.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CATEGORIES, type EventType, findProtocols, shippedCatalogue, shippedCodes } from '#catalogue';
import type { EventToSend } from '#client';
import { fixedClock } from '#kernel';
import { allProjectors, rebuild } from '#read-models';
import { shippedProtocols } from '#sharing-protocols';
import { rebuildingIn } from '../../apps/broker/rebuilding.ts';
import { DescribedValues } from './described-values.ts';
import { MORNING } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';
import { CAST } from './townsfolk.ts';

const SEED = 20_260_930;
const ROUNDS = 3;
const OF_A_TYPE = 8;
/** Of which any may say everything, so that roles refuse little. */
const EVERYTHING = ['everything', 'all-of-it'];

const types = shippedCatalogue().types;
// A learner's page says nothing but what the learner says who is signed in: that is asked in own-record.int.spec.ts.
const roles = shippedCodes().roles.codes.flatMap(({ code }) => (code === 'self-service' ? [] : [code]));
const purposes = [...new Set(shippedProtocols().flatMap((protocol) => protocol.purposes.map(({ id }) => id)))];
const agencies = [...EVERYTHING, ...CAST.map(({ slug }) => slug)];
const slug = fc.constantFrom(...agencies);
const day = fc.constantFrom('2026-08-31', '2026-09-15', '2026-09-30', '2026-10-01', '2027-01-31');

/** Ids come from few, so that events refer to one another. */
const ids = Object.fromEntries(
  types
    .flatMap(({ identifies, refersTo }) => [identifies, ...refersTo])
    .flatMap((name) => (name === undefined ? [] : [[name, fc.constantFrom('x-1', 'x-2', 'x-3')]])),
);
/** By the names of properties: what means something in this town. */
const NAMED = {
  ...ids,
  ...Object.fromEntries(
    ['agency', 'of', 'to', 'provider', 'members', 'confidentialTo', 'fundedBy', 'deliveredAt', 'about', 'by'].map((name) => [name, slug]),
  ),
  ...Object.fromEntries(['validUntil', 'expires', 'plannedEnd', 'until', 'nextReviewDue', 'due'].map((name) => [name, day])),
  categories: fc.constantFrom(...CATEGORIES),
  purposes: fc.constantFrom(...purposes),
  recipients: fc.oneof(slug, fc.constantFrom(...roles)),
  protocol: fc.constantFrom(...shippedProtocols().map(({ id }) => id)),
  uln: fc.constantFrom(...Array.from({ length: ROUNDS }, (_, round) => ulnOf(round))),
};
const described = new DescribedValues({}, NAMED);

type Data = EventToSend['data'] & Readonly<Record<string, unknown>>;
const exampleOf = ({ short, version }: EventType): Data =>
  JSON.parse(readFileSync(join(findProtocols(), 'catalogue', 'examples', `${short}.v${version}.json`), 'utf8')) as Data;

/** Some values are the example's: much of it makes sense. */
const valuesOf = (type: EventType, seed: number): readonly Data[] => {
  const example = Object.fromEntries(Object.entries(exampleOf(type)).filter(([name]) => !(name in NAMED)));
  const mixed = fc
    .tuple(described.of(type.schema), fc.subarray(Object.keys(example)))
    .map(([made, kept]) => ({ ...(made as Data), ...Object.fromEntries(kept.map((name) => [name, example[name]])) }))
    .filter((data) => type.validate(data).length === 0);
  return fc.sample(mixed, { numRuns: OF_A_TYPE, seed });
};

const eventsOf = (type: EventType, { uln, seed }: { readonly uln: string; readonly seed: number }): readonly EventToSend[] =>
  valuesOf(type, seed).map(
    (data) => ({ type: type.short, ...(type.subject === 'none' ? {} : { subject: `uln:${uln}` }), data }) as EventToSend,
  );

const OUTCOMES = ['accepted', 'duplicate', 'already-captured', 'conflict', 'rejected'];

let town: Town;
beforeAll(async () => {
  const cast = [...CAST, ...EVERYTHING.map((one) => ({ slug: one, roles, districts: ['CV1'] }))];
  town = await Town.open({
    clock: fixedClock(MORNING),
    following: true,
    cast,
    environment: { CONCORDAT_EVENTS_PER_LEARNER_DAY: '100000' },
  });
}, 60_000);
afterAll(() => town.close());

const accepted = new Set<string>();

describe.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  'events as the schemas describe them, about one learner (%i)',
  (round) => {
    const uln = ulnOf(round);

    it('are judged one by one', async () => {
      for (const one of EVERYTHING) await town.tell(one, registration(uln, `${one}-${round}`));
      const events = types.map((type, place) => ({
        introduces: type.identifies !== undefined,
        events: eventsOf(type, { uln, seed: SEED + 1000 * round + place }),
      }));
      const [first, later] = [true, false].map((introduces) =>
        events.flatMap((one) => (one.introduces === introduces ? one.events : [])),
      ) as [EventToSend[], EventToSend[]];
      const [shuffled = []] = fc.sample(fc.shuffledSubarray(later, { minLength: later.length }), { numRuns: 1, seed: SEED + round });
      const all = [...first, ...shuffled];
      for (const [turn, event] of all.entries()) {
        const [receipt] = await town.send(EVERYTHING[turn % 8 === 0 ? 1 : 0] as string, event);
        expect(OUTCOMES).toContain(receipt?.outcome);
        if (receipt?.outcome === 'accepted') accepted.add(event.type);
      }
    }, 60_000);

    it('leave a learner of whom everybody can ask, for every purpose', async () => {
      for (const agency of agencies) {
        for (const purpose of purposes)
          expect([agency, purpose, [200, 403, 404]]).toEqual([
            agency,
            purpose,
            expect.arrayContaining([(await town.passport(agency, purpose, `uln:${uln}`)).status]),
          ]);
      }
    }, 60_000);
  },
);

it('views say the same, made anew', async () => {
  const { store, vault, projections } = town.node;
  for (const { name } of allProjectors) expect([name, await projections.waitFor(name, await store.head(), 20_000)]).toEqual([name, true]);
  const views = rebuildingIn(town.node).openViews();
  const { sound, views: each } = await rebuild({ store, views, vault, projectors: allProjectors }, { verify: true });
  await views.close();
  expect([sound, each.filter(({ outcome }) => outcome !== 'identical')]).toEqual([true, []]);
}, 60_000);

it('of nearly every type some were accepted, so that this has asked something', () => {
  const never = types.filter(({ short }) => !accepted.has(short));
  expect(never.length).toBeLessThan(types.length / 8);
});
