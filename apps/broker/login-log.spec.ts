import { LoginLog } from './login-log.ts';

describe('log-ins', () => {
  let now = 0;
  const lines: object[] = [];
  const counted: string[] = [];
  const logins = new LoginLog(
    (code) => void counted.push(code),
    (line) => void lines.push(line),
    () => now,
  );

  it('that are let in are each told, with the key that the assertion was signed with', () => {
    logins.granted('forge', 'thumbprint');
    expect(lines.splice(0)).toEqual([{ granted: 'token', agency: 'forge', kid: 'thumbprint' }]);
  });

  it('that are refused are told once a minute for each code and agency, with how many there were, and all counted', () => {
    for (let i = 0; i < 1000; i++) logins.refused('exp-past', 'forge');
    logins.refused('exp-past', 'anvil');
    logins.refused('key');
    now = 60_000;
    logins.refused('exp-past', 'forge');
    expect(lines).toEqual([
      { refused: 'login', code: 'exp-past', claimed: 'forge', times: 1 },
      { refused: 'login', code: 'exp-past', claimed: 'anvil', times: 1 },
      { refused: 'login', code: 'key', times: 1 },
      { refused: 'login', code: 'exp-past', claimed: 'forge', times: 1000 },
    ]);
    expect(counted.length).toBe(1003);
  });
});
