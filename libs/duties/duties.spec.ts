import type { IsoDate } from '#kernel';
import { E2E, informed, kinds, passport, said, started, term } from './fixtures/index.ts';
import { type DutyEvent, type DutyInstance, DutyReckoning, type DutyTerm } from './index.ts';

const followed = (on: IsoDate, knownOn = on): DutyEvent => said('north', 'follow-up.made', knownOn, { programmeId: 'p-1', on });
const leftEarly = (leftOn: IsoDate, knownOn = leftOn): DutyEvent =>
  said('bct', 'programme.left-early', knownOn, { programmeId: 'p-1', leftOn });

const under = (one: DutyTerm, on: IsoDate, ...events: readonly DutyEvent[]): readonly DutyInstance[] =>
  new DutyReckoning(events, kinds, on).under([one]);
const only = (one: DutyTerm, on: IsoDate, ...events: readonly DutyEvent[]): DutyInstance => {
  const found = under(one, on, ...events);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} duties in place of one.`);
  return found[0];
};

describe('a follow-up within two weeks of being informed (E2E p. 13)', () => {
  const followUp = passport('follow-up');

  it('is due on the fourteenth day, inclusive, and overdue on the next', () => {
    const events = [started(), informed('2026-07-08')];
    expect(only(followUp, '2026-07-22', ...events)).toMatchObject({ since: '2026-07-08', due: '2026-07-22', state: 'open' });
    expect(only(followUp, '2026-07-23', ...events)).toMatchObject({ state: 'overdue' });
  });

  it('is discharged by a follow-up of that programme, though late', () => {
    const events = [started(), informed('2026-07-08'), followed('2026-07-24')];
    expect(only(followUp, '2026-07-24', ...events)).toMatchObject({ state: 'discharged', dischargedOn: '2026-07-24', lateBy: 2 });
    expect(only(followUp, '2026-07-23', ...events)).toMatchObject({ state: 'overdue' });
  });

  it('that was made in time and told too late was in time', () => {
    const found = only(followUp, '2026-08-01', started(), informed('2026-07-08'), followed('2026-07-20', '2026-07-30'));
    expect(found).toMatchObject({ state: 'discharged', knownLate: true });
    expect(found).not.toHaveProperty('lateBy');
  });

  it('made within two weeks before counts; earlier does not', () => {
    expect(only(followUp, '2026-08-01', started(), followed('2026-06-24'), informed('2026-07-08'))).toMatchObject({ state: 'discharged' });
    expect(only(followUp, '2026-08-01', started(), followed('2026-06-23'), informed('2026-07-08'))).toMatchObject({ state: 'overdue' });
  });

  it('runs from the day of being informed, also where that was recorded later', () => {
    expect(only(followUp, '2026-08-01', started(), informed('2026-07-08', '2026-07-20'))).toMatchObject({ due: '2026-07-22' });
  });

  describe('where two programmes have one id, each its agency’s own', () => {
    const atHts = (more: Partial<DutyEvent> = {}): DutyEvent => ({ ...said('hts', 'programme.started', '2026-07-07', E2E), ...more });
    const leftHts = (more: Partial<DutyEvent> = {}): DutyEvent => ({
      ...said('hts', 'programme.left-early', '2026-07-15', { programmeId: 'p-1', leftOn: '2026-07-15' }),
      ...more,
    });
    const stateOf = (...events: readonly DutyEvent[]) => only(followUp, '2026-07-20', ...events).state;

    it.each<readonly [says: string, events: readonly DutyEvent[], state: string]>([
      ['which had not begun when the adviser was informed', [started(), informed('2026-07-08'), atHts(), leftHts()], 'open'],
      [
        'of whoever does not stand',
        [started(), atHts({ confirmed: false }), informed('2026-07-08'), leftHts({ confirmed: false })],
        'open',
      ],
      ['where it is not seen which of them was meant', [started(), atHts(), informed('2026-07-08'), leftHts()], 'open'],
      ['whose start is not seen', [started(), informed('2026-07-08'), leftHts()], 'open'],
    ])('is not void once the learner left the other, %s', (_, events, state) => {
      expect(stateOf(...events)).toBe(state);
    });

    it('is void once the learner left, where no start is seen, unless whoever says so does not stand', () => {
      expect(stateOf(informed('2026-07-08'), leftHts())).toBe('void');
      expect(stateOf(informed('2026-07-08'), leftHts({ confirmed: false }))).toBe('open');
    });
  });

  it('is void once the programme has ended', () => {
    expect(only(followUp, '2026-08-01', started(), informed('2026-07-08'), leftEarly('2026-07-15'))).toMatchObject({ state: 'void' });
  });

  it('of a programme of the same id at another provider is another', () => {
    const other = said('hts', 'programme.started', '2026-07-06', E2E);
    const ofHts = said('north', 'follow-up.made', '2026-07-10', { programmeId: 'p-1', on: '2026-07-10', of: 'hts' });
    const ofBct = said('north', 'adviser.informed', '2026-07-08', { programmeId: 'p-1', on: '2026-07-08', of: 'bct' });
    expect(only(followUp, '2026-08-01', started(), other, ofBct, ofHts)).toMatchObject({ state: 'overdue' });
    expect(only(followUp, '2026-08-01', started(), other, ofBct, { ...ofHts, data: { ...ofHts.data, of: 'bct' } })).toMatchObject({
      state: 'discharged',
    });
  });
});

describe('what triggers a duty', () => {
  it('has the facts that the duty names', () => {
    const referral = (route: string): DutyEvent => said('north', 'referral.made', '2026-09-02', { referralId: 'r-1', to: 'hts', route });
    expect(under(passport('allocate'), '2026-09-03', referral('self'))).toHaveLength(1);
    expect(under(passport('allocate'), '2026-09-03', referral('connexions'))).toEqual([]);
    const assigned = (role: string) => said('bct', 'learner.adviser-assigned', '2026-09-02', { role });
    const stateAfter = (role: string) =>
      under(passport('allocate'), '2026-09-03', referral('self'), assigned(role)).map(({ state }) => state);
    expect(['mentor', 'key-worker', 'personal-adviser'].map(stateAfter)).toEqual([['open'], ['open'], ['discharged']]);
  });

  it('falls under the version in force when it became known', () => {
    const events = [started(), informed('2026-07-08')];
    const spans = [{ from: '2026-01-01', until: '2026-07-07' }, { from: '2026-07-08', until: '2026-07-08' }, { from: '2026-07-09' }].map(
      (days) => under(term('e2e-passport', 'follow-up', days), '2026-08-01', ...events).length,
    );
    expect(spans).toEqual([0, 1, 0]);
  });

  it('counts from the day on which it is known', () => {
    expect(under(passport('follow-up'), '2026-07-19', started(), informed('2026-07-08', '2026-07-20'))).toEqual([]);
  });

  it('does not count without the day from which time would run', () => {
    const held = { reviewId: 'v-1', programmeId: 'p-1', heldOn: '2026-08-03' };
    expect(under(passport('review-when-due'), '2026-09-03', started(), said('bct', 'review.held', '2026-08-03', held))).toEqual([]);
  });
});

describe('a leaver', () => {
  it('is followed up from the day on which it became known, for nobody could before', () => {
    const left = said('hts', 'programme.left-early', '2026-11-01', { programmeId: 'p-1', leftOn: '2026-10-10', reason: 'job-offer' });
    const found = only(term('early-leaving', 'follow-up-leaver'), '2026-11-16', left);
    expect(found).toMatchObject({ since: '2026-11-01', due: '2026-11-15', state: 'overdue' });
  });
});

describe('reviews', () => {
  const held = (reviewId: string, heldOn: IsoDate, nextReviewDue?: IsoDate): DutyEvent =>
    said('bct', 'review.held', heldOn, { reviewId, programmeId: 'p-1', heldOn, ...(nextReviewDue && { nextReviewDue }) });
  const scheduled = said('bct', 'review.scheduled', '2026-09-01', { reviewId: 'v-2', programmeId: 'p-1', on: '2026-09-30' });

  it('are held by the day that the last one set, which it does not discharge itself', () => {
    const first = held('v-1', '2026-08-03', '2026-09-03');
    expect(only(passport('review-when-due'), '2026-09-04', started(), first)).toMatchObject({ due: '2026-09-03', state: 'overdue' });
    expect(only(passport('review-when-due'), '2026-09-04', started(), first, held('v-2', '2026-08-20'))).toMatchObject({
      state: 'discharged',
    });
  });

  it('that were arranged are held within a week before or after, under whatever id', () => {
    const states = [
      ['v-2', '2026-10-07'],
      ['v-9', '2026-09-23'],
      ['v-9', '2026-09-22'],
    ].map(([id = '', day = '']) => only(passport('review-as-scheduled'), '2026-10-08', started(), scheduled, held(id, day)).state);
    expect(states).toEqual(['discharged', 'discharged', 'overdue']);
  });

  it('are followed up, each by itself where the follow-up names it', () => {
    const afterwards = (reviewId?: string): DutyEvent =>
      said('north', 'follow-up.made', '2026-08-10', { programmeId: 'p-1', on: '2026-08-10', ...(reviewId && { reviewId }) });
    const state = (reviewId?: string) =>
      only(passport('follow-up-after-review'), '2026-08-18', started(), held('v-1', '2026-08-03'), afterwards(reviewId)).state;
    expect([state('v-1'), state('v-7'), state()]).toEqual(['discharged', 'overdue', 'discharged']);
  });
});

describe('duties towards a day', () => {
  const before = term('youth-justice', 'assessment-before-release');
  const release = (knownOn: IsoDate): DutyEvent => said('yoi', 'release.planned', knownOn, { from: 'Brookfield YOI', on: '2027-03-01' });
  const initial = (assessedOn: IsoDate): DutyEvent =>
    said('yoi', 'assessment.recorded', assessedOn, { assessmentId: 'a-1', framework: 'initial', assessedOn });

  it('fall due so long before it, but never sooner than the least time after it was told', () => {
    expect(only(before, '2026-11-30', release('2026-10-01'))).toMatchObject({ due: '2026-11-30', state: 'open' });
    expect(only(before, '2026-12-20', release('2026-12-10'))).toMatchObject({ due: '2026-12-24', state: 'open' });
  });

  it('are discharged by what was done lately before, but not half a year before', () => {
    const state = (day: IsoDate) => only(before, '2026-12-01', initial(day), release('2026-10-01')).state;
    expect([state('2026-11-20'), state('2026-09-01'), state('2026-06-02')]).toEqual(['discharged', 'discharged', 'overdue']);
  });

  it('with no time between are due on the day itself', () => {
    const placed = said('bct', 'placement.started', '2026-09-20', { placementId: 'w-1', employer: 'Castings Ltd', on: '2026-09-14' });
    expect(only(term('youth-justice', 'conference-before-placement'), '2026-09-20', placed)).toMatchObject({ due: '2026-09-14' });
  });
});

describe('a deadline', () => {
  it.each([
    ['2026-03-20', '2026-04-03'],
    ['2026-10-20', '2026-11-03'],
    ['2027-12-25', '2028-01-08'],
    ['2028-02-20', '2028-03-05'],
  ])('counts days: informed on %s, due on %s', (on, due) => {
    expect(only(passport('follow-up'), due, informed(on))).toMatchObject({ due, state: 'open' });
  });

  it('of notices is theirs', () => {
    expect(under(passport('acknowledge-withdrawal'), '2026-08-01', said('north', 'consent.withdrawn', '2026-07-01'))).toEqual([]);
  });

  it('sorts before later ones, whatever the order of arrival', () => {
    const events = [informed('2026-07-10'), started(), informed('2026-07-08')];
    const dues = new DutyReckoning(events, kinds, '2026-07-11').under([passport('sign-off'), passport('follow-up')]).map(({ due }) => due);
    expect(dues).toEqual(['2026-07-22', '2026-07-24', '2026-08-03']);
    expect(new DutyReckoning(events.toReversed(), kinds, '2026-07-11').under([passport('follow-up')]).map(({ due }) => due)).toEqual([
      '2026-07-22',
      '2026-07-24',
    ]);
  });
});
