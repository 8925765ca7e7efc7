// What a row says of a workplace (views.md, S18).
import { type Seen, seenOf } from '../fixtures/index.ts';
import { workplaceList } from './workplaces.list.ts';

const assessed = (position: number, on: string, more: object = {}, source = 'ebp'): Seen => [
  position,
  'workplace.risk-assessed',
  source,
  on,
  { employer: 'The Grand Hotel', on, result: 'Kitchen sound', ...more },
];
const rowOf = (on: string, anchor: number, ...seen: readonly Seen[]) => workplaceList.row(seenOf(...seen), on, anchor);

describe('a row of workplaces', () => {
  it('holds for 12 months where nothing else is said', () => {
    const may = assessed(1, '2026-05-04');
    expect(rowOf('2026-05-04', 1, may)).toEqual({
      employer: 'The Grand Hotel',
      employerId: null,
      area: null,
      on: '2026-05-04',
      result: 'Kitchen sound',
      outcome: null,
      by: 'ebp',
      validUntil: '2027-05-04',
      state: 'valid',
    });
    expect([rowOf('2027-05-04', 1, may)?.['state'], rowOf('2027-05-05', 1, may)?.['state']]).toEqual(['valid', 'expired']);
    expect(rowOf('2028-03-01', 1, assessed(1, '2028-02-29'))).toMatchObject({ validUntil: '2029-02-28' });
    expect(rowOf('2026-06-02', 1, assessed(1, '2026-05-04', { validUntil: '2026-06-01' }))).toMatchObject({ state: 'expired' });
    expect(rowOf('2026-05-03', 1, may)).toBeUndefined();
  });

  it('is of the last that its source made by its day, whenever it was told; other sources have rows of their own', () => {
    const [march, may] = [assessed(2, '2026-03-01'), assessed(1, '2026-05-04')];
    expect([rowOf('2026-05-04', 2, march, may), rowOf('2026-05-03', 2, march, may)?.['on']]).toEqual([undefined, '2026-03-01']);
    expect(rowOf('2026-05-04', 1, march, may)).toMatchObject({ on: '2026-05-04' });
    expect(rowOf('2026-05-04', 2, march, assessed(3, '2026-05-04', {}, 'bct'))).toMatchObject({ by: 'ebp' });
  });

  it.each([
    [{ employer: 'the GRAND-hotel' }, true],
    [{ employer: 'Grand Hotel' }, false],
    [{ state: 'expired' }, false],
    [{ area: 'WV1' }, false],
  ])('is chosen by %j: %s', (chosen, expected) => {
    expect(workplaceList.matches(rowOf('2026-05-04', 1, assessed(1, '2026-05-04')) ?? {}, chosen)).toBe(expected);
  });
});
