import type { AsOf, AuditedItem } from './audit-answers.ts';
import { compared } from './compared.ts';

const seeing = (...items: readonly (AuditedItem & { readonly level?: string })[]): AsOf => ({
  learner: 'psn:a',
  agency: 'forge',
  day: '2026-09-03',
  purpose: 'plan-learning',
  at: '2026-09-03T22:59:59.999Z',
  outcome: 'answered',
  permitted: items.map(({ level = 'full', ...item }) => ({ clause: 'a@1#A', level, basis: '6(1)(e)', items: [item] })),
  refused: [],
});
const assessment = { type: 'assessment.recorded', category: 'assessment', recordedOn: '2026-09-01' };
const placed = { ...assessment, position: '7' };

describe('what could be seen then and now', () => {
  it('differs by what came, what went, and how much is shown', () => {
    const changes = compared(
      seeing(placed, { ...placed, position: '8' }),
      seeing({ ...placed, level: 'existence' }, { ...placed, position: '8' }),
    );
    expect(changes.kept).toBe(1);
    expect(changes.lost.map(({ position, level }) => [position, level])).toEqual([['7', 'full']]);
    expect(changes.gained.map(({ position, level }) => [position, level])).toEqual([['7', 'existence']]);
  });

  it('counts items alike that have no position', () => {
    expect(compared(seeing(assessment, assessment), seeing(assessment))).toMatchObject({ gained: [], lost: [assessment], kept: 1 });
  });
});
