// What every list must show, from raw signed messages and the sharing matrix alone. Nothing here may import code of the broker.
import { mergedFor } from './identity.ts';
import { type Person, People } from './people.ts';
import { Sight } from './sight.ts';
import { Standing, type Town } from './standing.ts';
import type { Agency, Told } from './told.ts';

export const sightsOf = (
  agencies: readonly Agency[],
  told: readonly Told[],
): { readonly sights: readonly Sight[]; readonly town: Town } => {
  const town: Town = {
    agencies: new Map(agencies.map((one) => [one.slug, one])),
    planning: told.filter(({ subject }) => subject === undefined),
  };
  const anybody: Agency = { slug: '', roles: ['yot'], districts: [] };
  const people = new People(told, (person: Person) => mergedFor(new Standing(town, person), anybody, town));
  return { sights: people.all.map((person) => new Sight(town, person)), town };
};
