import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import { parseConfig } from '../../broker/config.ts';
import { openNode } from '../../broker/node.ts';
import { Workplace } from '../fixtures/captured-run.ts';

jest.setTimeout(60_000);
const [place, other] = [new Workplace(), new Workplace()];
afterAll(() => [place, other].forEach((one) => one.remove()));

beforeAll(async () => {
  for (const { data } of [place, other]) {
    const node = await openNode(parseConfig({ CONCORDAT_DATA: data }), { verifyWorkers: 0 });
    await expect(node.intake.receive(Buffer.from('rubbish'), 'http')).rejects.toMatchObject({ code: 'not-compact' });
    await node.agencies.register({ slug: 'forge', name: 'Forge', roles: ['provider'], districts: [] });
    await node.close();
  }
});

const from = (file: string): string => other.path('data', file);
const to = (file: string): string => place.path('data', file);
const LIST = ['protocol', 'list'];

describe('a command on a data directory whose files do not belong together', () => {
  it.each(['quarantine.sqlite', 'access.sqlite', 'views.sqlite'])('ends with a sentence, until %s is renewed', async (file) => {
    rmSync(to(file));
    cpSync(from(file), to(file));
    const refused = await place.run(LIST);
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.err).toMatch(
      new RegExp(`^concordat: The files in .* do not belong together\\.\\n  ${file} belongs to another log .*concordat renew ${file}`),
    );
    expect(await place.run(['renew', file])).toEqual({
      code: 0,
      out: expect.stringMatching(new RegExp(`^${file} is now .*${file}\\.aside; the next start makes it anew`)),
      err: '',
    });
    expect((await place.run(LIST)).code).toBe(0);
    expect(statSync(to(file)).mode & 0o777).toBe(0o600);
    const own = readFileSync(to(file));
    await place.run(['renew', file]);
    writeFileSync(to(file), own);
    expect((await place.run(LIST)).err).toMatch(new RegExp(`${file} is an older copy`));
    expect((await place.run(['renew', file])).code).toBe(0);
  });

  it('goes on with a new key to sign with once that is renewed', async () => {
    rmSync(to('broker-key.json'));
    expect((await place.run(LIST)).err).toContain('concordat renew broker-key.json');
    expect((await place.run(['renew', 'broker-key.json'])).out).toBe('broker-key.json is not there; the next start makes it\n');
    expect((await place.run(LIST)).code).toBe(0);
  });

  it('says that keys and log are not renewed', async () => {
    for (const file of ['keys.sqlite', 'log.sqlite', '../views.sqlite']) {
      expect(await place.run(['renew', file])).toEqual({
        code: 2,
        out: '',
        err: expect.stringContaining(
          `${file} cannot be made anew; these can: quarantine.sqlite, access.sqlite, views.sqlite, feeds.sqlite, broker-key.json.`,
        ),
      });
    }
  });

  it('says so where the log is gone', async () => {
    rmSync(other.path('data', 'log.sqlite'));
    expect((await other.run(LIST)).err).toMatch(/log\.sqlite is missing or empty/);
    expect((await other.run(['renew', 'views.sqlite'])).err).toMatch(
      /^concordat: log\.sqlite is missing in .*: restore the whole data directory from one backup\.\n$/,
    );
    expect(readdirSync(other.data)).not.toContain('log.sqlite');
  });
});

describe('concordat clock', () => {
  it('shows what is remembered, and has the machine’s clock remembered', async () => {
    expect((await place.run(['clock'])).out).toMatch(/^this machine +\d{4}-.*Z\nremembered +nothing yet\n$/);
    const [machine, remembered] = (await place.run(['clock', '--accept'])).out.split('\n').map((line) => line.split(/ +/).at(-1));
    expect(remembered).toBe(machine);
    expect((await place.run(['clock'])).out).toContain(`remembered    ${remembered ?? ''}`);
  });
});
