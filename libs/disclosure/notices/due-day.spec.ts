import { shippedProtocols } from '#sharing-protocols';
import { dayAfter, dueDay } from './occasions.ts';

const WITHDRAWN = 'consent.withdrawn';
const inForce = shippedProtocols().map((document) => ({ document, parties: [] }));

describe('the day by which a notice is to be answered', () => {
  it('is as the protocol of the consent has it, for those whom its duty binds', () => {
    expect(dueDay('2026-01-05', { roles: ['provider'], after: WITHDRAWN, protocols: ['e2e-passport'] }, inForce)).toEqual({
      due: '2026-01-10',
      duty: expect.stringMatching(/^e2e-passport@1#/),
    });
    expect(
      dueDay('2026-01-05', { roles: ['employer', 'college'], after: WITHDRAWN, protocols: ['activity-survey', 'youth-justice'] }, inForce),
    ).toMatchObject({ due: '2026-01-10' });
  });

  it.each([
    ['whose roles no duty binds', ['e2e-passport'], ['employer'], WITHDRAWN],
    ['where the protocol has no such duty', ['activity-survey'], ['provider'], WITHDRAWN],
    ['where the protocol is in force no more', ['gone'], ['provider'], WITHDRAWN],
    ['where no protocol asks for an answer after that', ['e2e-passport'], ['provider'], 'restriction.requested'],
  ] as const)('is a week later %s', (_why, protocols, roles, after) => {
    expect(dueDay('2026-01-05', { roles, after, protocols }, inForce)).toEqual({ due: '2026-01-12' });
  });

  it.each([
    ['P5D', '2026-02-05'],
    ['P2W', '2026-02-14'],
    ['P1M', '2026-02-28'],
    ['P1Y1M1D', '2027-03-01'],
    ['PT48H', '2026-02-02'],
    ['PT1H', '2026-02-01'],
    ['P0D', '2026-01-31'],
    ['P13M', '2027-02-28'],
  ])('%s after 31 January 2026 is %s', (duration, day) => {
    expect(dayAfter('2026-01-31', duration)).toBe(day);
  });
});
