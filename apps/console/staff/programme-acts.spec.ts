import type { Acting } from './acts.ts';
import { programmeActs } from './programme-acts.ts';

const TYPES = ['programme.signed-off', 'follow-up.made', 'programme.queried'];
const acting: Acting = { name: 'D. Lal', agency: 'careers', on: '2026-09-03', types: new Set(TYPES) };
const programme = {
  ...{ programmeId: 'p-1', of: 'forge', kind: 'e2e', title: 'E2E: retail', version: '2' },
  ...{ signedOff: null, queried: null, endedOn: null },
};
const labels = (more: object, as = acting): readonly string[] =>
  programmeActs([{ ...programme, ...more }], 'C-1', as).map(({ label }) => label);

it('signs the version that was read, follows up and queries, about the programme of whoever runs it', () => {
  const acts = programmeActs([programme], 'C-1', acting);
  expect(acts.map(({ label }) => label)).toEqual(['Sign off', 'Record follow-up', 'Query the programme']);
  for (const { fields } of acts) expect(fields).toMatchObject({ learner: 'local:C-1', programmeId: 'p-1', of: 'forge' });
  expect(acts[0]?.fields).toMatchObject({ version: '2', 'signedBy.name': 'D. Lal', 'signedBy.role': 'personal-adviser' });
});

it.each([
  ['signed', { signedOff: { version: '2' } }, ['Record follow-up']],
  ['agreed anew since', { signedOff: { version: '1' } }, ['Sign off', 'Record follow-up', 'Query the programme']],
  ['signed, with nothing agreed', { version: null, signedOff: { version: null } }, ['Record follow-up']],
  ['queried', { queried: 'Too little support' }, ['Sign off', 'Record follow-up']],
  ['queried after it was signed', { signedOff: { version: '2' }, queried: 'Too little support' }, ['Sign off', 'Record follow-up']],
  ['over', { endedOn: '2026-09-01' }, []],
  ['a course of a pupil', { kind: 'school-course' }, []],
  ['not told whose', { of: null }, []],
])('%s: %j', (_, more, expected) => expect(labels(more)).toEqual(expected));

it('says of several programmes which one it is about, and counts none that is over', () => {
  const signed = { ...programme, programmeId: 'p-2', title: 'Joinery', signedOff: { version: '2' } };
  const over = { ...programme, programmeId: 'p-3', endedOn: '2026-09-01' };
  const labelsOf = (...rows: readonly object[]): readonly string[] => programmeActs(rows, 'C-1', acting).map(({ label }) => label);
  expect(labelsOf(signed, { ...programme, queried: 'Why?' })).toEqual([
    'Record follow-up: Joinery',
    'Sign off: E2E: retail',
    'Record follow-up: E2E: retail',
  ]);
  expect(labelsOf(signed, over)).toEqual(['Record follow-up']);
});

it('has a link adviser sign on behalf, and offers nothing that the agency may not record', () => {
  const link = { ...acting, isLinkAdviser: true };
  expect(labels({}, link)).toEqual(['Sign on behalf', 'Record follow-up', 'Query the programme']);
  expect(labels({}, { ...acting, types: new Set(['review.held']) })).toEqual([]);
  expect(programmeActs(undefined, 'C-1', acting)).toEqual([]);
});
