import type { Contribution, Notes } from '#contribution';
import { connexions, NOON, otherProvider, programme, provider, recorded, told, type Teller } from '#contribution/fixtures';
import { addDays } from '#kernel';
import { relationshipBits, type RelationshipName } from '#sharing-protocols';
import { evolveLearner, initialLearner } from './learner.ts';
import { relationshipsChangeAt, relationshipsOf } from './relationships.ts';

type Given = Contribution & { readonly notes?: Notes };

const DAY = 86_400_000;
const TODAY = '2026-01-05';
const moment = (days: number) => ({ now: NOON + days * DAY, today: addDays(TODAY, days) });
const fold = (events: ReturnType<typeof recorded>) => events.reduce(evolveLearner, initialLearner);
const bitsAfter = (given: readonly Given[], { slug }: Teller, days: number): number =>
  relationshipsOf(fold(recorded(...given)), { slug, districts: [] }, moment(days), new Map());
const names = (...list: readonly RelationshipName[]): number => relationshipBits(list);

const referral = (to: Teller): Given => told(connexions, 'referral.made', { referralId: 'r-1', to: to.slug, route: 'connexions' });
const declined = (by: Teller): Given => told(by, 'referral.declined', { referralId: 'r-1' }, { notes: { of: 'connexions-north' } });
const started = (by: Teller): Given => told(by, 'programme.started', programme('p-1'));
const left = (by: Teller, leftOn: string): Given => told(by, 'programme.left-early', { programmeId: 'p-1', leftOn, reason: 'job-offer' });

describe('what changes by time alone', () => {
  const changesAfter = (given: readonly Given[], days = 0) => relationshipsChangeAt(fold(recorded(...given)), moment(days));

  it('is the end of a referral that waits, to the millisecond', () => {
    const given = [referral(provider)];
    const end = changesAfter(given) ?? 0;
    const at = (now: number) => relationshipsOf(fold(recorded(...given)), { slug: provider.slug, districts: [] }, { now, today: TODAY }, new Map());
    expect([at(end - 1), at(end)]).toEqual([names('referred-to'), 0]);
    expect(changesAfter(given, 181)).toBeUndefined();
    expect(changesAfter([...given, declined(provider)])).toBeUndefined();
  });

  it('is the end of an enrolment that was left: the beginning of the day after its last, in London', () => {
    const given = [referral(provider), started(provider), left(provider, '2026-01-05')];
    expect(new Date(changesAfter(given) ?? 0).toISOString()).toBe('2026-07-04T23:00:00.000Z');
    expect([bitsAfter(given, provider, 180), bitsAfter(given, provider, 181)]).toEqual([names('enrolled-with'), 0]);
    expect(changesAfter(given, 181)).toBeUndefined();
    expect(changesAfter([started(provider)])).toBeUndefined();
  });

  it('is whatever comes first', () => {
    const given = [started(provider), left(provider, '2025-12-01'), referral(otherProvider)];
    expect(new Date(changesAfter(given) ?? 0).toISOString()).toBe('2026-05-30T23:00:00.000Z');
  });
});
