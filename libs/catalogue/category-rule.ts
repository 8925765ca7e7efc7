// Which category of data an event belongs to: fixed for its type, or told by one property of its data.
import type { Category } from './vocabulary.ts';
import { isCategory } from './vocabulary.ts';

export type EventDataValue = Readonly<Record<string, unknown>>;

interface RuleByProperty {
  readonly by: string;
  readonly map: Readonly<Record<string, string>>;
  readonly default: string;
}

export type CategoryRule = string | RuleByProperty;

const checked = (name: string): Category => {
  if (!isCategory(name)) throw new Error(`${name} is no category of protocols/codes/categories.json.`);
  return name;
};

/** Throws where the rule names an unknown category. */
export const categoryFinder = (rule: CategoryRule): ((data: EventDataValue) => Category) => {
  if (typeof rule === 'string') {
    const category = checked(rule);
    return () => category;
  }
  const otherwise = checked(rule.default);
  const byValue = new Map<unknown, Category>(Object.entries(rule.map).map(([value, name]) => [value, checked(name)]));
  return (data) => byValue.get(data[rule.by]) ?? otherwise;
};
