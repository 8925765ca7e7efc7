// What the raw signed messages say, read without any code of the broker.

/** One event that a message carried and the broker accepted. */
export interface Told {
  /** Greater is later. */
  readonly order: number;
  readonly by: string;
  /** Without prefix and version. */
  readonly type: string;
  readonly id: string;
  readonly subject: string | undefined;
  readonly data: Data;
  readonly time: string;
  /** In London, as its source says. */
  readonly toldOn: string;
  /** When the broker had it. */
  readonly knownAt: number;
}

export type Data = Readonly<Record<string, unknown>>;

export interface SentMessage {
  readonly jws: string;
  readonly agency: string;
  readonly at: number;
  readonly outcomes: readonly string[];
}

export interface Agency {
  readonly slug: string;
  readonly roles: readonly string[];
  readonly districts: readonly string[];
}

interface CloudEvent {
  readonly id: string;
  readonly type: string;
  readonly subject?: string;
  readonly time: string;
  readonly data: Data;
}

const london = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });
export const londonDay = (at: number | string): string => london.format(new Date(at));

const DAY = 86_400_000;
export const plusDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
export const daysFrom = (one: string, other: string): number => Math.round((Date.parse(other) - Date.parse(one)) / DAY);

export const readMessages = (messages: readonly SentMessage[]): readonly Told[] => {
  const found: Told[] = [];
  for (const { jws, agency, at, outcomes } of messages) {
    const payload = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as CloudEvent | readonly CloudEvent[];
    for (const [n, { id, type, subject, time, data }] of [payload].flat().entries()) {
      if (outcomes[n] !== 'accepted') continue;
      const short = type.replace('uk.concordat.', '').replace('.v1', '');
      found.push({ order: found.length, by: agency, type: short, id, subject, data, time, toldOn: londonDay(time), knownAt: at });
    }
  }
  return found;
};

export const text = (data: Data, name: string): string | undefined => {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
};

export const texts = (data: Data, name: string): readonly string[] => {
  const value = data[name];
  return Array.isArray(value) ? value.map(String) : [];
};
