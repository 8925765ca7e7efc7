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
    expect(spans(version(1, 'suspended', '2026-01-01'))).toEqual([]);
  });

  it('end with the agreement: what was told until then goes on by its terms, whatever came after it', () => {
    const [dated, next] = [version(1, 'ended', '2026-01-01', '2026-06-30'), version(2, 'in-force', '2026-09-01')];
    expect([spans(dated), spans(dated, next)]).toEqual([
      [['early-leaving@1', '2026-01-01', '2026-06-30']],
      [
        ['early-leaving@1', '2026-01-01', '2026-06-30'],
        ['early-leaving@2', '2026-09-01', undefined],
      ],
    ]);
    const stopped = { ...version(1, 'ended', '2026-01-01', '2026-06-30'), endedOn: '2026-03-15' };
    expect(spans(stopped)).toEqual([['early-leaving@1', '2026-01-01', '2026-03-15']]);
  });

  it('end where nobody reviews it, once the days of grace are over', () => {
    const stopped = { ...version(1, 'stopped-for-review', '2026-01-01'), reviewDue: '2026-12-01' };
    expect(stopped.document.review.graceDays).toBe(90);
    expect(spans(stopped)).toEqual([['early-leaving@1', '2026-01-01', '2027-03-01']]);
  });

  it.each(['suspended', 'stopped-for-review', 'ended', 'drafted'] as const)(
    'come back for nothing since a later version took its place, though that one is %s',
    (status) => {
      const later = { ...version(2, status, '2026-06-01', '2026-12-31'), completedAt: { on: '2026-05-01', position: 2 } };
      expect(spans(version(1, 'superseded', '2026-01-01'), later)[0]).toEqual(['early-leaving@1', '2026-01-01', '2026-05-31']);
    },
  );

  it('are none of a version that was complete only when it was over', () => {
    const late = { ...version(1, 'ended', '2026-01-01', '2026-06-30'), completedAt: { on: '2026-07-01', position: 1 } };
    expect(spans(late)).toEqual([]);
  });

  it('are those of the version before until the later one is complete, though its first day is past', () => {
    const late = { ...version(2, 'in-force', '2026-06-01'), completedAt: { on: '2026-08-15', position: 2 } };
    expect(spans(version(1, 'superseded', '2026-01-01'), late)).toEqual([
      ['early-leaving@1', '2026-01-01', '2026-08-14'],
      ['early-leaving@2', '2026-08-15', undefined],
    ]);
    expect(spans({ ...late, version: 1 })).toEqual([['early-leaving@1', '2026-06-01', undefined]]);
  });
});
