// Picture 4 against its tables.
import { markOfRow } from './fixtures/drawn.ts';
import { stop } from './fixtures/examples.ts';
import { howFastStopBites } from './how-fast-stop-bites.ts';

describe('how fast "stop" bites', () => {
  it('has a point for each step of its table, higher where more had stopped', () => {
    expect(stop.tables[0]?.rows).toEqual([
      [0.2, 1],
      [0.4, 3],
      [1.5, 4],
    ]);
    const heights = [0, 1, 2].map((row) => Number(markOfRow(stop.svg, row).within.find(({ name }) => name === 'circle')?.attributes['cy']));
    expect((heights[0] ?? 0) - (heights[1] ?? 0)).toBeCloseTo(2 * ((heights[1] ?? 0) - (heights[2] ?? 0)));
  });

  it('has a hollow square for whoever is overdue', () => {
    const states = [0, 1, 2].map((row) => markOfRow(stop.svg, `1.${row}`).within.at(-1));
    expect(states.map((mark) => mark?.attributes['data-state'])).toEqual(['answered', 'overdue', 'waiting']);
    expect(states[1]?.name).toBe('rect');
    expect(stop.title).toBe('1 stop of 4 took longer than 1 s, at most 1.5 s; 1 acknowledgement is overdue.');
  });

  it('says of those that have not stopped everywhere that they have not, in the finding, the picture and the table', () => {
    const waits = howFastStopBites('stop', { seconds: [], waiting: 1, acknowledgements: [], dutyDays: 5 });
    expect(waits.title).toBe('1 stop has not taken effect everywhere yet; no acknowledgement is overdue.');
    const some = howFastStopBites('stop', { seconds: [0.2, 0.4], waiting: 2, acknowledgements: [], dutyDays: 5 });
    expect(some.title).toBe('2 stops took effect within 0.4 s, 2 not everywhere yet; no acknowledgement is overdue.');
    expect(some.tables[0]?.rows.at(-1)).toEqual(['not everywhere yet', 2]);
    expect(markOfRow(some.svg, 2).text).toBe('2 not everywhere yet');
    const top = markOfRow(some.svg, 1).within.find(({ name }) => name === 'circle');
    const whole = markOfRow(howFastStopBites('stop', { seconds: [0.2, 0.4], acknowledgements: [], dutyDays: 5 }).svg, 1);
    expect(Number(top?.attributes['cy'])).toBeGreaterThan(Number(whole.within.find(({ name }) => name === 'circle')?.attributes['cy']));
  });

  it('tells of a page as of a page', () => {
    const page = howFastStopBites('stop', { seconds: [0.2], isPart: true, acknowledgements: [], dutyDays: 5 });
    expect(page.title).toBe('Every stop on this page took effect within 0.2 s; no acknowledgement is overdue.');
  });
});
