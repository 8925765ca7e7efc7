// Re-affirming a text: each party is bound until the day that it signed for, and nobody prolongs what another agreed to (ADR 47).
import { lifecycleOf } from './fixtures/lifecycle-of.ts';
import { smallProtocol } from './fixtures/small-protocol.ts';
import { decideReview, decideSign, type LifecycleDecision, type ReviewProtocol } from './lifecycle.decide.ts';
import type { LifecycleEvent } from './lifecycle.events.ts';
import { bindingVersions, reviewDueOf, statusAt } from './lifecycle.ts';

const name = { protocol: 'attendance', version: 1 };
const drafted: LifecycleEvent = { type: 'uk.concordat.protocol.drafted.v1', data: { document: smallProtocol, digest: 'sha256:one' } };
const signed = (agency: string, place: number): LifecycleEvent => ({
  type: 'uk.concordat.protocol.signed.v1',
  data: { ...name, agency, fills: [place], kid: `key-${agency}`, signature: `${agency}.b.c` },
});
const reviewed = (agency: string, nextReviewDue: string): LifecycleEvent => ({
  type: 'uk.concordat.protocol.reviewed.v1',
  data: { ...name, agency, nextReviewDue, kid: `key-${agency}`, signature: `${agency}.${nextReviewDue}.c` },
});
const left = (agency: string): LifecycleEvent => ({ type: 'uk.concordat.protocol.left.v1', data: { protocol: 'attendance', agency } });

// smallProtocol: connexions (0) and provider (1) must sign; the review is due on 1 September 2025, with 30 days of grace.
const agreed = [drafted, signed('cx', 0), signed('trainer', 1), signed('forge', 1)];
const status = (today: string, ...happened: readonly LifecycleEvent[]) => statusAt(lifecycleOf([...agreed, ...happened]), name, today);
const parties = (today: string, ...happened: readonly LifecycleEvent[]) =>
  bindingVersions(lifecycleOf([...agreed, ...happened]), today)[0]?.parties;
const due = (...happened: readonly LifecycleEvent[]) => {
  const version = lifecycleOf([...agreed, ...happened]).get('attendance@1');
  return version && reviewDueOf(version);
};
const code = (decision: LifecycleDecision): string => (decision.accepted ? `recorded ${decision.events.length}` : decision.rejection.code);

describe('a review', () => {
  const both = [reviewed('cx', '2026-09-01'), reviewed('trainer', '2026-08-01')];

  it('moves the date once every place that must sign is bound for longer: to the first of their days', () => {
    expect([due(), due(reviewed('cx', '2026-09-01')), due(...both)]).toEqual(['2025-09-01', '2025-09-01', '2026-08-01']);
    expect([status('2025-09-02', reviewed('cx', '2026-09-01')), status('2025-10-02', reviewed('cx', '2026-09-01'))]).toEqual([
      'review-overdue',
      'stopped-for-review',
    ]);
    expect(['2025-10-02', '2026-08-02', '2026-09-01'].map((today) => status(today, ...both))).toEqual([
      'in-force',
      'review-overdue',
      'stopped-for-review',
    ]);
  });

  it('binds nobody who did not sign it: a party that is silent is one until its own grace is over', () => {
    expect([parties('2025-10-01', ...both), parties('2025-10-02', ...both)]).toEqual([
      ['cx', 'trainer', 'forge'],
      ['cx', 'trainer'],
    ]);
    expect(parties('2025-11-01', ...both, reviewed('forge', '2026-08-01'))).toEqual(['cx', 'trainer', 'forge']);
  });

  it('revives what had stopped', () => {
    expect([status('2025-12-01'), status('2025-12-01', ...both)]).toEqual(['stopped-for-review', 'in-force']);
  });

  it('binds whoever signs the text later until the day to which it moved', () => {
    expect(parties('2026-01-01', ...both, signed('late', 1))).toEqual(['cx', 'trainer', 'late']);
    expect(parties('2026-09-01', ...both, reviewed('trainer', '2026-12-01'), signed('late', 1))).toContain('late');
  });

  it('ends with whoever leaves', () => {
    expect([due(...both, left('trainer')), status('2026-01-01', ...both, left('trainer'))]).toEqual(['2025-09-01', 'stopped-for-review']);
  });
});

describe('re-affirming', () => {
  const review: ReviewProtocol = {
    ...{ ...name, digest: 'sha256:one', agency: 'cx', kid: 'key-cx' },
    ...{ nextReviewDue: '2026-09-01', signature: 'cx.2026-09-01.c', today: '2025-09-10' },
  };
  const decided = (change: Partial<ReviewProtocol>, ...happened: readonly LifecycleEvent[]) =>
    decideReview(lifecycleOf([...agreed, ...happened]), { ...review, ...change });

  it('is recorded with the signature, once', () => {
    expect(decided({})).toEqual({ accepted: true, events: [reviewed('cx', '2026-09-01')] });
    expect(code(decided({}, reviewed('cx', '2026-09-01')))).toBe('recorded 0');
  });

  it('reaches 366 days ahead', () => {
    expect([code(decided({ nextReviewDue: '2026-09-11' })), code(decided({ nextReviewDue: '2026-09-12' }))]).toEqual([
      'recorded 1',
      'review-too-far',
    ]);
  });

  const later: LifecycleEvent = {
    type: 'uk.concordat.protocol.drafted.v1',
    data: { document: { ...smallProtocol, version: 2 }, digest: 'sha256:two' },
  };
  const sign = (agency: string, place: number): LifecycleEvent => ({
    type: 'uk.concordat.protocol.signed.v1',
    data: { protocol: 'attendance', version: 2, agency, fills: [place], kid: `key-${agency}`, signature: `${agency}.2.c` },
  });
  it.each<[string, Partial<ReviewProtocol>, readonly LifecycleEvent[]]>([
    ['unknown-protocol', { version: 7 }, []],
    ['digest-differs', { digest: 'sha256:two' }, []],
    ['not-a-party', { agency: 'college' }, []],
    ['not-a-party', {}, [left('cx')]],
    ['protocol-ended', {}, [{ type: 'uk.concordat.protocol.ended.v1', data: { ...name, reason: 'over' } }]],
    ['protocol-ended', {}, [later, sign('cx', 0), sign('trainer', 1)]],
    ['review-not-later', { nextReviewDue: '2025-08-31' }, []],
    ['review-not-later', { nextReviewDue: '2025-09-09' }, []],
    ['signature-used', {}, [reviewed('cx', '2026-09-01'), left('cx'), signed('cx', 0)]],
  ])('is refused: %s', (refusal, change, happened) => {
    expect(code(decided(change, ...happened))).toBe(refusal);
  });
});

it('a signature that counted once cannot be sent again by somebody else after the party left', () => {
  const agency = { slug: 'cx', roles: ['connexions'] } as const;
  const again = { ...name, digest: 'sha256:one', agency, kid: 'key-cx', signature: 'cx.b.another' };
  const state = lifecycleOf([...agreed, left('cx')]);
  expect(code(decideSign(state, again))).toBe('signature-used');
  expect(code(decideSign(state, { ...again, signature: 'cx-at-noon.b.c' }))).toBe('recorded 1');
});
