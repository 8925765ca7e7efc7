// What every agency is shown of every learner over HTTP, for all purposes at once; and a feed beside it.
import { createHash } from 'node:crypto';
import { ClientError, ConcordatClient, signingKeyOf } from '#client';
import type { FeedCopies } from './feed-copy.ts';
import type { CopiedItem } from './feed-forms.ts';
import { type Partnership, ulnsIn } from './partnership-files.ts';

interface PassportItem {
  readonly id?: string;
  readonly source?: string;
  readonly type: string;
  readonly category: string;
  readonly position?: string;
  readonly level: string;
  readonly data: unknown;
}

interface Passport {
  readonly learner: string;
  readonly items: readonly PassportItem[];
  readonly next?: string;
}

/** By agency: by the agency's pseudonym, what it is shown of whom. */
export type Shown = ReadonlyMap<string, ReadonlyMap<string, { readonly uln: string; readonly items: readonly PassportItem[] }>>;

/** By agency. */
type FedItems = Pick<FeedCopies, 'items'>;

const READERS = 16;

/** In place of the number of somebody who is not the one that the agency means by it. */
const ANOTHER = 'another';

/** Those of all protocols in force, as the broker tells whoever names none. */
const purposesAt = async (client: ConcordatClient, uln: string): Promise<readonly string[]> => {
  try {
    await client.query(`/v1/learners/uln:${uln}/passport`, { purposes: [] });
  } catch (cause) {
    if (cause instanceof ClientError && cause.code === 'purpose-missing') return cause.details['purposes'] as readonly string[];
    throw cause;
  }
  throw new Error('A passport was shown for no purpose.');
};

const passportOf = async (client: ConcordatClient, ref: string, purposes: readonly string[]): Promise<Passport | undefined> => {
  const path = `/v1/learners/${ref}/passport?limit=500`;
  try {
    let page = (await client.query(path, { purposes })) as Passport;
    const items = [...page.items];
    while (page.next !== undefined) {
      page = (await client.query(`${path}&cursor=${encodeURIComponent(page.next)}`, { purposes })) as Passport;
      items.push(...page.items);
    }
    return { learner: page.learner, items };
  } catch (cause) {
    if (cause instanceof ClientError && (cause.status === 404 || cause.status === 403)) return undefined;
    throw cause;
  }
};

/**
 * All agencies ask for all learners by their numbers; and by pseudonym for whom else their feeds are about, since one number may have been
 * registered for several people.
 */
export const readAllPassports = async (url: string, partnership: Partnership, feeds: FedItems): Promise<Shown> => {
  const ulns = ulnsIn(partnership);
  const shown = new Map<string, Map<string, { uln: string; items: readonly PassportItem[] }>>();
  for (const {
    slug,
    signing,
    private: { signing: secret },
  } of partnership.partners) {
    const key = await signingKeyOf({ ...secret, kid: signing.kid, alg: signing.alg });
    const client = new ConcordatClient({ url, agency: slug, key });
    const purposes = await purposesAt(client, ulns[0] ?? '');
    const mine = new Map<string, { uln: string; items: readonly PassportItem[] }>();
    const readEach = async (refs: readonly string[]): Promise<void> => {
      const queue = [...refs];
      const read = async (): Promise<void> => {
        for (let ref = queue.pop(); ref !== undefined; ref = queue.pop()) {
          const passport = await passportOf(client, ref, purposes);
          if (passport) mine.set(passport.learner, { uln: ref.startsWith('uln:') ? ref.slice(4) : ANOTHER, items: passport.items });
        }
      };
      await Promise.all(Array.from({ length: READERS }, read));
    };
    await readEach(ulns.map((uln) => `uln:${uln}`));
    await readEach([...new Set(feeds.items(slug).map(({ subject }) => subject))].filter((subject) => !mine.has(subject)));
    shown.set(slug, mine);
  }
  return shown;
};

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/** What must be the same on both ways, in one line. */
const lineOfRead = ({ source, id = 'identity', type, category, position, level, data }: PassportItem): string =>
  [source, id, type, category, position, level, canonical(data)].join(' ');
/** On a feed `source` is the broker; whose item it is says `contributor`, unless that is not told. */
const lineOfFeed = ({ id, contributor, ...item }: CopiedItem): string => {
  const { source: _broker, ...told } = item as typeof item & { readonly source?: string };
  return lineOfRead({ ...told, id: id.slice(id.indexOf('/') + 1), ...(contributor === undefined ? {} : { source: contributor }) });
};

/** One line for each item that a feed lacks, or has beyond what reads show. */
export const feedDifferences = (shown: Shown, feeds: FeedCopies): readonly string[] =>
  [...shown].flatMap(([agency, passports]) => {
    const read = new Set([...passports].flatMap(([learner, { items }]) => items.map((item) => `${learner} ${lineOfRead(item)}`)));
    const fed = new Set(feeds.items(agency).map((item) => `${item.subject} ${lineOfFeed(item)}`));
    return [
      ...[...read].filter((line) => !fed.has(line)).map((line) => `${agency}: the feed lacks ${line}`),
      ...[...fed].filter((line) => !read.has(line)).map((line) => `${agency}: the feed has beyond reads ${line}`),
    ];
  });

const ANY_RUN = { position: '', id: '' };

/**
 * Of all that is shown, apart from what differs between two runs: positions, ids of items, and pseudonyms, which learners' ULNs stand for.
 */
export const endState = (shown: Shown, feeds: FedItems): string => {
  const lines = [...shown].flatMap(([agency, passports]) => [
    ...[...passports].flatMap(([, { uln, items }]) => items.map((item) => `read ${agency} ${uln} ${lineOfRead({ ...item, ...ANY_RUN })}`)),
    ...feeds
      .items(agency)
      .map((item) => `feed ${agency} ${passports.get(item.subject)?.uln ?? 'nobody'} ${lineOfFeed({ ...item, ...ANY_RUN })}`),
  ]);
  return createHash('sha256').update(lines.sort().join('\n')).digest('base64url');
};
