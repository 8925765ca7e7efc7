// Which other facts decide with one what rules find and what is measured: however long a learner's record is, what comes or goes is looked
// at beside these alone. What rules look at together is told here; a property holds it against the rules themselves.
import type { Beside } from '../engine/index.ts';
import type { Fact } from './facts.ts';
import type { FactRow } from './fact-table.ts';

type Deciding = (of: FactRow) => readonly Beside[];
type ByType = { readonly [Type in Fact['type']]?: Deciding };

const all = (...types: readonly Fact['type'][]): readonly Beside[] => types.map((type) => ({ where: { type } }));

/** About the same thing, whoever told it. */
const alike = (type: Fact['type'], { thing }: FactRow): Beside => ({ where: { type, thing } });

/** By which the same agency calls the same thing. */
const same = (type: Fact['type'], { thing, source }: FactRow): Beside => ({ where: { type, thing, source } });

/** Of such one that is there decides as much as all. */
const oneOf = (type: Fact['type'], of: FactRow): Beside => ({ ...same(type, of), last: 'revision' });

const IDENTITIES = ['learner.registered', 'learner.corrected'] as const;
const ENDS = ['programme.left-early', 'programme.moved-on'] as const;
/** What a learner does when; of each there are few. */
const COURSE = ['programme.started', ...ENDS, 'destination.recorded'] as const;

const identity: Deciding = () => all(...IDENTITIES, 'programme.started');
const end: Deciding = (of) => [...all(...COURSE), same('review.held', of)];

const FOR_RULES: ByType = {
  'learner.registered': identity,
  'learner.corrected': identity,
  'programme.started': () => all(...IDENTITIES, ...COURSE),
  'programme.left-early': end,
  'programme.moved-on': end,
  'destination.recorded': () => all(...COURSE),
  'review.held': (of) => ENDS.map((type) => same(type, of)),
  'application.submitted': (of) => [same('application.submitted', of)],
  'achievement.recorded': (of) => [alike('achievement.recorded', of)],
};

const programme: Deciding = (of) => [oneOf('programme.started', of), oneOf('review.held', of)];

const FOR_MEASURES: ByType = {
  'learner.registered': () => all(...IDENTITIES),
  'learner.corrected': () => all(...IDENTITIES),
  'programme.started': programme,
  'review.held': programme,
  'destination.recorded': () => all('destination.recorded'),
};

const decidedBy =
  (types: ByType): Deciding =>
  (of) =>
    types[of.type as Fact['type']]?.(of) ?? [];

/** What rules look at beside it; of other types, such as referrals, endorsements and offers, none looks at more than itself. */
export const decidingWith = decidedBy(FOR_RULES);
/** What is counted with it. */
export const countedWith = decidedBy(FOR_MEASURES);
