// Every clause that shows something of one learner (sharing-matrix.md): what it permits, and that each of its conditions is needed.
import type { Receipt } from '#client';
import { fixedClock } from '#kernel';
import { shippedProtocols } from '#sharing-protocols';
import { type ClauseCase, consentFor, type Told } from './clauses/clause-case.ts';
import { e2ePassport } from './clauses/e2e-passport.ts';
import { otherProtocols } from './clauses/other-protocols.ts';
import { itemIdOf } from './pairwise.ts';
import { assessment, CAST, consent, fresh, registration, type SeenItem, Town, type Townsfolk, ulnOf } from './town.ts';
import { about, adviser, MORNING, programme, referral } from './told.ts';

const CASES = [...e2ePassport, ...otherProtocols];
/** Of no clause that shows anything of a learner. */
const OTHER_PURPOSE = 'plan-provision';
/** Cannot register a learner. */
const NEVER_REGISTERS = ['lsc', 'castings'];

let town: Town;
beforeAll(async () => {
  const cast: Townsfolk[] = [
    ...CAST,
    { slug: 'jobcentre-wv', roles: ['jobcentre'] },
    { slug: 'academy', roles: ['school', 'connexions'], districts: [] },
    { slug: 'local-training', roles: ['provider'], districts: ['WV1'] },
  ];
  town = await Town.open({ clock: fixedClock(MORNING), cast });
});
afterAll(() => town.close());

let learners = 0;

interface Variant {
  readonly reader?: string;
  readonly purpose?: string;
  readonly tied?: false;
  readonly method?: 'verbal-witnessed' | 'none';
}

/** Tells the story of a new learner, known to all who take part; gives what the reader sees of the items, by place. */
const play = async (one: ClauseCase, variant: Variant = {}): Promise<readonly { readonly told: Told; readonly seen: SeenItem | undefined }[]> => {
  const uln = ulnOf(++learners);
  const reader = variant.reader ?? one.reader;
  const story = storyOf(one, variant, uln, reader).map((told) => ({ ...told, event: { ...told.event, id: fresh('m') } }));
  const consented = consentTold(one, variant, uln, reader);
  await acquaint(uln, [reader, ...[...story, ...consented].map(({ by }) => by)]);
  const receipts = new Map<string, Receipt>();
  for (const { by, event } of [...story, ...consented]) for (const receipt of await town.tell(by, event)) receipts.set(receipt.id ?? '', receipt);
  const { status, body } = await town.passport(reader, variant.purpose ?? one.purpose, `uln:${uln}`);
  expect([200, 403]).toContain(status);
  const seenOf = ({ event }: Told): SeenItem | undefined => body.items?.find(({ id }) => id === itemIdOf(town, reader, receipts.get(event.id ?? '') ?? {}));
  return story.filter(({ shows }) => shows).map((told) => ({ told, seen: seenOf(told) }));
};

const storyOf = (one: ClauseCase, { tied }: Variant, uln: string, reader: string): readonly Told[] => {
  if (tied !== false) return one.story(uln, reader);
  return one.untied?.(uln, reader) ?? one.story(uln, reader).filter(({ tie }) => !tie);
};

const consentTold = (one: ClauseCase, { method }: Variant, uln: string, reader: string): readonly Told[] => {
  if (!one.consent || method === 'none') return [];
  const event = consentFor(one, uln, reader);
  return [{ by: 'social', event: { ...event, data: { ...event.data, ...(method === undefined ? {} : { method }) } } as Told['event'] }];
};

/** Known to all who take part, and living where no agency of the town is responsible. */
const acquaint = async (uln: string, agencies: readonly string[]): Promise<void> => {
  for (const slug of new Set(agencies)) {
    if (!NEVER_REGISTERS.includes(slug)) await town.tell(slug, registration(uln, `${slug}-${uln}`, { postcode: 'ZZ9 9ZZ' }));
  }
};

