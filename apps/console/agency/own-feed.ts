// How far the agency's own feed is, in words (console.md, /agency).

export interface OwnFeed {
  readonly state: string;
  readonly events?: number;
  readonly seconds?: number;
  readonly since?: string;
}

export interface FeedLine {
  readonly tag: string;
  /** Of GOV.UK's tag. */
  readonly colour: 'green' | 'blue' | 'yellow' | 'red' | 'grey';
  readonly says: string;
}

const counted = (number: number, one: string): string => `${number.toLocaleString('en-GB')} ${one}${number === 1 ? '' : 's'}`;

const [MINUTE, HOUR] = [60, 3600];
/** The largest unit that fits. */
const waited = (seconds: number): string => {
  if (seconds < MINUTE) return counted(seconds, 'second');
  return seconds < HOUR ? counted(Math.floor(seconds / MINUTE), 'minute') : counted(Math.floor(seconds / HOUR), 'hour');
};

const gap = ({ events = 0, seconds = 0 }: OwnFeed): string =>
  `${counted(events, 'event')} of the log ${events === 1 ? 'is' : 'are'} still to be gone through for it; the first has waited ${waited(seconds)}.`;

const LINES: Readonly<Record<string, (feed: OwnFeed) => FeedLine>> = {
  'up-to-date': () => ({ tag: 'Up to date', colour: 'green', says: 'All that your agency may see is on it.' }),
  behind: (feed) => ({ tag: 'Catching up', colour: 'blue', says: gap(feed) }),
  stalled: ({ events = 0 }) => ({
    ...{ tag: 'Stalled', colour: 'red' },
    says: `It does not take what is sent: see whether its topic is there. ${counted(events, 'event')} of the log came since.`,
  }),
  'no-key': () => ({
    ...{ tag: 'No key', colour: 'yellow' },
    says: 'Your agency has no encryption key in force, so nothing can be sent. Register one with whoever operates the broker.',
  }),
};

const ELSEWHERE: FeedLine = {
  ...{ tag: 'Not sent', colour: 'grey' },
  says: 'This broker sends no feeds now: your system asks it over HTTP.',
};

export const feedLine = (feed: OwnFeed): FeedLine => LINES[feed.state]?.(feed) ?? ELSEWHERE;
