import { SESSION_MS, Sessions } from './sessions.ts';

let now = 0;
let sessions = new Sessions(() => now);
type Kept = Parameters<Sessions['set']>[1];
const stranger = {} as Kept;
const signedIn = { signIn: 's-1' } as Kept;

const keep = (id: string, session: Kept): void => sessions.set(id, session, () => undefined);
const kept = (id: string): unknown => {
  let found: unknown;
  sessions.get(id, (_, session) => (found = session));
  return found;
};

beforeEach(() => {
  now = 0;
  sessions = new Sessions(() => now);
});

describe('sessions in memory', () => {
  it('are gone once nothing was asked for in their time, from memory too', () => {
    keep('one', signedIn);
    now = SESSION_MS - 1;
    expect(kept('one')).toBe(signedIn);
    keep('one', signedIn);
    now = 2 * SESSION_MS - 2;
    expect(kept('one')).toBe(signedIn);
    now = 2 * SESSION_MS - 1;
    expect(kept('one')).toBeNull();
    keep('other', stranger);
    expect(sessions.size).toBe(1);
  });

  it('of strangers are as many as there is room for, and push nobody out who is signed in', () => {
    keep('adviser', signedIn);
    for (let n = 0; n < 10_001; n++) keep(`stranger-${n}`, stranger);
    expect([sessions.size, kept('stranger-0'), kept('stranger-1'), kept('adviser')]).toEqual([10_001, null, stranger, signedIn]);
  });

  it('of somebody who signs in, or is signed out, is one', () => {
    keep('one', stranger);
    keep('one', signedIn);
    expect(sessions.size).toBe(1);
    sessions.destroy('one', () => undefined);
    expect([sessions.size, kept('one')]).toEqual([0, null]);
  });
});
