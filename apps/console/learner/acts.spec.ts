import type { ACTS } from './acts.ts';
import { type ActContext, prepare } from './acts.ts';

const SCOPE = {
  protocol: 'e2e-passport',
  purposes: ['plan-learning'],
  categories: ['review', 'assessment'],
  recipients: ['provider', 'college'],
};
const context: ActContext = {
  page: 'own-page',
  subject: 'psn:u2Yq8T0bq0y0u7rZb8yq3g',
  evidence: 'sign-in 7',
  language: 'cy',
  today: '2026-09-03',
  now: new Date('2026-09-03T09:00:00Z'),
  consents: [{ ...SCOPE, consentId: 'k-1', source: 'careers', status: 'given', expires: '2026-12-31' }],
  requests: [{ ...SCOPE, id: 'r-1', source: 'careers', until: '2026-09-30', state: 'waiting' }],
};
const ID = { id: 'drawn' };
const eventsOf = (act: (typeof ACTS)[number], entered: Readonly<Record<string, unknown>>) => {
  const outcome = prepare(act, { ...ID, ...entered }, context);
  return 'ok' in outcome
    ? outcome.ok.events.map(({ type, subject, id, data }) => ({ type: type.split('.').slice(2, 4).join('.'), subject, id, data }))
    : outcome;
};

describe('what a learner does', () => {
  it('stops another agency’s consent by its name, and the own without', () => {
    expect(eventsOf('stop', { consent: 'k-1', of: 'careers' })).toMatchObject([
      { type: 'consent.withdrawn', subject: context.subject, id: 'drawn-0', data: { consentId: 'k-1', by: 'learner', of: 'careers' } },
    ]);
    expect(eventsOf('stop', { consent: 'k-1', of: 'forge' })).toEqual({ gone: true });
  });

  it('shares less in one message: the smaller consent first, of what was agreed and ticked alone', () => {
    const kept = { kind: ['review', 'offence'], party: 'college' };
    const [given, withdrawn] = eventsOf('less', { consent: 'k-1', of: 'careers', ...kept }) as readonly {
      readonly type: string;
      readonly data: object;
    }[];
    expect(given).toMatchObject({
      type: 'consent.given',
      data: {
        categories: ['review'],
        recipients: ['college'],
        evidence: 'sign-in 7',
        givenBy: 'learner',
        method: 'online',
        expires: '2026-12-31',
      },
    });
    expect(withdrawn).toMatchObject({ type: 'consent.withdrawn', data: { consentId: 'k-1', of: 'careers' } });
    expect(eventsOf('less', { consent: 'k-1', of: 'careers' })).toEqual({ fault: 'form.needTick' });
  });

  it('lets it end sooner, and never later, on a day that there is', () => {
    const all = { consent: 'k-1', of: 'careers', kind: SCOPE.categories, party: SCOPE.recipients };
    const until = (day: string, month: string, year: string) =>
      eventsOf('less', { ...all, 'until-day': day, 'until-month': month, 'until-year': year });
    expect(until('5', '10', '2026')).toMatchObject([{ data: { ...SCOPE, expires: '2026-10-05' } }, { type: 'consent.withdrawn' }]);
    expect(until('3', '9', '2026')).toMatchObject([{ data: { expires: '2026-09-03' } }, {}]);
    for (const [day, month, year] of [
      ['2', '9', '2026'],
      ['31', '11', '2026'],
      ['x', '11', '2026'],
      ['1', '', '2026'],
    ] as const)
      expect([day, month, year, until(day, month, year)]).toEqual([day, month, year, { fault: 'less.badDay' }]);
    expect(until('1', '1', '2027')).toEqual({ fault: 'less.later' });
    const open = prepare(
      'less',
      { ...ID, ...all, 'until-day': '1', 'until-month': '1', 'until-year': '2027' },
      {
        ...context,
        consents: context.consents.map((one) => ({ ...one, expires: null })),
      },
    );
    expect('ok' in open && open.ok.events[0]?.data).toMatchObject({ expires: '2027-01-01' });
  });

  it('answers a request that waits: all, some of it, or no', () => {
    expect(eventsOf('yes', { request: 'r-1', which: 'all' })).toMatchObject([
      { type: 'consent.given', data: { ...SCOPE, expires: '2027-09-03' } },
    ]);
    expect(eventsOf('yes', { request: 'r-1', which: 'some', kind: 'review', party: 'college' })).toMatchObject([
      { data: { categories: ['review'], recipients: ['college'] } },
    ]);
    expect(eventsOf('no', { request: 'r-1' })).toMatchObject([{ type: 'consent.refused', data: SCOPE }]);
    expect(eventsOf('yes', { request: 'r-2' })).toEqual({ gone: true });
  });

  it('writes nothing without somebody to write to and something to say', () => {
    expect(eventsOf('ask', { text: 'Why?' })).toEqual({ fault: 'form.needWho' });
    expect(eventsOf('complain', { about: 'forge', text: ' ' })).toEqual({ fault: 'form.needText' });
    expect(eventsOf('ask', { about: 'forge', text: 'Why?', regarding: 'your reviews' })).toMatchObject([
      { type: 'question.asked', data: { questionId: 'question-drawn', about: 'forge', regarding: 'your reviews', text: 'Why?' } },
    ]);
    expect(eventsOf('say', { about: 'forge', theme: 'food', rating: '4' })).toMatchObject([
      { type: 'feedback.given', data: { about: 'forge', theme: 'food', rating: 4 } },
    ]);
  });
});
