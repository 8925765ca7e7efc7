// Days and times as pages say them: London's, in words, with the exact instant in the element (console.md, 3).
import nunjucks from 'nunjucks';
import type { Language } from '../words/index.ts';

const LONDON = 'Europe/London';
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', cy: 'cy' };

const dayForm = (language: Language): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(LOCALES[language], { timeZone: LONDON, day: 'numeric', month: 'long', year: 'numeric' });
const clockForm = new Intl.DateTimeFormat('en-GB', { timeZone: LONDON, hour: 'numeric', minute: '2-digit', hourCycle: 'h23' });

const DAYS: Readonly<Record<Language, Intl.DateTimeFormat>> = { en: dayForm('en'), cy: dayForm('cy') };
/** Before and after noon. */
const HALVES: Readonly<Record<Language, readonly [string, string]>> = { en: ['am', 'pm'], cy: ['yb', 'yp'] };

const instantOf = (when: string | number): Date => new Date(when);

/** As "2:05pm". */
export const timeOfDay = (when: string | number, language: Language = 'en'): string => {
  const [hour = '0', minute = '00'] = clockForm.format(instantOf(when)).split(':');
  const [before, after] = HALVES[language];
  return `${Number(hour) % 12 || 12}:${minute}${Number(hour) < 12 ? before : after}`;
};

const secondForm = new Intl.DateTimeFormat('en-GB', { timeZone: LONDON, second: '2-digit' });

/** As "2:05:09pm": where it is of interest how old something is. */
export const clockText = (when: string | number, language: Language = 'en'): string =>
  timeOfDay(when, language).replace(/(?=[a-z])/, `:${secondForm.format(instantOf(when)).padStart(2, '0')}`);

/** As "14 November 2026"; of a day `YYYY-MM-DD` that day. */
export const dayText = (when: string | number, language: Language = 'en'): string =>
  DAYS[language].format(instantOf(typeof when === 'string' && when.length === 10 ? `${when}T12:00:00Z` : when));

const element = (exact: string, text: string): nunjucks.runtime.SafeString =>
  new nunjucks.runtime.SafeString(`<time datetime="${exact}" title="${exact}">${text}</time>`);

export const dayElement = (when: string | number | undefined, language: Language = 'en'): nunjucks.runtime.SafeString | string => {
  if (when === undefined || Number.isNaN(instantOf(when).getTime())) return '';
  return element(typeof when === 'string' ? when.slice(0, 10) : instantOf(when).toISOString().slice(0, 10), dayText(when, language));
};

/** As "14 November 2026, 2:05pm". */
export const timeElement = (when: string | number | undefined, language: Language = 'en'): nunjucks.runtime.SafeString | string => {
  if (when === undefined || Number.isNaN(instantOf(when).getTime())) return '';
  return element(instantOf(when).toISOString(), `${dayText(when, language)}, ${timeOfDay(when, language)}`);
};
