// What somebody did stands on the page that follows, also where the views come behind; where they do not come in time, the page says so
// (contracts.md, Concordat-Min-Position; ADR 70).
import { jest } from '@jest/globals';
import { type HeldViews, holdViews } from '../journeys/held-views.ts';
import { ConsoleTown } from './console-town.ts';
import { hrefsIn, type Page, type PlainVisitor } from './plain-visitor.ts';

const NOT_YET = 'It is not on this page yet';

let town: ConsoleTown;
let held: HeldViews | undefined;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());
beforeEach(() => town.settled());
afterEach(() => held?.letGo());

const hold = (): void => {
  held = holdViews(town.node.config.data);
};

/** Resolves when somebody waits for a view. */
const somebodyWaits = (): Promise<void> =>
  new Promise((resolve) => {
    const { projections } = town.node;
    const waiting = jest.spyOn(projections, 'waitFor');
    waiting.mockImplementation((...asked) => {
      waiting.mockRestore();
      resolve();
      return projections.waitFor(...asked);
    });
  });

/** A page that is opened while the views are held, which are let go once it waits for them. */
const waitedFor = async (visitor: PlainVisitor, path: string): Promise<Page> => {
  const waits = somebodyWaits();
  const coming = visitor.open(path);
  await waits;
  held?.letGo();
  return coming;
};

const firstMatch = async (visitor: PlainVisitor): Promise<string> => {
  const { html } = await visitor.open('/data');
  const href = hrefsIn(html).find((one) => one.startsWith('/data/matches/possible-match.'));
  if (href === undefined) throw new Error('Nothing waits.');
  return href;
};

it('the data manager’s decision', async () => {
  const visitor = await town.plainly('sam');
  const path = await firstMatch(visitor);
  await visitor.open(path);
  await visitor.open(`${path}/check`, { outcome: 'deferred', reason: 'Who can say?' });
  hold();
  expect((await visitor.open(`${path}/decision`, {})).html).toContain('Recorded: not sure yet');
  const { html } = await waitedFor(visitor, path);
  expect(html).toContain('This was put off.');
  expect(html).not.toContain(NOT_YET);
});

it('what staff entered', async () => {
  const visitor = await town.plainly('h.marsh');
  await visitor.open('/staff/enter/provision.listed');
  const entered = { title: 'Joinery', kind: 'e2e', level: 'level-1', places: '8', area: 'WV10' };
  await visitor.open('/staff/enter/provision.listed', entered);
  hold();
  const sent = await visitor.open('/staff/enter/provision.listed/send', {});
  expect(sent.html).toContain('Recorded');
  expect((await waitedFor(visitor, '/plan/provision?agency=heath-town-skills')).html).toContain('Joinery');
});

it('says so where a view does not come in time, shows what there is, and goes on', async () => {
  const visitor = await town.plainly('sam');
  const path = await firstMatch(visitor);
  await visitor.open(path);
  await visitor.open(`${path}/check`, { outcome: 'different', reason: 'They are twins.' });
  hold();
  expect((await visitor.open(`${path}/decision`, {})).html).toContain('Recorded: they are two people');
  const page = await visitor.open(path);
  expect([page.status, page.html.includes(NOT_YET)]).toEqual([200, true]);
  held?.letGo();
  const again = await visitor.open(path);
  expect(again.html).toContain('It was decided that they are two people.');
  expect(again.html).not.toContain(NOT_YET);
});
