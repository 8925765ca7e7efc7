// Views at the front follow the log together; those that are behind catch up beside them, and join when they are level.
import type { Position } from '#kernel';
import { type Follower, placeOf } from './follower.ts';

export class ViewGroups {
  #front: Follower[] = [];
  #behind: Follower[] = [];
  #position: Position = 0;

  constructor(followers: readonly Follower[]) {
    this.#front = [...followers];
  }

  get front(): readonly Follower[] {
    return this.#front;
  }

  get behind(): readonly Follower[] {
    return this.#behind;
  }

  /** Of the last event given to the views at the front. */
  get position(): Position {
    return this.#position;
  }

  /** Leaves those at the front behind who are not as far as the first; to be called while nobody is behind. */
  split(): void {
    const healthy = this.#front.filter(({ failure }) => !failure);
    const first = Math.max(0, ...healthy.map(({ position }) => position));
    this.#behind = healthy.filter(({ position }) => position < first);
    this.#front = this.#front.filter((follower) => !this.#behind.includes(follower));
  }

  moveTo(position = placeOf(this.#front)): Position {
    return (this.#position = position);
  }

  /** Those who are level with the front are of it from now on, so that they miss nothing; who has failed stays where it is. */
  join(): void {
    const joining = this.#behind.filter(({ failure, position }) => failure !== undefined || position >= this.#position);
    this.#front.push(...joining);
    this.#behind = this.#behind.filter((follower) => !joining.includes(follower));
  }
}
