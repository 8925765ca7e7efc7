import { EngineRuns, trail, trailOf, upTo } from '../fixtures/index.ts';
import type { Projector, StoppedView } from './index.ts';

const WAIT_MS = 10_000;

let runs: EngineRuns;

beforeEach(() => {
  runs = new EngineRuns();
});
afterEach(() => runs.close());

describe('a view that fails', () => {
  it('whose projector throws stops before that event, is reported, and leaves the others alone', async () => {
    await runs.appendReferrals(10);
    const stopped: StoppedView[] = [];
    const failing = trailOf({
      name: 'failing',
      before: ({ recorded }) => {
        if (recorded.position === 6) throw new RangeError('Ada Lovelace');
      },
    });
    const engine = runs.start({ projectors: [failing, trailOf()], options: { report: (view) => stopped.push(view) } });
    await engine.waitFor('trail', 10, WAIT_MS);
    const failure = { code: 'cannot-apply', error: 'RangeError' };
    expect(stopped).toEqual([{ view: 'failing', position: 5, failure }]);
    expect(await engine.health()).toEqual({
      head: 10,
      views: [
        { view: 'failing', version: 1, position: 5, lag: 5, failure },
        { view: 'trail', version: 1, position: 10, lag: 0 },
      ],
    });
    await runs.expectComplete(5, { name: 'failing' });
    await runs.expectComplete(10);
    expect(await engine.waitFor('failing', 6, WAIT_MS)).toBe(false);
    await engine.stop();
    const repaired = runs.start({ projectors: [trailOf({ name: 'failing' }), trailOf()] });
    expect(await repaired.waitFor('failing', 10, WAIT_MS)).toBe(true);
    await runs.expectComplete(10, { name: 'failing' });
  });

  it('stops at an event that is not what was sealed', async () => {
    await runs.appendReferrals(2);
    const altered = (payload: Uint8Array): Uint8Array => payload.map((byte, index) => (index === 30 ? byte ^ 1 : byte));
    await runs.log.append({ ...runs.log.contribution('referral.made'), altered });
    const opening = trailOf({ name: 'opening', before: (opened) => opened.open() });
    const engine = runs.start({ projectors: [opening, trailOf()] });
    await engine.waitFor('trail', 3, WAIT_MS);
    expect((await engine.health()).views[0]).toMatchObject({ position: 2, failure: { code: 'cannot-open', error: 'VaultError' } });
  });

  it('whose rows do not fit its tables stops before that batch, and the others are committed', async () => {
    await runs.appendReferrals(6);
    const misfit: Projector = {
      ...trailOf({ name: 'misfit' }),
      apply: ({ recorded }, rows) =>
        rows.put(trail, { position: recorded.position, type: recorded.position === 6 ? (undefined as never) : 'a' }),
    };
    const engine = runs.start({ projectors: [misfit, trailOf()] });
    await engine.waitFor('trail', 6, WAIT_MS);
    expect((await engine.health()).views[0]).toMatchObject({ position: 4, failure: { code: 'cannot-store', error: 'TypeError' } });
    expect(await runs.positionsIn({ name: 'misfit' })).toEqual(upTo(4));
    await runs.expectComplete(6);
  });
});
