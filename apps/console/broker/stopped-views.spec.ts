import { BrokerAway, BrokerProblem } from './broker-client.ts';
import { stoppedViews } from './stopped-views.ts';

const views = [
  { view: 'ties', position: '9', behind: 3, stopped: true, since: '2026-11-14T14:08:00.000Z' },
  { view: 'holdings', position: '12', behind: 0, stopped: false },
  { view: 'flows', position: '9', behind: 3, stopped: true },
];
const stopped = [
  { view: 'ties', since: '2026-11-14T14:08:00.000Z' },
  { view: 'flows', since: undefined },
];

it('are those that the broker names, with since when, whether or not it is ready', async () => {
  expect(await stoppedViews(async () => ({ status: 'ready', views }))).toEqual(stopped);
  const notReady = Promise.reject(new BrokerProblem(503, { code: 'not-ready', ...{ views } }));
  expect(await stoppedViews(() => notReady)).toEqual(stopped);
});

it('are none where the broker tells of no views; that it is away is not hidden', async () => {
  expect(await stoppedViews(() => Promise.reject(new BrokerProblem(429, {})))).toEqual([]);
  await expect(stoppedViews(() => Promise.reject(new BrokerAway('No.')))).rejects.toThrow(BrokerAway);
});
