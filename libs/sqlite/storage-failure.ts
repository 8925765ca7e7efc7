import { StorageError } from '#kernel';
import { type FileTrouble, troubleOf } from './failure.ts';

const WHY: Readonly<Record<FileTrouble, string>> = {
  busy: 'another process holds it locked.',
  failing: 'see to its disk, its owner and its mode (600).',
  uncertain: 'its disk failed at the end of a commit.',
  damaged: 'it is damaged, restore it from a backup.',
};

/** The failure of a file, which is named as in `The quarantine`, as its users are told; anything else as it is. */
export const storageFailureOf = (file: string, cause: unknown): unknown => {
  const trouble = troubleOf(cause);
  if (!trouble) return cause;
  return new StorageError(trouble === 'uncertain' ? trouble : 'unavailable', `${file} cannot be read or written now: ${WHY[trouble]}`, {
    cause,
  });
};
