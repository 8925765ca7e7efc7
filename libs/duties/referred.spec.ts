// What follows from a referral: an answer, an adviser, and another referral where it came to nothing (views.md, S5 and D2; E2E p. 13–15).
import { addDays, type IsoDate } from '#kernel';
import { E2E, kinds, passport, said, started } from './fixtures/index.ts';
import { type DutyEvent, DutyReckoning, type DutyTerm } from './index.ts';

const nameOf = ({ type, data: { referralId } }: DutyEvent): string => (typeof referralId === 'string' ? referralId : type);
const statesOf = (one: DutyTerm, on: IsoDate, ...events: readonly DutyEvent[]) =>
  new DutyReckoning(events, kinds, on).under([one]).map(({ trigger, since, due, state }) => `${nameOf(trigger)} ${since} ${due} ${state}`);

const made = (referralId: string, on: IsoDate, { by = 'north', to = 'hts', route = 'connexions' } = {}): DutyEvent =>
  said(by, 'referral.made', on, { referralId, to, route });
const word = (verb: 'accepted' | 'declined' | 'withdrawn', referralId: string, on: IsoDate, by = 'hts'): DutyEvent =>
  said(by, `referral.${verb}`, on, { referralId });
const assigned = (on: IsoDate, by = 'north', role = 'personal-adviser'): DutyEvent => said(by, 'learner.adviser-assigned', on, { role });
const ended = (on: IsoDate, by = 'north'): DutyEvent => said(by, 'learner.adviser-ended', on, { role: 'personal-adviser', on });
const begun = (startedOn: IsoDate, source = 'hts', programmeId = 'p-1'): DutyEvent => ({
  ...started({ ...E2E, startedOn, programmeId }),
  source,
});
const ending = (leftOn: IsoDate): DutyEvent => said('hts', 'programme.left-early', leftOn, { programmeId: 'p-1', leftOn });

const MADE = '2026-03-02';
/** The first day on which a referral made then has lapsed. */
const LAPSED = addDays(MADE, 181);

describe('an answer', () => {
  const ANSWER = passport('answer-referral');
  const stateOf = (on: IsoDate, ...events: readonly DutyEvent[]) => statesOf(ANSWER, on, ...events).map((one) => one.split(' ').at(-1));

  it('is given by the agency referred to alone, or by taking the learner on; the referrer takes the question back', () => {
    const r = made('r-1', MADE);
    expect(stateOf('2026-03-20', r, word('accepted', 'r-1', '2026-03-10'))).toEqual(['discharged']);
    expect(stateOf('2026-03-20', r, word('accepted', 'r-1', '2026-03-10', 'bct'))).toEqual(['overdue']);
    expect(stateOf('2026-03-20', r, word('withdrawn', 'r-1', '2026-03-10', 'north'))).toEqual(['discharged']);
    expect(stateOf('2026-03-20', r, word('withdrawn', 'r-1', '2026-03-10', 'south'))).toEqual(['overdue']);
    expect(stateOf('2026-03-20', r, begun('2026-03-10'))).toEqual(['discharged']);
    expect(stateOf('2026-03-20', r, begun('2026-03-10', 'bct'))).toEqual(['overdue']);
  });

  it('of one of several whose referrers are not seen does nothing for the others, and of the one that is named before those', () => {
    const hidden = (event: DutyEvent): DutyEvent => ({ ...event, source: undefined });
    const back = (): DutyEvent => hidden(word('withdrawn', 'r-1', '2026-03-10'));
    const [toHts, toBct] = [hidden(made('r-1', MADE)), hidden(made('r-1', MADE, { to: 'bct' }))];
    expect(stateOf('2026-03-20', toHts, back())).toEqual(['discharged']);
    expect(stateOf('2026-03-20', toHts, toBct, back())).toEqual(['overdue', 'overdue']);
    const named = said('hts', 'referral.accepted', '2026-03-10', { referralId: 'r-1', of: 'south' });
    const ofSouth = made('r-1', addDays(MADE, 1), { by: 'south' });
    expect(statesOf(ANSWER, '2026-03-20', toHts, ofSouth, { ...named, place: ofSouth.place + 1 })).toEqual([
      'r-1 2026-03-02 2026-03-16 overdue',
      'r-1 2026-03-03 2026-03-17 discharged',
    ]);
  });

  it('of two referrers’ of one id is of the one named, else of the one that asked first, and does nothing for the other', () => {
    const two = [made('r-1', MADE), made('r-1', '2026-03-03', { by: 'south' })];
    expect(stateOf('2026-04-01', ...two, word('accepted', 'r-1', '2026-03-10'))).toEqual(['discharged', 'overdue']);
    expect(stateOf('2026-04-01', ...two, said('hts', 'referral.accepted', '2026-03-10', { referralId: 'r-1', of: 'south' }))).toEqual([
      'overdue',
      'discharged',
    ]);
    const both = [word('accepted', 'r-1', '2026-03-10'), word('declined', 'r-1', '2026-03-11')];
    expect(stateOf('2026-04-01', ...two, ...both)).toEqual(['discharged', 'discharged']);
    const toBct = made('r-1', '2026-03-03', { by: 'south', to: 'bct' });
    expect(stateOf('2026-04-01', made('r-1', MADE), toBct, word('accepted', 'r-1', '2026-03-10', 'bct'))).toEqual([
      'overdue',
      'discharged',
    ]);
  });

  it('is wanted no more once the referral has lapsed', () => {
    expect([addDays(LAPSED, -1), LAPSED].map((on) => stateOf(on, made('r-1', MADE)))).toEqual([['overdue'], ['void']]);
  });
});

