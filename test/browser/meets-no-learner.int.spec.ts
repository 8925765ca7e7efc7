// Whoever only plans, manages or administers has no page about a learner (console.md, 1; ADR 83).
import { ConsoleTown } from './console-town.ts';
import { hrefsIn } from './plain-visitor.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const FOR_OTHERS = 'This page is for somebody else';

it.each([
  ['h.marsh', '/plan', ['/staff/leavers', '/staff/lists/jobs-without-training'], ['/staff/lists/identity-issues']],
  ['a.kaur', '/agency', ['/staff/lists/identity-issues', '/staff/lists/data-quality.issues'], ['/staff/leavers']],
] as const)('%s begins at %s and opens lists of the own work alone', async (who, home, own, others) => {
  const visitor = await town.plainly(who);
  await visitor.open('/purpose?then=/plan');
  const choosing = await visitor.open('/purpose?then=/staff/lists');
  const purposes = [...choosing.html.matchAll(/name="purposes"[^>]*value="([^"]+)"/g)].map(([, value = '']): [string, string] => [
    'purposes',
    value,
  ]);
  await visitor.open('/purpose', new URLSearchParams([...purposes, ['then', '/staff/lists']]));
  expect((await visitor.open('/staff')).url.pathname).toBe(home);
  const { html } = await visitor.open('/staff/lists');
  const lists = hrefsIn(html);
  expect(own.filter((path) => !lists.includes(path))).toEqual([]);
  for (const path of own) expect([path, (await visitor.open(path)).html.includes(FOR_OTHERS)]).toEqual([path, false]);
  const shut = ['/staff/caseload', '/staff/lists/caseload', '/staff/caseload/csv', '/staff/on-programme', ...others];
  for (const path of [...shut, '/staff/learners/local:CN-1015', '/staff/consent/new']) {
    const { status, html: page } = await visitor.open(path);
    expect([path, status, page.includes(FOR_OTHERS), lists.includes(path)]).toEqual([path, 403, true, false]);
  }
  expect((await visitor.open('/staff/find', { learner: 'CN-1015' })).html).toContain(FOR_OTHERS);
  expect((await visitor.open('/staff/enter')).status).toBe(200);
});
