// Whether the risk of failing is assessed (views.md, S25).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { riskAssessments } from './risk-assessments.list.ts';

const STARTED = seen('programme.started', { programmeId: 'p', startedOn: '2026-09-07' }, 'hts');
const risk = (assessedOn: string, data = {}, source = 'hts') =>
  seen('assessment.recorded', { framework: 'risk-of-failing', assessedOn, outcome: { level: 'high' }, ...data }, source);
const on = (day: string, ...items: readonly AnswerItem[]) => rowOf(riskAssessments, day, [STARTED, ...items]);

describe('the risk of failing', () => {
  it('is due for four weeks, then missing', () => {
    expect([on('2026-10-05'), on('2026-10-06')]).toMatchObject([
      { state: 'due', due: '2026-10-05' },
      { state: 'missing', due: '2026-10-05' },
    ]);
  });

  it('is valid for 90 days, or as it says, by whichever agency, and then to be assessed anew', () => {
    const before = risk('2026-07-01', {}, 'careers');
    expect(on('2026-09-29', before)).toMatchObject({
      state: 'valid',
      validUntil: '2026-09-29',
      by: 'careers',
      level: 'high',
      due: '2026-09-29',
    });
    expect(on('2026-09-30', before)).toMatchObject({ state: 'expired', due: '2026-09-29' });
    expect(on('2026-09-30', risk('2026-09-30'), before)?.['state']).toBe('valid');
    expect(on('2026-09-29', risk('2026-09-30'))?.['state']).toBe('due');
    expect(on('2026-10-06', risk('2026-09-08', { framework: 'initial' }))?.['state']).toBe('missing');
    expect(on('2026-09-20', risk('2026-09-08', { validUntil: '2026-09-19' }))?.['state']).toBe('expired');
  });

  it('that was assessed for another time, before the programme, is assessed anew within four weeks', () => {
    const before = risk('2026-03-01', { validUntil: '2026-05-30' });
    expect([on('2026-10-05', before), on('2026-10-06', before)]).toMatchObject([
      { state: 'due', due: '2026-10-05', validUntil: '2026-05-30' },
      { state: 'missing', due: '2026-10-05', validUntil: '2026-05-30' },
    ]);
  });

  it('is no matter of who has left', () => {
    expect(on('2026-10-06', seen('programme.left-early', { programmeId: 'p', leftOn: '2026-10-01' }, 'hts'))).toBeUndefined();
  });
});
