import type { Contribution } from '#contribution';
import { college, connexions, consent, council, NOON, provider, school, type Teller, told, yot } from '#contribution/fixtures';
import type { ConsentTerms } from '#sharing-protocols';
import { decideConsent } from './consent.decide.ts';
import { consentTerms, namedInConsents, standingConsents } from './effective.ts';
import { given, groundsWith, kin, page, without } from './fixtures/index.ts';
import type { Grounds } from './grounds.ts';

type Story = readonly Contribution[];
type Changed = 'withdrawn' | 'paused' | 'resumed' | 'renewed';

const DAY = 86_400_000;
const on = (day: number): { readonly at: number } => ({ at: NOON + day * DAY });

/** The provider's own consent, for itself among others. */
const give = told(provider, 'consent.given', consent('c-1', { recipients: ['provider', 'st-chads-school'] }));
const evident = told(provider, 'consent.given', consent('c-1', { evidence: 'form 12' }));
const change = (by: Teller, what: Changed, more: object = {}): Contribution =>
  told(by, `consent.${what}`, { consentId: 'c-1', by: 'learner' }, { notes: { of: provider.slug }, ...more });
const confirm = (by: Teller): Contribution => told(by, 'consent.confirmed', { consentId: 'c-1', of: provider.slug });

const termsOf = (story: Story, grounds: Grounds = groundsWith()): ConsentTerms => {
  const [terms] = consentTerms(given(...story), grounds).consents;
  if (!terms) throw new Error('A consent is given.');
  return terms;
};
const isLive = (story: Story, grounds?: Grounds): boolean => termsOf(story, grounds).live;

describe('a consent counts for others', () => {
  it('when its source stood or came to stand', () => {
    expect(termsOf([give]).others).toBe(true);
    expect(termsOf([give], without(provider)).others).toBe(false);
  });
});

describe('a consent counts for its own source', () => {
  it.each<readonly [string, Story, ConsentTerms['own']]>([
    ['not by its word alone', [give], 'none'],
    ['for personal data, with evidence and a relationship', [evident], 'personal'],
    ['for any data, confirmed by an agency that it does not name by slug', [give, confirm(connexions)], 'any'],
    ['for any data, confirmed by one whose role it names', [evident, confirm(college)], 'any'],
    ['for any data, confirmed on the learner’s own page', [give, confirm(page)], 'any'],
    ['not confirmed by an agency that it names by slug', [give, confirm(school)], 'none'],
    ['not confirmed by itself', [give, confirm(provider)], 'none'],
  ])('%s', (_, story, own) => expect(termsOf(story).own).toBe(own));

  it.each<readonly [string, Story, Grounds, ConsentTerms['own']]>([
    ['a relationship but no evidence', [give], groundsWith(), 'none'],
    ['evidence but no relationship, as a founder alone', [evident], groundsWith({ isTied: () => false }), 'none'],
    ['evidence, and a source that does not stand', [evident], without(provider), 'none'],
    ['a confirmation by one that does not stand', [give, confirm(connexions)], without(connexions), 'none'],
    ['a confirmation, and a source that does not stand', [give, confirm(connexions)], without(provider), 'any'],
  ])('with %s: %#', (_, story, grounds, own) => expect(termsOf(story, grounds).own).toBe(own));

  it('and for the others of its legal entity as for itself', () => {
    const byConnexions = told(connexions, 'consent.given', consent('c-1'));
    expect(termsOf([byConnexions])).toMatchObject({ source: connexions.slug, kin: [kin.slug], own: 'none' });
    expect(termsOf([byConnexions, told(kin, 'consent.confirmed', { consentId: 'c-1', of: connexions.slug })]).own).toBe('none');
    expect(termsOf([give])).not.toHaveProperty('kin');
  });

  it('not confirmed by one whose legal entity it names', () => {
    const toKin = told(provider, 'consent.given', consent('c-1', { recipients: ['provider', kin.slug] }));
    expect(termsOf([toKin, confirm(connexions)]).own).toBe('none');
    expect(termsOf([toKin, confirm(council)]).own).toBe('any');
  });
});

describe('what narrows a consent', () => {
  it.each(['withdrawn', 'paused'] as const)('%s binds, said by whoever stands or by the learner', (what) => {
    for (const by of [provider, connexions, council, page]) expect(isLive([give, change(by, what)])).toBe(false);
  });

  it.each(['withdrawn', 'paused'] as const)('%s does nothing, said by one that does not stand', (what) => {
    expect(isLive([give, change(yot, what)], without(yot))).toBe(true);
  });

  it('a refusal is one', () => expect(isLive([told(provider, 'consent.refused', consent('c-1'))])).toBe(false));
});

describe('what widens a consent', () => {
  it.each<readonly [Teller, boolean]>([
    [provider, true],
    [page, true],
    [connexions, false],
    [yot, false],
  ])('said by %o has effect: %s', (by, has) => {
    expect(isLive([give, change(connexions, 'paused'), change(by, 'resumed')])).toBe(has);
    expect(
      termsOf([
        give,
        told(by, 'consent.renewed', { consentId: 'c-1', by: 'learner', expires: '2026-12-31' }, { notes: { of: provider.slug } }),
      ]),
    ).toMatchObject(has ? { expires: '2026-12-31' } : { revision: 0 });
  });

  it('has none before its source stands', () => {
    expect(isLive([give, change(connexions, 'paused'), change(provider, 'resumed')], without(provider))).toBe(false);
  });

  it('never undoes a withdrawal that counts', () => {
    expect(
      isLive([
        give,
        change(connexions, 'withdrawn'),
        change(provider, 'resumed', on(9)),
        change(provider, 'renewed', on(9)),
        change(page, 'renewed', on(9)),
      ]),
    ).toBe(false);
  });
});

