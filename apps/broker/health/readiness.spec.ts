import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreError, type RecordedEvent } from '#event-store';
import type { ViewHealth } from '#read-models';
import { type Check, ReadinessChecks, type ReadinessParts, type WriteProbe } from './readiness.ts';
import { probeWriting } from './write-probe.ts';

const unavailable = (): Promise<never> => Promise.reject(new EventStoreError('unavailable', 'No.'));
const at = (position: number): RecordedEvent => ({ position, recordedAt: Date.UTC(2026, 10, 14, 14, position) }) as RecordedEvent;
const STORE: ReadinessParts['store'] = {
  head: async () => 12,
  probe: async () => undefined,
  readAll: async ({ after = 0, limit }) => Array.from({ length: 12 }, (_, place) => at(place + 1)).slice(after, after + limit),
};
const probe = (check: Check, write: () => Promise<void>): WriteProbe => ({ check, says: 'It cannot be written.', write });
const viewsAt = (...views: readonly ViewHealth[]): NonNullable<ReadinessParts['views']> => ({ health: async () => ({ head: 12, views }) });
const view = (lag: number): ViewHealth => ({ view: 'holdings', version: 1, position: 12, lag });

const checksOf = async (parts: Partial<ReadinessParts>): Promise<readonly string[]> => {
  const { reasons } = await new ReadinessChecks({ store: STORE, probes: [], ...parts }).readiness();
  for (const { says } of reasons) expect(says).toMatch(/^[A-Z].*\.$/);
  return reasons.map(({ check }) => check);
};

describe('a broker', () => {
  it('is ready when log and disk take data and its views are near', async () => {
    const readiness = await new ReadinessChecks({ store: STORE, probes: [], views: viewsAt(view(3)) }).readiness();
    expect(readiness).toEqual({
      reasons: [],
      warnings: [],
      position: '12',
      views: [{ view: 'holdings', position: '12', behind: 3, stopped: false }],
    });
  });

  it('is not ready when the log takes nothing', async () => {
    expect(await checksOf({ store: { ...STORE, probe: unavailable } })).toEqual(['log']);
  });

  it('says what is to be done where the log is not what it was', async () => {
    const says = 'The stream concordat-local is gone: restore the server.';
    const probe = (): Promise<never> => Promise.reject(new EventStoreError('corrupt', says));
    const { reasons } = await new ReadinessChecks({ store: { ...STORE, probe }, probes: [] }).readiness();
    expect(reasons).toEqual([{ check: 'log', says }]);
  });

  it('is not ready when the log cannot be read', async () => {
    expect(await checksOf({ store: { ...STORE, head: unavailable }, views: { health: unavailable } })).toEqual(['log']);
  });

  it('is not ready when a file takes nothing, and says which', async () => {
    const failing = () => Promise.reject(new Error('ENOSPC'));
    expect(
      await checksOf({ probes: [probe('disk', failing), probe('keys', async () => undefined), probe('quarantine', failing)] }),
    ).toEqual(['disk', 'quarantine']);
  });

  it('is not ready when log or file do not take anything in time', async () => {
    const never = () => new Promise<never>(() => undefined);
    expect(await checksOf({ store: { ...STORE, probe: never }, probes: [probe('keys', never)] })).toEqual(['log', 'keys']);
  });

  it('is not ready while the views cannot be kept current', async () => {
    expect(
      await checksOf({
        views: { health: async () => ({ head: 12, views: [view(0)], interrupted: 'unavailable' }) },
      }),
    ).toEqual(['views']);
  });

  it('is not ready while a view is far behind', async () => {
    expect(await checksOf({ views: viewsAt(view(10_001)) })).toEqual(['views']);
    expect(await checksOf({ views: viewsAt(view(10_000)) })).toEqual([]);
  });

  it('stays ready when a view has stopped for good, and says so', async () => {
    const failure = { code: 'cannot-apply' as const, error: 'TypeError' };
    const readiness = await new ReadinessChecks({ store: STORE, probes: [], views: viewsAt({ ...view(50_000), failure }) }).readiness();
    expect(readiness).toMatchObject({ reasons: [], views: [{ behind: 50_000, stopped: true }] });
  });

  it('says of a view that has stopped since when it lacks what is recorded, where the log tells it', async () => {
    const failure = { code: 'cannot-apply' as const, error: 'TypeError' };
    const views = viewsAt({ ...view(5), position: 7, failure }, view(5));
    const found = async (store: ReadinessParts['store']) => (await new ReadinessChecks({ store, probes: [], views }).readiness()).views;
    expect((await found(STORE)).map(({ since }) => since)).toEqual(['2026-11-14T14:08:00.000Z', undefined]);
    const silent = { ...STORE, readAll: () => new Promise<never>(() => undefined) };
    expect((await found(silent)).map(({ stopped, since }) => [stopped, since])).toEqual([
      [true, undefined],
      [false, undefined],
    ]);
  });

  it('is not ready from the moment when it is stopping', async () => {
    const checks = new ReadinessChecks({ store: STORE, probes: [] });
    expect((await checks.readiness()).reasons).toEqual([]);
    checks.drain();
    expect((await checks.readiness()).reasons.map(({ check }) => check)).toEqual(['draining']);
  });

  it('is ready though something of one agency is amiss, and says so', async () => {
    const checks = new ReadinessChecks({ store: STORE, probes: [] });
    const warning = { check: 'kafka' as const, says: 'Partition 0 of forge cannot be read.' };
    checks.warn(() => [warning]);
    expect(await checks.readiness()).toMatchObject({ reasons: [], warnings: [warning] });
  });

  it('looks once for many who ask at the same time', async () => {
    let looked = 0;
    const checks = new ReadinessChecks({ store: STORE, probes: [probe('disk', async () => void looked++)] });
    await Promise.all(Array.from({ length: 50 }, () => checks.readiness()));
    expect(looked).toBe(1);
  });
});

describe('the probe of the disk', () => {
  it('leaves nothing behind', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'probe-'));
    await probeWriting(directory);
    expect(readdirSync(directory)).toEqual([]);
    rmSync(directory, { recursive: true });
  });

  it('fails where nothing can be written', async () => {
    await expect(probeWriting(join(tmpdir(), 'no-such-directory'))).rejects.toThrow('ENOENT');
  });
});
