// What the data manager does about a finding at the command line: the agency is asked about it, or it is let stand (views.md, S16).
import { jest } from '@jest/globals';
import { run } from '../../apps/cli/program.ts';
import { Terminal } from '../../apps/cli/terminal.ts';
import { adviser, programme, referral } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

jest.setTimeout(120_000);
const uln = ulnOf(1);
let town: Town;
let position: string;
beforeAll(async () => {
  town = await Town.open();
  await town.tell('careers', registration(uln, 'c-1', { dateOfBirth: '2014-05-06' }), adviser(uln), referral(uln, 'forge'));
  const [receipt] = await town.tell('forge', programme(uln, 'p-1'));
  position = receipt?.position ?? '';
});
afterAll(() => town.close());

const concordat = async (...words: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = new Terminal({ write: (text) => out.push(text) }, { write: (text) => err.push(text) });
  const code = await run(words, { terminal, environment: { CONCORDAT_DATA: town.data }, readInput: async () => Buffer.from('') });
  return { code, out: out.join(''), err: err.join('') };
};
const recorded = async (type: string): Promise<number> =>
  (await town.node.store.readAll({ limit: 10_000 })).filter((event) => event.type === type).length;

const RULE = ['--rule', 'start-before-14'] as const;

it('asks the agency, once a day', async () => {
  expect(await concordat('data-quality', 'ask', position, ...RULE)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Asked at position \d+\.\n$/),
  });
  expect(await concordat('data-quality', 'ask', position, ...RULE)).toMatchObject({ code: 0, out: 'It was asked today already.\n' });
  expect(await recorded('uk.concordat.issue.raised.v1')).toBe(1);
});

it('asks about nothing that was not found', async () => {
  const other = await concordat('data-quality', 'ask', '1', ...RULE);
  expect([other.code, other.err]).toEqual([1, expect.stringContaining('No open finding of this rule is about that event.')]);
  expect((await concordat('data-quality', 'ask', position, '--rule', 'no-such-rule')).code).not.toBe(0);
  expect(await recorded('uk.concordat.issue.raised.v1')).toBe(1);
});

it('lets it stand, after which nobody is asked about it', async () => {
  const waived = await concordat('data-quality', 'waive', position, ...RULE, '--reason', 'confirmed-by-source');
  expect(waived.out).toMatch(/^Waived at position \d+\.\n$/);
  expect((await concordat('data-quality', 'ask', position, ...RULE)).code).toBe(1);
});
