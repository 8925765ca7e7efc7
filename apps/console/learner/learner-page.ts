// What every learner's page says in words: names of agencies, kinds and purposes in the language of the visit.
import { NotFoundException } from '@nestjs/common';
import type { Agreements } from '../broker/agreements.ts';
import { type Entered, textOf } from '../shell/form.ts';
import { openedFor, sealedFor } from '../shell/sealed.ts';
import type { Visit } from '../shell/visit.ts';
import { howLong } from './how-long.ts';
import type { ValueWords } from './item-lines.ts';
import { kindName, listed, lookerName, partyName, type Wording } from './names.ts';
import type { SentenceOf } from './looks.ts';
import { knownWord, wordFor } from './words.ts';

export const sentencesFor = async (visit: Visit, agreements: Agreements): Promise<SentenceOf> => {
  const purposes = await agreements.purposes((path) => visit.ask(path));
  const { language } = visit;
  const byId = new Map(purposes.map(({ id, sentence }) => [id, sentence[language]]));
  return (purpose) => byId.get(purpose);
};

/** With what the page itself told as told by whoever reads it. */
export const ownWording = ({ language, nameOf }: Wording, ownPage: string | undefined): Wording => ({
  language,
  nameOf: (slug) => (slug === ownPage ? wordFor(language, 'who', 'own-page') : nameOf(slug)),
});

/** Of contents, by the name of their field: purposes, kinds, people and agencies as pages call them. All else stands as it was told. */
export const valueWordsFor = (wording: Wording & Pick<Visit, 'named'>, sentenceOf: SentenceOf): ValueWords => {
  const { language } = wording;
  const byField: Readonly<Record<string, (value: string) => string | undefined>> = {
    purposes: sentenceOf,
    categories: (category) => knownWord(language, 'kind', category),
    recipients: (party) => knownWord(language, 'role', party),
    role: (role) => knownWord(language, 'helper', role),
  };
  const agency = (value: string): string | undefined => {
    const name = wording.named(value);
    return name === value ? undefined : name;
  };
  return (field, value) => byField[field]?.(value) ?? agency(value);
};

/** Functions that templates call. */
export const wordsFor = (visit: Wording & Pick<Visit, 'person'>, sentenceOf: SentenceOf): Readonly<Record<string, unknown>> => {
  const { language } = visit;
  const why = (purpose: string): string => sentenceOf(purpose) ?? purpose.replaceAll('-', ' ');
  return {
    agency: visit.nameOf,
    looker: (recipient: string) => lookerName(visit, recipient),
    party: (one: string) => partyName(visit, one),
    parties: (all: readonly string[]) =>
      listed(
        language,
        all.map((one) => partyName(visit, one)),
      ),
    kind: (category: string) => kindName(language, category),
    kinds: (all: readonly string[]) =>
      listed(
        language,
        all.map((one) => kindName(language, one)),
      ),
    howLong: (duration: string) => howLong(language, duration),
    why,
    whys: (purposes: readonly string[]) => purposes.map(why).join(' '),
    wordOf: (group: string, name: string) => wordFor(language, group, name),
    sealed: (values: Readonly<Record<string, string>>) => sealedFor(visit.person, values),
  };
};

/** What a link says, in whose address nobody else reads it; nothing where it says nothing. Throws `NotFoundException`. */
export const openedIn = ({ person }: Pick<Visit, 'person'>, item: unknown): Entered => {
  const sealed = textOf(item);
  if (sealed === '') return {};
  const opened = openedFor(person, sealed);
  if (opened === undefined) throw new NotFoundException();
  return opened;
};
