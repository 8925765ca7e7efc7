// Captured once (invariant 4): a second assessment is met with the first, as far as its sender may know of that.
import { fixedClock } from '#kernel';
import { learnerStream, openContribution } from '#learner-file';
import { keysOf } from '#privacy';
import { assessment, consent, fresh, registration, type SeenItem, Town, ulnOf } from './town.ts';
import { about, adviser, MORNING, referral } from './told.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING) });
});
afterAll(() => town.close());

let learners = 0;

/** With `careers` as adviser, `forge` referred to, and `anvil` and `yot` knowing the learner, no more. */
const newLearner = async (): Promise<string> => {
  const uln = ulnOf(++learners);
  await town.tell('careers', registration(uln, `c-${uln}`), adviser(uln), referral(uln, 'forge'));
  for (const slug of ['anvil', 'city-yot', 'forge']) await town.tell(slug, registration(uln, `${slug}-${uln}`));
  return uln;
};

const assessmentsSeenBy = async (agency: string, uln: string): Promise<readonly SeenItem[]> => {
  const { body } = await town.read(agency, 'plan-learning', `uln:${uln}/assessments`);
  return (body.items ?? []).filter(({ type }) => type === 'uk.concordat.assessment.recorded.v1');
};
const idsOf = (items: readonly SeenItem[]): readonly unknown[] => items.map(({ data }) => data['assessmentId']);
const outcome = async (agency: string, ...events: Parameters<Town['send']>[1][]): Promise<readonly string[]> =>
  (await town.send(agency, ...events)).map((receipt) => receipt.problem?.code ?? receipt.outcome);

const FIRST = { assessmentId: 'first', assessedOn: '2026-09-01', validUntil: '2026-09-30' };
const EXISTING = { framework: 'initial', domain: 'literacy', ...FIRST };

