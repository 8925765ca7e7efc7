// What an agency asked a learner to agree to.
import { contentOf, seenItem } from '../fixtures/index.ts';
import { consentRequests } from './consent-requests.document.ts';

const asked = (until: string, more: object = {}, by?: string) =>
  seenItem(
    'consent.requested',
    { protocol: 'reuse', purposes: ['plan-learning'], categories: ['assessment'], recipients: ['provider'], until, ...more },
    by === undefined ? { clause: 'own' } : { by },
  );

describe('what was asked', () => {
  it('is the agency’s own, the last first, with whether an answer is still awaited', () => {
    const { rows } = contentOf(consentRequests, [asked('2020-01-01'), asked('2099-12-31', { protocol: 'passport' })]) as {
      readonly rows: readonly object[];
    };
    expect(rows).toMatchObject([
      { protocol: 'passport', categories: ['assessment'], until: '2099-12-31', state: 'awaited' },
      { protocol: 'reuse', until: '2020-01-01', state: 'past' },
    ]);
  });

  it('is not what others asked', () => {
    expect(contentOf(consentRequests, [asked('2099-12-31', {}, 'careers')])).toEqual({ rows: [] });
  });
});
