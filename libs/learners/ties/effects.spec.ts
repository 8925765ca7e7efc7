import type { Contribution, Notes } from '#contribution';
import { connexions, provider, recorded, type Teller, yot } from '#contribution/fixtures';
import { noted } from '../fixtures/index.ts';
import { type Effects, evolveEffects, isHeardAsBefore, noEffects } from './effects.ts';

type Said = Contribution & { readonly notes: Notes };

const says = (by: Teller, notes: Notes = {}): Said => ({ ...noted(by), notes });
const LACKS: Notes = { lacks: 'standing' };

const after = (...events: readonly Said[]): Effects => recorded(...events).reduce(evolveEffects, noEffects);

/** Of what is heard after the first ones alone, and after all. */
const goesOn = (first: readonly Said[], ...more: readonly Said[]): boolean => isHeardAsBefore(after(...first), after(...first, ...more));

describe('what counts of what was said', () => {
  const story = [says(connexions), says(provider, LACKS)];

  it.each<[string, readonly Said[]]>([
    ['who is heard says more', [says(connexions), says(connexions)]],
    ['who waits says more', [says(provider, LACKS)]],
    ['who is heard and who waits do', [says(provider, LACKS), says(connexions)]],
  ])('is the same when %s', (_, more) => expect(goesOn(story, ...more)).toBe(true));

  it.each<[string, readonly Said[]]>([
    ['somebody new speaks', [says(yot, LACKS)]],
    ['who was heard comes to wait', [says(connexions, LACKS)]],
    ['who was heard in full comes to lack rights', [says(connexions, { lacks: 'rights' })]],
    ['who waited is heard', [says(provider)]],
    ['who waited takes effect in part', [says(connexions, { effects: { partial: [provider.slug] } })]],
    ['who waited takes effect', [says(connexions, { effects: { full: [provider.slug] } })]],
    ['who waited is heard and waits again', [says(connexions, { effects: { full: [provider.slug] } }), says(provider, LACKS)]],
  ])('is another when %s', (_, more) => expect(goesOn(story, ...more)).toBe(false));

  it('is not known of a time before', () => {
    expect(isHeardAsBefore(after(says(connexions), says(connexions)), after(says(connexions)))).toBe(false);
  });
});