describe('a second assessment', () => {
  it('is met with the first, and not kept', async () => {
    const uln = await newLearner();
    await town.tell('careers', assessment(uln, FIRST));
    const [receipt] = await town.send(
      'forge',
      assessment(uln, { assessmentId: 'second', assessedOn: '2026-09-10', outcome: { summary: 'SECOND' } }),
    );
    expect(receipt).toEqual({
      id: expect.any(String),
      source: 'urn:concordat:agency:forge',
      outcome: 'already-captured',
      position: expect.stringMatching(/^\d+$/),
      learner: expect.stringMatching(/^psn:/),
      existing: EXISTING,
    });
    for (const agency of ['careers', 'forge']) expect(idsOf(await assessmentsSeenBy(agency, uln))).toEqual(['first']);
  });

  it('is told where to read the first, if its sender may', async () => {
    const uln = await newLearner();
    await town.tell('careers', assessment(uln, FIRST), consent(uln, 'c-1'));
    const [receipt] = await town.send('forge', assessment(uln, { assessedOn: '2026-09-10' }));
    const link = receipt?.existing?.link ?? '';
    expect(link).toBe(`/v1/learners/${receipt?.learner}/assessments`);
    const { body } = await town.read('forge', 'plan-learning', link.slice('/v1/learners/'.length));
    expect(body.items).toMatchObject([{ clause: 'e2e-passport@1#EP3', data: { outcome: { summary: 'Reads well.' } } }]);
  });

  it('consumes its id: again it is a duplicate, told no more than its sender may know by then; with other content a conflict', async () => {
    const uln = await newLearner();
    await town.tell('careers', assessment(uln, FIRST), consent(uln, 'c-1'));
    const event = { ...assessment(uln, { assessedOn: '2026-09-10' }), id: fresh('m'), time: '2026-10-01T08:00:00Z' };
    const [first] = await town.send('forge', event);
    expect(first?.existing?.link).toBeDefined();
    await town.tell('careers', about(uln, 'consent.withdrawn', { consentId: 'c-1', by: 'learner' }));
    expect(await town.send('forge', event)).toEqual([{ ...first, outcome: 'duplicate', existing: EXISTING }]);
    expect(await outcome('forge', { ...event, time: '2026-10-01T08:00:01Z' })).toEqual(['conflict']);
  });

  it('is a duplicate within one message as well', async () => {
    const uln = await newLearner();
    await town.tell('careers', assessment(uln, FIRST), consent(uln, 'c-1'));
    const event = { ...assessment(uln, { assessedOn: '2026-09-10' }), id: fresh('m'), time: '2026-10-01T08:00:00Z' };
    const [first, again] = await town.send('forge', event, event);
    expect(first?.outcome).toBe('already-captured');
    expect(again).toEqual({ ...first, outcome: 'duplicate' });
  });

  it('counts by framework and domain: another of either is another', async () => {
    const uln = await newLearner();
    await town.tell('careers', assessment(uln));
    expect(await outcome('forge', assessment(uln, { domain: 'numeracy' }), assessment(uln, { framework: 'screening' }))).toEqual([
      'accepted',
      'accepted',
    ]);
  });

  it('is none once the first is outside its validity, both days of which are within', async () => {
    const uln = await newLearner();
    await town.tell('careers', assessment(uln, FIRST));
    const on = (assessedOn: string) => assessment(uln, { assessedOn, validUntil: assessedOn });
    expect(await outcome('forge', on('2026-09-01'), on('2026-09-30'), on('2026-08-31'), on('2026-10-01'))).toEqual([
      'already-captured',
      'already-captured',
      'accepted',
      'accepted',
    ]);
  });

  it.each([
    ['initial', '2026-02-28', 'forge'],
    ['vocational', '2026-02-28', 'forge'],
    ['screening', '2026-09-01', 'forge'],
    ['learning-style', '2026-09-01', 'forge'],
    ['risk-of-failing', '2025-11-30', 'forge'],
    ['apir', '2025-11-30', 'careers'],
    ['risk-of-reoffending', '2025-11-30', 'city-yot'],
  ] as const)('of %s is one until %s where nothing else was said', async (framework, last, agency) => {
    const uln = await newLearner();
    const [, captured, after] = await town.send(
      agency,
      assessment(uln, { framework, assessedOn: '2025-09-01' }),
      assessment(uln, { framework, assessedOn: last }),
      assessment(uln, { framework, assessedOn: new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10) }),
    );
    expect(captured).toMatchObject({ outcome: 'already-captured', existing: { validUntil: last } });
    expect(after?.outcome).toBe('accepted');
  });
});

describe('recorded apart, where the sender may not know of the first', () => {
  const notesOf = async (agency: string, uln: string, position: string | undefined): Promise<unknown> => {
    const { body } = await town.passport(agency, 'plan-learning', `uln:${uln}`);
    const id = town.node.pseudonyms.resolve(agency, body.learner ?? '') ?? '';
    const events = await town.node.store.readStream(learnerStream(id));
    const stored = events.find((event) => String(event.position) === position);
    return stored && openContribution(stored, await keysOf(town.node.vault, [stored]))?.header.notes;
  };

  it('it is accepted, seen by its source alone, and noted for the data manager', async () => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1'), assessment(uln, FIRST));
    const [receipt] = await town.send(
      'anvil',
      assessment(uln, { assessmentId: 'apart', assessedOn: '2026-09-10', validUntil: '2027-09-01' }),
    );
    expect(Object.keys(receipt ?? {}).sort()).toEqual(['id', 'learner', 'outcome', 'position', 'source']);
    expect(receipt?.outcome).toBe('accepted');
    expect(idsOf(await assessmentsSeenBy('anvil', uln))).toEqual(['apart']);
    for (const agency of ['careers', 'forge']) expect(idsOf(await assessmentsSeenBy(agency, uln))).toEqual(['first']);
    expect(await notesOf('anvil', uln, receipt?.position)).toEqual({
      apartFrom: { source: 'careers', assessmentId: 'first' },
      lacks: 'standing',
    });

    expect(await outcome('forge', assessment(uln, { assessedOn: '2026-10-01' }))).toEqual(['accepted']);
    expect(await outcome('anvil', assessment(uln, { assessedOn: '2026-10-01' }))).toEqual(['already-captured']);
    await town.tell('careers', referral(uln, 'anvil'));
    expect(idsOf(await assessmentsSeenBy('careers', uln))).not.toContain('apart');
  });

  it('what is said of it later is as hidden', async () => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1'), assessment(uln, FIRST));
    await town.tell('anvil', assessment(uln, { assessmentId: 'apart', assessedOn: '2026-09-10' }));
    await town.tell('anvil', about(uln, 'assessment.rectified', { assessmentId: 'apart', reason: 'typo', instrument: 'HIDDEN' }));
    const [disputed] = await town.send('forge', about(uln, 'assessment.disputed', { assessmentId: 'apart', reason: 'no' }));
    expect(disputed?.problem?.code).toBe('unknown-reference');
    expect((await town.passport('careers', 'plan-learning', `uln:${uln}`)).text).not.toContain('HIDDEN');
  });
});

