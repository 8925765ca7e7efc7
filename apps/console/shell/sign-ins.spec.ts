// How long a sign-in lasts and how it ends, by a clock that the spec sets.
import type { Person } from './person.ts';
import { LONGEST_MS } from './session.ts';
import { deviceOf, SignIns } from './sign-ins.ts';

const MINUTE = 60_000;
const learner: Person = { kind: 'learner', name: '', learner: 'psn:x', authentication: '' };
const staff: Person = { kind: 'staff', name: '', agency: 'forge', staff: 's-1', roles: [] };

let now: number;
let signIns: SignIns;
beforeEach(() => {
  now = 1_000_000;
  signIns = new SignIns(() => now);
});

describe('a sign-in', () => {
  it.each([
    [learner, 10],
    [staff, 15],
  ])('of %o is over after %i minutes of nothing', (person, minutes) => {
    const id = signIns.begin(person, undefined);
    now += minutes * MINUTE - 1;
    expect(signIns.goesOn(id)).toBe(true);
    now += minutes * MINUTE - 1;
    expect(signIns.goesOn(id)).toBe(true);
    now += minutes * MINUTE;
    expect([signIns.goesOn(id), signIns.of(person)]).toEqual([false, []]);
  });

  it('is over after eight hours, however busy somebody is', () => {
    const id = signIns.begin(staff, undefined);
    const until = now + LONGEST_MS;
    for (; now + 14 * MINUTE < until; now += 14 * MINUTE) expect(signIns.goesOn(id)).toBe(true);
    now = until;
    expect(signIns.goesOn(id)).toBe(false);
  });

  it('does not go on by what a page asks by itself, and says when it is over', () => {
    const id = signIns.begin(staff, undefined);
    const end = now + 15 * MINUTE;
    now += 14 * MINUTE;
    expect([signIns.goesOn(id, { byItself: true }), signIns.endOf(id)]).toEqual([true, end]);
    now += MINUTE;
    expect([signIns.goesOn(id, { byItself: true }), signIns.goesOn(id), signIns.endOf(id)]).toEqual([false, false, undefined]);
  });

  it('says that it is over after eight hours, where that is sooner', () => {
    const id = signIns.begin(staff, undefined);
    const until = now + LONGEST_MS;
    for (; now + 14 * MINUTE < until; now += 14 * MINUTE) signIns.goesOn(id);
    signIns.goesOn(id);
    expect(signIns.endOf(id)).toBe(until);
  });

  it('is over with a token that is not renewed, and pages say so', () => {
    const signIn = signIns.begin(learner, undefined);
    const tokens = { access: 'a', until: now + 5 * MINUTE };
    expect(signIns.endingOf({ signIn, tokens })).toEqual({ endsAt: tokens.until, endsAnyway: true });
    expect(signIns.endingOf({ signIn, tokens: { ...tokens, refresh: 'r' } })).toEqual({ endsAt: now + 10 * MINUTE, endsAnyway: false });
    expect(signIns.endingOf({ signIn, tokens: { ...tokens, until: now + 11 * MINUTE } })).toMatchObject({ endsAnyway: false });
    expect([signIns.endingOf({}), signIns.endingOf({ signIn: 'none', tokens })]).toEqual([{}, {}]);
  });

  it('is ended with all others of the same person, and with nobody else’s', () => {
    const [first, second, other] = [signIns.begin(learner, undefined), signIns.begin(learner, undefined), signIns.begin(staff, undefined)];
    expect(signIns.of(learner).map(({ id }) => id)).toEqual(expect.arrayContaining([first, second]));
    signIns.endAll(learner);
    expect([first, second, other].map((id) => signIns.goesOn(id))).toEqual([false, false, true]);
  });
});

describe('sign-ins of an agency’s staff', () => {
  const other: Person = { kind: 'staff', name: 'O.', agency: 'forge', staff: 's-2', roles: ['tutor'] };
  const stranger: Person = { kind: 'staff', name: '', agency: 'anvil', staff: 's-1', roles: [] };
  const officer: Person = { kind: 'officer', name: '', office: 'dpo-of:forge', staff: 's-3' };

  it('are told with whose they are, the latest first, and of nobody else', () => {
    for (const person of [staff, stranger, officer, learner]) signIns.begin(person, undefined);
    now += MINUTE;
    signIns.begin(other, undefined);
    expect(signIns.ofStaffAt('forge').map(({ person }) => person)).toEqual([other, staff]);
    expect(signIns.ofStaffAt('nobody')).toEqual([]);
    now += 14 * MINUTE;
    expect(signIns.ofStaffAt('forge').map(({ person }) => person)).toEqual([other]);
  });

  it('are ended one by one for that agency, and no others by their ids', () => {
    const [own, ofStranger, ofOfficer] = [staff, stranger, officer].map((person) => signIns.begin(person, undefined));
    for (const id of [own, ofStranger, ofOfficer, 'none']) signIns.endOfStaffAt('forge', id ?? '');
    expect([own, ofStranger, ofOfficer].map((id) => signIns.goesOn(id ?? ''))).toEqual([false, true, true]);
  });
});

it.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'phone'],
  ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36', 'phone'],
  ['Mozilla/5.0 (Linux; Android 14; SM-X710) AppleWebKit/537.36 Chrome/126.0 Safari/537.36', 'tablet'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36', 'computer'],
  ['curl/8.5.0', 'other'],
  [undefined, 'other'],
])('%s is a kind of device: %s', (userAgent, device) => expect(deviceOf(userAgent)).toBe(device));
