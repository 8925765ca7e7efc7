// Who has two records is shown once on a walk through a list that has one row a person (views.md, V14; ADR 75).
import { randomUUID } from 'node:crypto';
import { connexions, person, programme, provider, told } from '#contribution/fixtures';
import type { LearnerId, Position } from '#kernel';
import { LEARNER_MERGED, learnerStream, mergedPayload } from '#learner-file';
import { GateTown } from '../fixtures/index.ts';
import type { RecordsInOrder } from './index.ts';

let town: GateTown;
beforeEach(async () => void (town = await GateTown.open()));
afterEach(() => town.close());

const advised = (localId: string): Promise<LearnerId> =>
  town.tell([
    told(connexions, 'learner.registered', { ...person, localId }),
    told(connexions, 'learner.adviser-assigned', { name: 'P. Adviser', role: 'personal-adviser' }),
  ]);
const unknownToCareers = (): Promise<LearnerId> =>
  town.tell([told(provider, 'learner.registered', { ...person, localId: 'p-1' }), told(provider, 'programme.started', programme('p'))]);

const merge = async (merged: LearnerId, into: LearnerId): Promise<void> => {
  const meta = { actor: 'operator:data-manager', correlation: 'c', schema: 1 };
  const payload = mergedPayload({ into, merged });
  for (const learner of [merged, into]) {
    const event = { id: randomUUID(), type: LEARNER_MERGED, meta, payload };
    await town.store.append([{ stream: learnerStream(learner), expected: 'any', events: [event] }]);
    town.parts.streams.files.drop(learnerStream(learner));
  }
};

/** In the order in which they are named; each looked up where it is asked for. */
class InThatOrder implements RecordsInOrder {
  readonly #known = new Set<LearnerId>();
  readonly #records: readonly LearnerId[];

  constructor(...records: readonly LearnerId[]) {
    this.#records = records;
  }

  isBefore(record: LearnerId, other: LearnerId): boolean | undefined {
    if (!this.#known.has(record) || !this.#known.has(other)) return undefined;
    const [one, another] = [record, other].map((learner) => this.#records.indexOf(learner));
    return one !== -1 && Number(one) < Number(another);
  }

  async lookUp(record: LearnerId): Promise<void> {
    this.#known.add(record);
  }
}

const page = async (learner: LearnerId, since?: Position, order = new InThatOrder()): Promise<number> => {
  const answer = await town.gate.list({
    ...{ asker: { agency: connexions.slug }, purposes: ['deliver-programme'], list: 'caseload', parameters: {}, limit: 10 },
    items: { anchor: ['learner.adviser-assigned'], beside: ['learner.identity'] },
    candidates: [{ learner }],
    ...(since !== undefined && { walk: { since, order } }),
  });
  return answer.outcome === 'answered' ? answer.rows.length : 0;
};

it('whose other record was shown on an earlier page is not shown again, whenever the two were found to be one', async () => {
  const [ann, bea] = [await advised('a'), await advised('b')];
  const since = await town.store.head();
  expect(await page(ann)).toBe(1);
  await merge(ann, bea);
  expect(await page(bea, since, new InThatOrder(ann, bea))).toBe(0);
  const again = await town.store.head();
  expect(await page(ann)).toBe(1);
  expect(await page(bea, again, new InThatOrder(ann, bea))).toBe(0);
});

it('who was passed over under the other record, since nobody of it was the asker’s yet, is shown', async () => {
  const [ann, bea] = [await unknownToCareers(), await advised('b')];
  const since = await town.store.head();
  expect(await page(ann)).toBe(0);
  await merge(ann, bea);
  expect(await page(bea, since, new InThatOrder(ann, bea))).toBe(1);
});

it('the record that is reached first is shown, also where another walk has shown the person meanwhile', async () => {
  const [ann, bea] = [await advised('a'), await advised('b')];
  await merge(ann, bea);
  const since = await town.store.head();
  expect(await page(bea)).toBe(1);
  expect(await page(ann, since, new InThatOrder(ann, bea))).toBe(1);
  expect(await page(bea, since, new InThatOrder(bea))).toBe(1);
  expect(await page(bea, since, new InThatOrder(ann, bea))).toBe(0);
});

it('who was shown before the walk began is shown', async () => {
  const [ann, bea] = [await advised('a'), await advised('b')];
  await merge(ann, bea);
  await page(ann);
  expect(await page(bea, await town.store.head(), new InThatOrder(ann, bea))).toBe(1);
});
