// A page tells of a further row only where that may be seen, and of a row only where the event that makes it may.
import { connexions, otherProvider, person, programme, provider, told } from '#contribution/fixtures';
import type { LearnerId } from '#kernel';
import { disclosureStream } from '#learner-file';
import { GateTown } from '../fixtures/index.ts';
import { replay } from '../replay.ts';
import type { ListAnswer, ListCandidate, ListInquiry } from './index.ts';

let town: GateTown;
let ann: LearnerId;
const STRANGE = '00000000-0000-4000-8000-000000000001';

beforeEach(async () => {
  town = await GateTown.open();
  ann = await town.tell([
    told(connexions, 'learner.registered', { ...person, localId: 'l-1' }),
    told(connexions, 'referral.made', { referralId: 'r-1', to: otherProvider.slug, route: 'connexions' }),
    told(connexions, 'referral.made', { referralId: 'r-2', to: provider.slug, route: 'connexions' }),
    told(provider, 'programme.started', programme('p-1')),
  ]);
});
afterEach(() => town.close());

const ask = (candidates: readonly ListCandidate[], limit: number, more: Partial<ListInquiry> = {}): Promise<ListAnswer> =>
  town.gate.list({
    asker: { agency: provider.slug },
    purposes: ['deliver-programme'],
    list: 'referrals',
    items: { anchor: ['referral.made'], beside: [] },
    parameters: {},
    limit,
    candidates,
    ...more,
  });
const [hidden, named] = [1, 2];
const byReferrer = { asker: { agency: connexions.slug } };
const placeOf = (revision: number) => ({ learner: ann, revision });

describe('a page of a list', () => {
  it('tells of a further row where one may be seen, and not on account of who may not', async () => {
    expect(await ask([{ learner: ann }, { learner: STRANGE }], 1)).toMatchObject({ rows: [{ candidate: 0 }], looked: 2, more: false });
    const seen = await ask([{ learner: ann }, { learner: STRANGE }, { learner: ann }], 1);
    expect(seen).toMatchObject({ rows: [{ candidate: 0 }], looked: 2, more: true });
  });

  it('only looks for a further row where there is room for none', async () => {
    expect(await ask([{ learner: STRANGE }, { learner: ann }], 0)).toMatchObject({ rows: [], looked: 1, more: true });
    expect(await ask([{ learner: STRANGE }], 0)).toMatchObject({ rows: [], looked: 1, more: false });
  });

  it('has no row for an event that may not be seen, though another of its kind may', async () => {
    const candidates = [hidden, named].map((anchor) => ({ learner: ann, anchor }));
    expect(await ask(candidates, 9)).toMatchObject({ rows: [{ candidate: 1 }], looked: 2, more: false });
    expect(await ask(candidates.toReversed(), 1)).toMatchObject({ rows: [{ candidate: 0 }], more: false });
  });

  it('tells of a further row of the asker’s own where no clause shows it any', async () => {
    const own = { items: { anchor: ['programme.started'], beside: [] }, purposes: ['prevent-reoffending'] };
    expect(await ask([{ learner: ann }], 1, own)).toMatchObject({ outcome: 'answered', rows: [{ candidate: 0 }] });
    expect(await ask([{ learner: ann }], 0, own)).toMatchObject({ outcome: 'not-permitted', more: true });
    expect(await ask([{ learner: STRANGE }], 0, own)).not.toHaveProperty('more');
  });

  it('looks of the kinds that make rows at those events alone that the view named, and at all others', async () => {
    const items = { anchor: ['referral.made'], beside: ['learner.registered'] };
    const making = [placeOf(named), { learner: STRANGE, revision: hidden }];
    const answer = await ask([{ learner: ann, anchor: named, making }], 9, { ...byReferrer, items });
    expect('rows' in answer && answer.rows.map((row) => [...row.items.keys()])).toEqual([[0, named]]);
    const [decided] = (await town.store.readStream(disclosureStream(ann))).slice(-1);
    const again = decided && (await replay(town, decided));
    expect(again?.again).toEqual(again?.recorded);
    expect(again?.recorded).toMatchObject({ outcome: 'answered', permitted: [{ items: [0, named] }] });
  });

  it('has one row of events of which the first makes it, for whoever may see that, as long as it stands', async () => {
    const unlessAfter = [hidden, named].map(placeOf);
    const candidates = [hidden, named].map((anchor) => ({ learner: ann, anchor, unlessAfter }));
    expect(await ask(candidates, 9, byReferrer)).toMatchObject({ rows: [{ candidate: 0 }], looked: 2, more: false });
    expect(await ask(candidates, 9)).toMatchObject({ rows: [{ candidate: 1 }], looked: 2, more: false });
    await town.tell([{ ...told(connexions, 'record.retracted', { of: 'e-1', reason: 'other' }), notes: { names: hidden } }], ann);
    expect(await ask(candidates.slice(1), 9, byReferrer)).toMatchObject({ rows: [{ candidate: 0 }] });
  });
});
