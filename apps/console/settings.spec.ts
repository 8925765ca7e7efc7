import { listConsoleSettings, parseConsoleSettings } from './settings.ts';

describe('settings of the console', () => {
  it('have defaults that go with a broker on the same machine', () => {
    expect(parseConsoleSettings({})).toMatchObject({
      port: 3001,
      broker: 'http://127.0.0.1:3000',
      audience: 'http://127.0.0.1:3000',
      url: undefined,
    });
  });

  it('take addresses with or without a slash at their end', () => {
    const { url, broker } = parseConsoleSettings({ CONSOLE_URL: 'https://console.example/', CONSOLE_BROKER_URL: 'http://broker:3000//' });
    expect({ url, broker }).toEqual({ url: 'https://console.example', broker: 'http://broker:3000' });
  });

  it.each([
    ['CONSOLE_PORT', '70000'],
    ['CONSOLE_PORT', 'http'],
    ['CONSOLE_URL', 'console.example'],
    ['CONSOLE_ISSUER', 'javascript:alert(1)'],
    ['CONSOLE_OWN_PAGE', 'Own Page'],
  ])('say that %s cannot be %j', (variable, value) => {
    expect(() => parseConsoleSettings({ [variable]: value })).toThrow(new RegExp(`^${variable} is wrong: it takes .*\\.$`));
  });

  it('list the secret as set, never what it is', () => {
    const listed = listConsoleSettings({ CONSOLE_CLIENT_SECRET: 'opensesame' });
    expect(listed.find(({ variable }) => variable === 'CONSOLE_CLIENT_SECRET')).toMatchObject({ value: '(set)' });
    expect(JSON.stringify(listed)).not.toContain('opensesame');
    expect(listConsoleSettings({}).find(({ variable }) => variable === 'CONSOLE_CLIENT_SECRET')).toMatchObject({ value: '(not set)' });
  });
});
