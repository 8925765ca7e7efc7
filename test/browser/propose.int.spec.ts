// A party's administrator, or its officer, proposes the next version of an agreement from a file: checked, read in sentences, signed and
// sent; where the agency's key lies elsewhere, with the statement that was signed there (ADR 65, ADR 70).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ProtocolDocument } from '#sharing-protocols';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { nextPassport } from '../../apps/cli/demo/propose-next.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';
import { lostInForcedColours } from './forced-colours.ts';
import { arrives } from './staff-visit.ts';

const directory = mkdtempSync(join(tmpdir(), 'proposals-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const fileOf = (name: string, text: ProtocolDocument | string): string => {
  const file = join(directory, name);
  writeFileSync(file, typeof text === 'string' ? text : stringify(text));
  return file;
};
const reworded = (why: string): ProtocolDocument => ({ ...nextPassport(), why });
const shown = async ({ page }: Visitor, name: string): Promise<void> => {
  const pictures = process.env['CONCORDAT_PICTURES'];
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};
const expectFit = async (visitor: Visitor): Promise<void> => {
  const amiss = [...(await visitor.hindrances()), ...(await lostInForcedColours(visitor))];
  expect([amiss, await visitor.scrollsSideways()]).toEqual([[], false]);
};
const choose = (visitor: Visitor, label: string, file: string): Promise<void> => visitor.page.getByLabel(label).setInputFiles(file);

describe('where the agency’s key is held', () => {
  let town: ConsoleTown;
  beforeAll(async () => {
    town = await ConsoleTown.open();
  });
  afterAll(() => town.close());

  it('the administrator chooses a file, reads what it changes, and sends it', async () => {
    const visitor = await town.signedIn('a.kaur');
    await visitor.press('link', 'Agreements');
    await visitor.press('link', 'Propose a next version');
    await expectFit(visitor);
    expect(await visitor.page.getByLabel('The signed statement').count()).toBe(0);
    await shown(visitor, 'propose');
    await choose(visitor, 'The text', fileOf('passport.yaml', reworded('So that nobody is assessed twice.')));
    await visitor.press('button', 'Check the text');
    await arrives(visitor, 'Check before you propose');
    expect(await visitor.text()).toMatch(/Proposed by\s+Connexions North\s+Must be signed by\s+connexions, provider/);
    expect(await visitor.text()).toMatch(/Providers lose .*assessment/);
    await expectFit(visitor);
    await shown(visitor, 'propose-check');
    const before = await town.node.store.head();
    await visitor.press('button', 'Sign and propose');
    await arrives(visitor, 'Version 2 is proposed');
    expect(await visitor.text()).toMatch(/Position \d+\s+Your agency proposed E2E Passport, version 2, and signed it\./);
    await expectFit(visitor);
    await visitor.press('link', 'See what was proposed');
    await arrives(visitor, 'E2E Passport: version 2 is proposed');
    const recorded = await town.node.store.readAll({ after: before, limit: 100 });
    expect(recorded.filter(({ type }) => type.includes('protocol.proposed'))).toHaveLength(1);
    await visitor.open('/agreements/propose/check');
    await arrives(visitor, 'Propose a next version');
  });

  it('what is wrong with a text is said beside it, and nothing is sent', async () => {
    const visitor = await town.signedIn('bea', { viewport: { width: 320, height: 640 } });
    const before = await town.node.store.head();
    await visitor.open('/agreements/propose');
    await visitor.press('button', 'Check the text');
    expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('Choose the file with the text');
    await expectFit(visitor);
    for (const [name, text, says] of [
      ['none.yaml', 'a: [', /Line 1/],
      ['later.yaml', { ...nextPassport(), version: 9 }, /Give the text version 2/],
      ['long.yaml', 'x'.repeat(300 * 1024), /at most 256 KiB/],
    ] as const) {
      await choose(visitor, 'The text', fileOf(name, text));
      await visitor.press('button', 'Check the text');
      expect(await visitor.page.locator('.govuk-error-summary').innerText()).toMatch(says);
      await expectFit(visitor);
    }
    expect(await visitor.page.title()).toMatch(/^Error: /);
    const types = (await town.node.store.readAll({ after: before, limit: 100 })).map(({ type }) => type);
    expect(types.filter((type) => type.includes('protocol.'))).toEqual([]);
  });

  it('is no page of whoever signs nothing', async () => {
    for (const id of ['d.lal', 'olu', 'sam'] as const) {
      const visitor = await town.signedIn(id);
      expect((await visitor.page.goto('/agreements/propose'))?.status()).toBe(404);
      await visitor.open('/agreements');
      expect(await visitor.page.getByRole('link', { name: 'Propose a next version' }).count()).toBe(0);
    }
  });
});

describe('where it lies elsewhere', () => {
  let town: ConsoleTown;
  let place: Workplace;
  beforeAll(async () => {
    place = new Workplace();
    const none = mkdtempSync(join(directory, 'keys-'));
    town = await ConsoleTown.open({ CONSOLE_KEYS: none });
  });
  afterAll(async () => {
    place.remove();
    await town.close();
  });

  it('the statement that was signed there goes with the text, by keyboard', async () => {
    const text = fileOf('signed.yaml', reworded('So that everybody relies on one.'));
    const statement = async (file: string): Promise<string> => {
      const signed = await place.run(['protocol', 'propose', file, '--key', town.keyOf('connexions-north'), '--statement']);
      return fileOf('text.jws', signed.out);
    };
    const visitor = await town.signedIn('a.kaur');
    await visitor.open('/agreements/propose');
    expect(await visitor.text()).toContain('concordat protocol propose text.yaml --key signing-private.json --statement > text.jws');
    await expectFit(visitor);
    await shown(visitor, 'propose-elsewhere');
    await choose(visitor, 'The text', text);
    await visitor.press('button', 'Check the text');
    expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('Choose the file with the signed statement');
    await choose(visitor, 'The text', text);
    await choose(visitor, 'The signed statement', await statement(fileOf('other.yaml', reworded('Another text.'))));
    await visitor.press('button', 'Check the text');
    await visitor.press('button', 'Propose');
    expect(await visitor.page.locator('.govuk-error-summary').innerText()).toMatch(/Sign the text that you send/);
    await expectFit(visitor);
    await choose(visitor, 'The text', text);
    await choose(visitor, 'The signed statement', await statement(text));
    await visitor.page.getByRole('button', { name: 'Check the text' }).focus();
    await visitor.page.keyboard.press('Enter');
    await arrives(visitor, 'Check before you propose');
    await visitor.page.getByRole('button', { name: 'Propose', exact: true }).focus();
    await visitor.page.keyboard.press('Enter');
    await visitor.press('link', 'See what was proposed');
    await arrives(visitor, 'E2E Passport: version 2 is proposed');
    expect(await visitor.text()).toContain('Connexions North proposed it');
  });
});
