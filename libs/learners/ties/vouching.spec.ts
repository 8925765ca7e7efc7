import type { Contribution } from '#contribution';
import { college, connexions, council, otherConnexions, provider, school, type Teller, told, yot } from '#contribution/fixtures';
import type { RelationshipName } from '#sharing-protocols';
import {
  after,
  type Around,
  applied,
  confirmed,
  kin,
  left,
  page,
  referral,
  referralIs,
  registered,
  schoolCourse,
  signed,
  started,
  tiesAfter,
} from '../fixtures/index.ts';

type Story = readonly Contribution[];
type Row = readonly [string, Story];

// connexions-north registers the learner and stands as the founder; so the council's area is the learner's, and the council stands too.
const known = registered();
const byProvider = registered(provider, { localId: 'p-1' });
const bySchool = registered(school, { localId: 's-1' });
const followUp = { programmeId: 'p-1', on: '2026-01-08', by: 'P. Adviser', outcome: 'Goes well' };

const tells = (story: Story, of: Teller, expected: readonly RelationshipName[], around: Around = {}): void =>
  expect(tiesAfter(story, of, around)).toEqual(expected);

describe('referred-to', () => {
  it.each<Row>([
    ['another agency that stands referred', [known, referral(provider)]],
    ['one who did not stand referred, and stands now', [known, referral(provider, yot), referral(yot)]],
  ])('counts where %s', (_, story) => tells(story, provider, ['referred-to']));

  it.each(['referred-to', undefined] as const)(
    'counts where it referred the learner to itself, and somebody else confirmed %s',
    (relationship) =>
      tells([known, byProvider, referral(provider, provider), confirmed(provider, council, relationship)], provider, [
        'referred-to',
        'made-referral',
      ]),
  );

  it.each<Row>([
    ['it referred the learner to itself', [known, byProvider, referral(provider, provider)]],
    ['one referred that does not stand', [known, referral(provider, otherConnexions)]],
    [
      'one confirmed it that does not stand',
      [known, byProvider, referral(provider, provider), confirmed(provider, otherConnexions, 'referred-to')],
    ],
    ['another tie was confirmed', [known, byProvider, referral(provider, provider), confirmed(provider, council, 'enrolled-with')]],
    ['it was declined', [known, referral(provider), referralIs('declined', provider, { notes: { of: 'connexions-north' } })]],
    ['it was withdrawn', [known, referral(provider), referralIs('withdrawn', connexions)]],
    ['a tie was confirmed that it does not have', [known, confirmed(provider, council, 'referred-to')]],
  ])('does not where %s', (_, story) => tells(story, provider, []));

  it('opens nothing to one of the referrer’s own legal entity', () => tells([known, referral(kin)], kin, []));

  it('cannot be declined or withdrawn by others', () => {
    tells([known, referral(provider), referralIs('declined', yot, { notes: { of: 'connexions-north' } })], provider, ['referred-to']);
    tells([known, referral(provider), referralIs('withdrawn', yot)], provider, ['referred-to']);
  });

  it('ends 180 days after it was made', () => {
    tells([known, referral(provider)], provider, ['referred-to'], { days: 180 });
    tells([known, referral(provider)], provider, [], { days: 181 });
  });

  it('ends at enrolment with that agency, and with none other', () => {
    tells([known, referral(provider), started(provider)], provider, ['enrolled-with']);
    tells([known, referral(provider), started(college)], provider, ['referred-to']);
  });
});

describe('referrer-of', () => {
  const accepted = referralIs('accepted', provider, { notes: { of: 'connexions-north' } });

  it.each<Row>([
    ['the agency named accepted it', [known, referral(provider), accepted]],
    ['the agency named started a programme after it', [known, referral(provider), started(provider)]],
  ])('counts where %s', (_, story) => tells(story, connexions, ['referrer-of', 'made-referral']));

  it.each<Row>([
    ['nobody answered', [known, referral(provider)]],
    ['it was declined, though a programme started', [known, referral(provider), referralIs('declined', provider), started(provider)]],
    ['the programme started before it', [known, referral(provider, council, { id: 'r-0' }), started(provider), referral(provider)]],
    [
      'another agency accepted it',
      [known, referral(provider), referral(college, connexions, { id: 'r-2' }), referralIs('accepted', college)],
    ],
    ['a tie was confirmed, and it referred nobody', [known, confirmed(connexions, council)]],
  ])('does not where %s', (_, story) => expect(tiesAfter(story, connexions)).not.toContain('referrer-of'));

  it('does not count for one that does not stand, but where the agency named accepted its referral', () => {
    const byStranger = [known, referral(provider), referral(provider, otherConnexions, { id: 'r-2' })];
    tells([...byStranger, started(provider)], otherConnexions, []);
    const answer = told(provider, 'referral.accepted', { referralId: 'r-2' }, { notes: { of: otherConnexions.slug } });
    tells([...byStranger, answer], otherConnexions, ['referrer-of']);
  });

  it('is not had of oneself', () =>
    tells([known, byProvider, referral(provider, provider), referralIs('accepted', provider), started(provider)], provider, []));
});

