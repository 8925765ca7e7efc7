// What a learner's cards tell is all that there is to tell: each purpose of a consent, and who told what is held (console.md, 4.4).
import { Pages } from '../shell/pages.ts';
import { type Language, LANGUAGES } from '../words/index.ts';
import { ownWording, valueWordsFor, wordsFor } from './learner-page.ts';
import { LEARNER_WORDS } from './words.ts';

const pages = new Pages({ serviceName: 'S', styles: {}, demo: false, cookie: 'c', words: LEARNER_WORDS });
const NAMES: Readonly<Record<string, string>> = { north: 'Connexions North', bct: 'Black Country Training' };
const SENTENCES: Readonly<Record<string, string>> = { plan: 'To plan your learning.', support: 'To help you on your course.' };

const rendered = (language: Language, template: string, model: Readonly<Record<string, unknown>>): string => {
  const person = { kind: 'learner', name: '', learner: 'psn:ann', authentication: 'code' } as const;
  const visit = { language, nameOf: (slug: string) => NAMES[slug] ?? slug, person };
  const words = wordsFor(visit, (purpose) => SENTENCES[purpose]);
  return pages.render(template, { language, languages: [], ...words, ...model });
};

const shown = (...asked: Parameters<typeof rendered>): string =>
  rendered(...asked)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(' .', '.');

describe.each(LANGUAGES)('in %s', (language) => {
  it('a consent tells all that it is for', () => {
    const consents = [
      { consentId: 'c', source: 'north', status: 'given', counts: true, categories: ['review'], recipients: ['bct'], stopped: [] },
    ];
    const said = shown(language, 'learner/sharing.njk', {
      consents: consents.map((one) => ({ ...one, purposes: ['plan', 'support'] })),
      byAgency: [],
    });
    for (const sentence of Object.values(SENTENCES)) expect(said).toContain(sentence);
  });

  it('what is held tells all that whoever may see it has it for', () => {
    const by = { to: ['bct'], consent: 'needed', purposes: ['plan', 'support'], keptFor: 'P1Y' };
    const items = [{ lines: [], sharedBy: [by], category: 'review', source: 'north', regarding: 'x' }];
    const said = shown(language, 'learner/record-kind.njk', { chosen: 'review', kinds: [], items });
    for (const sentence of Object.values(SENTENCES)) expect(said).toContain(sentence);
  });

  it('the first page tells of each kind who told it', () => {
    const held = [
      { category: 'review', sources: ['bct'] },
      { category: 'assessment', sources: ['bct', 'north'] },
    ];
    const said = shown(language, 'learner/home.njk', { held, looks: [], agreed: [], requests: [] });
    const and = language === 'en' ? 'and' : 'a';
    const by = language === 'en' ? 'Told by' : 'Dywedwyd gan';
    expect(said).toContain(`${by} Black Country Training.`);
    expect(said).toContain(`${by} Black Country Training ${and} Connexions North.`);
  });

  it('the first page tells what was agreed to, and with whom', () => {
    const agreed = [{ categories: ['review', 'assessment'], recipients: ['bct', 'college'] }];
    const said = shown(language, 'learner/home.njk', { held: [], looks: [], agreed, atFirst: 5, requests: [] });
    expect(said).toContain(
      language === 'en'
        ? 'Your reviews and your assessments, with Black Country Training and colleges'
        : 'Eich adolygiadau a’ch asesiadau, gyda Black Country Training a colegau',
    );
  });

  it('what was told on the page itself was told by whoever reads it', () => {
    const { nameOf } = ownWording({ language, nameOf: (slug) => NAMES[slug] ?? slug }, 'the-page');
    expect([nameOf('the-page'), nameOf('north')]).toEqual([
      language === 'en' ? 'you, on this page' : 'chi, ar y dudalen hon',
      'Connexions North',
    ]);
  });

  it('contents say purposes, kinds, people and agencies as pages do', () => {
    const wording = { language, nameOf: (slug: string) => NAMES[slug] ?? slug, named: (text = '') => NAMES[text] ?? text };
    const words = valueWordsFor(wording, (purpose) => SENTENCES[purpose]);
    expect([words('purposes', 'plan'), words('about', 'north'), words('method', 'online')]).toEqual([
      SENTENCES['plan'],
      'Connexions North',
      undefined,
    ]);
    expect([words('categories', 'review'), words('role', 'key-worker'), words('recipients', 'college')]).toEqual(
      language === 'en' ? ['your reviews', 'Your key worker', 'colleges'] : ['eich adolygiadau', 'Eich gweithiwr allweddol', 'colegau'],
    );
  });

  it('what nobody has a word for stands as it was told', () => {
    const wording = { language, nameOf: (slug: string) => NAMES[slug] ?? slug, named: (text = '') => NAMES[text] ?? text };
    const words = valueWordsFor(wording, (purpose) => SENTENCES[purpose]);
    expect(['purposes', 'categories', 'recipients', 'role', 'localId'].map((field) => words(field, 'abc-def'))).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
    expect(words('recipients', 'bct')).toBe('Black Country Training');
  });

  it('the first page says how much more was agreed to than it shows', () => {
    const shownOf = (count: number): string => {
      const agreed = Array.from({ length: count }, (_, n) => ({ categories: ['review'], recipients: [`college-${n}`] }));
      return shown(language, 'learner/home.njk', { held: [], looks: [], agreed, atFirst: 5, requests: [] });
    };
    const more = language === 'en' ? 'More that you said yes to:' : 'Rhagor y dywedoch ie iddo:';
    expect(shownOf(6)).toContain(`${more} 1.`);
    expect([shownOf(6).includes('college-4'), shownOf(6).includes('college-5'), shownOf(5).includes(more)]).toEqual([true, false, false]);
  });

  it.each([
    ['learner/write.njk', '4,000'],
    ['learner/voice.njk', '4,000'],
    ['learner/object.njk', '2,000'],
  ])('%s says how much can be written, at the field', (template, most) => {
    const said = rendered(language, template, { act: 'ask', entered: {}, kindsOf: [], agencies: [], rows: [], purpose: 'plan' });
    const [, described = ''] = /<textarea[^>]* aria-describedby="([^"]+)"/.exec(said) ?? [];
    const [, hint] = new RegExp(`id="${described}"[^>]*>([^<]*)<`).exec(said) ?? [];
    expect(hint).toBe(
      language === 'en' ? `You can write up to ${most} letters and spaces.` : `Gallwch ysgrifennu hyd at ${most} o lythrennau a bylchau.`,
    );
  });

  it('a look that was refused is asked about by what was said of it', () => {
    const look = { position: '9', at: '2026-10-03T09:10:00Z', who: 'Connexions North', agency: 'north', says: 'seen.refused', what: '' };
    const regarding: unknown[] = [];
    const sealed = (thing: { readonly regarding: string }): string => (regarding.push(thing.regarding), 'sealed');
    shown(language, 'learner/home.njk', { held: [], looks: [look], agreed: [], requests: [], sealed });
    expect(regarding).toEqual([
      language === 'en' ? 'Connexions North asked. We said no. 3 October 2026' : 'Gofynnodd Connexions North. Dywedom ni na. 3 Hydref 2026',
    ]);
  });
});