const expectNothing = async (one: ClauseCase, variant: Variant, instead?: string): Promise<void> => {
  const items = await play(one, variant);
  expect(items.length).toBeGreaterThan(0);
  for (const { seen } of items) expect(seen?.clause).toBe(instead);
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
    for (const { told, seen } of await play(one)) {
      expect({ type: told.event.type, ...seen }).toMatchObject({ clause: one.clause, level: told.level ?? one.level, basis: one.basis, purpose: one.purpose });
      expect(Object.keys(seen?.data ?? {}).sort()).toEqual([...(told.shows ?? [])].sort());
    }
  });

  it('needs the relationship', () => expectNothing(one, { tied: false }));
  it('needs the purpose', () => expectNothing(one, { purpose: OTHER_PURPOSE }));
  if (one.outsider) it(`needs the role: not to ${one.outsider}`, () => expectNothing(one, { reader: one.outsider as string }));
  if (one.consent) it('needs the consent', () => expectNothing(one, { method: 'none' }, one.lesser));
  if (one.consent?.explicit) it('needs the consent to be explicit', () => expectNothing(one, { method: 'verbal-witnessed' }));
});

describe('limits of what clauses show', () => {
  const everyPurpose = (): string => [...town.node.registers.inForce('2026-10-01').purposes].join(', ');

  it('of identity: never the local id of another, the ULN only to whom supplied it (EP1)', async () => {
    const uln = ulnOf(++learners);
    await town.tell('careers', registration(uln, 'SECRET-LOCAL-ID'), referral(uln, 'forge'));
    const first = await town.passport('forge', 'deliver-programme', `uln:${uln}`);
    expect(first.body.items?.find(({ category }) => category === 'identity')?.data).toEqual({
      givenName: 'Sam',
      familyName: 'Example-SECRET-LOCAL-ID',
      dateOfBirth: '2010-05-06',
      postcode: 'WV1 1AA',
    });
    await town.tell('forge', about(uln, 'circumstance.noted', { kind: 'housing', note: 'Moves.' }));
    const second = await town.passport('forge', 'deliver-programme', `uln:${uln}`);
    expect(second.body.items?.find(({ category }) => category === 'identity')?.data).toMatchObject({ uln });
    expect(second.text).not.toContain('"localId"');
  });

  it('of offences: to no school, not even one that is the adviser too (YJ-never)', async () => {
    const uln = ulnOf(++learners);
    for (const slug of ['city-yot', 'academy', 'st-chads']) await town.tell(slug, registration(uln, `${slug}-${uln}`));
    await town.tell('academy', adviser(uln));
    await town.tell('st-chads', programme(uln, `p-${uln}`, { kind: 'school-course' }));
    await town.tell('city-yot', about(uln, 'offence.noted', { incident: 'A-THEFT' }), referral(uln, 'castings', { route: 'yot' }));
    for (const slug of ['academy', 'st-chads', 'castings']) {
      const { status, text } = await town.passport(slug, everyPurpose(), `uln:${uln}`);
      expect([200, 403]).toContain(status);
      expect(text).not.toContain('A-THEFT');
      expect(text).not.toContain('offence.noted');
    }
  });

  it('of several clauses the fullest decides, whole', async () => {
    const uln = ulnOf(++learners);
    await town.tell('wulfrun', registration(uln, `college-${uln}`), assessment(uln));
    await town.tell('social', registration(uln, `social-${uln}`), referral(uln, 'forge'));
    await town.tell('social', consent(uln, `c-${uln}`, { recipients: ['forge'] }));
    const { body } = await town.passport('forge', 'deliver-programme, plan-learning', `uln:${uln}`);
    const shown = body.items?.filter(({ category }) => category === 'assessment');
    expect(shown).toMatchObject([{ clause: 'e2e-passport@1#EP3', purpose: 'plan-learning', level: 'full' }]);
  });
});
