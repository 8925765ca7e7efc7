// Every event gets a receipt (contracts.md, Receipts): the order of judgement, every problem code, duplicates and conflicts.
import { fixedClock } from '#kernel';
import type { AgencyEvent, Receipt } from '#client';
import { signText } from './raw-message.ts';
import { assessment, fresh, registration, Town, ulnOf } from './town.ts';
import { about, adviser, MORNING, programme, referral } from './told.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING) });
});
afterAll(() => town.close());

let learners = 0;
const newLearner = async (): Promise<string> => {
  const uln = ulnOf(++learners);
  await town.tell('careers', registration(uln, `c-${uln}`), adviser(uln), referral(uln, 'forge'));
  return uln;
};

const post = async (agency: string, text: string): Promise<readonly Receipt[]> => {
  const response = await town.post(await signText(town, agency, text));
  return ((await response.json()) as { readonly receipts: readonly Receipt[] }).receipts;
};
const sendAsIs = async (agency: string, event: object): Promise<Receipt | undefined> => (await post(agency, JSON.stringify(event)))[0];
const codeOf = ({ outcome, problem }: Receipt): string => problem?.code ?? outcome;

describe('an event that is wrong in several ways', () => {
  it('is told of envelope, type, schema, ULN, role, learner, reference, in this order', async () => {
    const uln = await newLearner();
    const sent = { id: fresh('m'), source: 'urn:concordat:agency:forge', time: '2026-10-01T08:00:00Z' };
    const wrong = { ...sent, specversion: '0.3', subject: 'uln:1234567890' };
    const steps: readonly (readonly [string, object])[] = [
      ['invalid-envelope', { type: 'uk.concordat.learner.teleported.v1', data: {} }],
      ['unknown-type', { specversion: '1.0' }],
      ['schema', { type: 'uk.concordat.programme.signed-off.v1' }],
      ['invalid-uln', { data: { programmeId: 'p-0', signedBy: { name: 'K', role: 'key-worker' }, signedOn: '2026-09-30' } }],
      ['role-not-allowed', { subject: `uln:${ulnOf(9999)}` }],
      ['no-such-learner', { type: 'uk.concordat.programme.agreed.v1', data: { programmeId: 'p-0', version: '1', objectives: ['Read'] } }],
      ['unknown-reference', { subject: `uln:${uln}` }],
    ];
    let event: object = wrong;
    const codes: string[] = [];
    for (const [, change] of steps) {
      event = { ...event, ...change };
      codes.push(codeOf((await sendAsIs('forge', event)) as Receipt));
    }
    expect(codes).toEqual(steps.map(([code]) => code));
    await town.tell('forge', programme(uln, 'p-0'));
    expect(await sendAsIs('forge', event)).toMatchObject({ outcome: 'accepted' });
  });

  it('gets problem details that repeat nothing of it', async () => {
    const uln = await newLearner();
    const receipt = await sendAsIs(
      'forge',
      town.event('forge', about(uln, 'circumstance.noted', { kind: 'CANARY' as 'housing', note: 'CANARY' })),
    );
    expect(receipt?.problem).toEqual({
      type: 'urn:concordat:problem:schema',
      code: 'schema',
      status: 400,
      title: expect.any(String),
      detail: expect.any(String),
    });
    expect(JSON.stringify(receipt)).not.toContain('CANARY');
  });
});

describe('the remaining problem codes', () => {
  it('too-large: above 256 KiB, and not one byte earlier; the rest of the message is judged', async () => {
    const uln = await newLearner();
    const padded = (bytes: number): AgencyEvent => {
      const event = { ...town.event('forge', about(uln, 'circumstance.noted', { kind: 'housing', note: 'x' })), padding: '' };
      return { ...event, padding: 'x'.repeat(bytes - Buffer.byteLength(JSON.stringify(event))) };
    };
    const [largest, tooLarge, small] = [padded(256 * 1024), padded(256 * 1024 + 1), padded(1000)];
    const response = await town.post(await town.jws('forge', [largest, tooLarge, small]));
    const { receipts } = (await response.json()) as { readonly receipts: readonly Receipt[] };
    expect(receipts.map(codeOf)).toEqual(['accepted', 'too-large', 'accepted']);
    expect(receipts.map(({ id }) => id)).toEqual([largest.id, tooLarge.id, small.id]);
  });

  it('link-conflict and reference-taken', async () => {
    const [one, other] = [await newLearner(), await newLearner()];
    expect((await town.send('careers', registration(one, `c-${other}`))).map(codeOf)).toEqual(['link-conflict']);
    await town.tell('forge', programme(one, 'p-1'));
    expect((await town.send('forge', programme(one, 'p-1', { title: 'Another' }))).map(codeOf)).toEqual(['reference-taken']);
  });

  it('schema where subject and data do not agree', async () => {
    const uln = await newLearner();
    const event = registration(uln, 'c-x');
    expect((await town.send('careers', { ...event, subject: 'local:c-y' })).map(codeOf)).toEqual(['schema']);
    expect((await town.send('careers', { ...event, subject: `uln:${ulnOf(9998)}` })).map(codeOf)).toEqual(['schema']);
  });

  it.each([
    ['no id', { id: undefined }],
    ['an empty id', { id: '' }],
    ['no source', { source: undefined }],
    ['no subject', { subject: undefined }],
    ['a subject of another form', { subject: '1000000000' }],
    ['a time without offset', { time: '2026-10-01T08:00:00' }],
    ['no data', { data: undefined }],
    ['an attribute with a capital', { traceParent: 'x' }],
  ])('invalid-envelope: %s', async (_, change) => {
    const event = { ...town.event('careers', adviser(await newLearner())), ...change };
    const receipt = await sendAsIs('careers', event);
    expect(receipt).toMatchObject({ source: 'urn:concordat:agency:careers', problem: { code: 'invalid-envelope' } });
    expect(receipt?.id).toBe(event.id ?? null);
  });
});

