import fc from 'fast-check';
import type { Contribution } from '#contribution';
import { college, connexions, otherConnexions, provider, school, type Teller, yot } from '#contribution/fixtures';
import type { RelationshipName } from '#sharing-protocols';
import {
  applied,
  assigned,
  confirmed,
  page,
  referral,
  referralIs,
  registered,
  schoolCourse,
  signed,
  standingOf,
  started,
  tiesOf,
} from '../fixtures/index.ts';
import { evidenceFor } from './evidence.ts';

const known = registered();
const ofConnexions = { notes: { of: connexions.slug } };

const restsOn = (story: readonly Contribution[], { slug }: Teller, name: RelationshipName): readonly (readonly [number, string])[] =>
  evidenceFor(standingOf(story), slug, name).map(({ revision, source }) => [revision, source]);

describe('a relationship rests', () => {
  it('on the referral that names the agency, and not on one that nobody heard', () =>
    expect(restsOn([known, referral(provider), referral(provider, yot, { id: 'r-2' })], provider, 'referred-to')).toEqual([
      [1, connexions.slug],
    ]));

  it('of a referrer, on the referral, its answer and the programme that followed', () =>
    expect(
      restsOn([known, referral(provider), referralIs('accepted', provider, ofConnexions), started(provider)], connexions, 'referrer-of'),
    ).toEqual([
      [1, connexions.slug],
      [2, provider.slug],
      [3, provider.slug],
    ]));

  it('of an enrolment, on the programme and on who vouched for it', () =>
    expect(restsOn([known, started(provider), signed(provider)], provider, 'enrolled-with')).toEqual([
      [1, provider.slug],
      [2, connexions.slug],
    ]));

  it('of an adviser, on the assignment that goes on', () =>
    expect(restsOn([known, assigned(connexions)], connexions, 'adviser-for')).toEqual([[1, connexions.slug]]));

  it('of residence, on the statement whose postcode lies in its area', () =>
    expect(restsOn([known], connexions, 'resident-area')).toEqual([[0, connexions.slug]]));

  it('on what the learner confirmed', () =>
    expect(restsOn([known, started(provider), confirmed(provider, page, 'enrolled-with')], provider, 'enrolled-with')).toEqual([
      [1, provider.slug],
      [2, page.slug],
    ]));
});

const tellers = [connexions, otherConnexions, provider, school, college, yot] as const;
const teller = fc.constantFrom(...tellers);
const telling = fc.oneof(
  fc.tuple(teller, teller).map(([to, by]) => referral(to, by)),
  teller.map((by) => referralIs('accepted', by, ofConnexions)),
  teller.map((by) => started(by)),
  teller.map((by) => schoolCourse(by)),
  teller.map((by) => assigned(by)),
  fc.tuple(teller, teller).map(([to, by]) => applied(to, by, 'application.placed')),
  fc.tuple(teller, fc.constantFrom(connexions, page)).map(([agency, by]) => confirmed(agency, by)),
  teller.map((of) => signed(of)),
);

it('every relationship that somebody has rests on something, and is gone without it', () => {
  fc.assert(
    fc.property(fc.array(telling, { maxLength: 8 }), teller, (told, agency) => {
      const story = [known, ...told];
      const standing = standingOf(story);
      for (const name of tiesOf(standing, agency)) {
        const evidence = new Set(evidenceFor(standing, agency.slug, name).map(({ revision }) => revision));
        expect([name, evidence.size > 0]).toEqual([name, true]);
        const without = standingOf(story.filter((_, revision) => !evidence.has(revision)));
        expect([name, tiesOf(without, agency).includes(name)]).toEqual([name, false]);
      }
    }),
    { numRuns: 400 },
  );
});
