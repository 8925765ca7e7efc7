// Every clause that shows something of one learner (sharing-matrix.md): what it permits, and that each of its conditions is needed.
import type { Receipt } from '#client';
import { MERGED_IDENTITY_TYPE } from '#disclosure';
import { fixedClock } from '#kernel';
import { shippedProtocols } from '#sharing-protocols';
import { CLAUSE_CAST, type ClauseCase, consentFor, FOUNDER, type Told, vouchersFor } from './clauses/clause-case.ts';
import { e2ePassport } from './clauses/e2e-passport.ts';
import { otherProtocols } from './clauses/other-protocols.ts';
import { itemIdOf } from './pairwise.ts';
import { fresh, registration, type SeenItem, Town, ulnOf } from './town.ts';
import { MORNING } from './told.ts';

const CASES = [...e2ePassport, ...otherProtocols];
/** Of no clause that shows anything of a learner. */
const OTHER_PURPOSE = 'plan-provision';
/** Cannot register a learner. */
const NEVER_REGISTERS = ['lsc', 'castings'];

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING), cast: CLAUSE_CAST });
});
afterAll(() => town.close());

let learners = 0;

interface Variant {
  readonly reader?: string;
  readonly purpose?: string;
  readonly tied?: false;
  readonly vouched?: false;
  readonly method?: 'verbal-witnessed' | 'none';
}

interface Played {
  readonly items: readonly { readonly told: Told; readonly seen: SeenItem | undefined }[];
  readonly merged: SeenItem | undefined;
}

/**
 * Tells the story of a new learner, known to all who take part;
 * gives what the reader sees of the items, by place, and of the merged identity.
 */
const play = async (one: ClauseCase, variant: Variant = {}): Promise<Played> => {
  const uln = ulnOf(++learners);
  const reader = variant.reader ?? one.reader;
  const story = storyOf(one, variant, uln, reader).map((told) => ({ ...told, event: { ...told.event, id: fresh('m') } }));
  const consented = consentTold(one, variant, uln, reader);
  await acquaint(uln, [reader, ...[...story, ...consented].map(({ by }) => by)]);
  for (const event of vouchersFor(uln, standingIn([...story, ...consented], variant, reader))) await town.tell(FOUNDER, event);
  const receipts = await tellAll([...story, ...consented]);
  const { status, body } = await town.passport(reader, variant.purpose ?? one.purpose, `uln:${uln}`);
  expect([200, 403]).toContain(status);
  const seenOf = ({ event }: Told): SeenItem | undefined =>
    body.items?.find(({ id }) => id === itemIdOf(town, reader, receipts.get(event.id ?? '') ?? {}));
  return {
    items: story.filter(({ shows }) => shows).map((told) => ({ told, seen: seenOf(told) })),
    merged: body.items?.find(({ type }) => type === MERGED_IDENTITY_TYPE),
  };
};

/** Receipts by message id. */
const tellAll = async (story: readonly Told[]): Promise<ReadonlyMap<string, Receipt>> => {
  const receipts = new Map<string, Receipt>();
  for (const { by, event } of story) for (const receipt of await town.tell(by, event)) receipts.set(receipt.id ?? '', receipt);
  return receipts;
};

/** All who tell something, but the reader, and whoever is not to vouch for the reader's relationship. */
const standingIn = (story: readonly Told[], { vouched }: Variant, reader: string): readonly string[] =>
  story.filter(({ by, tie }) => by !== reader && !(vouched === false && tie)).map(({ by }) => by);

const storyOf = (one: ClauseCase, { tied, vouched }: Variant, uln: string, reader: string): readonly Told[] => {
  if (tied !== false) return one.story(uln, reader).filter((told) => vouched !== false || !told.voucher);
  return one.untied?.(uln, reader) ?? one.story(uln, reader).filter(({ tie }) => !tie);
};

const consentTold = (one: ClauseCase, { method }: Variant, uln: string, reader: string): readonly Told[] => {
  if (!one.consent || method === 'none') return [];
  const event = consentFor(one, uln, reader);
  return [{ by: 'social', event: { ...event, data: { ...event.data, ...(method === undefined ? {} : { method }) } } as Told['event'] }];
};

/** Known to all who take part, and living where no agency of the town is responsible. */
const acquaint = async (uln: string, agencies: readonly string[]): Promise<void> => {
  for (const slug of new Set([FOUNDER, ...agencies])) {
    if (!NEVER_REGISTERS.includes(slug)) await town.tell(slug, registration(uln, `${slug}-${uln}`, { postcode: 'ZZ9 9ZZ' }));
  }
};

const expectMerged = ({ clause, merged: fields }: ClauseCase, merged: SeenItem | undefined): void => {
  if (fields) expect({ ...merged, data: Object.keys(merged?.data ?? {}).sort() }).toMatchObject({ clause, data: [...fields].sort() });
};

const expectNothing = async (one: ClauseCase, variant: Variant, instead?: string): Promise<void> => {
  const { items, merged } = await play(one, variant);
  expect(items.length + (one.merged?.length ?? 0)).toBeGreaterThan(0);
  for (const { seen } of items) expect(seen?.clause).toBe(instead);
  expect(merged?.clause).not.toBe(one.clause);
};

it('are all told here', () => {
  const shown = shippedProtocols().flatMap(({ id, version, flows }) =>
    flows
      .filter(({ to, delivery }) => delivery.includes('on-request') && to.some(({ relationship }) => relationship?.length))
      .map((flow) => `${id}@${version}#${flow.id}`),
  );
  expect([...new Set(CASES.map(({ clause }) => clause))].sort()).toEqual(shown.sort());
});

describe.each(CASES.map((one) => ({ ...one, name: `${one.clause} to ${one.reader}, ${one.relationship}`, one })))('$name', ({ one }) => {
  it('shows exactly its fields, and cites itself', async () => {
    const { items, merged } = await play(one);
    expectMerged(one, merged);
    for (const { told, seen } of items) {
      expect({ type: told.event.type, ...seen }).toMatchObject({
        clause: one.clause,
        level: told.level ?? one.level,
        basis: one.basis,
        purpose: one.purpose,
      });
      expect(Object.keys(seen?.data ?? {}).sort()).toEqual([...(told.shows ?? [])].sort());
    }
  });

  it('needs the relationship', () => expectNothing(one, { tied: false }));
  if (one.unvouched !== false)
    it('needs another who stands to have vouched for the relationship', () => expectNothing(one, { vouched: false }));
  it('needs the purpose', () => expectNothing(one, { purpose: OTHER_PURPOSE }));
  if (one.outsider) it(`needs the role: not to ${one.outsider}`, () => expectNothing(one, { reader: one.outsider as string }));
  if (one.consent) it('needs the consent', () => expectNothing(one, { method: 'none' }, one.lesser));
  if (one.consent?.explicit) it('needs the consent to be explicit', () => expectNothing(one, { method: 'verbal-witnessed' }));
});
