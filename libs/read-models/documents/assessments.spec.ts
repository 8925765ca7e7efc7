// Assessments in documents: given what the gate let through, then what is known, what the APIR says, and what may be read of each.
import type { AnswerItem } from '#disclosure';
import { apir } from '../apir/apir.document.ts';
import { type Asked, contentOf, type Said, seenItem } from '../fixtures/index.ts';
import { handover } from '../handover/handover.document.ts';
import { knownAssessments } from '../known-assessments/known-assessments.document.ts';

type Data = Readonly<Record<string, unknown>>;

const recorded = (assessmentId: string, data: Data, said: Said = {}): AnswerItem =>
  seenItem('assessment.recorded', { assessmentId, framework: 'initial', domain: 'literacy', assessedOn: '2026-06-01', ...data }, said);
const rows = (items: readonly AnswerItem[], asked?: Asked): readonly Data[] =>
  contentOf(knownAssessments, items, asked)['rows'] as readonly Data[];
const ids = (items: readonly AnswerItem[], asked?: Asked): unknown => rows(items, asked).map(({ assessmentId }) => assessmentId);

describe('what is known', () => {
  it('is of each framework and domain the one assessed last, of one day the one recorded last', () => {
    const items = [
      recorded('a', { assessedOn: '2026-06-02' }),
      recorded('b', { domain: ' LITERACY.' }),
      recorded('c', { domain: 'numeracy' }),
      recorded('d', { domain: 'numeracy' }),
      recorded('e', { framework: 'screening' }),
    ];
    expect(ids(items)).toEqual(['a', 'd', 'e']);
    expect(ids(items, { chosen: { history: 'true' } })).toEqual(['b', 'a', 'd', 'c', 'e']);
    expect(ids(items, { chosen: { framework: 'initial', domain: 'Literacy' } })).toEqual(['a']);
  });

  it.each([
    ['valid', {}, {}, true],
    ['expired', { validUntil: '2026-09-30' }, {}, false],
    ['valid', { validUntil: '2026-10-01' }, {}, true],
    ['expired', { assessedOn: '2026-04-03' }, {}, false],
    ['disputed', {}, { status: 'disputed' }, false],
    ['superseded', { validUntil: '2026-09-30' }, { status: 'superseded' }, false],
    ['valid', {}, { status: 'rectified' }, true],
  ] as const)('stands as %s where it says %j and is %j', (standing, data, said, rely) => {
    expect(rows([recorded('a', data, said)])).toMatchObject([{ standing, rely }]);
  });

  it('is valid as long as its framework has it, where its source said nothing else', () => {
    expect(rows([recorded('a', {})])).toMatchObject([{ validUntil: '2026-11-28' }]);
  });

  it('may lack what its clause leaves out: its framework follows from its category, its end is not told', () => {
    const summary = seenItem(
      'assessment.recorded',
      { assessmentId: 'a', assessedOn: '2026-08-01' },
      { category: 'apir', level: 'summary' },
    );
    expect(rows([summary])).toMatchObject([{ framework: 'apir', domain: null, validUntil: null, standing: 'valid', read: 'summary' }]);
  });

  it('is as its source set it right, by its source alone', () => {
    const rectified = (by: string): AnswerItem =>
      seenItem(
        'assessment.rectified',
        { assessmentId: 'a', reason: 'x', assessedOn: '2026-05-01', validUntil: '2026-09-01' },
        { by, time: '2026-07-01' },
      );
    expect(rows([recorded('a', {}), rectified('bct')])).toMatchObject([
      { assessedOn: '2026-05-01', validUntil: '2026-09-01', standing: 'expired' },
    ]);
    expect(rows([recorded('a', {}), rectified('hts')])).toMatchObject([{ assessedOn: '2026-06-01', standing: 'valid' }]);
  });

  it('says on which clauses more could be read, as the gate has it', () => {
    const opens = [{ clause: 'e2e-passport@1#EP3', needs: 'consent' as const }];
    expect(rows([recorded('a', {}, { level: 'existence' })], { facts: { opens: new Map([[0, opens]]) } })).toMatchObject([
      { read: 'existence', opens },
    ]);
  });

  it('is nothing of the day before it was assessed', () => {
    expect(ids([recorded('a', {})], { on: '2026-05-31' })).toEqual([]);
  });
});

describe('the APIR', () => {
  const found = (assessmentId: string, assessedOn: string, factors: readonly (readonly [string, number])[], said: Said = {}): AnswerItem =>
    recorded(
      assessmentId,
      { framework: 'apir', domain: 'whole', assessedOn, factors: factors.map(([code, level]) => ({ code, level })) },
      { category: 'apir', ...said },
    );

  it('has factors beside the last level found before, also codes of a partnership’s own', () => {
    const items = [
      found('a', '2026-03-01', [
        ['housing', 1],
        ['pets', 2],
      ]),
      found('c', '2026-09-01', [
        ['housing', 4],
        ['pets', 4],
        ['income', 1],
      ]),
      found('b', '2026-06-01', [['housing', 3]]),
    ];
    expect(contentOf(apir, items)).toMatchObject({
      assessmentId: 'c',
      factors: [
        { code: 'housing', level: 4, previousLevel: 3, previousOn: '2026-06-01' },
        { code: 'pets', level: 4, previousLevel: 2, previousOn: '2026-03-01' },
        { code: 'income', level: 1, previousLevel: null, previousOn: null },
      ],
      urgent: ['housing', 'pets'],
    });
  });

  it('takes levels before from what may be read alone', () => {
    const { data, ...hidden } = found('a', '2026-03-01', [['housing', 1]], { level: 'existence' });
    const { factors: _, ...existence } = data;
    expect(contentOf(apir, [{ ...hidden, data: existence }, found('b', '2026-06-01', [['housing', 3]])])).toMatchObject({
      factors: [{ previousLevel: null, previousOn: null }],
    });
  });

  it('is nothing where there is none, or none is shown', () => {
    const nothing = { assessmentId: null, assessedOn: null, validUntil: null, by: null, factors: [], urgent: [] };
    expect(contentOf(apir, [])).toEqual(nothing);
  });
});

it('a handover tells that assessments exist, and nothing of what they say, whatever else may be read', () => {
  const read = recorded('a', { outcome: { level: 'level-1', summary: 'Reads well.' }, assessor: { name: 'Jo' } });
  const { assessments } = contentOf(handover, [read]) as { readonly assessments: readonly Data[] };
  expect(assessments).toEqual([
    {
      assessmentId: 'a',
      framework: 'initial',
      domain: 'literacy',
      by: 'bct',
      assessedOn: '2026-06-01',
      validUntil: '2026-11-28',
      standing: 'valid',
    },
  ]);
});