describe('what was told before a withdrawal that counts', () => {
  const withdrawn = [told(provider, 'consent.given', consent('c-1'), on(0)), change(connexions, 'withdrawn', on(5))];
  const again = (data: Parameters<typeof consent>[1], day: number, by: Teller = provider) =>
    told(by, 'consent.given', consent('c-2', data), on(day));
  const judge = (
    contribution: ReturnType<typeof again>,
    story: Story,
    more: { readonly grounds?: Grounds; readonly mayLookUp?: boolean } = {},
  ) => decideConsent(contribution, { state: given(...story), grounds: groundsWith(), mayLookUp: true, ...more });

  it.each<readonly [string, Parameters<typeof consent>[1]]>([
    ['the same scope', {}],
    ['a scope that meets it', { categories: ['assessment', 'review'], purposes: ['plan-learning', 'support-learner'] }],
    ['an agency of a role that it names', { recipients: [provider.slug] }],
    ['one of its roles', { recipients: ['provider', 'yot'] }],
  ])('is stale, with %s: stale-consent', (_, data) => {
    expect(judge(again(data, 4), withdrawn)).toMatchObject({ rejection: { code: 'stale-consent' } });
    expect(judge(again(data, 4, school), withdrawn)).toMatchObject({ rejection: { code: 'stale-consent' } });
  });

  it.each<readonly [string, Parameters<typeof consent>[1], number]>([
    ['told after it', {}, 6],
    ['told at that time', {}, 5],
    ['of another protocol', { protocol: 'youth-justice' }, 4],
    ['of another purpose', { purposes: ['support-learner'] }, 4],
    ['of another category', { categories: ['review'] }, 4],
    ['of other recipients', { recipients: ['yot', 'st-chads-school'] }, 4],
  ])('is not where it is %s', (_, data, day) => expect(judge(again(data, day), withdrawn)).toEqual({ outcome: 'accepted' }));

  it('is not stale by a withdrawal that does not count, and a refusal never is', () => {
    expect(judge(again({}, 4), withdrawn, { grounds: without(connexions) })).toEqual({ outcome: 'accepted' });
    expect(judge(told(provider, 'consent.refused', consent('c-2'), on(4)) as never, withdrawn)).toEqual({ outcome: 'accepted' });
  });

  it('is told to senders that stand alone, and has no effect all the same', () => {
    expect(judge(again({}, 4), withdrawn, { mayLookUp: false })).toEqual({ outcome: 'accepted' });
    expect(consentTerms(given(...withdrawn, again({}, 4)), groundsWith()).consents.map(({ live }) => live)).toEqual([false, false]);
    expect(consentTerms(given(...withdrawn, again({}, 6)), groundsWith()).consents.map(({ live }) => live)).toEqual([false, true]);
  });

  it('was not stale where it was recorded before the withdrawal: that is of one consent alone', () => {
    const both = [told(school, 'consent.given', consent('c-2'), on(0)), ...withdrawn];
    expect(consentTerms(given(...both), groundsWith()).consents.map(({ live }) => live)).toEqual([true, false]);
  });

  it.each(['resumed', 'renewed'] as const)('is stale where it is %s: of this consent, or of one whose scope meets it', (what) => {
    const other = told(school, 'consent.given', consent('c-2'), on(0));
    const paused = told(connexions, 'consent.paused', { consentId: 'c-2', by: 'learner' }, { notes: { of: school.slug } });
    const widened = told(
      school,
      `consent.${what}`,
      { consentId: 'c-2', by: 'learner', ...(what === 'renewed' ? { expires: '2027-12-31' } : {}) },
      on(4),
    );
    const story = [other, paused, ...withdrawn];
    expect(decideConsent(widened, { state: given(...story), grounds: groundsWith(), mayLookUp: true })).toMatchObject({
      rejection: { code: 'stale-consent' },
    });
    const [after] = standingConsents(given(...story, widened), groundsWith());
    expect(after).toMatchObject({ paused: true, standing: 'given', expires: undefined });
    const [later] = standingConsents(given(...story, { ...widened, ...on(6) }), groundsWith());
    expect(later).toMatchObject(what === 'resumed' ? { paused: false } : { standing: 'renewed', expires: '2027-12-31' });
  });
});

describe('agencies that live consents name', () => {
  const names = (story: Story, today = '2026-02-01'): readonly string[] =>
    namedInConsents(given(...story), groundsWith(), today).map(({ agency, said }) => `${agency} by ${said.source}`);
  const toSchool = (data = {}) => told(provider, 'consent.given', consent('c-1', { recipients: [school.slug], ...data }));

  it('are named with who recorded them', () => expect(names([toSchool()])).toEqual(['st-chads-school by heath-town-skills']));

  it.each<readonly [string, Story]>([
    ['has not begun', [toSchool({ validFrom: '2026-02-02' })]],
    ['expired', [toSchool({ expires: '2026-01-31' })]],
    ['is paused', [toSchool(), change(connexions, 'paused')]],
    ['is withdrawn', [toSchool(), change(connexions, 'withdrawn')]],
    ['was refused', [told(provider, 'consent.refused', consent('c-1', { recipients: [school.slug] }))]],
  ])('are not where it %s', (_, story) => expect(names(story)).toEqual([]));
});
