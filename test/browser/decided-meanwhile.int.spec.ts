// Somebody else decided on a match between check and decision: the page shows that decision and asks again (console.md, 4.5).
import { ConsoleTown } from './console-town.ts';
import { hrefsIn } from './plain-visitor.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

it('nothing is decided on what the check did not show', async () => {
  const shown = 'It was decided that they are one person';
  const [one, other] = [await town.plainly('sam'), await town.plainly('sam')];
  const { html } = await one.open('/data');
  const path = hrefsIn(html).find((href) => href.startsWith('/data/matches/possible-match.')) ?? '';
  for (const visitor of [one, other]) await visitor.open(path);
  await one.open(`${path}/check`, { outcome: 'deferred', reason: 'Who can say?' });
  await other.open(`${path}/check`, { outcome: 'same', reason: 'The school showed the certificate.' });
  expect((await other.open(`${path}/decision`, {})).html).toContain('Recorded: they are one person');
  await town.settled();
  const head = await town.node.store.head();
  const { status, html: met } = await one.open(`${path}/decision`, {});
  expect([status, met.includes('This was decided meanwhile'), met.includes(shown)]).toEqual([200, true, true]);
  expect(met).not.toContain('Recorded: not sure yet');
  const recorded = await town.node.store.readAll({ after: head, limit: 100 });
  expect(recorded.filter(({ type }) => type === 'uk.concordat.match.decided.v1')).toEqual([]);
});