describe('enrolled-with', () => {
  const placed = applied(provider, council, 'application.placed');

  it.each<Row>([
    ['a referral named it', [known, referral(provider), started(provider)]],
    ['a referral named it 180 days before', [known, referral(provider), started(provider, after(180))]],
    ['connexions signed the programme off', [known, byProvider, started(provider), signed(provider)]],
    [
      'connexions’ adviser was informed',
      [known, byProvider, started(provider), told(connexions, 'adviser.informed', followUp, { notes: { of: provider.slug } })],
    ],
    [
      'connexions followed up',
      [known, byProvider, started(provider), told(connexions, 'follow-up.made', followUp, { notes: { of: provider.slug } })],
    ],
    [
      'connexions says itself whose programme it means',
      [known, byProvider, started(provider), told(connexions, 'adviser.informed', { ...followUp, of: provider.slug })],
    ],
    ['its tie was confirmed', [known, byProvider, started(provider), confirmed(provider, council, 'enrolled-with')]],
    ['its tie was confirmed before it began, as a roll does', [known, confirmed(provider, council, 'enrolled-with'), started(provider)]],
    ['the learner’s own page confirmed it', [known, byProvider, started(provider), confirmed(provider, page, 'enrolled-with')]],
  ])('counts where %s', (_, story) => tells(story, provider, ['enrolled-with'], { days: 180 }));

  it('counts where a referral names it later', () =>
    tells([known, byProvider, started(provider), referral(provider)], provider, ['referred-to', 'enrolled-with']));

  it('counts where an application was placed there', () =>
    tells([known, started(provider), placed], provider, ['enrolled-with', 'applied-to']));

  it.each<Row>([
    ['nobody else said anything', [known, byProvider, started(provider)]],
    ['it referred the learner to itself', [known, byProvider, referral(provider, provider), started(provider)]],
    ['the referral was declined', [known, referral(provider), referralIs('declined', provider), started(provider)]],
    ['the referral was withdrawn', [known, referral(provider), referralIs('withdrawn', connexions), started(provider)]],
    ['the referral was 181 days older', [known, referral(provider), started(provider, after(181))]],
    ['one referred that does not stand', [known, byProvider, referral(provider, otherConnexions), started(provider)]],
    ['one signed off that does not stand', [known, byProvider, started(provider), signed(provider, otherConnexions)]],
    ['another’s programme of that id was signed off', [known, byProvider, started(provider), started(college), signed(college)]],
    ['one signed off that is not connexions', [known, referral(yot), byProvider, started(provider), signed(provider, yot)]],
    ['one confirmed that does not stand', [known, byProvider, started(provider), confirmed(provider, otherConnexions, 'enrolled-with')]],
    ['another tie was confirmed', [known, byProvider, started(provider), confirmed(provider, council, 'home-institution')]],
    ['it confirmed itself', [known, byProvider, started(provider), confirmed(provider, provider)]],
    ['another agency’s tie was confirmed', [known, byProvider, started(provider), confirmed(college, council)]],
    ['it placed the application itself', [known, byProvider, started(provider), applied(provider, provider, 'application.placed')]],
  ])('does not where %s', (_, story) => expect(tiesAfter(story, provider)).not.toContain('enrolled-with'));

  it('is not had by an application that was only submitted', () =>
    tells([known, started(provider), applied(provider, connexions)], provider, ['applied-to']));

  it('is not vouched for within one legal entity', () => {
    tells([known, started(kin), signed(kin)], kin, []);
    tells([known, started(kin), confirmed(kin, connexions)], kin, []);
  });
});

