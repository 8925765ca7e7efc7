import type { Contribution } from '#contribution';
import { connexions, council, otherProvider, provider } from '#contribution/fixtures';
import {
  type Around,
  after,
  confirmed,
  left,
  referral,
  referralIs,
  registered,
  standingOf,
  standsOn,
  started,
  town,
} from '../fixtures/index.ts';
import { relationshipsChangeAt, relationshipsOf } from './relationships.ts';
import { Standing } from './standing.ts';

type Story = readonly Contribution[];

const GRACE = 180;
const known = registered();
const changeOf = (story: Story, around: Around = {}): string | undefined => {
  const at = relationshipsChangeAt(standingOf(story, around));
  return at === undefined ? undefined : new Date(at).toISOString();
};

/** What the provider is at that instant. */
const counting = (story: Story, now: number): number => {
  const { state, circumstances } = standingOf(story);
  return relationshipsOf(
    new Standing(state, { ...circumstances, now, today: new Date(now).toISOString().slice(0, 10) }),
    provider.slug,
    false,
  ).counting;
};

describe('what changes by time alone', () => {
  it('is nothing before anybody was referred, enrolled or confirmed', () => expect(changeOf([known])).toBeUndefined());

  it('is the end of a referral that waits, to the millisecond', () => {
    const story = [known, referral(provider)];
    const end = relationshipsChangeAt(standingOf(story)) ?? 0;
    expect(end).toBe(after(GRACE).at + 1);
    expect([counting(story, end - 1) !== 0, counting(story, end)]).toEqual([true, 0]);
  });

  it('then is the end of what its referrer sees of it, then a founder’s, then nothing', () => {
    const story = [known, referral(provider)];
    const at = (days: number) => relationshipsChangeAt(standingOf(story, { days }));
    expect([at(181), at(361), at(541)]).toEqual([after(2 * GRACE).at + 1, after(3 * GRACE).at + 1, undefined]);
  });

  it('is the end of an answer’s being seen', () => {
    const story = [known, referral(provider), referralIs('declined', provider, { ...after(-5), notes: { of: connexions.slug } })];
    expect(relationshipsChangeAt(standingOf(story))).toBe(after(GRACE - 5).at + 1);
  });

  it('is the end of an enrolment that was left: the beginning of the day after its last, in London', () => {
    expect(changeOf([known, started(provider), left(provider, '2026-01-05')])).toBe('2026-07-04T23:00:00.000Z');
    expect(changeOf([known, started(provider, { data: { plannedEnd: '2026-01-25' } })])).toBe('2026-07-24T23:00:00.000Z');
  });

  it('is the end of a voucher for whatever tie there is; one for a certain tie has none', () => {
    expect(changeOf([known, confirmed(provider, council)])).toBe(new Date(after(GRACE).at + 1).toISOString());
    expect(changeOf([known, confirmed(provider, council, 'enrolled-with')])).toBeUndefined();
  });

  it('is the end of a founder’s standing, 180 days after its last relationship', () => {
    const story = [registered(provider), started(provider), left(provider, '2026-01-05')];
    const end = relationshipsChangeAt(standingOf(story, { days: 181 })) ?? 0;
    expect(new Date(end).toISOString()).toBe('2026-12-31T23:00:00.000Z');
    expect(standsOn(story, provider, [360, 361], { areas: town })).toEqual([true, false]);
  });

  it('is whatever comes first', () => {
    expect(changeOf([known, started(provider), left(provider, '2025-12-01'), referral(otherProvider)])).toBe('2026-05-30T23:00:00.000Z');
  });
});
