import type { Contribution } from '#contribution';
import { connexions, council, otherConnexions, provider, school, type Teller } from '#contribution/fixtures';
import {
  after,
  assigned,
  confirmed,
  left,
  referral,
  referralIs,
  registered,
  registeredAnywhere,
  schoolCourse,
  standingOf,
  started,
} from '../fixtures/index.ts';
import { waitingTies } from './waiting.ts';

type Story = readonly Contribution[];

const known = registered();
const byProvider = registeredAnywhere(provider);
const waits = (story: Story, { slug }: Teller, isKnown = true): readonly string[] =>
  waitingTies(standingOf(story, { days: 1 }), slug, isKnown);

describe('who waits for a voucher', () => {
  it.each<readonly [string, Story, Teller, readonly string[]]>([
    ['referred the learner to itself', [known, byProvider, referral(provider, provider)], provider, ['referred-to']],
    ['runs a programme', [known, byProvider, started(provider)], provider, ['enrolled-with']],
    ['runs a course', [known, registeredAnywhere(school), schoolCourse(school)], school, ['enrolled-with', 'home-institution']],
    ['appointed itself', [known, registeredAnywhere(otherConnexions), assigned(otherConnexions)], otherConnexions, ['adviser-for']],
    ['says that the learner lives with it', [known], connexions, ['resident-area']],
    ['registered the learner, and no more', [known, byProvider], provider, ['known-to']],
  ])('%s', (_, story, agency, expected) => expect(waits(story, agency)).toEqual(expected));

  it.each<readonly [string, Story, Teller]>([
    ['stands', [known, referral(provider), started(provider)], provider],
    ['was confirmed', [known, byProvider, started(provider), confirmed(provider, council, 'enrolled-with')], provider],
    ['was confirmed as known', [known, byProvider, confirmed(provider, council, 'known-to')], provider],
    ['lives on where the learner was moved by others', [known], council],
    [
      'took its referral to itself back',
      [registeredAnywhere(provider), referral(provider, provider), referralIs('withdrawn', provider)],
      provider,
    ],
    [
      'ran a programme long ago',
      [registeredAnywhere(provider), started(provider, after(-900)), left(provider, '2024-01-05', after(-700))],
      provider,
    ],
  ])('not who %s', (_, story, agency) => expect(waits(story, agency)).toEqual([]));

  it('is nobody of whom nothing is known', () => expect(waits([known], provider, false)).toEqual([]));
});
