// Nobody's own word opens a door for itself, or shuts one for others: whatever strangers say, honest agencies' answers stay as they were.
import fc from 'fast-check';
import type { Contribution } from '#contribution';
import {
  assessment,
  connexions,
  consent,
  council,
  otherConnexions,
  otherProvider,
  provider,
  school,
  type Teller,
  told,
  yot,
} from '#contribution/fixtures';
import { NONE } from '#learners';
import { relationshipBit } from '#sharing-protocols';
import {
  adviserEnded,
  after,
  applied,
  assigned,
  confirmed,
  corrected,
  left,
  moved,
  page,
  referral,
  referralIs,
  registered,
  schoolCourse,
  signed,
  started,
} from '#learners/fixtures';
import type { FileStanding } from './file-standing.ts';
import { fileStandingOf } from './fixtures/index.ts';

type Story = readonly Contribution[];

const honest: Story = [
  registered(connexions, { contact: '01902 555 010' }),
  registered(school, { localId: 's-1' }),
  schoolCourse(school),
  referral(provider),
  told(provider, 'referral.accepted', { referralId: 'r-1' }, { notes: { of: connexions.slug } }),
  told(connexions, 'assessment.recorded', assessment({ assessmentId: 'a-1' })),
  told(connexions, 'consent.given', consent('c-1', { recipients: ['provider', school.slug], evidence: 'f' })),
  started(provider),
  assigned(connexions),
  told(council, 'restriction.requested', { scope: { recipients: ['employer'] }, reason: 'x' }),
  told(page, 'objection.raised', { scope: { categories: ['review'] }, reason: 'x' }),
];
const HONEST = [connexions, council, school, provider, yot];
const STRANGERS = [otherConnexions, otherProvider];

const KNOWN_TO = relationshipBit('known-to');
const STRANGE_ID = 'x-1';
const scope = { recipients: ['employer'] };
const anybody = fc.constantFrom(...HONEST, ...STRANGERS);
const consentChange = fc.constantFrom('withdrawn', 'paused', 'resumed', 'renewed', 'confirmed');

/** What a stranger may say: about itself, its accomplice and honest agencies, with ids of its own or of theirs. */
const tellingsOf = (by: Teller): readonly fc.Arbitrary<Contribution>[] => [
  fc.constantFrom('WV1 1AB', 'B3 1AA', 'WV14 8AA').map((postcode) => registered(by, { localId: 'x', postcode, contact: 'call me' })),
  fc.constantFrom('WV1 1AB', 'B3 1AA', 'WV14 8AA').map((postcode) => moved(by, postcode)),
  fc.constant(corrected(by, { givenName: 'Zoe', familyName: 'Byrne', contact: 'x', withheld: true })),
  anybody.map((to) => referral(to, by)),
  fc.constantFrom('accepted', 'declined', 'withdrawn').map((what) => referralIs(what as 'accepted', by)),
  fc
    .constantFrom('accepted', 'declined')
    .map((what) => told(by, `referral.${what as 'accepted'}`, { referralId: 'r-1', of: connexions.slug })),
  fc.constantFrom('e2e', 'fe-course').map((kind) => started(by, { data: { kind: kind, plannedEnd: '2030-01-01' } })),
  fc.constant(left(by, '2026-01-05')),
  anybody.map((of) => signed(of, by)),
  fc.constantFrom('personal-adviser', 'link-adviser', 'dedicated-adviser').map((role) => assigned(by, role as 'personal-adviser')),
  fc.constant(adviserEnded(by)),
  anybody.chain((to) => fc.constantFrom('submitted', 'placed').map((what) => applied(to, by, `application.${what as 'placed'}`))),
  anybody.chain((to) =>
    fc
      .constantFrom(undefined, 'enrolled-with', 'adviser-for', 'resident-area', 'known-to')
      .map((name) => confirmed(to, by, name as 'known-to')),
  ),
  fc.constant(told(by, 'consent.given', consent(STRANGE_ID, { recipients: [by.slug, school.slug], evidence: 'f' }))),
  consentChange.map((what) => told(by, `consent.${what as 'paused'}`, { consentId: 'c-1', by: 'learner', of: connexions.slug })),
  consentChange.map((what) => told(by, `consent.${what as 'paused'}`, { consentId: STRANGE_ID, by: 'learner' })),
  fc.constantFrom({}, scope).map((one) => told(by, 'restriction.requested', { scope: one, reason: 'x' })),
  fc.constantFrom({}, scope).map((one) => told(by, 'restriction.lifted', { scope: one, reason: 'x' })),
  fc
    .constantFrom('upheld', 'overridden')
    .map((outcome) => told(by, 'objection.decided', { scope: { categories: ['review'] }, reason: 'x', outcome: outcome, grounds: 'x' })),
  fc.constant(told(by, 'assessment.disputed', { assessmentId: 'a-1', reason: 'x' }, { notes: { of: connexions.slug } })),
  fc.constant(
    told(by, 'assessment.recorded', assessment({ assessmentId: 'b-1', supersedes: { assessmentId: 'a-1', reason: 'expired' } }), {
      notes: { of: connexions.slug },
    }),
  ),
];

