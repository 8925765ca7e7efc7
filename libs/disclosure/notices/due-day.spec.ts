import { shippedProtocols } from '#sharing-protocols';
import { dueDay } from './occasions.ts';

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
});
