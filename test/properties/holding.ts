// What a partner holds on its feed of one learner, and how it is told apart.
import type { OpenedChange, Sent } from '#disclosure';
import type { AgencySlug, Revision } from '#kernel';

type Held = Sent & { readonly text: string };

/** What a partner holds of items, and of duties that are overdue. */
export interface Holding {
  readonly items: Map<Revision, Held>;
  readonly duties: Map<string, Held>;
}

export const apply = (held: Map<AgencySlug, Holding>, { recipient, items, withdraw, overdue, done, localId }: OpenedChange): void => {
  const holding: Holding = held.get(recipient) ?? { items: new Map(), duties: new Map() };
  held.set(recipient, holding);
  for (const { revision, token, item } of items) holding.items.set(revision, { token, text: JSON.stringify({ localId, item }) });
  for (const revision of withdraw) holding.items.delete(revision);
  for (const { duty, dutyId, token } of overdue)
    holding.duties.set(duty.name, { token, text: JSON.stringify([dutyId, duty.since, duty.of]) });
  for (const name of done) holding.duties.delete(name);
};

export const textOf = ({ items, duties }: Holding = { items: new Map(), duties: new Map() }): string =>
  [...items.entries(), ...duties.entries()]
    .map(([name, { token, text }]) => `${name} ${token} ${text}`)
    .sort()
    .join('\n');
