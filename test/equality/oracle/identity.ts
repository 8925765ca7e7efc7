// The merged identity (sharing-matrix.md): field by field the last statement that counts, correction over registration.
import type { Standing, Town } from './standing.ts';
import type { Agency, Data } from './told.ts';

const SECRET = ['yot', 'custody', 'social-services'];

export const mergedFor = (standing: Standing, asker: Agency, { agencies }: Town): Data => {
  const isTrusted =
    asker.roles.some((role) => SECRET.includes(role)) || (asker.roles.includes('connexions') && standing.isAdviser(asker.slug));
  const isShown = (by: string): boolean => isTrusted || !agencies.get(by)?.roles.some((role) => SECRET.includes(role));
  const said = [...standing.counting('learner.registered'), ...standing.counting('learner.corrected')].filter(({ by }) => isShown(by));
  return Object.assign({}, ...said.map(({ data }) => data)) as Data;
};
