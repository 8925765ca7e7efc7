// A page of things about no learner: decided item by item by what each says of itself, recorded in the asker's stream before it is told,
// and the same when it is decided again.
import type { Asker } from '#access';
import { college, connexions, otherConnexions, otherProvider, person, provider, type Teller, told, yot } from '#contribution/fixtures';
import type { Position } from '#kernel';
import { GateTown } from '../fixtures/index.ts';
import { LIST_DECIDED, listStream, openList } from '../lists/index.ts';
import { replay } from '../replay.ts';
import type { ThingsAnswer, ThingsInquiry } from './things-question.ts';

let town: GateTown;
const ebp: Teller = { slug: 'ebp-black-country', roles: ['ebp'] };
beforeEach(async () => void (town = await GateTown.open({ more: [ebp] })));
afterEach(() => town.close());

const VACANCY = { vacancyId: 'v-1', employer: 'Castings Ltd', title: 'Joinery trainee', area: 'WV1' };
const vacancy = (by: Teller, more: Partial<typeof VACANCY & { confidentialTo: string }> = {}): Promise<Position> =>
  town.tellOfThing(told(by, 'vacancy.listed', { ...VACANCY, ...more }));

const ask = (asker: Asker | string, anchors: readonly Position[], more: Partial<ThingsInquiry> = {}): Promise<ThingsAnswer> =>
  town.gate.things({
    asker: typeof asker === 'string' ? { agency: asker } : asker,
    purposes: ['match-placement'],
    list: 'vacancies',
    items: { anchor: ['vacancy.listed'], beside: ['vacancy.filled'] },
    parameters: {},
    limit: 100,
    candidates: anchors.map((anchor) => ({ anchor, beside: [] })),
    complete: true,
    ...more,
  });
const shown = (answer: ThingsAnswer): readonly (readonly [string | undefined, string, unknown])[] =>
  answer.outcome === 'answered'
    ? answer.rows.flatMap(({ items }) => [...items.values()].map(({ source, clause, data }) => [source, clause, data['title']] as const))
    : [];
const pages = async (recipient: string) => {
  const recorded = (await town.recorded(listStream(recipient))).filter(({ type }) => type === LIST_DECIDED);
  return Promise.all(recorded.map((event) => town.opened(openList, event)));
};

describe('a page of things', () => {
  it('shows what a clause permits, under that clause, and always what is its own', async () => {
    const positions = [await vacancy(provider), await vacancy(connexions)];
    expect(shown(await ask(connexions.slug, positions))).toEqual([
      [`urn:concordat:agency:${provider.slug}`, 'placement-matching@1#PM2', 'Joinery trainee'],
      [`urn:concordat:agency:${connexions.slug}`, 'own', 'Joinery trainee'],
    ]);
    expect(shown(await ask(provider.slug, positions)).map(([, clause]) => clause)).toEqual(['own', 'placement-matching@1#PM1']);
  });

  it("shows nobody a provider's vacancy whom a prohibition binds, and answers as if there were none", async () => {
    const positions = [await vacancy(provider)];
    for (const { slug } of [otherProvider, college]) {
      const [some, none] = [await ask(slug, positions), await ask(slug, [])];
      expect([some, none]).toMatchObject(Array(2).fill({ outcome: 'answered', rows: [], more: false }));
    }
  });

  it('shows what is confidential to one agency to that one alone', async () => {
    const positions = [await vacancy(provider, { confidentialTo: connexions.slug })];
    expect(shown(await ask(connexions.slug, positions))).toHaveLength(1);
    expect(shown(await ask(otherConnexions.slug, positions))).toEqual([]);
  });

  it('has no row without the event that makes it, and a row without what is refused beside it', async () => {
    const listed = await vacancy(provider);
    const filled = await town.tellOfThing(told(provider, 'vacancy.filled', { ...VACANCY, confidentialTo: otherConnexions.slug }));
    const of = (agency: string, anchor: Position, beside: Position) => ask(agency, [], { candidates: [{ anchor, beside: [beside] }] });
    expect(shown(await of(connexions.slug, listed, filled))).toHaveLength(1);
    expect(shown(await of(otherConnexions.slug, listed, filled))).toHaveLength(2);
    expect(shown(await of(otherConnexions.slug, filled, listed))).toEqual([]);
  });

  it('opens nothing that is about a learner, whatever a view proposes', async () => {
    await town.tell([told(connexions, 'learner.registered', person)]);
    const items = { anchor: ['learner.registered'], beside: [] };
    const answer = await ask(connexions.slug, [await town.store.head()], { items, purposes: ['deliver-programme'] });
    expect(shown(answer)).toEqual([]);
  });

  it('is full where its rows are, and has another only where one more could be shown', async () => {
    const [one, hidden, two] = [await vacancy(connexions), await vacancy(provider), await vacancy(connexions)];
    const more = async (positions: readonly Position[], complete = true) => {
      const answer = await ask(otherProvider.slug, positions, { limit: 1, complete });
      return answer.outcome === 'answered' ? [answer.rows.length, answer.more] : answer.outcome;
    };
    expect(await more([one, hidden])).toEqual([1, false]);
    expect(await more([one, hidden, two])).toEqual([1, true]);
    const before = await town.store.head();
    expect([await more([one, hidden], false), await town.store.head()]).toEqual(['unfilled', before]);
  });

  it('is refused where no clause could serve the asker for these purposes, whatever there is', async () => {
    const positions = [await vacancy(connexions)];
    expect(await ask(yot.slug, positions)).toMatchObject({
      outcome: 'not-permitted',
      clauses: expect.any(Array),
    });
    expect(await ask('stranger', positions)).toMatchObject({ outcome: 'not-permitted', clauses: [] });
    expect(await ask({ office: 'operator' }, positions)).toMatchObject({ outcome: 'not-permitted' });
  });
});

