// Programmes and destinations in the order of time (views.md, S15).
import type { AnswerItem } from '#disclosure';
import { contentOf, seenItem } from '../fixtures/index.ts';
import { pathway } from './pathway.document.ts';

type Data = Readonly<Record<string, unknown>>;

const STARTED = seenItem('programme.started', { programmeId: 'p', kind: 'e2e', title: 'E2E', startedOn: '2026-07-06' });
const rows = (...items: readonly AnswerItem[]): readonly Data[] => contentOf(pathway, items)['rows'] as readonly Data[];

describe('a step of the pathway', () => {
  it('goes by its first day, whatever was recorded first', () => {
    const destination = seenItem(
      'destination.recorded',
      { activity: '619', from: '2026-06-01', verifiedOn: '2026-07-01' },
      { by: 'careers' },
    );
    expect(rows(STARTED, destination)).toMatchObject([
      { step: 'destination', by: 'careers', from: '2026-06-01', activity: '619', verifiedOn: '2026-07-01' },
      { step: 'programme', by: 'bct', from: '2026-07-06', until: null, end: null },
    ]);
  });

  it('ends by the first that ended it, with the code or the group that may be seen', () => {
    const left = (data: Data): AnswerItem => seenItem('programme.left-early', { programmeId: 'p', leftOn: '2026-09-27', ...data });
    const moved = seenItem('programme.moved-on', { programmeId: 'p', on: '2026-10-01', activityGroup: 'employment' });
    expect(rows(STARTED, left({ reasonGroup: 'circumstances' }), moved)).toMatchObject([
      { end: 'left-early', until: '2026-09-27', reason: null, reasonGroup: 'circumstances', activityGroup: null },
    ]);
    expect(rows(STARTED, moved, left({ reason: 'health' }))).toMatchObject([
      { end: 'moved-on', until: '2026-10-01', activity: null, activityGroup: 'employment', reason: null },
    ]);
    expect(rows(STARTED, seenItem('programme.left-early', { programmeId: 'p', leftOn: '2026-09-27' }, { by: 'hts' }))).toMatchObject([
      { end: null },
    ]);
  });
});
