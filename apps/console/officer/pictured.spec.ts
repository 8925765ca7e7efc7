import { findingOf } from '../pictures/consent-life-facts.ts';
import type { ConsentLife, Withdrawal } from './audit-answers.ts';
import { pictured, stopsIn } from './pictured.ts';

const reliance = {
  route: 'learner',
  asked: 'passport',
  clause: 'a@1#A',
  basis: '6(1)(e)',
  revision: 2,
  categories: ['assessment'],
  items: 1,
};
const life: ConsentLife = {
  learner: 'psn:a',
  id: 'careers/k-1',
  capturedBy: 'careers',
  status: 'withdrawn',
  protocol: 'e2e-passport',
  purposes: ['plan-learning'],
  categories: ['assessment'],
  recipients: ['provider'],
  evidence: false,
  validFrom: '2026-06-29',
  recordedAt: '2026-06-29T10:00:00.000Z',
  changedAt: '2026-11-30T09:00:00.000Z',
  counts: true,
  reliedOn: 2,
  steps: [],
  bands: [
    { status: 'given', from: '2026-06-29T10:00:00.000Z', until: '2026-07-01T10:00:00.000Z' },
    { status: 'paused', from: '2026-07-01T10:00:00.000Z', until: '2026-07-02T10:00:00.000Z' },
    { status: 'given', from: '2026-07-02T10:00:00.000Z', until: '2026-11-30T09:00:00.000Z' },
    { status: 'withdrawn', from: '2026-11-30T09:00:00.000Z' },
  ],
  relied: [
    { ...reliance, position: '5', at: '2026-09-07T09:12:00.000Z', recipient: 'forge' },
    { ...reliance, position: '5', at: '2026-09-07T09:12:00.000Z', recipient: 'forge', clause: 'a@1#B' },
    { ...reliance, position: '9', at: '2026-09-08T09:12:00.000Z', recipient: 'forge' },
  ],
  lanes: [],
  withdrawal: {
    position: '20',
    at: '2026-11-30T09:00:00.000Z',
    onOwnPage: true,
    reliedOnAfter: 0,
    tombstones: [],
    awaited: [],
    stoppedAt: '2026-11-30T09:00:00.400Z',
    seconds: 0.4,
    notices: [
      {
        notice: 'n',
        recipient: 'forge',
        issuedAt: '2026-11-30T09:00:01.000Z',
        due: '2026-12-05',
        state: 'acknowledged',
        acknowledgedOn: '2026-12-02',
        action: 'deleted',
        days: 2,
      },
    ],
  },
};

describe('a consent’s life as it is drawn', () => {
  it('has a tick a disclosure, whatever it relied on, and says the finding', () => {
    const drawn = pictured(life, Date.parse('2026-12-10T00:00:00Z'));
    expect(drawn.recipients).toMatchObject([{ recipient: 'Forge', disclosures: ['2026-09-07T09:12:00.000Z', '2026-09-08T09:12:00.000Z'] }]);
    expect(drawn.statuses.map(({ status }) => status)).toEqual(['given', 'paused', 'resumed', 'withdrawn']);
    expect(findingOf(drawn)).toBe('Forge relied on it 2 times; stopped 0.4 s after withdrawal; acknowledged in 2 days.');
  });

  it('takes days from notice to answer as they were reckoned, also where it was answered on the day on which it was told', () => {
    const { withdrawal } = life;
    const notices = (withdrawal?.notices ?? []).map((notice) => ({
      ...{ ...notice, issuedAt: '2026-11-30T15:00:00.000Z', acknowledgedOn: '2026-11-30', days: 0 },
    }));
    const drawn = pictured({ ...life, ...(withdrawal && { withdrawal: { ...withdrawal, notices } }) }, Date.parse('2026-12-10T00:00:00Z'));
    expect(drawn.recipients).toMatchObject([{ notice: { sentAt: '2026-11-30T15:00:00.000Z', answered: { on: '2026-11-30', days: 0 } } }]);
    expect(findingOf(drawn)).toMatch(/; acknowledged on the same day\.$/);
  });
});

it('takes of withdrawals those that some feed is still to be told of for what they are', () => {
  const withdrawal: Withdrawal = {
    ...{ position: '7', at: '2026-11-30T09:00:00.000Z', onOwnPage: false, reliedOnAfter: 0, tombstones: [], awaited: [], notices: [] },
  };
  const stops = stopsIn([{ ...withdrawal, seconds: 0.4 }, withdrawal], true);
  expect(stops).toMatchObject({ seconds: [0.4], waiting: 1, isPart: true });
});
