import { shippedProtocols } from '#sharing-protocols';
import { dutyTerms, type DutyVersion } from './terms.ts';

const [document] = shippedProtocols().filter(({ id }) => id === 'early-leaving');

const version = (number: number, status: DutyVersion['status'], from: string, until?: string): DutyVersion => {
  if (!document) throw new Error('early-leaving does not ship.');
  const dated = { ...document, version: number, inForce: { from, ...(until === undefined ? {} : { until }) } };
  return {
    protocol: document.id,
    version: number,
    document: dated,
    status,
    ...(status !== 'drafted' && { completedAt: { on: from, position: 1 } }),
  };
};
const spans = (...versions: readonly DutyVersion[]) => dutyTerms(versions).map(({ protocol, from, until }) => [protocol, from, until]);

describe('the days of a duty', () => {
  it('are those of its version, until the next begins', () => {
    expect(spans(version(1, 'superseded', '2026-01-01'), version(2, 'in-force', '2026-06-01', '2027-05-31'))).toEqual([
      ['early-leaving@1', '2026-01-01', '2026-05-31'],
      ['early-leaving@2', '2026-06-01', '2027-05-31'],
    ]);
  });

  it('are none of a draft that was never signed, also once a later version is in force', () => {
    const { completedAt: _, ...unsigned } = version(2, 'superseded', '2026-03-01');
    expect(spans(version(1, 'superseded', '2026-01-01'), unsigned, version(3, 'in-force', '2026-06-01'))).toEqual([
      ['early-leaving@1', '2026-01-01', '2026-05-31'],
      ['early-leaving@3', '2026-06-01', undefined],
    ]);
  });

  it('go on past the review, and are none of what is not in force', () => {
    expect(spans(version(1, 'review-overdue', '2026-01-01'), version(2, 'drafted', '2026-06-01'))).toEqual([
      ['early-leaving@1', '2026-01-01', undefined],
    ]);
    expect(spans(version(1, 'suspended', '2026-01-01'), version(2, 'ended', '2026-06-01'))).toEqual([]);
  });
});
