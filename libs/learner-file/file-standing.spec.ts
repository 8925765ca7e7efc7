import { college, connexions, consent, council, otherConnexions, provider, school, told, yot } from '#contribution/fixtures';
import {
  after,
  assigned,
  confirmed,
  corrected,
  page,
  referral,
  registered,
  registeredAnywhere,
  schoolCourse,
  started,
} from '#learners/fixtures';
import type { ConsentTerms } from '#sharing-protocols';
import { relationshipBit } from '#sharing-protocols';
import { standingIn } from './file-standing.ts';
import { circumstancesAt, fileAfter, fileStandingOf } from './fixtures/index.ts';

const known = registered(connexions, { contact: '01902 555 010' });
const give = (by = provider, data = {}) => told(by, 'consent.given', consent('c-1', data));
const confirm = (by = connexions) => told(by, 'consent.confirmed', { consentId: 'c-1', of: provider.slug });
const termsOf = (story: Parameters<typeof fileStandingOf>[0], days = 0): ConsentTerms | undefined =>
  fileStandingOf(story, days).terms.consents[0];

describe('a consent in a learner’s file', () => {
  it.each([
    ['of one that stands counts for others alone', [known, referral(provider), give()], { others: true, own: 'none' }],
    [
      'with evidence counts for its source, which stands by the table',
      [known, referral(provider), give(provider, { evidence: 'f' })],
      { others: true, own: 'personal' },
    ],
    [
      'with evidence does not for a founder alone',
      [registeredAnywhere(school), give(school, { evidence: 'f' })],
      { others: true, own: 'none' },
    ],
    [
      'with evidence does not for a founder to which the learner only applied',
      [
        registeredAnywhere(college),
        referral(school, college),
        told(school, 'application.submitted', { applicationId: 'ap-1', choices: [{ agency: college.slug, provision: 'x' }] }),
        give(college, { evidence: 'f' }),
      ],
      { others: true, own: 'none' },
    ],
    [
      'of a stranger counts for nobody',
      [known, registeredAnywhere(provider), give(provider, { evidence: 'f' })],
      { others: false, own: 'none' },
    ],
    [
      'of a stranger that somebody comes to vouch for counts',
      [known, give(provider, { evidence: 'f' }), referral(provider)],
      { others: true, own: 'personal' },
    ],
    ['confirmed by one that stands counts for any data', [known, referral(provider), give(), confirm()], { others: true, own: 'any' }],
    ['confirmed on the learner’s page too', [known, referral(provider), give(), confirm(page)], { others: true, own: 'any' }],
    ['confirmed by a stranger does not', [known, referral(provider), give(), confirm(otherConnexions)], { others: true, own: 'none' }],
  ] as const)('%s', (_, story, expected) => expect(termsOf(story)).toMatchObject(expected));

  it('of a connexions service counts for the others of its legal entity as for itself', () => {
    expect(termsOf([known, give(connexions)])).toMatchObject({ source: 'connexions-north', kin: ['connexions-office'], own: 'none' });
  });

  it('makes a school the home institution that it names, as long as it is live and of another', () => {
    const bit = relationshipBit('home-institution');
    const story = [known, registeredAnywhere(school), schoolCourse(school)];
    const has = (...more: typeof story) => (fileStandingOf([...story, ...more]).relationshipsOf(school.slug).counting & bit) !== 0;
    const named = { recipients: [school.slug] };
    expect(has(give(connexions, named))).toBe(true);
    expect(has(give(school, named))).toBe(false);
    expect(has(give(yot, named))).toBe(false);
    expect(has(give(connexions, { ...named, validFrom: '2026-02-01' }))).toBe(false);
    expect(has(give(connexions, named), told(council, 'consent.withdrawn', { consentId: 'c-1', by: 'learner', of: connexions.slug }))).toBe(
      false,
    );
  });
});

describe('rights in a learner’s file', () => {
  const restrict = (by = connexions) => told(by, 'restriction.requested', { scope: {}, reason: 'x' });

  it('hold from whoever stands, and from nobody else until it stands', () => {
    expect(fileStandingOf([known, restrict()]).terms.restrictions).toEqual([{}]);
    expect(fileStandingOf([known, restrict(yot)]).terms.restrictions).toEqual([]);
    expect(fileStandingOf([known, restrict(yot), referral(yot)]).terms.restrictions).toEqual([{}]);
  });

  it('are not had by an agency to which the learner only applied', () => {
    const choices = [{ agency: college.slug, provision: 'x' }];
    const story = [known, told(connexions, 'application.submitted', { applicationId: 'ap-1', choices }), restrict(college)];
    expect(fileStandingOf(story).terms.restrictions).toEqual([]);
    expect(fileStandingOf([...story, referral(college)]).terms.restrictions).toEqual([{}]);
  });

  it('stay when the standing ends', () => {
    expect(fileStandingOf([known, referral(yot), restrict(yot)], 400).terms.restrictions).toEqual([{}]);
  });
});

describe('items of a learner’s file', () => {
  it('are marked until their source stands', () => {
    const story = [known, started(provider)];
    expect(fileStandingOf(story).items.map(({ confirmed: is }) => is)).toEqual([undefined, false]);
    expect(fileStandingOf([...story, confirmed(provider, council, 'enrolled-with')]).items.map(({ confirmed: is }) => is)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('say whose referral an answer answers, when the programme began, and which fields are withheld', () => {
    const declined = told(provider, 'referral.declined', { referralId: 'r-1' }, { notes: { of: connexions.slug } });
    const hidden = corrected(connexions, { contact: '07700 900 123', withheld: true });
    const { items } = fileStandingOf([known, referral(provider), declined, started(provider), hidden]);
    expect(items).toMatchObject([
      { withheld: ['contact'] },
      {},
      { answers: 'connexions-north' },
      { begun: '2026-01-05' },
      { withheld: ['contact'] },
    ]);
  });
});

describe('the standing of a file', () => {
  const file = fileAfter([known, referral(provider), assigned(connexions)]);
  const at = (days: number) => circumstancesAt(after(days).at);

  it('is one for all who ask about the same, until time alone changes something', () => {
    const first = standingIn(file, at(0));
    expect(standingIn(file, { ...at(0), now: after(0).at + 5 })).toBe(first);
    expect(standingIn(file, at(1))).not.toBe(first);
  });

  it('is worked out anew for another file, register, link advisers, or an earlier moment', () => {
    const first = standingIn(file, at(3));
    expect(standingIn(file, { ...at(3), areas: { ...first.circumstances.areas } })).not.toBe(first);
    const second = standingIn(file, at(3));
    expect(standingIn(file, { ...at(3), linkAdvisers: new Map() })).not.toBe(second);
    const third = standingIn(file, at(3));
    expect(standingIn(file, { ...at(3), now: after(3).at - 1 })).not.toBe(third);
    expect(standingIn({ ...file }, at(3))).not.toBe(third);
  });

  it('ends at the very instant at which something changes', () => {
    const lapse = standingIn(file, at(180)).changesAt ?? 0;
    const before = standingIn(file, { ...at(180), now: lapse - 1 });
    const then = standingIn(file, { ...at(180), now: lapse });
    const bit = relationshipBit('referred-to');
    expect([before, then].map((one) => (one.relationshipsOf(provider.slug).counting & bit) !== 0)).toEqual([true, false]);
  });
});
