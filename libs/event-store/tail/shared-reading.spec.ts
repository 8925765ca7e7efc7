import { EventStoreError } from '../event-store.ts';
import { pauseAfter, troubleOf } from './shared-reading.ts';

describe('a failure', () => {
  it('is followed by a pause that grows to two seconds, and is up to half shorter by chance', () => {
    expect([1, 2, 3, 6, 7, 50].map((failures) => pauseAfter(failures, 1))).toEqual([50, 100, 200, 1600, 2000, 2000]);
    expect([1, 50].map((failures) => pauseAfter(failures, 0))).toEqual([25, 1000]);
  });

  it.each([
    [new EventStoreError('unavailable', 'The log is locked.'), { code: 'unavailable' }],
    [new EventStoreError('corrupt', 'Restore the log.'), { code: 'corrupt', says: 'Restore the log.' }],
    [new RangeError('Ada Lovelace'), { code: 'RangeError' }],
    ['Ada Lovelace', { code: 'string' }],
    [null, { code: 'object' }],
  ])('%p is told by its code, and by its message only where that is made for the operator', (cause, trouble) => {
    expect(troubleOf(cause)).toEqual(trouble);
  });
});
