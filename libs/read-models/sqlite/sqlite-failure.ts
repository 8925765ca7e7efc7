// What SQLite reports, in the terms of the store of views: what may pass is told from what is wrong with a view's rows.
import { type FileTrouble, troubleOf } from '#sqlite';
import { ViewStoreError } from '../engine/index.ts';

const SAYS: Readonly<Record<FileTrouble, string>> = {
  busy: 'Another process holds the views locked.',
  failing: 'The views cannot be read or written now.',
  uncertain: 'The views cannot be read or written now.',
  damaged: 'The file of views is damaged: stop the broker and delete it; it is made anew from the log.',
};

/** The file's failure as a `ViewStoreError`; anything else as it is. */
export const failureOf = (cause: unknown): unknown => {
  const trouble = troubleOf(cause);
  return trouble ? new ViewStoreError('unavailable', SAYS[trouble], { cause }) : cause;
};

/** Any other failure while a view's rows are written lies with the view. */
export const failureOfRows = (view: string, cause: unknown): unknown =>
  troubleOf(cause) ? cause : new ViewStoreError('refused', 'The rows do not fit the tables of their view.', { cause, view });
