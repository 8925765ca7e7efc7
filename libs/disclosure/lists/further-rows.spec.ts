// A page tells of a further row only where that may be seen, and of a row only where the event that makes it may.
import { connexions, otherProvider, person, programme, provider, told } from '#contribution/fixtures';
import type { LearnerId } from '#kernel';
import { GateTown } from '../fixtures/index.ts';
import type { ListAnswer, ListCandidate } from './index.ts';

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

const ask = (candidates: readonly ListCandidate[], limit: number): Promise<ListAnswer> =>
  town.gate.list({
    asker: { agency: provider.slug },
    purposes: ['deliver-programme'],
    list: 'referrals',
    items: { anchor: ['referral.made'], beside: [] },
    parameters: {},
    limit,
    candidates,
  });
const [hidden, named] = [1, 2];

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
});
