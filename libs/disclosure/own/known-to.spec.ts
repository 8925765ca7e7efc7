// Who knows what of a learner, as recorded decisions tell it.
import type { StandingConsent } from '#consent';
import type { DisclosureDecided, PermittedItems } from '../decision-record.ts';
import { knownTo } from './known-to.ts';

const consent = (id: string, more: Partial<StandingConsent>): StandingConsent =>
  ({ consent: { id, source: 'careers' }, standing: 'given', paused: false, ...more }) as unknown as StandingConsent;
const decided = (recipient: string, permitted: readonly PermittedItems[], more: Partial<DisclosureDecided> = {}): DisclosureDecided =>
  ({ recipient, outcome: 'answered', route: 'learner', permitted, refused: [], ...more }) as unknown as DisclosureDecided;
const group = (items: readonly number[], more: Partial<PermittedItems> = {}): PermittedItems => ({
  clause: 'e2e-passport@1#EP1',
  level: 'full',
  basis: '6(1)(e)',
  items,
  ...more,
});
const by = (id: string): Partial<PermittedItems> => ({ consent: { id: `careers/${id}`, revision: 1 } });

/** What is at 9 is withheld. */
const VISIBLE = [
  { revision: 1, category: 'referral', source: 'careers' },
  { revision: 2, category: 'assessment', source: 'careers' },
  { revision: 3, category: 'review', source: 'forge' },
] as const;
const told = (decisions: readonly DisclosureDecided[], consents: readonly StandingConsent[] = []) =>
  knownTo({ decisions, visible: VISIBLE, consents, isAgency: (one) => !one.includes(':') }).map(({ agency, knows, stopped }) => [
    agency,
    knows.join(' '),
    stopped.join(' '),
  ]);

describe('an agency knows', () => {
  it('what it told and what it was shown, and no office is an agency', () => {
    expect(told([decided('forge', [group([1])]), decided('operator:dpo-partnership', [group([2])])])).toEqual([
      ['careers', 'assessment referral', ''],
      ['forge', 'referral review', ''],
    ]);
  });

  it('nothing by a no, by hearing that there is something, nor, to the learner, of what is withheld', () => {
    const decisions = [
      decided('council', [], { outcome: 'not-permitted' }),
      decided('yot', [group([2], { level: 'existence' })]),
      decided('school', [group([9])]),
    ];
    expect(told(decisions).map(([agency]) => agency)).toEqual(['careers', 'forge']);
  });

  it('nothing any more of what rested on a consent that was stopped or is paused', () => {
    const decisions = [decided('anvil', [group([2], by('k-1')), group([3], by('k-2'))])];
    expect(told(decisions, [consent('k-1', { standing: 'withdrawn' }), consent('k-2', { paused: true })])).toContainEqual([
      'anvil',
      '',
      'assessment review',
    ]);
    expect(told(decisions, [consent('k-1', { standing: 'withdrawn' }), consent('k-2', {})])).toContainEqual([
      'anvil',
      'review',
      'assessment',
    ]);
  });

  it('it still where it was shown it again on another ground', () => {
    const decisions = [decided('anvil', [group([2], by('k-1'))]), decided('anvil', [group([2])])];
    expect(told(decisions, [consent('k-1', { standing: 'withdrawn' })])).toContainEqual(['anvil', 'assessment', '']);
  });

  it('by a feed what left by it, until it was told to delete that', () => {
    const sent = decided('anvil', [group([1, 2])], { route: 'feed', changes: { sent: [2], withdrawn: [] } } as never);
    const gone = decided('anvil', [], { route: 'feed', changes: { sent: [], withdrawn: [2] } } as never);
    expect(told([sent])).toContainEqual(['anvil', 'assessment', '']);
    expect(told([sent, gone])).toContainEqual(['anvil', '', 'assessment']);
    expect(told([sent, gone, sent])).toContainEqual(['anvil', 'assessment', '']);
  });
});
