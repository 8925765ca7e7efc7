import type { CatalogueData } from '#catalogue';
import type { Contribution } from '#contribution';
import { connexions, council, school, type Teller, told, yot } from '#contribution/fixtures';
import type { LearnerTerms } from '#sharing-protocols';
import { initialConsents } from './consent.ts';
import { decideConsent } from './consent.decide.ts';
import { consentTerms } from './effective.ts';
import { given, groundsWith, page, without } from './fixtures/index.ts';
import type { Grounds } from './grounds.ts';

type Scope = CatalogueData['objection.raised']['scope'];
type Story = readonly Contribution[];
type Rights =
  | Contribution<'objection.raised'>
  | Contribution<'objection.decided'>
  | Contribution<'restriction.requested'>
  | Contribution<'restriction.lifted'>;

const SCOPE: Scope = { categories: ['review', 'assessment'], recipients: ['provider'] };
const SAME: Scope = { recipients: ['provider'], categories: ['assessment', 'review', 'assessment'] };
const OTHER: Scope = { categories: ['assessment'] };
const CANONICAL: Scope = { categories: ['assessment', 'review'], recipients: ['provider'] };

const raise = (scope: Scope, by: Teller = school) => told(by, 'objection.raised', { scope, reason: 'Not their business' });
const decide = (scope: Scope, outcome: 'upheld' | 'overridden', by: Teller = school) =>
  told(by, 'objection.decided', { scope, reason: 'Weighed', outcome, grounds: 'Public task' });
const restrict = (scope: Scope, by: Teller = school) => told(by, 'restriction.requested', { scope, reason: 'Disputed' });
const lift = (scope: Scope, by: Teller = school) => told(by, 'restriction.lifted', { scope, reason: 'Settled' });

const terms = (story: Story, grounds: Grounds = groundsWith()): LearnerTerms => consentTerms(given(...story), grounds);
const objections = (story: Story, grounds?: Grounds): readonly Scope[] => terms(story, grounds).objections;
const restrictions = (story: Story, grounds?: Grounds): readonly Scope[] => terms(story, grounds).restrictions;
const judged = (contribution: Rights, story: Story, more: { readonly grounds?: Grounds; readonly mayLookUp?: boolean } = {}) =>
  decideConsent(contribution, { state: given(...story), grounds: groundsWith(), mayLookUp: true, ...more });

describe('an objection', () => {
  it('suspends its scope, however its words are ordered', () => {
    expect(objections([raise(SAME)])).toEqual([CANONICAL]);
    expect(objections([raise(OTHER)])[0]).not.toHaveProperty('purposes');
  });

  it('covers everything with an empty scope', () => expect(objections([raise({})])).toEqual([{}]));

  it('has effect from whoever stands, and from the learner’s page', () => {
    for (const by of [connexions, yot, page]) expect(objections([raise(SCOPE, by)])).toHaveLength(1);
    expect(objections([raise(SCOPE, yot)], without(yot))).toEqual([]);
  });

  it('ends when it is overridden by whoever raised it, or on the learner’s page', () => {
    expect(objections([raise(SCOPE), raise(OTHER), decide(SAME, 'overridden')])).toEqual([OTHER]);
    expect(objections([raise(SCOPE), decide(SAME, 'overridden', page)])).toEqual([]);
  });

  it.each<readonly [string, Story]>([
    ['by another agency', [raise(SCOPE), decide(SCOPE, 'overridden', connexions)]],
    ['with another scope', [raise(SCOPE), decide(OTHER, 'overridden')]],
    ['before it was raised', [raise(SCOPE), decide(SCOPE, 'overridden'), raise(SCOPE)]],
    [
      'by an agency that would gain by it, named by slug',
      [raise({ recipients: [school.slug] }), decide({ recipients: [school.slug] }, 'overridden')],
    ],
    [
      'by an agency that would gain by it, named by role',
      [raise({ recipients: ['school'] }), decide({ recipients: ['school'] }, 'overridden')],
    ],
  ])('is not overridden %s', (_, story) => expect(objections(story)).toHaveLength(1));

  it('is not overridden by one that does not stand', () => {
    const story = [raise(SCOPE, page), decide(SCOPE, 'overridden')];
    expect(objections(story, without(school))).toEqual([CANONICAL]);
  });

  it('suspends for ever once upheld, by whoever stands', () => {
    for (const by of [school, connexions, page]) {
      expect(objections([raise(SCOPE), decide(SAME, 'upheld', by), decide(SCOPE, 'overridden')])).toEqual([CANONICAL]);
      expect(objections([raise(SCOPE), decide(SAME, 'overridden'), decide(SCOPE, 'upheld', by)])).toEqual([CANONICAL]);
    }
    expect(objections([raise(SCOPE), decide(SCOPE, 'upheld', yot), decide(SCOPE, 'overridden')], without(yot))).toEqual([]);
  });

  it.each<readonly [string, Story]>([
    ['none was raised', []],
    ['none has the scope', [raise(OTHER)]],
    ['it was decided', [raise(SCOPE), decide(SCOPE, 'upheld')]],
  ])('is not decided where %s: unknown-reference', (_, story) => {
    expect(judged(decide(SCOPE, 'overridden'), story)).toMatchObject({ rejection: { code: 'unknown-reference' } });
  });

  it('is not decided where one raised it that does not stand: unknown-reference', () => {
    expect(judged(decide(SCOPE, 'upheld'), [raise(SCOPE, yot)], { grounds: without(yot) })).toMatchObject({
      rejection: { code: 'unknown-reference' },
    });
  });

  it('is raised and decided', () => {
    expect(judged(raise(SCOPE), [])).toEqual({ outcome: 'accepted' });
    expect(judged(decide(SAME, 'upheld'), [raise(SCOPE)])).toEqual({ outcome: 'accepted' });
  });
});

