// Whose unsent forms are kept, for whom and how long, by a clock that the spec sets.
import { KeptDrafts } from './drafts.ts';
import type { Person } from './person.ts';

const DAY = 24 * 3_600_000;
const ann: Person = { kind: 'learner', name: '', learner: 'psn:ann', authentication: 'one' };
const annLater: Person = { ...ann, authentication: 'another' };
const ben: Person = { kind: 'learner', name: '', learner: 'psn:ben', authentication: '' };
const PATH = '/me/act/ask/check';

let now: number;
let drafts: KeptDrafts;
beforeEach(() => {
  now = 1_000_000;
  drafts = new KeptDrafts(() => now);
});
const written = (person: Person) => drafts.unsentOf(person).map(({ entered }) => entered['text']);

describe('what was written', () => {
  it('is there for the same person at the next sign-in, and for nobody else', () => {
    drafts.keepUnsent(drafts.markOf(ann), PATH, { text: 'Why?' });
    expect([written(annLater), written(ben)]).toEqual([['Why?'], []]);
  });

  it('is forgotten after a day, also where the person came back meanwhile, and at once on leaving', () => {
    drafts.keepUnsent(drafts.markOf(ann), PATH, { text: 'Why?' });
    drafts.keepForms(ann, { form: { text: 'Why?' } });
    now += DAY - 1;
    drafts.markOf(ann);
    expect([written(ann), drafts.formsOf(ann)]).toEqual([['Why?'], { form: { text: 'Why?' } }]);
    now += 1;
    expect([written(ann), drafts.formsOf(ann)]).toEqual([[], {}]);
    drafts.keepUnsent(drafts.markOf(ann), PATH, { text: 'Again?' });
    drafts.forget(ann);
    expect(written(ann)).toEqual([]);
  });

  it('is kept for nobody to whom no form was shown', () => {
    drafts.keepUnsent('made-up', PATH, { text: 'Sign here.' });
    expect(new KeptDrafts(() => now).markOf(ann)).not.toBe(drafts.markOf(ann));
    expect(drafts.markOf(ann)).not.toContain('ann');
    expect(written(ann)).toEqual([]);
  });

  it('is kept once a form, of few forms, and not where it is very long', () => {
    const mark = drafts.markOf(ann);
    for (const text of ['one', 'two']) drafts.keepUnsent(mark, PATH, { text });
    drafts.keepUnsent(mark, '/me/act/say/check', { text: 'x'.repeat(70_000) });
    expect(written(ann)).toEqual(['two']);
    for (let form = 0; form < 9; form++) drafts.keepUnsent(mark, `/me/${form}`, { text: String(form) });
    expect(written(ann)).toEqual(['4', '5', '6', '7', '8']);
    drafts.drop(ann, '/me/8');
    expect(written(ann)).toHaveLength(4);
  });
});
