// Who somebody is to a learner: an agency by its name, a group by what it does, an office by what it is for.
import type { NameOf } from '../broker/agency-names.ts';
import type { Language } from '../words/index.ts';
import { knownWord, wordFor } from './words.ts';

const POST = 'operator:';
const DPO_OF = 'dpo-of:';

/** In which language, and by which names of agencies. */
export interface Wording {
  readonly language: Language;
  readonly nameOf: NameOf;
}

/** Of a role or a slug in a consent: roles have words of their own. */
export const partyName = ({ language, nameOf }: Wording, party: string): string => knownWord(language, 'role', party) ?? nameOf(party);

/** As the log names who looked. */
export const lookerName = ({ language, nameOf }: Wording, recipient: string): string => {
  if (!recipient.startsWith(POST)) return nameOf(recipient);
  const office = recipient.slice(POST.length);
  if (!office.startsWith(DPO_OF)) return wordFor(language, 'who', office);
  return wordFor(language, 'who', 'dpo-of').replace('{agency}', nameOf(office.slice(DPO_OF.length)));
};

export const kindName = (language: Language, category: string): string => wordFor(language, 'kind', category);

/** Welsh has three forms of it. */
const and: Readonly<Record<Language, (next: string) => string>> = {
  en: (next) => `and ${next}`,
  cy: (next) => (/^eich /.test(next) ? `a’ch ${next.slice('eich '.length)}` : `${/^[aeiouwyâêîôûŵŷ]/i.test(next) ? 'ac' : 'a'} ${next}`),
};

/** As "x, y and z". */
export const listed = (language: Language, names: readonly string[]): string => {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} ${and[language](names.at(-1) ?? '')}`;
};
