import { calledLately, keepCalled } from './called.ts';

it('keeps by what the last twenty are called, each once', () => {
  const kept = new Map<string, Readonly<Record<string, unknown>>>();
  const visit = {
    draft: (form: string) => kept.get(form),
    keepDraft: (form: string, entered: Readonly<Record<string, unknown>>) => void kept.set(form, entered),
  };
  keepCalled(visit, { name: '', learner: 'ref-0' });
  expect(calledLately(visit)).toEqual([]);
  for (let place = 0; place < 25; place++) keepCalled(visit, { name: `Learner ${place}`, learner: `ref-${place}` });
  keepCalled(visit, { name: 'Learner 6', learner: 'ref-6' });
  expect(calledLately(visit)).toHaveLength(20);
  expect([calledLately(visit)[0], calledLately(visit).at(-1)]).toEqual(['Learner 5', 'Learner 6']);
  // Whoever reads it is called by that name themselves.
  expect(calledLately(visit, 'ref-6')).toEqual(calledLately(visit).slice(0, -1));
});
