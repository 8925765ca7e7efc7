// Who knows what of a learner now, and who knew and was told to stop, as recorded decisions tell it: the learner's circle (console.md, 4.4
// and 6). Pure.
import { consentName, type StandingConsent } from '#consent';
import type { AgencySlug, Revision } from '#kernel';
import type { RecordItem } from '#learner-record';
import type { DisclosureDecided } from '../decision-record.ts';
import { MERGED_IDENTITY_REVISION } from '../answer.ts';

export interface KnownTo {
  readonly agency: AgencySlug;
  /** Categories, by name: what it told, and what it was shown. */
  readonly knows: readonly string[];
  /** Of others what it was shown and told to delete, or no longer to use. */
  readonly stopped: readonly string[];
}

export interface KnownGround {
  /** In the order of the log. */
  readonly decisions: readonly DisclosureDecided[];
  /** What the learner may be shown; of all else nothing is said. */
  readonly visible: readonly Pick<RecordItem, 'revision' | 'category' | 'source'>[];
  readonly consents: readonly StandingConsent[];
  /** Not the learner's own page, nor an office. */
  readonly isAgency: (recipient: string) => boolean;
}

/** By item, the consent on which it was shown last, where there was one. */
type Held = Map<Revision, string | undefined>;
type Categories = ReadonlyMap<Revision, string>;

const OWN = 'own';

/** By the agency's name. */
export const knownTo = ({ decisions, visible, consents, isAgency }: KnownGround): readonly KnownTo[] => {
  const categories = new Map([[MERGED_IDENTITY_REVISION, 'identity'], ...visible.map((item) => [item.revision, item.category] as const)]);
  const over = new Set(consents.filter(isOver).map(({ consent }) => consentName(consent)));
  const shown = Map.groupBy(decisions, ({ recipient }) => recipient);
  const told = Map.groupBy(visible, ({ source }) => source);
  const agencies = [...new Set([...shown.keys(), ...told.keys()])].filter(isAgency).sort();
  return agencies.flatMap((agency): readonly KnownTo[] => {
    const own = told.get(agency)?.map(({ category }) => category) ?? [];
    const { live, ended } = restingOn(over, heldBy(shown.get(agency) ?? [], categories));
    const namesOf = (items: readonly Revision[]): readonly string[] => items.flatMap((item) => categories.get(item) ?? []);
    const knows = sorted([...own, ...namesOf(live)]);
    const stopped = sorted(namesOf(ended)).filter((category) => !knows.includes(category));
    return knows.length + stopped.length === 0 ? [] : [{ agency, knows, stopped }];
  });
};

const isOver = ({ standing, paused }: StandingConsent): boolean => paused || standing === 'withdrawn';

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

interface Holding {
  readonly held: Held;
  readonly deleted: ReadonlySet<Revision>;
}

const restingOn = (
  over: ReadonlySet<string>,
  { held, deleted }: Holding,
): { readonly live: readonly Revision[]; readonly ended: readonly Revision[] } => {
  const live = [...held].flatMap(([item, consent]) => (consent === undefined || !over.has(consent) ? [item] : []));
  return { live, ended: [...[...held.keys()].filter((item) => !live.includes(item)), ...deleted] };
};

/** That there is something, and no more, is not known to be anything. */
const heldBy = (decisions: readonly DisclosureDecided[], categories: Categories): Holding => {
  const held: Held = new Map();
  const deleted = new Set<Revision>();
  for (const decided of decisions.filter(({ outcome }) => outcome === 'answered')) {
    for (const item of decided.changes?.withdrawn ?? []) if (held.delete(item)) deleted.add(item);
    // On a feed the decision covers what stays as it was too: that was held, or it never left.
    const leaves = (item: Revision): boolean => decided.changes?.sent.includes(item) !== false || held.has(item);
    for (const [item, consent] of shownBy(decided, categories).filter(([one]) => leaves(one))) {
      held.set(item, consent);
      deleted.delete(item);
    }
  }
  return { held, deleted };
};

const shownBy = ({ permitted }: DisclosureDecided, categories: Categories): readonly (readonly [Revision, string | undefined])[] =>
  permitted
    .filter(({ clause, level }) => clause !== OWN && level !== 'existence')
    .flatMap(({ items, consent }) => items.filter((item) => categories.has(item)).map((item) => [item, consent?.id] as const));
