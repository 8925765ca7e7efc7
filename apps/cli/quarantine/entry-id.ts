import { InvalidArgumentError } from 'commander';

/** As the command line names an entry. */
export const idOf = (text: string): number => {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('Give the number that `quarantine list` shows.');
  return Number(text);
};
