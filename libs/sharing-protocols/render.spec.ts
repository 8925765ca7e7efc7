import { digestOf } from './register-signatures.ts';
import { smallProtocol, withFlow, withProhibition } from './fixtures/small-protocol.ts';
import { HEADINGS } from './lint-agreement.ts';
import { renderAgreement } from './render.ts';
import { cell, durationInWords } from './render-words.ts';
import { shippedProtocols } from './shipped.ts';

const row = (text: string, first: string): readonly string[] =>
  (text.split('\n').find((line) => line.startsWith(`| ${first} |`)) ?? '').split(' | ').map((part) => part.replaceAll(/^\| | \|$/g, ''));

const passport = renderAgreement(shippedProtocols().find(({ id }) => id === 'e2e-passport') ?? smallProtocol);

describe('a rendered agreement', () => {
  it('has every heading once, and the digest', () => {
    const text = renderAgreement(smallProtocol);
    for (const heading of Object.values(HEADINGS)) expect(text.split(`\n## ${heading}\n`)).toHaveLength(2);
    expect(text).toContain(digestOf(smallProtocol));
  });

  it('tells each clause in words', () => {
    expect(row(passport, 'EP6')).toEqual([
      'EP6',
      'With explicit consent, a provider learns which kind of sensitive circumstance to make allowance for.',
      'circumstance-special',
      'connexions, social-services, school',
      'provider, college being enrolled-with',
      'support-learner',
      'Art 6(1)(e); Art 9(2)(a)',
      'Explicit',
      'summary; only kind; on request, by feed',
      '6 months',
    ]);
  });

  it('tells what a share narrows, and counts that are not told', () => {
    const text = renderAgreement(
      withFlow({
        share: [
          {
            type: 'attendance.concern',
            when: { kind: ['late', 'absent'] },
            level: 'existence',
            fields: { only: ['on'] },
            from: ['college'],
          },
        ],
        to: [{ roles: ['connexions'], namedIn: 'to', withoutIdentity: true }],
        delivery: ['aggregate'],
        suppressBelow: 6,
      }),
    );
    expect(row(text, 'AC1')).toEqual(
      expect.arrayContaining([
        'attendance.concern where kind is late or absent (existence; only on; from college)',
        'connexions named in “to” without identity',
        'full; as counts; none below 6',
      ]),
    );
  });

  it('tells what is merged, told by group, narrowed and shown unconfirmed', () => {
    expect(row(passport, 'EP1')[2]).toBe('identity (one, merged by the broker; uln only if the recipient supplied it); adviser');
    expect(row(passport, 'EP1')[4]).toContain('(nothing from yot, custody, social-services; without outcome)');
    expect(row(passport, 'EP2')[4]).toContain('social-services being adviser-for (without source, a route yot or custody untold)');
    expect(row(passport, 'EP7')[2]).toContain('leaving (reason by group only; destination by group only)');
    expect(row(passport, 'EP7')[8]).toBe('full; on request, by feed; also unconfirmed');
    expect(row(passport, 'EP8')[4]).toContain('(of agencies to which it referred, about programmes begun since)');
  });

  it('tells duties before a day and by the calendar', () => {
    const duties = [
      {
        id: 'D1',
        says: 'Act.',
        who: ['yot'],
        within: 'P14D',
        by: 'release.planned.on',
        less: 'P91D',
        dischargedBy: ['assessment.recorded'],
      },
      {
        id: 'D2',
        says: 'Meet.',
        who: ['funder'],
        within: 'P1M',
        every: 'P1Y',
        from: '2026-09-01',
        dischargedBy: ['undertaking.discharged'],
      },
    ] as const;
    const text = renderAgreement({ ...smallProtocol, duties });
    expect(row(text, 'D1')).toEqual(expect.arrayContaining(['91 days before it', 'release.planned.on']));
    expect(row(text, 'D2')).toEqual(expect.arrayContaining(['within 1 month', 'each 1 year from 2026-09-01']));
  });

  it('gives purposes in both languages', () => {
    expect(row(passport, 'plan-learning').slice(1, 3)).toEqual([
      'So that your learning can be planned with you without asking you to take the same assessment twice.',
      'Er mwyn cynllunio eich dysgu gyda chi heb ofyn i chi wneud yr un asesiad ddwywaith.',
    ]);
  });

  it('tells duties, prohibitions and who may break the glass', () => {
    expect(row(passport, 'follow-up')).toEqual(
      expect.arrayContaining(['within 14 days', 'adviser.informed.on (or done up to 14 days before)', 'follow-up.made']),
    );
    expect(row(passport, 'risk-renewal')).toEqual(expect.arrayContaining([expect.stringContaining(', while on programme')]));
    expect(row(passport, 'allocate-again')).toEqual(expect.arrayContaining([expect.stringContaining(', where there is no adviser')]));
    expect(row(passport, 'review-when-due')).toContain('the same day');
    expect(passport).toContain('connexions, provider, college, yot, social-services may, for 24 hours, where:');
    expect(renderAgreement(withProhibition({ aggregates: true }))).toContain(
      '**AC-never**: Never. (attendance, from any party; binds connexions, and every other aggregate)',
    );
  });

  it('says so where there is nothing', () => {
    const text = renderAgreement({ ...smallProtocol, contributions: [] });
    for (const heading of ['What is never shared', 'Duties', 'Who may send what']) expect(text).toContain(`## ${heading}\n\nNone.`);
    expect(text).toContain('Nobody may set these rules aside.');
    expect(text).toContain('Nobody has signed yet.');
  });

  it('lists who signed, and with which key', () => {
    const text = renderAgreement(smallProtocol, [
      { agency: 'cx', name: 'Connexions North', kid: 'a-b_c' },
      { agency: 'trainer', kid: 'd' },
    ]);
    expect(text).toContain('| cx | Connexions North | a-b\\_c |');
  });

  it('lets no text of the document become markup', () => {
    expect(cell('a | b\n<script>')).toBe('a \\| b \\<script\\>');
    expect(renderAgreement({ ...smallProtocol, title: 'A <b>bold</b> | title' })).toContain('# A \\<b\\>bold\\</b\\> \\| title');
  });
});

describe('durations in words', () => {
  it.each([
    ['P1Y', '1 year'],
    ['P1Y6M', '1 year 6 months'],
    ['P2W', '2 weeks'],
    ['PT24H', '24 hours'],
    ['P1DT30M', '1 day 30 minutes'],
    ['P0D', 'the same day'],
  ])('%s is %s', (duration, words) => {
    expect(durationInWords(duration)).toBe(words);
  });
});
