// Golden payloads of what is recorded of lists that close (as golden.spec.ts has those of other events).
import type { EventStore } from '#event-store';
import { fixedClock } from '#kernel';
import { type ReportEventData, ReportRegister } from '#reports';
import { AT, bytesOf, golden, recorded } from './golden-files.ts';

const SEPTEMBER = { table: 'starts-and-finishes', period: '2026-09' };
const seen = { ...SEPTEMBER, at: AT, closedAt: AT - 3_600_000, counts: { start: 7 } };
const events: { readonly [Type in keyof ReportEventData]: Required<ReportEventData[Type]> } = {
  'uk.concordat.report.verified.v1': seen,
  'uk.concordat.report.released.v1': { ...seen, at: AT + 1000, leftOut: [42] },
  'uk.concordat.issue.raised.v1': { rule: 'start-before-14', position: 40, at: AT },
  'uk.concordat.issue.waived.v1': { rule: 'start-before-14', position: 41, at: AT, reason: 'document-seen' },
};

describe('events of lists that close', () => {
  it.each(Object.entries(events))('%s holds what it held', (type, data) => {
    expect(JSON.parse(bytesOf(golden(type)).toString())).toEqual(data);
  });

  it('are read as what was published, asked about and waived', async () => {
    const stored = Object.keys(events).map(recorded);
    const store = { readStream: async (_: string, { from = 0 }: { readonly from?: number } = {}) => stored.slice(from) };
    const register = await ReportRegister.open(store as Partial<EventStore> as EventStore, fixedClock(AT));
    const published = (await register.periodsOf(SEPTEMBER.table)).published('2026-09');
    expect(published).toMatchObject({ closedAt: AT - 3_600_000, publishedAt: AT + 1000, position: 2, leftOut: new Set([42]) });
    const { waived, raised } = await register.current();
    expect([waived.size, raised.size]).toEqual([1, 1]);
  });
});
