import { otherProvider, programme, provider, told } from '#contribution/fixtures';
import { ALL_KNOWN, given, judge, NOTHING_KNOWN, rejection } from './fixtures/index.ts';

const start = told(provider, 'programme.started', programme('p-1'));
const leave = told(provider, 'programme.left-early', { programmeId: 'p-1', leftOn: '2026-03-01', reason: 'job-offer' });
const moveOn = told(provider, 'programme.moved-on', { programmeId: 'p-1', on: '2026-03-01', destination: '310' });

describe.each([leave, moveOn])('$type', (end) => {
  it('ends a programme of its source', () => {
    expect(judge(end, given(start), NOTHING_KNOWN)).toEqual({ outcome: 'accepted' });
  });

  it.each([
    ['nobody started', end, given()],
    ['another agency runs', { ...end, source: otherProvider.slug }, given(start)],
    ['ended early', end, given(start, leave)],
    ['ended well', end, given(start, moveOn)],
  ])('is rejected for a programme that %s: unknown-reference', (_, contribution, state) => {
    expect(judge(contribution, state)).toMatchObject(rejection('unknown-reference'));
  });

  it.each([
    ['2026-03-01', true],
    ['2026-03-02', false],
  ])('is not before the programme started, on %s: schema', (startedOn, fits) => {
    const known = given(told(provider, 'programme.started', programme('p-1', { startedOn })));
    for (const knowledge of [ALL_KNOWN, NOTHING_KNOWN])
      expect(judge(end, known, knowledge)).toMatchObject(fits ? { outcome: 'accepted' } : rejection('schema'));
  });

  it('leaves a programme of the same id with another agency as it is', () => {
    const others = { ...start, source: otherProvider.slug };
    expect(judge(end, given(start, others, { ...end, source: otherProvider.slug }))).toEqual({ outcome: 'accepted' });
  });
});
