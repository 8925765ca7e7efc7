// One agency tells of one learner more than anybody could want: it is bounded, and nobody else notices.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Receipt } from '#client';
import { fixedClock } from '#kernel';
import { learnerStream } from '#learner-file';
import { learnerIdOf } from './recorded-decisions.ts';
import { assessment, consent, registration, Town, ulnOf } from './town.ts';
import { about, adviser, DAY, linesOf, MORNING, programme, referral } from './told.ts';

const MOST = 20;
const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({
    clock,
    data: mkdtempSync(join(tmpdir(), 'junk-')),
    environment: { CONCORDAT_EVENTS_PER_LEARNER_DAY: String(MOST) },
  });
});
afterAll(() => town.close());

let learners = 0;
/** Of `careers`, who told three things already; known to `wulfrun` and `forge`. */
const newLearner = async (): Promise<string> => {
  const uln = ulnOf(++learners);
  await town.tell('careers', registration(uln, `c-${uln}`), adviser(uln), referral(uln, 'forge'));
  await town.tell('wulfrun', registration(uln, `col-${uln}`));
  return uln;
};
const TOLD = 3;
const housing = (uln: string) => about(uln, 'circumstance.noted', { kind: 'housing', note: 'x' });
const codesOf = (receipts: readonly Receipt[]): readonly string[] => receipts.map(({ outcome, problem }) => problem?.code ?? outcome);
const flood = async (uln: string, events = 3 * MOST): Promise<readonly string[]> =>
  codesOf(await town.send('careers', ...Array.from({ length: events }, () => housing(uln))));
const countOf = (codes: readonly string[], code: string): number => codes.filter((one) => one === code).length;

describe('what one agency tells of one learner in a day', () => {
  it('is taken up to a bound, and refused beyond it with a sentence that says what to do', async () => {
    const uln = await newLearner();
    const codes = await flood(uln);
    expect([countOf(codes, 'accepted'), countOf(codes, 'too-large')]).toEqual([MOST - TOLD, 2 * MOST + TOLD]);
    const [receipt] = await town.send('careers', housing(uln));
    expect(receipt?.problem).toMatchObject({ status: 413, detail: expect.stringContaining('send the rest tomorrow') });
  });

  it('takes nothing from others, nor from what the agency tells of other learners', async () => {
    const [uln, other] = [await newLearner(), await newLearner()];
    await flood(uln);
    expect(codesOf(await town.send('wulfrun', assessment(uln)))).toEqual(['accepted']);
    expect(codesOf(await town.send('careers', housing(other)))).toEqual(['accepted']);
  });

  it('crowds nothing of others out of the first page', async () => {
    const uln = await newLearner();
    await flood(uln);
    await town.tell('wulfrun', assessment(uln));
    const passport = linesOf(await town.read('wulfrun', 'plan-learning', `uln:${uln}/passport?limit=5`));
    const timeline = linesOf(await town.read('wulfrun', 'plan-learning', `uln:${uln}/timeline?limit=${MOST + 10}`));
    for (const lines of [passport, timeline]) expect(lines).toContain('assessment.recorded by own');
  });

  it('leaves room on the first page for what is said after it, by whoever may read both', async () => {
    const uln = await newLearner();
    await flood(uln);
    await town.tell('forge', registration(uln, `f-${uln}`), programme(uln, `p-${uln}`));
    const lines = linesOf(await town.read('careers', 'support-learner', `uln:${uln}/passport?limit=5`));
    expect(lines.some((line) => line.startsWith('programme.started'))).toBe(true);
  });

  it('counts repeats of what exists, registrations and corrections, too', async () => {
    const [one, other] = [await newLearner(), await newLearner()];
    const repeats = await town.send('careers', ...Array.from({ length: 2 * MOST }, () => assessment(one)));
    expect(['accepted', 'already-captured', 'too-large'].map((code) => countOf(codesOf(repeats), code))).toEqual([
      1,
      MOST - TOLD - 1,
      MOST + TOLD,
    ]);
    const again = await town.send('careers', ...Array.from({ length: MOST }, () => registration(other, `c-${other}`)));
    expect(['accepted', 'too-large'].map((code) => countOf(codesOf(again), code))).toEqual([MOST - TOLD, TOLD]);
    const corrections = await town.send('careers', about(other, 'learner.corrected', { givenName: 'Max', reason: 'spelling' }));
    expect(codesOf(corrections)).toEqual(['too-large']);
  });

  it('never keeps a consent from being withdrawn, nor from being replaced', async () => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1', { recipients: ['college'] }));
    await flood(uln);
    expect(
      codesOf(
        await town.send(
          'careers',
          consent(uln, 'c-2', { recipients: ['college'] }),
          about(uln, 'consent.withdrawn', { consentId: 'c-1', by: 'learner' }),
        ),
      ),
    ).toEqual(['accepted', 'accepted']);
  });

  it('tells a stranger nothing of whether there is such a learner', async () => {
    const uln = await newLearner();
    await flood(uln);
    const [known, unknown] = [await town.send('anvil', housing(uln)), await town.send('anvil', housing(ulnOf(9999)))];
    expect(codesOf(known)).toEqual(['no-such-learner']);
    expect(known[0]?.problem).toEqual(unknown[0]?.problem);
  });

  it('tells nobody whom a guessed number names', async () => {
    const uln = await newLearner();
    const { localId, ...person } = { ...registration(uln, `c-${uln}`).data } as { readonly localId: string; readonly uln: string };
    const { uln: _uln, ...withoutNumber } = person;
    const told = (more: object) =>
      ({
        type: 'learner.registered' as const,
        subject: `local:a-${localId}`,
        data: { ...withoutNumber, localId: `a-${localId}`, ...more },
      }) as ReturnType<typeof registration>;
    await town.send('anvil', ...Array.from({ length: 2 * MOST }, () => told({})));
    const second = { ...told({}), subject: `uln:${uln}`, data: { ...withoutNumber, uln, localId: `b-${localId}` } } as ReturnType<
      typeof registration
    >;
    expect(codesOf(await town.send('anvil', second))).toEqual(['accepted']);
  });

  it('begins anew the next day, and still holds when files are read from the log again', async () => {
    const uln = await newLearner();
    await flood(uln);
    town.node.streams.files.drop(learnerStream(await learnerIdOf(town, 'careers', `uln:${uln}`)));
    expect(countOf(await flood(uln), 'accepted')).toBe(0);
    clock.set(MORNING + DAY);
    expect(countOf(await flood(uln), 'accepted')).toBe(MOST);
    clock.set(MORNING);
  });
});
