// Whether an agency itself told anything that makes a row of the Guarantee: else it is refused at once where no clause shows it the
// list (views.md, V16; ADR 78).
import { askerOf, LEARNER, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { guarantee } from './guarantee.list.ts';

let log: TestLog;
let shown: Shown;
beforeEach(() => {
  log = new TestLog();
  shown = showing(log, guarantee.view);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const own = async (...slugs: readonly string[]): Promise<readonly unknown[]> => {
  await shown.catchUp();
  return Promise.all(slugs.map(async (slug) => guarantee.hasOwn?.(shown.views, askerOf(slug))));
};

it('of the Guarantee it is offers and applications, until they are erased', async () => {
  const told = (type: string, actor: string, category: string) => log.contribution(type, { actor, category, data: {} });
  await log.append(told('offer.made', 'bct', 'offer'), told('application.submitted', 'st-chads', 'application'));
  expect(await own('bct', 'st-chads', 'hts')).toEqual([true, true, false]);
  await log.erase(LEARNER, 'offer');
  expect(await own('bct', 'st-chads')).toEqual([false, true]);
});
