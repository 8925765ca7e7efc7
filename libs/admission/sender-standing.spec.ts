import type { Agency } from '#agencies';
import type { Contribution } from '#contribution';
import { college, connexions, council, otherConnexions, provider, school, type Teller } from '#contribution/fixtures';
import { fileStandingOf } from '#learner-file/fixtures';
import { FULL, NONE, PARTIAL } from '#learners';
import { applied, kin, noted, page, referral, registered, registeredAnywhere } from '#learners/fixtures';
import { lacksOf, levelOf, mayLookUp } from './learner-rules.ts';

const agency = ({ slug, roles }: Teller): Agency => ({ slug, roles }) as Agency;
const level = (story: readonly Contribution[], by: Teller) => levelOf(fileStandingOf(story), agency(by));
const looksUp = (story: readonly Contribution[], by: Teller): boolean => mayLookUp(fileStandingOf(story), agency(by));

const known = registered();

describe('what is noted of how a sender stands', () => {
  it.each([
    ['of a founder', [known], connexions, [FULL, {}]],
    ['of a stranger', [known], otherConnexions, [NONE, { lacks: 'standing' }]],
    ['of one to which the learner applied', [known, applied(college, connexions)], college, [PARTIAL, { lacks: 'rights' }]],
    ['of the learner’s own page', [known], page, [FULL, {}]],
  ] as const)('%s', (_, story, by, expected) => {
    expect([level(story, by), lacksOf(level(story, by))]).toEqual(expected);
  });
});

describe('what others said is looked up', () => {
  it.each<readonly [string, readonly Contribution[], Teller]>([
    ['one that stands beside another that said something', [known, referral(provider)], provider],
    ['a founder beside one that stands', [known, noted(council)], connexions],
    ['one to which the learner applied', [known, applied(college, connexions)], college],
    ['the learner’s own page', [registeredAnywhere()], page],
  ])('for %s', (_, story, by) => expect(looksUp(story, by)).toBe(true));

  it.each<readonly [string, readonly Contribution[], Teller]>([
    ['one that does not stand', [known, registeredAnywhere(otherConnexions)], otherConnexions],
    ['a founder alone', [registeredAnywhere(school)], school],
    [
      'a founder beside strangers: it must not learn whether it met somebody',
      [registeredAnywhere(school), registeredAnywhere(provider), noted(provider)],
      school,
    ],
    ['a founder beside its own legal entity', [registeredAnywhere(), referral(kin), noted(kin)], connexions],
  ])('not for %s', (_, story, by) => expect(looksUp(story, by)).toBe(false));
});
