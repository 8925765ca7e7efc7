// A document about one learner: decided as a passport, recorded with what it is made of, and told with the facts that no item says.
import {
  assessment,
  connexions,
  consent,
  otherConnexions,
  otherProvider,
  person,
  programme,
  provider,
  told,
  yot,
} from '#contribution/fixtures';
import type { AgencySlug, LearnerId } from '#kernel';
import { disclosureStream } from '#learner-file';
import { keysOf } from '#privacy';
import type { DocumentAnswer, DocumentDisclosure } from './ask-for-document.ts';
import { DISCLOSURE_DECIDED } from './decision-record.ts';
import { openDecision } from './disclosure-log.ts';
import type { KindOfItem } from './document-facts.ts';
import { GateTown } from './fixtures/index.ts';
import { replay } from './replay.ts';

let town: GateTown;
let ann: LearnerId;
beforeEach(async () => {
  town = await GateTown.open();
  ann = await town.tell([
    told(connexions, 'learner.registered', person),
    told(connexions, 'learner.adviser-assigned', { name: 'P. Adviser', role: 'personal-adviser' }),
    told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
    told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
    told(provider, 'programme.started', programme('p-1')),
    told(provider, 'review.held', { reviewId: 'v-1', programmeId: 'p-1', heldOn: '2026-01-05', attendees: ['learner'], summary: 'Fine.' }),
  ]);
});
afterEach(() => town.close());

const TYPES = ['learner.adviser-assigned', 'assessment.recorded', 'programme.started', 'review.held'];
const KINDS: readonly KindOfItem[] = [
  { type: 'assessment.recorded', category: 'assessment', facts: { framework: 'initial' }, from: 'others' },
  { type: 'review.held', category: 'review', from: 'programme' },
];
const ask = (agency: AgencySlug, purposes: readonly string[], categories?: readonly string[]): Promise<DocumentDisclosure> =>
  town.gate.document({
    asker: { agency },
    ref: town.pseudonyms.of(agency, ann),
    purposes,
    asked: 'a-document',
    document: { types: TYPES, ...(categories && { categories }), parameters: { on: '2026-01-05' } },
    kinds: KINDS,
  });
const answered = async (...asked: Parameters<typeof ask>): Promise<DocumentAnswer> => {
  const answer = await ask(...asked);
  if (answer.outcome !== 'answered') throw new Error(answer.outcome);
  return answer;
};
const lastRecorded = async () => {
  const event = (await town.recorded(disclosureStream(ann))).findLast(({ type }) => type === DISCLOSURE_DECIDED);
  if (event === undefined) throw new Error('Nothing was recorded.');
  return event;
};
const ALL = ['deliver-programme', 'plan-learning', 'support-learner'];

describe('a document', () => {
  it('is made of the kinds that were asked for alone, recorded with them, and comes out the same again', async () => {
    const { items } = await answered(connexions.slug, ALL, ['assessment', 'review']);
    expect([...items.keys()]).toEqual([3, 5]);
    const event = await lastRecorded();
    expect(openDecision(event, await keysOf(town.vault, [event]))).toMatchObject({
      asked: 'a-document',
      route: 'learner',
      document: { types: TYPES, categories: ['assessment', 'review'], parameters: { on: '2026-01-05' } },
      outcome: 'answered',
    });
    const again = await replay(town, event);
    expect(again?.again).toEqual(again?.recorded);
  });

  it('is of nobody to a stranger, and not permitted where a relationship has no clause for these purposes', async () => {
    expect(await ask(otherProvider.slug, ALL)).toMatchObject({ outcome: 'not-known' });
    await town.tell([told(connexions, 'referral.made', { referralId: 'r-2', to: otherProvider.slug, route: 'connexions' })], ann);
    expect(await ask(otherProvider.slug, ['support-learner'])).toMatchObject({ outcome: 'not-permitted', clauses: expect.any(Array) });
  });
});

describe('the facts beside a document', () => {
  it('say which assignments of advisers count', async () => {
    await town.tell(
      [
        told(otherConnexions, 'learner.registered', { ...person, localId: 's-1' }),
        told(otherConnexions, 'learner.adviser-assigned', { name: 'Mallory', role: 'personal-adviser' }),
      ],
      ann,
    );
    expect([...(await answered(connexions.slug, ALL)).facts.counting]).toEqual([1]);
  });

  it('say on which clauses more of an assessment could be shown, by role and purpose, whatever consents there are', async () => {
    const opens = async (purposes: readonly string[]): Promise<unknown> => [...(await answered(provider.slug, purposes)).facts.opens];
    expect(await opens(['plan-learning'])).toEqual([[3, [{ clause: 'e2e-passport@1#EP3', needs: 'consent' }]]]);
    await town.tell([told(connexions, 'consent.given', consent('k-1', { recipients: ['college'] }))], ann);
    expect(await opens(['plan-learning'])).toEqual([[3, [{ clause: 'e2e-passport@1#EP3', needs: 'consent' }]]]);
    await town.tell([told(connexions, 'consent.given', consent('k-2'))], ann);
    expect(await opens(['plan-learning'])).toEqual([]);
  });

  it('say whose programmes would be shown whole: of nobody where a purpose, a relationship or a restriction is in the way', async () => {
    const whole = async (agency: AgencySlug, purposes: readonly string[]): Promise<unknown> => [
      ...(await answered(agency, purposes)).facts.whole,
    ];
    expect(await whole(connexions.slug, ALL)).toEqual([provider.slug]);
    expect(await whole(provider.slug, ['plan-learning'])).toEqual([provider.slug]);
    expect(await whole(provider.slug, ['support-learner'])).toEqual([]);
    expect(await whole(connexions.slug, ['support-learner'])).toEqual([]);
    const scope = { categories: ['review'] };
    await town.tell([told(connexions, 'restriction.requested', { scope, reason: 'Wrong.' })], ann);
    expect(await whole(connexions.slug, ALL)).toEqual([]);
  });

  it('do not depend on whether there is anything of these kinds', async () => {
    const bob = await town.tell([
      told(connexions, 'learner.registered', { ...person, localId: 'l-2' }),
      told(connexions, 'learner.adviser-assigned', { name: 'P. Adviser', role: 'personal-adviser' }),
      told(connexions, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'connexions' }),
      told(provider, 'programme.started', programme('p-1')),
    ]);
    ann = bob;
    expect([...(await answered(connexions.slug, ALL)).facts.whole]).toEqual([provider.slug]);
  });

  it('name the link adviser of the provider to whom such an adviser would be shown', async () => {
    expect([...(await answered(provider.slug, ALL)).facts.linkAdvisers]).toEqual([]);
    expect([...(await answered(connexions.slug, ['plan-learning', 'support-learner'])).facts.linkAdvisers]).toEqual([]);
    expect(await ask(yot.slug, ALL)).toMatchObject({ outcome: 'not-known' });
  });
});
