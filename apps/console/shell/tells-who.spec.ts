import { tellsWho } from './tells-who.ts';

describe('what somebody writes', () => {
  it.each([
    ['an address of e-mail', 'Ask me at amy.f@example.org.', ['email']],
    ['a telephone number', 'Ring 07700 900123 after four', ['telephone']],
    ['a number from abroad', 'Ring +44 (0)7700-900 123', ['telephone']],
    ['a ULN', 'Her number is 1000000043.', ['uln']],
    ['a National Insurance number', 'NI qq 12 34 56 c', ['ni']],
    ['several', '07700900123 or a@b.cy', ['email', 'telephone']],
  ])('tells who it is by %s', (_what, text, tells) => expect(tellsWho(text)).toEqual(tells));

  it('tells who it is by a name that is known, in one part too, however it is accented', () => {
    const known = ['Amy Fletcher', 'Siân O’Brien'];
    for (const text of [
      'Amy was late.',
      'AMY FLETCHER',
      'with Sian today',
      'Fletcher’s review',
      'Ms O’Brien said so',
      "'Amy left'",
      '‘Amy’',
      "AMY'S",
    ])
      expect([text, tellsWho(text, known)]).toEqual([text, ['name']]);
  });

  it.each([
    'Good start; timekeeping agreed.',
    'Two buses an hour, 20 places at 9:15 on 3 September 2026, £1,200 in all.',
    'Level 1 of 3, 100000 words, room 0123, unit 12-3456',
    'Units 2026-09-01 to 2027-07-31',
    'On 01-09-2026 09:15',
    'will mark the work with grace',
  ])('does not where it says: %s', (text) => expect(tellsWho(text, ['Will Mark', 'Grace Day'])).toEqual([]));

  it('goes through a long text once, whatever is in it', () => {
    const [long, began] = ['a'.repeat(200_000), performance.now()];
    expect([tellsWho(long), tellsWho(`${long} ${long}@x.org`)]).toEqual([[], ['email']]);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
