// Picture 4 against its tables.
import { markOfRow } from './fixtures/drawn.ts';
import { stop } from './fixtures/examples.ts';

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
});
