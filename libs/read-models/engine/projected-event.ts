// What a projector is given of an event; it is opened once for all who follow the log.
import type { FollowedEvent } from '#learner-file';

export type ProjectedEvent = Pick<FollowedEvent, 'recorded' | 'open' | 'content'>;
