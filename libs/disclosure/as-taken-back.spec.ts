// What a published list tells of what was taken back since: to whoever could see it, which it was, and nothing else (views.md, V12).
import { connexions, otherProvider, person, programme, provider, told } from '#contribution/fixtures';
import { disclosureStream } from '#learner-file';
import { GateTown } from './fixtures/index.ts';
import type { ListAnswer, ListInquiry } from './lists/index.ts';
import { replay } from './replay.ts';

let town: GateTown;
beforeEach(async () => void (town = await GateTown.open()));
afterEach(() => town.close());

const STARTED = 4;
const takenBack = () =>
  town.tell([
    told(connexions, 'learner.registered', { ...person, localId: 'l-1' }),
    told(connexions, 'learner.adviser-assigned', { name: 'P. Adviser', role: 'personal-adviser' }),
    told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
    told(provider, 'learner.registered', { ...person, localId: 'p-1' }),
    told(provider, 'programme.started', programme('p-1')),
    { ...told(provider, 'record.retracted', { of: 'e-4', reason: 'wrong-learner' }), notes: { names: STARTED } },
  ]);

const inquiry = (learner: string, agency: string, more: Partial<ListInquiry['candidates'][number]> = {}): ListInquiry => ({
  asker: { agency },
  purposes: ['support-learner', 'track-participation'],
  list: 'starts-and-finishes',
  items: { anchor: ['programme.started'], beside: [] },
  parameters: {},
  limit: 9,
  candidates: [{ learner, anchor: STARTED, ...more }],
});
const itemsIn = (answer: ListAnswer) => (answer.outcome === 'answered' ? answer.rows.flatMap(({ items }) => [...items.values()]) : []);

it('is told by its id alone, where the row asks for it as taken back', async () => {
  const learner = await takenBack();
  const [item, ...others] = itemsIn(await town.gate.list(inquiry(learner, connexions.slug, { isTakenBack: true })));
  expect([item, others]).toMatchObject([{ status: 'retracted', level: 'existence' }, []]);
  expect(item?.data).toEqual({ programmeId: 'p-1' });
  const [decided] = (await town.store.readStream(disclosureStream(learner))).slice(-1);
  const again = decided && (await replay(town, decided));
  expect(again?.again).toEqual(again?.recorded);
  expect(again?.recorded).toMatchObject({ outcome: 'answered', permitted: [{ fields: ['programmeId'], items: [STARTED] }] });
});

it('is told to nobody who asks for it as it was, but to its source, who sees it whole', async () => {
  const learner = await takenBack();
  expect(itemsIn(await town.gate.list(inquiry(learner, connexions.slug)))).toEqual([]);
  for (const more of [{}, { isTakenBack: true as const }])
    expect(itemsIn(await town.gate.list(inquiry(learner, provider.slug, more)))).toMatchObject([{ clause: 'own', data: programme('p-1') }]);
});

it('opens nothing that the asker could not see, and nothing that stands', async () => {
  const learner = await takenBack();
  expect(itemsIn(await town.gate.list(inquiry(learner, otherProvider.slug, { isTakenBack: true })))).toEqual([]);
  const asked = inquiry(learner, connexions.slug, { anchor: 0, isTakenBack: true });
  const [item] = itemsIn(await town.gate.list({ ...asked, items: { anchor: ['learner.registered'], beside: [] } }));
  expect(item).toMatchObject({ level: 'full', clause: 'own' });
});