describe('to refer on', () => {
  const REFER_ON = passport('refer-on');

  it('is done by another referral, and not by the one that was declined', () => {
    const declined = [made('r-1', MADE), word('declined', 'r-1', MADE)];
    expect(statesOf(REFER_ON, '2026-03-10', ...declined)).toEqual(['r-1 2026-03-02 2026-03-16 open']);
    for (const one of [
      made('r-2', '2026-03-05', { to: 'bct' }),
      begun('2026-03-05', 'bct'),
      said('bct', 'offer.made', '2026-03-05', { offerId: 'o-1' }),
    ])
      expect(statesOf(REFER_ON, '2026-03-10', ...declined, one)).toEqual(['r-1 2026-03-02 2026-03-16 discharged']);
  });

  it('is due within two weeks of a lapse as of a refusal', () => {
    const r = made('r-1', MADE);
    expect(statesOf(REFER_ON, addDays(LAPSED, -1), r)).toEqual([]);
    const due = addDays(LAPSED, 14);
    expect([LAPSED, due, addDays(due, 1)].map((on) => statesOf(REFER_ON, on, r)[0])).toEqual([
      `r-1 ${LAPSED} ${due} open`,
      `r-1 ${LAPSED} ${due} open`,
      `r-1 ${LAPSED} ${due} overdue`,
    ]);
    expect(statesOf(REFER_ON, due, r, made('r-2', addDays(LAPSED, 3)))).toEqual([`r-1 ${LAPSED} ${due} discharged`]);
  });

  it('is asked for from the day on which a referral was recorded that had lapsed by then', () => {
    const late = { ...made('r-1', MADE), recordedOn: addDays(LAPSED, 20) };
    const at = (days: number) => statesOf(REFER_ON, addDays(LAPSED, days), late);
    expect(at(19)).toEqual([]);
    expect(at(20)).toEqual([`r-1 ${addDays(LAPSED, 20)} ${addDays(LAPSED, 34)} open`]);
    const again = made('r-2', addDays(LAPSED, 3));
    expect(statesOf(REFER_ON, addDays(LAPSED, 20), late, again)).toEqual([expect.stringMatching(/ discharged$/)]);
  });

  it('is not asked for after a lapse where an agreement asks for it after some refusals alone', () => {
    const some: DutyTerm = { ...REFER_ON, duty: { ...REFER_ON.duty, when: { reason: ['no-places'] } } };
    const sent = made('r-1', MADE);
    const why = { ...sent, data: { ...sent.data, reason: 'no-places' } };
    const refused = { ...word('declined', 'r-1', '2026-03-10'), data: { referralId: 'r-1', reason: 'no-places' } };
    expect(statesOf(some, LAPSED, why)).toEqual([]);
    expect(statesOf(some, '2026-03-10', why, refused)).toEqual(['r-1 2026-03-10 2026-03-24 open']);
  });

  it.each<readonly [says: string, answer: () => DutyEvent]>([
    ['accepted', () => word('accepted', 'r-1', '2026-03-10')],
    ['taken back', () => word('withdrawn', 'r-1', '2026-03-10', 'north')],
    ['followed by a start there', () => begun('2026-03-10')],
  ])('is not asked for after a referral that was %s', (_, answer) => {
    expect(statesOf(REFER_ON, '2026-12-01', made('r-1', MADE), answer())).toEqual([]);
  });
});

