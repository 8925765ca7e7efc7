import type { Contribution, Notes } from '#contribution';
import { connexions, NOON, otherConnexions, person, recorded, school, type Teller, told } from '#contribution/fixtures';
import { addDays, DATA_MANAGER } from '#kernel';
import { evolveLearner, initialLearner } from '../learner.ts';
import { FULL, NONE } from './effects.ts';
import { Standing } from './standing.ts';

type Given = Contribution & { readonly notes?: Notes };

const [NORTH, SOUTH] = [new Set([connexions.slug]), new Set([otherConnexions.slug])];
const AREAS = {
  covers: (postcode: string) => (postcode.startsWith('WV1') ? NORTH : SOUTH),
  shareDistrict: () => false,
  sameEntity: (a: string, b: string) => a === b,
};

const standing = (given: readonly Given[], days = 0): Standing => {
  const { ties, effects, statements, founder } = recorded(...given).reduce(evolveLearner, initialLearner);
  const circumstances = { now: NOON + days * 86_400_000, today: addDays('2026-01-05', days), areas: AREAS, linkAdvisers: new Map() };
  return new Standing({ ties, effects, statements, founder, namedInConsents: () => [] }, circumstances);
};
const residents = (...given: readonly Given[]): readonly string[] => [...standing(given).residence.agencies];

const inNorth = [told(school, 'learner.registered', person), told(connexions, 'learner.registered', { ...person, localId: 'c' })];
const moved = (by: Teller, postcode: string, lacks?: Notes['lacks']): Given =>
  told(by, 'learner.corrected', { postcode, reason: 'moved' }, lacks === undefined ? {} : { notes: { lacks } });
const toSouth = moved(otherConnexions, 'B1 1AA', 'standing');
const vouched = (by: string, relationship?: 'resident-area'): Given => ({
  ...told(connexions, 'tie.confirmed', { agency: otherConnexions.slug, ...(relationship && { relationship }) }),
  source: by,
});

describe('the residence that the data manager confirms', () => {
  it('moves the learner to a stranger by its own statement, and makes it stand', () => {
    expect(residents(...inNorth, toSouth)).toEqual([connexions.slug]);
    expect(standing([...inNorth, toSouth]).levelOf(otherConnexions.slug)).toBe(NONE);
    const after = standing([...inNorth, toSouth, vouched(DATA_MANAGER, 'resident-area')]);
    expect([...after.residence.agencies]).toEqual([otherConnexions.slug]);
    expect(after.levelOf(otherConnexions.slug)).toBe(FULL);
    expect(after.taken.full).toContain(otherConnexions.slug);
  });

  it('may be confirmed before it is stated', () => {
    expect(residents(...inNorth, vouched(DATA_MANAGER, 'resident-area'))).toEqual([connexions.slug]);
    expect(residents(...inNorth, vouched(DATA_MANAGER, 'resident-area'), toSouth)).toEqual([otherConnexions.slug]);
  });

  it('gives way to what somebody who stands states later', () => {
    expect(residents(...inNorth, toSouth, vouched(DATA_MANAGER, 'resident-area'), moved(school, 'WV1 1AA'))).toEqual([connexions.slug]);
  });

  it('is whatever the agency says for 180 days, where no relationship is named', () => {
    const given = [...inNorth, toSouth, vouched(DATA_MANAGER)];
    expect([...standing(given, 180).residence.agencies]).toEqual([otherConnexions.slug]);
    expect([...standing(given, 181).residence.agencies]).toEqual([connexions.slug]);
  });

  it('is no word of another agency, although that may vouch for other ties', () => {
    expect(residents(...inNorth, toSouth, vouched(connexions.slug, 'resident-area'))).toEqual([connexions.slug]);
    expect(residents(...inNorth, moved(otherConnexions, 'B1 1AA'), vouched(connexions.slug, 'resident-area'))).toEqual([connexions.slug]);
    expect(standing([...inNorth, toSouth, vouched(connexions.slug, 'resident-area')]).levelOf(otherConnexions.slug)).toBe(NONE);
  });
});
