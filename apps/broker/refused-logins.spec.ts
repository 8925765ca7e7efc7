import { RefusedLogins } from './refused-logins.ts';

describe('log-ins that are refused', () => {
  let now = 0;
  const lines: object[] = [];
  const counted: string[] = [];
  const logins = new RefusedLogins(
    (code) => void counted.push(code),
    (line) => void lines.push(line),
    () => now,
  );

  it('are told once a minute for each code and agency, with how many there were, and all counted', () => {
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
