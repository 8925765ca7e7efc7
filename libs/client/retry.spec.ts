import { ClientError } from './client-error.ts';
import { retried } from './retry.ts';

const busy = (retryAfter?: number): ClientError =>
  new ClientError('busy', 'Busy.', { status: 503, ...(retryAfter === undefined ? {} : { retryAfter }) });

/** Fails with each of these in turn, then succeeds. */
const failing = (...faults: readonly Error[]) => {
  const rest = [...faults];
  const waits: number[] = [];
  const pause = async (ms: number): Promise<void> => void waits.push(ms);
  const call = async (): Promise<string> => {
    const fault = rest.shift();
    if (fault) throw fault;
    return 'done';
  };
  return { call, waits, pause, left: rest };
};

describe('calls', () => {
  it('that find nobody, too many or no room are made again, later each time', async () => {
    const { call, waits, pause } = failing(
      new ClientError('unreachable', 'Nobody.'),
      new ClientError('http-429', 'Slow.', { status: 429 }),
      busy(),
    );
    await expect(retried(call, { pause, chance: () => 1 })).resolves.toBe('done');
    expect(waits).toEqual([200, 400, 800]);
  });

  it('wait between half of that and the whole, as chance has it', async () => {
    const { call, waits, pause } = failing(busy(), busy());
    await retried(call, { pause, chance: () => 0 });
    expect(waits).toEqual([100, 200]);
  });

  it('wait at least as long as Retry-After asks', async () => {
    const { call, waits, pause } = failing(busy(3));
    await retried(call, { pause, chance: () => 1 });
    expect(waits).toEqual([3100]);
  });

  it('are not made again where that would not help', async () => {
    const { call, waits, pause, left } = failing(new ClientError('signature', 'No.', { status: 401 }), busy());
    await expect(retried(call, { pause })).rejects.toMatchObject({ code: 'signature' });
    expect([waits, left.length]).toEqual([[], 1]);
  });

  it('end after so many, and where Retry-After asks for more patience than there is', async () => {
    const often = failing(...Array.from({ length: 9 }, () => busy()));
    await expect(retried(often.call, { pause: often.pause, attempts: 3 })).rejects.toMatchObject({ code: 'busy' });
    expect(often.waits).toHaveLength(2);
    const long = failing(busy(60));
    await expect(retried(long.call, { pause: long.pause })).rejects.toMatchObject({ retryAfter: 60 });
    expect(long.waits).toEqual([]);
  });
});
