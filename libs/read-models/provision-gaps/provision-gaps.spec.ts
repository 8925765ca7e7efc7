// What a row says of a gap in provision (views.md, S27).
import { type Seen, seenOf } from '../fixtures/index.ts';
import { gapList } from './provision-gaps.list.ts';

const WHAT = { area: 'WV3', occupation: 'Childcare', level: 'level-1' };
const raised = (position: number, source: string, day: string): Seen => [
  position,
  'provision.gap-raised',
  source,
  day,
  { ...WHAT, gapId: `g-${position}`, reason: 'No places' },
];
const answered = (position: number, day: string, decision = 'planned'): Seen => [
  position,
  'provision.gap-answered',
  'lsc',
  day,
  { gapId: 'g-1', decision, note: 'Ten from January' },
];
const listed = (position: number, day: string, places: number, more = {}): Seen => [
  position,
  'provision.listed',
  'wulfrun',
  day,
  { area: 'wv 3', title: 'CHILDCARE', level: 'level-1', provisionId: 'p', places, ...more },
];
const needed = (position: number, day: string, count: number): Seen => [
  position,
  'labour-need.published',
  'jobcentre-wv',
  day,
  { ...WHAT, period: '2026', count },
];
const rowOf = (on: string, ...seen: readonly Seen[]) => gapList.row(seenOf(raised(1, 'cx', '2026-03-02'), ...seen), on, 1);

