import type { ReceiptProblem } from '#client';
import type { Field } from './form-fields.ts';
import { ownersToChoose } from './whose.ts';

const problem = (code: string): ReceiptProblem => ({
  ...{ type: '', title: '', status: 409, detail: '' },
  code,
  candidates: ['bct', 'hts'],
});
const form = (...names: readonly string[]) => ({
  fields: names.map((name): Field => ({ name, label: name, kind: 'line', required: false })),
});

it('whose it is, is chosen of those that were named, where the form has a place for it', () => {
  expect(ownersToChoose(form('programmeId', 'of'), { problem: problem('ambiguous-reference') })).toEqual(['bct', 'hts']);
  for (const [one, receipt] of [
    [form('programmeId'), { problem: problem('ambiguous-reference') }],
    [form('programmeId', 'of'), { problem: problem('unknown-reference') }],
    [form('programmeId', 'of'), undefined],
  ] as const)
    expect(ownersToChoose(one, receipt)).toEqual([]);
});
