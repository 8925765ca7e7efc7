import { LANGUAGES, word } from '../words/index.ts';
import { SHELL_WORDS } from '../words/shell.ts';
import { admittanceTo, homeOf, navigationFor } from './areas.ts';
import { dayOf, listOf } from './form.ts';
import { isAsBefore, type Person, personIn } from './person.ts';
import { roleWords } from './role-words.ts';
import { readStylesheets, unbranded } from './stylesheets.ts';
import { clockText, dayText, timeElement, timeOfDay } from './times.ts';

const staff = (...roles: readonly string[]): Person => ({ kind: 'staff', agency: 'forge', staff: 's-1', name: 'S.', roles });

describe('who is signed in', () => {
  it.each([
    [{ office: 'dpo-of:forge', staff_id: 'b' }, 'officer'],
    [{ office: 'dpo-partnership' }, 'officer'],
    [{ office: 'data-manager' }, 'data-manager'],
    [{ agency: 'forge', staff_id: 's' }, 'staff'],
    [{ learner: 'psn:x' }, 'learner'],
  ])('is read from %j', (claims, kind) => {
    expect(personIn(claims)?.kind).toBe(kind);
  });

  it.each([[{}], [{ office: 'operator' }], [{ agency: 7 }], [{ learner: '' }]])('is nobody by %j', (claims) => {
    expect(personIn(claims)).toBeUndefined();
  });
});

describe('whoever the issuer names again', () => {
  const officer = personIn({ office: 'dpo-of:forge', staff_id: 'b', name: 'Bea' }) as Person;

  it('is as before in the same roles, by whatever name and in whatever order', () => {
    expect(isAsBefore(staff('planner', 'manager'), { ...staff('manager', 'planner', 'manager'), name: 'Sam' })).toBe(true);
    expect(isAsBefore(officer, { ...officer, name: 'Beatrice' })).toBe(true);
  });

  it.each([
    [staff('administrator'), staff('planner')],
    [staff('planner'), staff()],
    [staff(), { ...staff(), agency: 'anvil' } as Person],
    [staff(), { ...staff(), staff: 's-2' } as Person],
    [officer, staff()],
    [officer, { ...officer, office: 'dpo-partnership' } as Person],
  ])('is somebody else: %#', (one, other) => {
    expect(isAsBefore(one, other)).toBe(false);
  });
});

describe('the header', () => {
  const nameOf = (agency: string): string => `The ${agency}`;

  it.each([
    [staff('personal-adviser', 'planner'), 'personal adviser, planner, The forge'],
    [staff(), 'The forge'],
    [personIn({ office: 'dpo-of:forge' }), 'data protection officer of The forge'],
    [personIn({ office: 'dpo-partnership' }), 'data protection officer of the partnership'],
    [personIn({ office: 'data-manager' }), 'data manager'],
    [personIn({ learner: 'psn:x' }), undefined],
  ])('says as whom somebody is signed in: %#', (person, says) => {
    expect(person && roleWords(person, nameOf)).toBe(says);
  });
});

describe('areas', () => {
  it.each([
    ['/staff/caseload', staff(), 'admitted'],
    ['/plan', staff(), 'not-yours'],
    ['/plan', staff('planner'), 'admitted'],
    ['/plan/gaps', staff('key-worker', 'manager'), 'admitted'],
    ['/staff/learners/psn:x', staff('planner', 'manager'), 'not-yours'],
    ['/staff/learners', staff('administrator'), 'not-yours'],
    ['/staff/find', staff('administrator'), 'not-yours'],
    ['/staff/consent/new', staff('manager'), 'not-yours'],
    ['/staff/learners/psn:x', staff('manager', 'key-worker'), 'admitted'],
    ['/staff/enter', staff('administrator'), 'admitted'],
    ['/staff/lists/provision', staff('planner'), 'admitted'],
    ['/agreements', staff(), 'admitted'],
    ['/agreements', undefined, 'sign-in'],
    ['/agency', staff('planner'), 'not-yours'],
    ['/dpo', staff('administrator'), 'not-yours'],
    ['/me?lang=cy', undefined, 'sign-in'],
    ['/', undefined, 'open'],
    ['/staffroom', undefined, 'open'],
  ] as const)('%s: %#', (path, person, admittance) => {
    expect(admittanceTo(path, person)).toBe(admittance);
  });
});