describe('a row of gaps', () => {
  it('says what is missing, where, and until when the funder answers, with places and need beside it', () => {
    expect(rowOf('2026-03-02', needed(2, '2026-03-01', 20), listed(3, '2026-03-03', 4))).toEqual({
      ...WHAT,
      gapId: 'g-1',
      reason: 'No places',
      raisedBy: 'cx',
      raisedOn: '2026-03-02',
      supportedBy: [],
      askedBy: null,
      places: 0,
      needs: 20,
      answer: null,
      answeredBy: null,
      due: '2026-04-13',
      state: 'open',
    });
    expect(rowOf('2026-03-01')).toBeUndefined();
  });

  it('is overdue on the day after', () => {
    expect([rowOf('2026-04-13')?.['state'], rowOf('2026-04-14')?.['state']]).toEqual(['open', 'overdue']);
  });

  it('is of the first that is seen; others support it, each agency once, and the same agency not', () => {
    const later = [raised(2, 'south', '2026-03-05'), raised(3, 'south', '2026-03-06'), raised(4, 'cx', '2026-03-07')];
    expect(rowOf('2026-03-07', ...later)).toMatchObject({ raisedBy: 'cx', supportedBy: ['south'], due: '2026-04-13' });
    expect(gapList.row(seenOf(raised(1, 'cx', '2026-03-02'), ...later), '2026-03-07', 2)).toBeUndefined();
    expect(gapList.row(seenOf(...later), '2026-03-07', 2)).toMatchObject({ raisedBy: 'south', due: '2026-04-16' });
  });

  it('is answered by what the funder says after it, also late, and by the last that it says', () => {
    const twice = [answered(5, '2026-04-20', 'declined'), answered(6, '2026-05-01')];
    expect(rowOf('2026-05-01', ...twice)).toMatchObject({
      state: 'answered',
      answeredBy: 'funder',
      answer: { decision: 'planned', note: 'Ten from January', on: '2026-05-01', by: 'lsc' },
    });
    expect(rowOf('2026-04-19', ...twice)).toMatchObject({ state: 'overdue', answer: null, answeredBy: null });
  });

  it('is closed by places that are listed after it, and not by none, nor by those that were there', () => {
    expect(rowOf('2026-05-01', listed(5, '2026-05-01', 0))).toMatchObject({ state: 'overdue', places: 0 });
    expect(gapList.row(seenOf(raised(3, 'cx', '2026-03-02'), listed(2, '2026-03-01', 5)), '2026-03-02', 3)).toMatchObject({
      state: 'open',
      places: 5,
    });
    expect(rowOf('2026-05-01', answered(5, '2026-04-01'), listed(6, '2026-05-01', 10))).toMatchObject({
      state: 'closed',
      answeredBy: 'provision',
      places: 10,
      answer: { decision: 'planned' },
    });
  });

  it('has the places and the need as they were told last by the day, whatever was told since', () => {
    const told = [listed(2, '2026-03-03', 4), needed(3, '2026-03-04', 20), listed(5, '2026-05-01', 6), needed(6, '2026-05-02', 15)];
    expect(rowOf('2026-04-01', ...told)).toMatchObject({ places: 4, needs: 20, state: 'closed' });
    expect(rowOf('2026-05-02', ...told)).toMatchObject({ places: 6, needs: 15 });
    const other = listed(7, '2026-05-01', 3, { provisionId: 'q' });
    expect(rowOf('2026-05-02', ...told, other)).toMatchObject({ places: 9 });
    const moved = listed(8, '2026-06-01', 6, { area: 'WV4' });
    expect([rowOf('2026-05-31', ...told, moved), rowOf('2026-06-01', ...told, moved)]).toMatchObject([
      { places: 6, state: 'closed' },
      { places: 0, state: 'overdue' },
    ]);
  });

  it('stays another one where places that closed the first are listed again', () => {
    const all = [listed(5, '2026-05-01', 10), raised(6, 'south', '2026-06-01'), listed(7, '2026-07-01', 12)];
    expect(rowOf('2026-06-30', ...all)).toMatchObject({ gapId: 'g-1', state: 'closed', supportedBy: [] });
    const again = (on: string) => gapList.row(seenOf(raised(1, 'cx', '2026-03-02'), ...all), on, 6);
    expect([again('2026-06-30'), again('2026-07-01')]).toMatchObject([
      { gapId: 'g-6', state: 'open', places: 10 },
      { state: 'closed', places: 12 },
    ]);
  });

  it('is answered in time by the days of the agreement under which it was raised', () => {
    const duty = {
      id: 'answer-gap',
      says: 'In two weeks.',
      who: ['funder'],
      within: 'P14D',
      after: 'provision.gap-raised',
      dischargedBy: [],
    };
    const asked = { duties: [{ protocol: 'planning-intelligence@2', from: '2026-03-01', until: '2026-12-31', duty }] } as never;
    const rowAsked = (raisedOn: string) => gapList.row(seenOf(raised(1, 'cx', raisedOn)), '2026-03-20', 1, asked);
    expect(rowAsked('2026-03-02')).toMatchObject({ due: '2026-03-16', state: 'overdue' });
    expect(rowAsked('2026-02-28')).toMatchObject({ due: '2026-04-11', state: 'open' });
  });

  it('is another one where the same need is raised after places closed it', () => {
    const met = listed(5, '2026-05-01', 10);
    const again = raised(6, 'south', '2027-03-01');
    expect(rowOf('2027-03-01', met, again)).toMatchObject({ gapId: 'g-1', state: 'closed', supportedBy: [] });
    const rowOfAgain = (on: string, ...seen: readonly Seen[]) =>
      gapList.row(seenOf(raised(1, 'cx', '2026-03-02'), met, again, ...seen), on, 6);
    expect(rowOfAgain('2027-03-01')).toMatchObject({ gapId: 'g-6', raisedBy: 'south', state: 'open', places: 10, due: '2027-04-12' });
    expect(rowOfAgain('2027-04-13', raised(7, 'cx', '2027-03-02'))).toMatchObject({ state: 'overdue', supportedBy: ['cx'] });
    expect(rowOfAgain('2027-02-28')).toBeUndefined();
  });

  it('is another one in an academic year after that of the answer, and not before; each has its own answer', () => {
    const first = answered(5, '2026-05-01', 'declined');
    const [same, next] = [raised(6, 'south', '2026-07-31'), raised(7, 'north', '2026-08-01')];
    expect(rowOf('2026-08-01', first, same, next)).toMatchObject({ state: 'answered', supportedBy: ['south'] });
    const second = (...seen: readonly Seen[]) =>
      gapList.row(seenOf(raised(1, 'cx', '2026-03-02'), first, same, next, ...seen), '2026-09-20', 7);
    expect(second()).toMatchObject({ raisedBy: 'north', state: 'overdue', answer: null });
    const answer: Seen = [9, 'provision.gap-answered', 'lsc', '2026-09-15', { gapId: 'g-7', decision: 'planned', note: 'Now' }];
    expect(second(answer)).toMatchObject({ state: 'answered', answer: { decision: 'planned' } });
    expect(rowOf('2026-09-20', first, same, next, answer)).toMatchObject({ answer: { decision: 'declined' } });
  });

  it('called the same by the same agency is answered the last time that it was raised', () => {
    const again: Seen = [6, 'provision.gap-raised', 'cx', '2027-03-01', { ...WHAT, gapId: 'g-1', reason: 'Still' }];
    const told = [listed(5, '2026-05-01', 10), again, answered(7, '2027-03-02')];
    expect(rowOf('2027-03-02', ...told)).toMatchObject({ state: 'closed', answer: null });
    expect(gapList.row(seenOf(raised(1, 'cx', '2026-03-02'), ...told), '2027-03-02', 6)).toMatchObject({ state: 'answered' });
  });

  it.each([
    [{}, true],
    [{ area: ' wv3', state: 'open' }, true],
    [{ area: 'WV4' }, false],
    [{ state: 'overdue' }, false],
  ])('is chosen by %j: %s', (chosen, expected) => {
    expect(gapList.matches(rowOf('2026-03-02') ?? {}, chosen)).toBe(expected);
  });
});
