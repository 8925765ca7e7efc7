import { Workplace } from '../fixtures/captured-run.ts';

const place = new Workplace();
afterAll(() => place.remove());

describe('concordat config', () => {
  it('lists every setting with the value in force and its meaning', async () => {
    const { code, out } = await place.run(['config', '--json'], { environment: { PORT: '8080' } });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(
      expect.arrayContaining([
        { variable: 'PORT', value: '8080', says: expect.any(String) },
        { variable: 'CONCORDAT_DATA', value: place.data, says: expect.any(String) },
      ]),
    );
    expect((await place.run(['config'])).out).toMatch(/^VARIABLE +VALUE +MEANING\n(?:.*\n)*PORT +3000 +TCP port/);
  });

  it('never shows the root key', async () => {
    const { out } = await place.run(['config'], { environment: { CONCORDAT_ROOT_KEY: 'A'.repeat(43) } });
    expect(out).toMatch(/CONCORDAT_ROOT_KEY +\(set\)/);
    expect(out).not.toContain('AAAA');
  });

  it.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/8 10.1.0.0/16'])('says that no proxies are named by %s', async (list) => {
    const { code, err } = await place.run(['config'], { environment: { CONCORDAT_TRUSTED_PROXIES: list } });
    expect([code, err]).toEqual([
      1,
      'concordat: CONCORDAT_TRUSTED_PROXIES is wrong: give addresses or ranges such as 10.0.0.0/8, with commas between, or loopback, or none.\n',
    ]);
  });

  it('says which value is wrong', async () => {
    const { code, out, err } = await place.run(['config'], { environment: { CONCORDAT_STORE: 'paper' } });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^concordat: CONCORDAT_STORE is wrong: .*sqlite.*\.\n$/);
  });
});

describe('a command line that is wrong', () => {
  it.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['send', 'x.json'], "required option '--agency <slug>' not specified"],
    [['quarantine', 'show', 'first'], 'Give the number that `quarantine list` shows.'],
  ])('gets exit code 2 and a sentence: %j', async (words, says) => {
    const { code, out, err } = await place.run(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
    expect(err).not.toMatch(/ at |Error/);
  });

  it('gets help where it asks for it', async () => {
    const { code, out, err } = await place.run(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Usage: concordat');
  });
});
