// The first page of an agency that has more to do than a page of the broker's lists holds: it says so, and leads to the rest.
import { programme } from '../journeys/told.ts';
import { registration, ulnOf } from '../journeys/town.ts';
import { ConsoleTown } from './console-town.ts';

const PROVIDER = 'black-country-training';
const MANY = 101;
const AT_ONCE = 50;

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
  const told = Array.from({ length: MANY }, (_, n) => ulnOf(5000 + n)).flatMap((uln, n) => [
    registration(uln, `m-${n}`),
    programme(uln, `much-${n}`, { startedOn: '2026-09-01' }),
  ]);
  for (let from = 0; from < told.length; from += AT_ONCE) await town.tell(PROVIDER, ...told.slice(from, from + AT_ONCE));
});
afterAll(() => town.close());

it('has what a page of the list has, and where all of it is', async () => {
  const visitor = await town.plainly('k.reid');
  await visitor.open('/purpose?then=/staff');
  await visitor.open('/purpose', new URLSearchParams({ purposes: 'deliver-programme', then: '/staff' }));
  const { html } = await visitor.open('/staff');
  expect(html).toMatch(/Overdue \(the first \d+\)/);
  expect(html).toContain('overdue on this page');
  const [, rest = ''] =
    /<a class="govuk-link" href="([^"]+)">See all of them<span class="govuk-visually-hidden">: overdue/.exec(html) ?? [];
  const list = await visitor.open(rest.replaceAll('&amp;', '&'));
  expect([list.status, list.url.pathname, list.url.search]).toEqual([200, '/staff/lists/duties', '?bearer=me&state=overdue']);
  expect(list.html).toContain('rel="next"');
});