describe('a restriction', () => {
  it('holds until it is lifted by its own source, or on the learner’s page', () => {
    expect(restrictions([restrict(SCOPE)])).toEqual([CANONICAL]);
    expect(restrictions([restrict(SCOPE), restrict(OTHER), lift(SAME)])).toEqual([OTHER]);
    expect(restrictions([restrict(SCOPE), lift(SCOPE, page)])).toEqual([]);
  });

  it.each<readonly [string, Story]>([
    ['by another agency', [restrict(SCOPE), lift(SCOPE, council)]],
    ['with another scope', [restrict(SCOPE), lift(OTHER)]],
    ['before it was requested', [restrict(SCOPE), lift(SCOPE), restrict(SCOPE)]],
    ['as long as another asked for the same', [restrict(SCOPE), restrict(SCOPE, yot), lift(SCOPE)]],
  ])('is not lifted %s', (_, story) => expect(restrictions(story)).toEqual([CANONICAL]));

  it('lifts all that its source asked for in that scope', () =>
    expect(restrictions([restrict(SCOPE), restrict(SAME), lift(SCOPE)])).toEqual([]));

  it('has effect only while its source stood or came to stand', () => {
    expect(restrictions([restrict({}, yot)], without(yot))).toEqual([]);
    expect(restrictions([restrict(SCOPE), lift(SCOPE)], groundsWith({ counts: ({ revision }) => revision === 0 }))).toEqual([CANONICAL]);
  });

  it('is requested and lifted', () => {
    expect(decideConsent(restrict(SCOPE), { state: initialConsents, grounds: groundsWith(), mayLookUp: true })).toEqual({
      outcome: 'accepted',
    });
    expect(judged(lift(SAME), [restrict(SCOPE)])).toEqual({ outcome: 'accepted' });
  });

  it('is not lifted where none has the scope, or it was lifted: unknown-reference', () => {
    for (const story of [[restrict(OTHER)], [restrict(SCOPE), lift(SAME)], [restrict(SCOPE), lift(SCOPE, page)]])
      expect(judged(lift(SCOPE), story)).toMatchObject({ rejection: { code: 'unknown-reference' } });
    for (const story of [
      [restrict(SCOPE), lift(SCOPE, council)],
      [restrict(SCOPE), lift(SCOPE), restrict(SCOPE)],
      [restrict(SCOPE, yot), restrict(SCOPE), lift(SCOPE)],
    ])
      expect(judged(lift(SCOPE), story)).toEqual({ outcome: 'accepted' });
  });
});

describe('one that does not stand', () => {
  it.each<Rights>([raise(SCOPE), decide(SCOPE, 'overridden'), restrict(SCOPE), lift(SCOPE)])(
    'is told of $type nothing of what was said',
    (contribution) => {
      const stories: readonly Story[] = [
        [],
        [raise(SCOPE, yot), restrict(SCOPE, yot)],
        [raise(SCOPE), decide(SCOPE, 'upheld'), restrict(OTHER)],
      ];
      for (const story of stories) expect(judged(contribution, story, { mayLookUp: false })).toEqual({ outcome: 'accepted' });
    },
  );
});