describe('superseding', () => {
  const superseding = (uln: string, assessmentId: string, old: string, assessedOn = '2026-09-10') =>
    assessment(uln, { assessmentId, assessedOn, supersedes: { assessmentId: old, reason: 'not-comprehensive' } });

  it('takes knowing of the current one; what is superseded stays, marked so', async () => {
    const uln = await newLearner();
    await town.tell('careers', assessment(uln, FIRST));
    expect(await outcome('forge', superseding(uln, 'second', 'first'))).toEqual(['accepted']);
    expect(await assessmentsSeenBy('forge', uln)).toMatchObject([
      { status: 'superseded', clause: 'e2e-passport@1#EP4' },
      { clause: 'own' },
    ]);
    expect(await outcome('forge', assessment(uln, { assessedOn: '2026-09-10' }))).toEqual(['already-captured']);
    expect(await outcome('careers', superseding(uln, 'third', 'second'))).toEqual(['accepted']);
  });

  it('of one superseded, of none, or of one of another key is an unknown reference; what a stranger names is not looked up, and supersedes nothing', async () => {
    const uln = await newLearner();
    await town.tell(
      'careers',
      assessment(uln, FIRST),
      assessment(uln, { assessmentId: 'other', domain: 'numeracy' }),
      superseding(uln, 'second', 'first'),
    );
    const byForge = await outcome('forge', ...['first', 'none', 'other'].map((old) => superseding(uln, 'x', old)));
    expect(byForge).toEqual(['unknown-reference', 'unknown-reference', 'unknown-reference']);
    for (const old of ['second', 'none']) {
      const supersedes = { assessmentId: old, reason: 'not-comprehensive' } as const;
      expect(await outcome('anvil', assessment(uln, { assessmentId: `x-${old}`, domain: `only ${old}`, supersedes }))).toEqual([
        'accepted',
      ]);
    }
    expect(idsOf(await assessmentsSeenBy('careers', uln))).toEqual(['first', 'other', 'second']);
    expect((await assessmentsSeenBy('careers', uln)).map(({ status }) => status)).toEqual(['superseded', undefined, undefined]);
  });
});

describe('two who assess at the same time', () => {
  it('cannot both win', async () => {
    const uln = await newLearner();
    await town.tell('careers', referral(uln, 'wulfrun'));
    const agencies = ['careers', 'forge', 'wulfrun'];
    for (let round = 0; round < 25; round++) {
      const domain = `domain ${round}`;
      const ids = agencies.map((agency) => `${agency} ${round}`);
      const receipts = (
        await Promise.all(agencies.map((agency, i) => town.send(agency, assessment(uln, { assessmentId: ids[i] as string, domain }))))
      ).flat();
      const winner = ids[receipts.findIndex((receipt) => receipt.outcome === 'accepted')];
      expect(receipts.map((receipt) => receipt.existing?.assessmentId ?? 'accepted')).toEqual(
        ids.map((id) => (id === winner ? 'accepted' : winner)),
      );
    }
  });
});