describe('the first page, and the entries beside it', () => {
  it.each([
    [['planner'], '/plan', '/plan/gaps'],
    [['manager'], '/plan', '/plan/feedback'],
    [['key-worker', 'manager'], '/staff', '/plan'],
    [['personal-adviser'], '/staff', '/staff/caseload'],
    [['key-worker'], '/staff', '/staff/reviews'],
    [[], '/staff', '/staff/enter'],
    [['administrator', 'planner'], '/agency', '/agency/data'],
  ] as const)('%j: %s, with %s among at most six', (roles, home, entry) => {
    const person = staff(...roles);
    expect(homeOf(person)).toBe(home);
    const hrefs = navigationFor(person).map(({ href }) => href);
    expect(hrefs).toContain(entry);
    expect(hrefs.length).toBeLessThanOrEqual(6);
    for (const href of hrefs) expect({ href, admittance: admittanceTo(href, person) }).toEqual({ href, admittance: 'admitted' });
  });
});

describe('times', () => {
  it('are London’s, in summer and in winter', () => {
    expect(timeOfDay('2026-06-29T11:05:00Z')).toBe('12:05pm');
    expect(timeOfDay('2026-11-14T00:05:00Z')).toBe('12:05am');
    expect(clockText('2026-11-14T09:01:04Z')).toBe('9:01:04am');
    expect(timeOfDay('2026-11-14T14:05:00Z', 'cy')).toBe('2:05yp');
    expect(dayText('2026-06-30T23:30:00Z')).toBe('1 July 2026');
    expect(dayText('2026-09-03', 'cy')).toBe('3 Medi 2026');
  });

  it('hold the exact instant', () => {
    expect(String(timeElement('2026-11-14T14:05:30Z'))).toBe(
      '<time datetime="2026-11-14T14:05:30.000Z" title="2026-11-14T14:05:30.000Z">14 November 2026, 2:05pm</time>',
    );
    expect(timeElement('yesterday')).toBe('');
  });
});

describe('what a form sends', () => {
  it('is a day only where there is such a day', () => {
    expect(dayOf({ 'on-day': '3', 'on-month': '9', 'on-year': '2026' }, 'on')).toBe('2026-09-03');
    expect(dayOf({ 'on-day': '31', 'on-month': '2', 'on-year': '2026' }, 'on')).toBeUndefined();
    expect(dayOf({ 'on-day': '3' }, 'on')).toBeUndefined();
  });

  it('is a list of checkboxes, one or many', () => {
    expect([listOf(undefined), listOf('a'), listOf(['a', 'b']), listOf({})]).toEqual([[], ['a'], ['a', 'b'], []]);
  });
});

describe('stylesheets', () => {
  it('hold nothing that is reserved for services of government, and fetch nothing', () => {
    const css = Object.values(readStylesheets()).map(({ text }) => text);
    expect(css.join('').length).toBeGreaterThan(50_000);
    for (const text of css) expect(text).not.toMatch(/GDS Transport|@font-face|url\((?!["']?data:)/);
  });

  it('keep the rest as it is', () => {
    expect(unbranded('@font-face{font-family:"GDS Transport";src:url(/x.woff2)}a{font-family:"GDS Transport",arial;color:red}')).toBe(
      'a{font-family:arial;color:red}',
    );
  });
});

describe('words', () => {
  it('are there in both languages, with the same things to put in', () => {
    const holes = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    for (const key of Object.keys(SHELL_WORDS.en) as (keyof typeof SHELL_WORDS.en)[]) {
      expect({ key, holes: holes(SHELL_WORDS.cy[key]) }).toEqual({ key, holes: holes(SHELL_WORDS.en[key]) });
      expect(SHELL_WORDS.cy[key]).not.toBe(SHELL_WORDS.en[key]);
    }
  });

  it.each(LANGUAGES)('that are missing are found out in %s', (language) => {
    expect(() => word(language, 'nothing')).toThrow('There is no word nothing');
    expect(word(language, 'endsAt', { time: '3:20pm' })).toContain('3:20pm');
  });
});