describe('an enrolment', () => {
  const enrolled = [known, referral(provider), started(provider)];
  const lasts = (story: Story, until: number): void => {
    tells(story, provider, ['enrolled-with'], { days: until });
    tells(story, provider, [], { days: until + 1 });
  };

  it('ends 180 days after the day on which the learner left, or on which that was told', () => {
    lasts([...enrolled, left(provider, '2026-01-15', after(10))], 190);
    lasts([...enrolled, left(provider, '2026-01-10', after(20))], 185);
    lasts([...enrolled, left(provider, '2026-02-10', after(20))], 200);
    lasts([...enrolled, told(provider, 'programme.moved-on', { programmeId: 'p-1', on: '2026-01-05', destination: '310' })], 180);
  });

  it('ends 180 days after its planned end, or after the last that was recorded of it, where no end is told', () => {
    const planned = [known, referral(provider), started(provider, { data: { plannedEnd: '2026-01-25' } })];
    const review = { reviewId: 'w-1', programmeId: 'p-1', heldOn: '2026-03-06', attendees: ['learner'], summary: 'Well' };
    lasts(planned, 200);
    lasts([...planned, told(provider, 'review.held', review, after(60))], 240);
    lasts([...planned, told(otherConnexions, 'review.held', review, { ...after(60), notes: { of: provider.slug } })], 200);
  });

  it('is ended by its own source alone', () => lasts([...enrolled, left(college, '2026-01-05')], 176 + 180));

  it('lasts as long as one of several', () => {
    const second = told(provider, 'programme.started', {
      programmeId: 'p-2',
      kind: 'e2e',
      title: 'More',
      startedOn: '2026-01-05',
      plannedEnd: '2026-02-04',
    });
    lasts([...enrolled, second, left(provider, '2026-01-05')], 210);
  });
});

describe('home-institution', () => {
  const namedIn = (source: Teller, revision: number): Around => ({
    named: [{ agency: school.slug, said: { source: source.slug, revision } }],
  });
  const noConsent: Around = {};

  it.each<readonly [string, Story, Around]>([
    ['it is the founder', [bySchool, schoolCourse(school)], noConsent],
    ['another’s consent that counts names its slug', [known, bySchool, schoolCourse(school)], namedIn(connexions, 0)],
    ['its tie was confirmed', [known, bySchool, schoolCourse(school), confirmed(school, council, 'home-institution')], noConsent],
  ])('counts where %s', (_, story, around) => tells(story, school, ['home-institution'], around));

  it('counts, as enrolled-with does, where a referral named it', () =>
    tells([known, referral(school), schoolCourse(school)], school, ['enrolled-with', 'home-institution']));

  it.each<readonly [string, Story, Around]>([
    ['it says so itself', [known, bySchool, schoolCourse(school)], noConsent],
    ['its own consent names it', [known, bySchool, schoolCourse(school)], namedIn(school, 1)],
    ['a consent names it whose source does not stand', [known, bySchool, schoolCourse(school), registered(yot)], namedIn(yot, 3)],
    ['its course ended', [bySchool, schoolCourse(school), left(school, '2026-01-05')], noConsent],
    ['it runs no course but a programme', [bySchool, started(school)], noConsent],
  ])('does not where %s', (_, story, around) => tells(story, school, [], around));

  it.each([
    [college, 'fe-course', true],
    [college, 'school-course', true],
    [college, 'e2e', false],
    [provider, 'fe-course', false],
  ] as const)('%o with %s: %s', (by, kind, is) => {
    expect(tiesAfter([known, referral(by), started(by, { data: { kind } })], by).includes('home-institution')).toBe(is);
  });
});

describe('applied-to', () => {
  it('counts where another agency that stands submitted the application', () => {
    tells([known, applied(college, connexions)], college, ['applied-to']);
    tells([bySchool, applied(college, school)], college, ['applied-to']);
  });

  it.each<Row>([
    ['the agency chosen submitted it itself', [known, applied(college, college)]],
    ['its submitter does not stand', [known, applied(college, school)]],
    ['its tie was confirmed, and nobody applied', [known, confirmed(college, council, 'applied-to')]],
    ['whatever tie it had was confirmed, and nobody applied', [known, confirmed(college, council)]],
  ])('does not where %s', (_, story) => tells(story, college, []));

  it('counts where its submitter does not stand, and somebody confirmed it', () =>
    tells([known, applied(college, school), confirmed(college, council, 'applied-to')], college, ['applied-to']));
});
