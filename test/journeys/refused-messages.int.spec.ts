// What becomes of a message that was refused: kept, sealed, and judged again (contracts.md, Quarantine).
import { generateSigningKey, signEvents, signingKeyOf } from '#client';
import type { Receipt } from '#client';
import { fixedClock } from '#kernel';
import type { QuarantineEntry } from '#quarantine';
import { fresh, registration, Town, ulnOf } from './town.ts';
import { about, adviser, linesOf, MORNING, programme } from './told.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING) });
});
afterAll(() => town.close());

let learners = 0;
const newLearner = async (): Promise<string> => {
  const uln = ulnOf(++learners);
  await town.tell('careers', registration(uln, `c-${uln}`), adviser(uln));
  return uln;
};
const housing = (uln: string, note = 'x') => about(uln, 'circumstance.noted', { kind: 'housing', note });
const codesOf = (receipts: readonly Receipt[]): readonly string[] => receipts.map(({ outcome, problem }) => problem?.code ?? outcome);

/** The newest entry of the quarantine. */
const quarantined = async () => (await town.node.quarantine.list({ limit: 1000 })).at(-1);

describe('what is rejected or in conflict', () => {
  it('is kept with its reason, sealed', async () => {
    const event = { ...housing(await newLearner()), id: fresh('m') };
    await town.send('careers', { ...event, data: { kind: 'housing', note: '' } } as typeof event);
    expect(await quarantined()).toMatchObject({ kind: 'event', code: 'schema', agency: 'careers' });
    await town.tell('careers', event);
    await town.send('careers', { ...event, data: { kind: 'caring', note: 'x' } } as typeof event);
    expect(await quarantined()).toMatchObject({ kind: 'event', code: 'conflict', agency: 'careers' });
  });
});

describe('what was refused', () => {
  const retried = async (): Promise<unknown> => {
    const entry = await quarantined();
    const receipts = entry && (await town.node.intake.retry(entry));
    return [codesOf(receipts ?? []), (await town.node.quarantine.find(entry?.id ?? 0))?.state];
  };

  it('is judged again as things stand then', async () => {
    const uln = ulnOf(++learners);
    await town.send('wulfrun', housing(uln), programme(uln, 'p-1'));
    expect(await retried()).toEqual([['no-such-learner'], 'waiting']);
    await town.tell('wulfrun', registration(uln, 'col-1'));
    expect(await retried()).toEqual([['accepted'], 'resolved']);
    expect(linesOf(await town.passport('wulfrun', 'plan-learning', `uln:${uln}`))).toContain('programme.started by own');
  });

  it('is not let in by a key that was revoked since, whether it is an event or a whole message', async () => {
    const key = await generateSigningKey();
    const { kty, crv, x } = key.publicJwk;
    const jws = await signEvents(town.event('social', registration(ulnOf(++learners), 'so-9')), await signingKeyOf(key.privateJwk));
    await town.post(jws);
    const message = await quarantined();
    await town.node.agencies.registerKey('social', { use: 'sig', jwk: { kty, crv, x } });
    await town.post(await signEvents(town.event('social', housing(ulnOf(++learners))), await signingKeyOf(key.privateJwk)));
    const event = await quarantined();
    expect([message?.code, event?.code]).toEqual(['unknown-key', 'no-such-learner']);
    await town.node.agencies.revokeKey('social', key.kid, 'lost');
    const head = await town.node.store.head();
    for (const entry of [message, event])
      await expect(town.node.intake.retry(entry as QuarantineEntry)).rejects.toMatchObject({ code: 'unknown-key', status: 401 });
    expect([await town.node.store.head(), (await town.node.quarantine.find(message?.id ?? 0))?.state]).toEqual([head, 'waiting']);
  });

  it('for its signature is judged again when its key is there', async () => {
    const key = await generateSigningKey();
    await town.post(await signEvents(town.event('social', registration(ulnOf(++learners), 'so-1')), await signingKeyOf(key.privateJwk)));
    expect((await quarantined())?.code).toBe('unknown-key');
    const { kty, crv, x } = key.publicJwk;
    await town.node.agencies.registerKey('social', { use: 'sig', jwk: { kty, crv, x } });
    expect(await retried()).toEqual([['accepted'], 'resolved']);
  });
});