describe('the same id again', () => {
  it('is a duplicate in another order of members, with other white space and escapes', async () => {
    const uln = await newLearner();
    const event = town.event('careers', assessment(uln, { outcome: { score: 10, summary: 'Reads.' } }));
    const first = await sendAsIs('careers', event);
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(event).reverse()), null, 2);
    const text = reversed.replace('"Reads."', '"\\u0052eads."').replace('"score": 10', '"score": 1.0e1');
    expect(text).toContain('\\u0052eads');
    expect(await post('careers', text)).toEqual([{ ...first, outcome: 'duplicate' }]);
  });

  it('is a duplicate where attributes are null, and told before any other fault', async () => {
    const uln = await newLearner();
    const event = { ...town.event('careers', adviser(uln)), dataschema: null };
    const first = await sendAsIs('careers', event);
    expect(first?.outcome).toBe('accepted');
    expect(await sendAsIs('careers', event)).toEqual({ ...first, outcome: 'duplicate' });
    expect(await sendAsIs('careers', { ...event, data: { role: 'none' } })).toMatchObject({ outcome: 'conflict' });
    expect(await sendAsIs('careers', { ...event, type: 'uk.concordat.unknown.done.v1' })).toMatchObject({ outcome: 'conflict' });
  });

  it('is another message where another agency sends it', async () => {
    const uln = await newLearner();
    const event = { ...about(uln, 'circumstance.noted', { kind: 'housing', note: 'x' }), id: fresh('m') };
    await town.tell('careers', event);
    await town.tell('forge', event);
  });

  it('a conflict tells nothing but that, and changes nothing', async () => {
    const uln = await newLearner();
    const event = town.event('careers', assessment(uln));
    const first = await sendAsIs('careers', event);
    const conflicting = { ...event, data: { ...(event.data as object), instrument: 'CANARY' } };
    expect(await sendAsIs('careers', conflicting)).toEqual({ id: event.id, source: event.source, outcome: 'conflict' });
    expect(await sendAsIs('careers', event)).toEqual({ ...first, outcome: 'duplicate' });
    expect((await town.passport('careers', 'plan-learning', `uln:${uln}`)).text).not.toContain('CANARY');
  });

  it('after a rejection may be used by the corrected event', async () => {
    const uln = await newLearner();
    const event = { ...programme(uln, 'p-1'), id: fresh('m') };
    const early = { ...about(uln, 'attendance.concern', { programmeId: 'p-1', on: '2026-09-20', kind: 'late' }), id: fresh('m') };
    expect((await town.send('forge', early)).map(codeOf)).toEqual(['unknown-reference']);
    expect((await town.send('forge', { ...event, data: { ...event.data, startedOn: 'soon' } } as typeof event)).map(codeOf)).toEqual([
      'schema',
    ]);
    expect((await town.send('forge', event, early)).map(codeOf)).toEqual(['accepted', 'accepted']);
  });

  it('sent many times at once is recorded once', async () => {
    const event = town.event('careers', adviser(await newLearner()));
    const receipts = await Promise.all(Array.from({ length: 8 }, () => sendAsIs('careers', event)));
    expect(receipts.filter((receipt) => receipt?.outcome === 'accepted')).toHaveLength(1);
    expect(receipts.filter((receipt) => receipt?.outcome === 'duplicate')).toHaveLength(7);
    expect(new Set(receipts.map((receipt) => receipt?.position)).size).toBe(1);
  });
});

describe('about a learner of whom the sender may not know', () => {
  it('and about one who does not exist, the answers are the same, and nothing of them is seen', async () => {
    const uln = await newLearner();
    const told = [
      (one: string) => about(one, 'circumstance.noted', { kind: 'housing', note: 'CANARY' }),
      (one: string) => programme(one, 'CANARY'),
      (one: string) => assessment(one, { assessmentId: 'CANARY' }),
      (one: string) => about(one, 'learner.corrected', { givenName: 'CANARY', reason: 'x' }),
      (one: string) => about(one, 'consent.withdrawn', { consentId: 'c-1', by: 'learner' }),
      (one: string) => referral(one, 'anvil', { route: 'self', referralId: 'CANARY' }),
    ];
    for (const tell of told) {
      const [unrelated] = await town.send('anvil', tell(uln));
      const [unknown] = await town.send('anvil', tell(ulnOf(9997)));
      expect(unrelated?.problem?.code).toBe('no-such-learner');
      expect(unknown).toEqual({ ...unrelated, id: unknown?.id });
    }
    const every = [...town.node.registers.inForce('2026-10-01').purposes].join(',');
    for (const agency of ['careers', 'forge', 'council'])
      expect((await town.passport(agency, every, `uln:${uln}`)).text).not.toContain('CANARY');
  });
});
