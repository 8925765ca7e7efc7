import { admittanceTo } from '../shell/areas.ts';
import { ROLE_LINES } from './staff-accounts.ts';

it('each role that is told of begins on a page that it is admitted to, and no two lines are of one role', () => {
  for (const { role, begins } of ROLE_LINES) {
    const person = { kind: 'staff', name: '', agency: 'forge', staff: 's', roles: [role] } as const;
    expect([role, admittanceTo(begins, person)]).toEqual([role, 'admitted']);
  }
  expect(new Set(ROLE_LINES.map(({ role }) => role)).size).toBe(ROLE_LINES.length);
});

it('an administrator’s role is told to open the staff’s sign-ins, and no other is', () => {
  expect(ROLE_LINES.filter(({ pages }) => pages.includes('Your staff')).map(({ role }) => role)).toEqual(['administrator']);
});