describe('the record of a page of things', () => {
  it("is one event in the asker's stream, with what was shown and refused, by position", async () => {
    const [open, confidential] = [await vacancy(provider), await vacancy(provider, { confidentialTo: otherConnexions.slug })];
    const before = await town.store.head();
    const candidates = [{ anchor: open, beside: [confidential] }];
    await ask({ agency: connexions.slug, staff: 'pat' }, [], { candidates });
    expect(await town.store.head()).toBe(before + 1);
    expect(await pages(connexions.slug)).toMatchObject([
      {
        staff: 'pat',
        list: 'vacancies',
        outcome: 'answered',
        rows: [],
        things: {
          rows: candidates,
          permitted: [{ clause: 'placement-matching@1#PM2', basis: 'not personal', purpose: 'match-placement', items: [open] }],
          refused: [{ lacks: 'not-named', items: [confidential] }],
        },
      },
    ]);
  });

  it('decided again comes out the same, whatever happened since', async () => {
    const positions = [await vacancy(provider), await vacancy(connexions)];
    const askers = [connexions.slug, provider.slug, college.slug, yot.slug, 'stranger'];
    for (const asker of askers) await ask(asker, positions);
    expect((await town.beside()).protocols.suspend({ protocol: 'placement-matching', version: 1, reason: 'a review' })).toBeDefined();
    for (const asker of askers) await ask(asker, positions);
    for (const asker of askers) {
      const recorded = (await town.recorded(listStream(asker))).filter(({ type }) => type === LIST_DECIDED);
      for (const event of recorded) {
        const told = await replay(town, event);
        expect(told?.again).toEqual(told?.recorded);
      }
      expect(recorded).toHaveLength(2);
    }
  });

  it('rests on no protocol that another process suspended', async () => {
    const positions = [await vacancy(provider)];
    const { protocols } = await town.beside();
    expect((await protocols.suspend({ protocol: 'placement-matching', version: 1, reason: 'a breach' })).ok).toBe(true);
    expect(await ask(connexions.slug, positions)).toMatchObject({ outcome: 'not-permitted' });
  });
});

describe('whose things a view need propose', () => {
  it('follows from agencies and protocols alone', () => {
    const items = { anchor: ['vacancy.listed'], beside: [] };
    const sources = (agency: string) =>
      town.gate.sourcesOfThings({ asker: { agency }, items, purposes: ['match-placement'] }).map((one) => [one.agency, one.reach]);
    const named = (...agencies: readonly string[]) => agencies.map((agency) => [agency, 'named']);
    expect(sources(otherProvider.slug)).toEqual([
      ...named(connexions.slug, otherConnexions.slug),
      [otherProvider.slug, 'any'],
      ...named(ebp.slug),
    ]);
    expect(sources(connexions.slug)).toEqual([
      [connexions.slug, 'any'],
      ...named(otherConnexions.slug, provider.slug, otherProvider.slug, ebp.slug),
    ]);
    expect([sources(college.slug), sources('stranger')]).toEqual([[[college.slug, 'any']], []]);
  });
});
