import { generateSigningKey } from '#client';
import { confirmationOf, confirmRoll, type Voucher } from './confirm-roll.ts';
import type { RollRow } from './roll.ts';

const row: RollRow = { line: 1, subject: 'uln:9276308686', agency: 'st-chads', relationship: 'home-institution' };
const { privateJwk } = await generateSigningKey();
const voucher: Voucher = { agency: 'careers', key: privateJwk, day: '2026-09-07' };
const idOf = (of: RollRow, by: Voucher): string => confirmationOf(of, by).id;

describe('the event that vouches for a row', () => {
  it('names the tie, from the start of the day', () => {
    expect(confirmationOf(row, { ...voucher, reason: 'roll of 7 September' })).toEqual({
      specversion: '1.0',
      source: 'urn:concordat:agency:careers',
      id: expect.stringMatching(/^tie-[\w-]{43}$/),
      type: 'uk.concordat.tie.confirmed.v1',
      subject: 'uln:9276308686',
      time: '2026-09-07T00:00:00Z',
      datacontenttype: 'application/json',
      data: { agency: 'st-chads', relationship: 'home-institution', reason: 'roll of 7 September' },
    });
    expect(confirmationOf({ line: 1, subject: 'local:1', agency: 'forge' }, voucher).data).toEqual({ agency: 'forge' });
  });

  it('is the same wherever the row stands, on the same day', () => {
    expect(confirmationOf({ ...row, line: 9 }, voucher)).toEqual(confirmationOf(row, voucher));
  });

  it.each<[string, RollRow, Partial<Voucher>]>([
    ['learner', { ...row, subject: 'uln:1000000000' }, {}],
    ['agency', { ...row, agency: 'forge' }, {}],
    ['relationship', { ...row, relationship: 'enrolled-with' }, {}],
    ['day', row, { day: '2026-09-08' }],
    ['voucher', row, { agency: 'council' }],
    ['reason', row, { reason: 'roll' }],
  ])('is another one for another %s', (_, of, by) => {
    expect(idOf(of, { ...voucher, ...by })).not.toBe(idOf(row, voucher));
  });

  it('has an id that nobody without the key can work out', async () => {
    const { privateJwk: key } = await generateSigningKey();
    expect(idOf(row, { ...voucher, key })).not.toBe(idOf(row, voucher));
  });
});

describe('a roll', () => {
  const rows = Array.from({ length: 1_201 }, (_, place): RollRow => ({ line: place + 1, subject: `local:${place}`, agency: 'st-chads' }));
  const eventOf = (one: RollRow) => confirmationOf(one, voucher);

  it('goes in parts of at most 500, each told', async () => {
    const [parts, told]: [number[], number[]] = [[], []];
    const send = async (events: readonly { readonly id: string }[]) => {
      parts.push(events.length);
      return events.map(({ id }) => ({ id, source: 'urn:concordat:agency:careers', outcome: 'accepted' as const }));
    };
    const done = await confirmRoll({ send }, { rows, eventOf, told: (sent) => told.push(sent) });
    expect([parts, told]).toEqual([
      [500, 500, 201],
      [500, 1000, 1201],
    ]);
    expect(done.rows.map(({ row: { line }, receipt: { id } }) => [line, id])).toEqual(rows.map((one) => [one.line, eventOf(one).id]));
    expect(done.broke).toBeUndefined();
  });

  it('keeps what was recorded before the broker went away', async () => {
    let calls = 0;
    const away = new Error('away');
    const send = async (events: readonly { readonly id: string }[]) => {
      if (++calls > 1) throw away;
      return events.map(({ id }) => ({ id, source: 'urn:concordat:agency:careers', outcome: 'accepted' as const }));
    };
    const done = await confirmRoll({ send }, { rows, eventOf, told: () => undefined });
    expect([done.rows.length, done.broke]).toEqual([500, away]);
  });
});