const strange = fc.constantFrom(...STRANGERS).chain((by) => fc.oneof(...tellingsOf(by)));

/** Where in the story each is said, after the learner was registered. */
const attack = fc.array(fc.tuple(strange, fc.integer({ min: 1, max: honest.length })), { minLength: 1, maxLength: 5 });

const amid = (said: readonly (readonly [Contribution, number])[]): Story =>
  honest
    .flatMap((one, place) => [...said.filter(([, at]) => at === place).map(([what]) => what), one])
    .concat(said.flatMap(([what, at]) => (at === honest.length ? [what] : [])));

const isStranger = (source: string): boolean => STRANGERS.some(({ slug }) => slug === source);

/** All on which answers to honest agencies rest; places in the stream aside, which the strangers' events move. */
const restsOn = (standing: FileStanding): object => ({
  relationships: HONEST.map(({ slug }) => [standing.relationshipsOf(slug), standing.levelOf(slug), [...standing.referredBy(slug)]]),
  residence: [...standing.standing.residence.agencies].sort(),
  identity: [true, false].map((withServices) =>
    [...standing.identity(withServices)].map(([field, { revision, statedOn }]) => [
      field,
      statedOn,
      standing.standing.statements.find((one) => one.revision === revision)?.source,
    ]),
  ),
  consents: standing.terms.consents.filter(({ source }) => !isStranger(source)).map(({ revision: _, ...rest }) => rest),
  rights: [standing.terms.objections, standing.terms.restrictions],
  items: standing.items.filter(({ source }) => !isStranger(source)).map(({ revision: _, ...rest }) => rest),
});

describe('whatever strangers say of a learner', () => {
  it.each([0, 150, 400])('changes nothing for others, and opens nothing to them: after %i days', (days) => {
    const expected = restsOn(fileStandingOf(honest, days));
    fc.assert(
      fc.property(attack, (said) => {
        const standing = fileStandingOf(amid(said), days);
        expect(restsOn(standing)).toEqual(expected);
        for (const { slug } of STRANGERS) {
          expect(standing.levelOf(slug)).toBe(NONE);
          expect(standing.relationshipsOf(slug).counting & ~KNOWN_TO).toBe(0);
        }
        for (const { source, confirmed: is } of standing.items) expect(is).toBe(isStranger(source) ? false : undefined);
        for (const { source, others, own } of standing.terms.consents)
          if (isStranger(source)) expect([others, own]).toEqual([false, 'none']);
      }),
      { numRuns: 100 },
    );
  });

  it('takes effect as soon as somebody vouches: it was recorded all the same', () => {
    const story = [
      ...honest,
      started(otherProvider),
      referral(yot, otherConnexions),
      referral(otherProvider, connexions, { id: 'r-2', ...after(1) }),
    ];
    expect(fileStandingOf(story, 2).levelOf(otherProvider.slug)).not.toBe(NONE);
    expect(fileStandingOf(story, 2).levelOf(otherConnexions.slug)).toBe(NONE);
  });
});
