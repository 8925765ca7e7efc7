// What a learner is told beside the items of the own record: nothing of it may tell what is withheld.
import { assessment, connexions, consent, person, provider, told } from '#contribution/fixtures';
import type { LearnerId } from '#kernel';
import { GateTown } from '../fixtures/index.ts';
import { replay } from '../replay.ts';
import { disclosureStream } from '#learner-file';

let town: GateTown;
let ann: LearnerId;
beforeEach(async () => {
  town = await GateTown.open();
  ann = await town.tell([
    told(connexions, 'learner.registered', person),
    told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
    told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
    told(connexions, 'consent.given', consent('k-1')),
  ]);
});
afterEach(() => town.close());

const DOCUMENT = { document: { categories: ['consent', 'referral', 'assessment'], parameters: {} } };
const sharing = async (learner = ann) => {
  const answer = await town.gate.ownSharing({ asker: { learner }, asked: 'own-sharing', ...DOCUMENT });
  if (answer.outcome !== 'answered') throw new Error(answer.outcome);
  return answer;
};
const agenciesIn = async (): Promise<readonly string[]> => [...new Set((await sharing()).goesOn.map(({ agency }) => agency))];

describe('with whom sharing goes on without consent', () => {
  it('is told of who is referred to, and on which clauses, none of which asks for consent', async () => {
    const { goesOn } = await sharing();
    const clauses = goesOn.filter(({ agency }) => agency === provider.slug).map(({ clause }) => clause.replace(/^.*#/, ''));
    expect(clauses).toEqual(expect.arrayContaining(['EP1', 'EP2', 'EP4']));
    expect(clauses).not.toContain('EP3');
  });

  it('is not told of an agency that nothing but what is withheld would name', async () => {
    expect(await agenciesIn()).toContain(provider.slug);
    await town.tell(
      [told(connexions, 'withholding.stated', { of: 'm', ground: 'crime', until: '2026-02-01' }, { notes: { names: 1 } })],
      ann,
    );
    expect(await agenciesIn()).not.toContain(provider.slug);
  });
});

describe('the own record', () => {
  it('says by which agreement an item may be held, and by which clauses it may go where', async () => {
    const answer = await town.gate.own({ asker: { learner: ann }, asked: 'own-record', ...DOCUMENT });
    if (answer.outcome !== 'answered') throw new Error(answer.outcome);
    expect(answer.facts.grounds.get(2)).toMatchObject({ held: 'e2e-passport@1', shared: expect.arrayContaining(['e2e-passport@1#EP3']) });
    expect(answer.facts.clauses.get('e2e-passport@1#EP3')).toMatchObject({ consent: 'required', basis: '6(1)(e)', objectable: true });
  });

  it('of who has nothing of that kind is empty, and is no refusal; of nobody it is nothing', async () => {
    const feedback = { document: { types: ['feedback.given'], parameters: {} } };
    const empty = await town.gate.own({ asker: { learner: ann }, asked: 'own-voice', ...feedback });
    expect(empty).toMatchObject({ outcome: 'answered', items: new Map() });
    const nobody = '00000000-0000-4000-8000-000000000001';
    expect(await town.gate.own({ asker: { learner: nobody }, asked: 'own-voice', ...feedback })).toMatchObject({ outcome: 'not-known' });
    for (const event of await town.recorded(disclosureStream(ann))) {
      const again = await replay(town, event);
      expect(again?.again).toEqual(again?.recorded);
    }
  });
});
