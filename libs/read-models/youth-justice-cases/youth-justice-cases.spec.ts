// Under an order: by when a conference is due, and whether a placement came before it (views.md, S7).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { youthJusticeCases } from './youth-justice-cases.list.ts';

const ORDER = seen('offence.noted', { order: 'ISSP', until: '2026-11-30' });
const STARTED = seen('programme.started', { programmeId: 'p', startedOn: '2026-09-07' }, 'hts');
const held = (on: string) => seen('case-conference.held', { on }, 'yot');
const on = (day: string, ...items: readonly AnswerItem[]) => rowOf(youthJusticeCases, day, [ORDER, ...items]);

describe('a case', () => {
  it('lasts as long as its order, and is none without one', () => {
    expect([on('2026-11-30')?.['order'], on('2026-12-01')]).toEqual(['ISSP', undefined]);
    expect(rowOf(youthJusticeCases, '2026-10-01', [seen('offence.noted', {})])).toBeUndefined();
    expect(rowOf(youthJusticeCases, '2030-10-01', [seen('offence.noted', { order: 'DTO' })])?.['until']).toBeNull();
  });

  it('is due a conference four weeks after the start, until one is held since', () => {
    expect([on('2026-10-05', STARTED), on('2026-10-06', STARTED)]).toMatchObject([
      { conferenceDue: '2026-10-05', overdue: false },
      { conferenceDue: '2026-10-05', overdue: true },
    ]);
    expect(on('2026-10-06', STARTED, held('2026-09-01'))?.['overdue']).toBe(true);
    expect(on('2026-10-06', STARTED, held('2026-10-01'))).toMatchObject({ conferenceDue: null, lastConferenceOn: '2026-10-01' });
  });

  it('says of a placement before any conference of the programme', () => {
    const placed = seen('placement.started', { on: '2026-09-20' }, 'hts');
    const without = (...items: readonly AnswerItem[]) => on('2026-10-06', STARTED, placed, ...items)?.['placementWithoutConference'];
    expect([without(), without(held('2026-09-01')), without(held('2026-09-10')), without(held('2026-09-30'))]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it('knows until when the risk of reoffending is assessed', () => {
    const risk = seen('assessment.recorded', { framework: 'risk-of-reoffending', assessedOn: '2026-09-01' }, 'yot');
    expect(on('2026-10-01', risk)).toMatchObject({ riskAssessedOn: '2026-09-01', riskValidUntil: '2026-11-30' });
  });
});
