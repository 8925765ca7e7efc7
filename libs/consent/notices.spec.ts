import { college, connexions, provider, recorded, type Teller, told } from '#contribution/fixtures';
import { type ConsentState, evolveConsents, initialConsents, type NoticeIssued, openNoticesFor, withNotice } from './consent.ts';
import { decideConsent } from './consent.decide.ts';
import { groundsWith } from './fixtures/index.ts';

const issued: NoticeIssued = {
  noticeId: 'n-1',
  recipient: provider.slug,
  reason: 'withdrawal',
  consentId: 'k-1',
  items: [3, 7],
  issuedAt: 1,
  due: '2026-01-10',
  duty: 'e2e-passport@1#ED6',
};
const toCollege: NoticeIssued = { ...issued, noticeId: 'n-2', recipient: college.slug };

const sent = [issued, toCollege].reduce(withNotice, initialConsents);
const answers = (by: Teller, noticeId: string, action: 'deleted' | 'stopped-using' = 'deleted') =>
  told(by, 'notice.acknowledged', { noticeId, on: '2026-01-06', action });
const afterwards = (...given: readonly ReturnType<typeof answers>[]): ConsentState => recorded(...given).reduce(evolveConsents, sent);
const judged = (answer: ReturnType<typeof answers>, state: ConsentState, mayLookUp = true) =>
  decideConsent(answer, { state, grounds: groundsWith(), mayLookUp });
const open = (consent: ConsentState, { slug }: Teller): readonly string[] =>
  openNoticesFor({ consent }, slug).map(({ noticeId }) => noticeId);

describe('a notice', () => {
  it('is open for its recipient alone', () => {
    expect(open(sent, provider)).toEqual(['n-1']);
    expect(open(sent, college)).toEqual(['n-2']);
    expect(open(sent, connexions)).toEqual([]);
  });

  it('is closed by its recipient’s answer', () => {
    expect(judged(answers(provider, 'n-1'), sent)).toEqual({ outcome: 'accepted' });
    const after = afterwards(answers(provider, 'n-1'));
    expect(open(after, provider)).toEqual([]);
    expect(open(after, college)).toEqual(['n-2']);
    expect(after.notices[0]).toEqual({ ...issued, acknowledged: { on: '2026-01-06', action: 'deleted' } });
  });

  it('may be answered again: data in use no longer is deleted later', () => {
    const first = answers(provider, 'n-1', 'stopped-using');
    expect(judged(answers(provider, 'n-1'), afterwards(first))).toEqual({ outcome: 'accepted' });
    expect(afterwards(first, answers(provider, 'n-1')).notices[0]?.acknowledged?.action).toBe('deleted');
  });

  it.each([
    ['that was sent to another', answers(college, 'n-1')],
    ['that was never sent', answers(provider, 'n-3')],
  ])('%s is not acknowledged: unknown-reference', (_which, answer) => {
    expect(judged(answer, sent)).toMatchObject({ rejection: { code: 'unknown-reference' } });
  });

  it('is answered by whoever received it, also where it does not stand any more', () => {
    expect(judged(answers(provider, 'n-1'), sent, false)).toEqual({ outcome: 'accepted' });
    expect(judged(answers(college, 'n-1'), sent, false)).toMatchObject({ rejection: { code: 'unknown-reference' } });
  });
});
