// Given what the broker counted, what the page of assessments not repeated shows.
import { byAgency, minutesIn, pictured, type RepeatsRow } from './repeats.ts';

const row = (more: Partial<RepeatsRow>): RepeatsRow => ({
  ...{ agency: 'forge', framework: 'initial', month: '2026-09', avoided: 1, recorded: 2 },
  ...more,
});
const TOLD = {
  from: '2026-08',
  to: '2026-10',
  repeats: [
    row({}),
    row({ agency: 'anvil', avoided: 4 }),
    row({ framework: 'apir', month: '2026-10' }),
    row({ framework: 'erased', avoided: 0 }),
  ],
};

it('counts by month and framework, months without any among them', () => {
  const { months, frameworks } = pictured(TOLD, []);
  expect(frameworks).toEqual(['APIR', 'Initial assessment', 'Of learners who were erased']);
  expect(months).toEqual([
    { month: '2026-08', avoided: {} },
    { month: '2026-09', avoided: { 'Initial assessment': 5, 'Of learners who were erased': 0 } },
    { month: '2026-10', avoided: { APIR: 1 } },
  ]);
});

it('tells of those that could not be avoided only where the broker tells of them', () => {
  const { months } = pictured({ ...TOLD, repeats: TOLD.repeats.map((one) => ({ ...one, apart: 1 })) }, []);
  expect(months.map(({ apart }) => apart)).toEqual([0, 3, 1]);
});

it('counts hours of those whose minutes were entered as minutes', () => {
  const entered = { 'minutes-initial': '45', 'minutes-apir': 'an hour', 'minutes-erased': '5' };
  const minutes = minutesIn(TOLD, entered);
  expect(minutes).toEqual([
    { framework: 'apir', name: 'APIR', entered: 'an hour' },
    { framework: 'initial', name: 'Initial assessment', entered: '45', minutes: 45 },
  ]);
  expect(pictured(TOLD, minutes).hours).toEqual({ 'Initial assessment': 0.75 });
});

it('names agencies, whoever was spared most first', () => {
  expect(byAgency(TOLD)).toEqual([
    { agency: 'anvil', avoided: 4, recorded: 2 },
    { agency: 'forge', avoided: 2, recorded: 6 },
  ]);
});