describe('to find an adviser', () => {
  const ALLOCATE = passport('allocate');
  const self = made('s-1', MADE, { by: 'hts', route: 'self' });
  const stateOf = (on: IsoDate, ...events: readonly DutyEvent[]) => statesOf(ALLOCATE, on, ...events).map((one) => one.split(' ').at(-1));

  it('for whoever came by another way is done by an assignment that is later', () => {
    expect(stateOf('2026-03-05', assigned('2026-03-01'), self)).toEqual(['open']);
    expect(stateOf('2026-03-05', { ...assigned(MADE), place: -1 }, self)).toEqual(['open']);
    expect(stateOf('2026-03-05', self, assigned(MADE))).toEqual(['discharged']);
    expect(stateOf('2026-03-05', self, { ...assigned('2026-03-04', 'mallory'), confirmed: false })).toEqual(['open']);
  });

  it('is over where the referral came to nothing, or what began on it has ended', () => {
    expect(stateOf('2026-03-20', self, word('declined', 's-1', '2026-03-10'))).toEqual(['void']);
    expect(stateOf(LAPSED, self)).toEqual(['void']);
    expect(stateOf(LAPSED, self, begun('2026-03-10'))).toEqual(['overdue']);
    expect(stateOf(LAPSED, self, begun('2026-03-10'), ending('2026-04-01'))).toEqual(['void']);
  });

  it('is asked for at a start without an adviser, unless it was for the referral that led there', () => {
    const STARTER = passport('allocate-starter');
    expect(statesOf(STARTER, '2026-03-20', begun('2026-03-10'))).toEqual(['programme.started 2026-03-10 2026-03-15 overdue']);
    expect(statesOf(STARTER, '2026-03-20', begun('2026-03-10'), assigned('2026-03-12'))).toEqual([
      'programme.started 2026-03-10 2026-03-15 discharged',
    ]);
    expect(statesOf(STARTER, '2026-03-20', assigned('2026-01-10'), begun('2026-03-10'))).toEqual([]);
    expect(statesOf(STARTER, '2026-03-20', assigned('2026-01-10'), ended('2026-02-01'), begun('2026-03-10'))).toHaveLength(1);
    expect(statesOf(STARTER, '2026-03-20', self, begun('2026-03-10'))).toEqual([]);
    expect(statesOf(STARTER, '2026-03-20', made('r-1', MADE), begun('2026-03-10'))).toHaveLength(1);
  });

  it('is asked for at a start after a referral that had come to nothing, or that says not by which way', () => {
    const STARTER = passport('allocate-starter');
    const both = (...events: readonly DutyEvent[]) => [
      ...stateOf('2026-03-20', ...events),
      statesOf(STARTER, '2026-03-20', ...events).length,
    ];
    const school = made('c-1', MADE, { by: 'school', route: 'school' });
    const withdrawn = (on: IsoDate) => word('withdrawn', 'c-1', on, 'school');
    expect(both(school, withdrawn('2026-03-05'), begun('2026-03-10'))).toEqual(['void', 1]);
    expect(both(self, word('withdrawn', 's-1', '2026-03-05'), begun('2026-03-10'))).toEqual(['void', 1]);
    expect(both(self, word('declined', 's-1', '2026-03-05'), begun('2026-03-10'))).toEqual(['void', 1]);
    expect(both(school, begun('2026-03-10'), withdrawn('2026-03-12'))).toEqual(['overdue', 0]);
    expect(both(school, word('accepted', 'c-1', '2026-03-05'), begun('2026-03-10'))).toEqual(['overdue', 0]);
    expect(both({ ...made('c-2', MADE, { by: 'mallory', route: 'school' }), confirmed: false }, begun('2026-03-10'))).toEqual([1]);
    expect(both(said('school', 'referral.made', MADE, { referralId: 'c-3', to: 'hts' }), begun('2026-03-10'))).toEqual([1]);
  });

  it('is asked for again once the adviser left, unless another has the learner', () => {
    const AGAIN = passport('allocate-again');
    expect(statesOf(AGAIN, '2026-03-20', assigned('2026-01-10'), ended('2026-03-10'))).toEqual([
      'learner.adviser-ended 2026-03-10 2026-03-15 overdue',
    ]);
    expect(statesOf(AGAIN, '2026-03-20', assigned('2026-01-10'), ended('2026-03-10'), assigned('2026-03-14', 'south'))).toEqual([
      'learner.adviser-ended 2026-03-10 2026-03-15 discharged',
    ]);
    expect(statesOf(AGAIN, '2026-03-20', assigned('2026-01-10', 'south'), assigned('2026-01-11'), ended('2026-03-10', 'south'))).toEqual(
      [],
    );
  });
});
